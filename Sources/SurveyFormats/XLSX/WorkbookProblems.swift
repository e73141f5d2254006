internal import SurveyProblems

extension Problem {
    /// A file that is no zip archive, or one cut off.
    static func damagedArchive(_ file: String, reason: String) -> Problem {
        Problem(
            "formats.damaged-archive", .input, what: "\"\(file)\" is no whole workbook", place: Place(file: file),
            why: "an .xlsx file is a zip archive with its directory at the end; found: \(reason)",
            fix: "check that the file was copied to its end, open it in a spreadsheet and save it again")
    }

    /// A workbook of before 2007, or one with a password, which are wrapped alike.
    static func oldWorkbook(_ file: String) -> Problem {
        Problem(
            "formats.old-workbook", .input, what: "\"\(file)\" is an old or protected workbook",
            place: Place(file: file),
            why:
                "workbooks of Excel 97 (.xls) and those with a password are not read; the file begins with D0 CF 11 E0",
            fix: "open it in a spreadsheet and save it as .xlsx without a password")
    }

    /// An archive of very many parts.
    static func tooManyParts(_ count: Int, limit: Int, file: String) -> Problem {
        Problem(
            "formats.too-many-parts", .input, what: "\"\(file)\" has too many parts", place: Place(file: file),
            why: "a workbook may have at most \(limit) parts; its directory claims \(count)",
            fix: "check where the file comes from; a spreadsheet does not write such files")
    }

    /// A part that cannot be unpacked.
    static func damagedPart(_ part: String, offset: Int, reason: String, file: String) -> Problem {
        Problem(
            "formats.damaged-part", .input, what: "A part of \"\(file)\" is damaged",
            place: Place(file: file, detail: part),
            why: "\(part) cannot be read beyond byte offset \(offset): \(reason)",
            fix: "check that the file was copied to its end, open it in a spreadsheet and save it again")
    }

    /// A part behind a password.
    static func encryptedPart(_ part: String, file: String) -> Problem {
        Problem(
            "formats.encrypted-part", .input, what: "\"\(file)\" is protected by a password",
            place: Place(file: file, detail: part), why: "\(part) is encrypted, and passwords are not asked for",
            fix: "open the file in a spreadsheet and save it without a password")
    }

    /// A part larger than may be read.
    static func partTooLarge(_ part: String, size: Int, limit: Int, file: String) -> Problem {
        Problem(
            "formats.part-too-large", .input, what: "A part of \"\(file)\" is too large",
            place: Place(file: file, detail: part),
            why: "\(part) may have at most \(limit) bytes; found \(size)", fix: "save the sheet as CSV and read that")
    }

    /// A part that unpacks to far more than sheets do.
    static func zipBomb(_ part: String, size: Int, packed: Int, limit: Int, file: String) -> Problem {
        Problem(
            "formats.zip-bomb", .input, what: "A part of \"\(file)\" would grow too much",
            place: Place(file: file, detail: part),
            why: "a part may be at most \(limit) times as large as packed; \(part) has \(size) bytes in \(packed)",
            fix: "check where the file comes from; save the sheet as CSV if it is sound")
    }

    /// A part that is longer or shorter than its header says.
    static func lyingLength(_ part: String, offset: Int, size: Int, file: String) -> Problem {
        Problem(
            "formats.lying-length", .input, what: "A part of \"\(file)\" has another length than it claims",
            place: Place(file: file, detail: part),
            why: "\(part) should have \(size) bytes; reading came to byte offset \(offset)",
            fix: "check that the file was copied to its end, open it in a spreadsheet and save it again")
    }

    /// A part that is no well-formed XML.
    static func wrongXML(_ part: String, offset: Int, reason: String, file: String) -> Problem {
        Problem(
            "formats.wrong-xml", .input, what: "A part of \"\(file)\" is no XML",
            place: Place(file: file, detail: part),
            why: "\(part) breaks off at byte offset \(offset): \(reason)",
            fix: "check that the file was copied to its end, and have the program write it again")
    }

    /// A document type, through which entities would come.
    static func documentType(_ part: String, offset: Int, file: String) -> Problem {
        Problem(
            "formats.document-type", .input, what: "A part of \"\(file)\" declares a document type",
            place: Place(file: file, detail: part),
            why:
                "declarations can make a small file endless, so none is read; found one in \(part) at byte offset \(offset)",
            fix: "take the line with DOCTYPE out, or check where the file comes from")
    }

    /// A tree of very many elements.
    static func tooManyElements(_ part: String, limit: Int, offset: Int, file: String) -> Problem {
        Problem(
            "formats.too-many-elements", .input, what: "A part of \"\(file)\" has too many elements",
            place: Place(file: file, detail: part),
            why: "it may have at most \(limit); \(part) has more at byte offset \(offset)",
            fix: "check that this is the file you meant")
    }

    /// A workbook without something that every workbook has.
    static func missingPart(_ part: String, file: String) -> Problem {
        Problem(
            "formats.missing-part", .input, what: "\"\(file)\" is no workbook of Excel",
            place: Place(file: file, detail: part),
            why: "a workbook names its sheets and where they stand; \(part) was not found or is not usable",
            fix: "open it in a spreadsheet and save it as .xlsx")
    }

    /// A sheet that is not there.
    static func noSuchSheet(_ name: String, known: [String], file: String) -> Problem {
        let near = NearestNames.of(name, among: known)
        return Problem(
            "formats.no-such-sheet", .usage, what: "There is no sheet \"\(name)\"", place: Place(file: file),
            why:
                "\"\(file)\" has the sheets \(list: known); nearest: \(near.isEmpty ? "–" : near.joined(separator: ", "))",
            fix: "name one of them with --sheet, or its number from 1")
    }

    /// All sheets are hidden, so none can be meant without a word.
    static func noVisibleSheet(_ names: [String], file: String) -> Problem {
        Problem(
            "formats.no-visible-sheet", .input, what: "\"\(file)\" shows no sheet", place: Place(file: file),
            why: "without --sheet the first sheet that is not hidden is read; hidden are \(list: names)",
            fix: "name the sheet with --sheet")
    }

    /// Sheets beside the one that is read.
    static func otherSheets(_ names: [String], read: String) -> Problem {
        Problem(
            "formats.other-sheets", .finding, severity: .caution, what: "Only the sheet \"\(read)\" is read",
            place: Place(detail: read),
            why: "one sheet is one table; the file also has \(list: names)",
            fix: "name another one with --sheet if it is meant")
    }

    /// Cells of the header that are joined.
    static func mergedHeader(_ range: String, file: String) -> Problem {
        Problem(
            "formats.merged-header", .input, what: "Cells of the header are merged",
            place: Place(file: file, detail: range),
            why: "each column needs a name of its own in the first row; \(range) is one cell",
            fix: "split the merged cells and give each column its name")
    }

    /// Merged cells among the answers.
    static func mergedCells(_ count: Int, first: String) -> Problem {
        Problem(
            "formats.merged-cells", .finding, severity: .caution, what: "Merged cells in the table: \(count)",
            place: Place(detail: first),
            why:
                "the content of merged cells stands in the first of them, and the others are empty; the first is \(first)",
            fix: "split them and repeat the content if it is meant for each row")
    }

    /// A cell that holds an error of a formula.
    static func errorCell(_ text: String, column: String) -> Problem {
        Problem(
            "formats.error-cell", .finding, what: "A formula gave the error \(text)",
            place: Place(column: column),
            why: "a cell must hold an answer; found the error \(text), which is kept as text",
            fix: "correct the formula in the file")
    }

    /// Cells without a column name.
    static func cellOutside(_ letters: String) -> Problem {
        Problem(
            "formats.cell-outside", .finding, what: "Cells stand outside the table, in column \(letters)",
            place: Place(detail: letters),
            why: "only columns with a name in the first row are read",
            fix: "give the column a name, or delete the cells")
    }

    /// A cell that refers to nothing.
    static func wrongCell(_ reference: String, line: Int, offset: Int, file: String) -> Problem {
        Problem(
            "formats.wrong-cell", .input, what: "A cell of the sheet is not usable",
            place: Place(file: file, line: line),
            why:
                "cells of a row ascend from A to XFD and texts are in the list of texts; found \(reference) at byte offset \(offset)",
            fix: "open the file in a spreadsheet and save it again")
    }

    /// Text beyond what is kept of a workbook.
    static func tooMuchText(_ part: String, limit: Int, offset: Int, file: String) -> Problem {
        Problem(
            "formats.too-much-text", .input, what: "\"\(file)\" has too much text",
            place: Place(file: file, detail: part),
            why: "\(part) may have \(limit) bytes of it at a time; there is more at byte offset \(offset)",
            fix: "save the sheet as CSV and read that")
    }

    /// An option for files of another format.
    static func optionOfOtherFormat(_ option: String, file: String) -> Problem {
        Problem(
            "formats.option-of-other-format", .usage, what: "--\(option) does not apply to \"\(file)\"",
            place: Place(file: file),
            why: "encoding and delimiter belong to delimited text, sheets to workbooks",
            fix: "drop --\(option)")
    }
}
