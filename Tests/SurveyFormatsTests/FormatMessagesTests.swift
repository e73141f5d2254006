import SurveyProblems
import Testing

@testable import SurveyFormats

struct FormatMessagesTests {
    private static let problems: [(Problem, String)] = [
        (
            .unknownExtension("x.doc", known: ["csv", "tsv"]),
            "formats.unknown-extension|The format of \"x.doc\" is not known"
                + "|the format follows from the ending of the name; .csv, .tsv can be read"
                + "|convert the file to CSV, or give it the ending of its format"
        ),
        (
            .unknownEncoding("x"),
            "formats.unknown-encoding|The encoding \"x\" is not known"
                + "|the known encodings are utf-8, utf-16, utf-16le, utf-16be, windows-1251, windows-1252, windows-1254, windows-1250, iso-8859-1, "
                + "iso-8859-2, iso-8859-5, iso-8859-9, iso-8859-15, koi8-r, koi8-u, ibm866|use one of them"
        ),
        (
            .invalidText(in: .utf8, isCertain: true, offset: 7, row: 1, line: 2, file: "x.csv"),
            "formats.invalid-text|\"x.csv\" is not utf-8 text"
                + "|every byte must belong to a character; the one at byte offset 7 does not"
                + "|name the encoding that the file has with --encoding, or have the file sent again"
        ),
        (
            .invalidText(in: .utf8, isCertain: false, offset: 7, row: 1, line: 2, file: "x.csv"),
            "formats.encoding-not-found|\"x.csv\" is not UTF-8 text"
                + "|text without a byte order mark must be UTF-8; the byte at offset 7 is not"
                + "|name the encoding; for Russian and Kazakh Windows files: --encoding cp1251"
        ),
        (
            .nulByte(offset: 7, row: 1, line: 2, file: "x.csv"),
            "formats.nul-byte|\"x.csv\" has a NUL byte|a text file has none; found one at byte offset 7"
                + "|check that the file is complete and is CSV; for UTF-16 text add --encoding utf-16le"
        ),
        (
            .raggedRow(5, line: 6, found: 3, expected: 4, file: "x.csv"),
            "formats.ragged-row|A row has 3 cells instead of 4"
                + "|each row must have as many cells as the header; the row is in quarantine"
                + "|correct the row in the file: a text with a delimiter in it must stand in quotes"
        ),
        (
            .textAfterQuote(5, line: 6, file: "x.csv"),
            "formats.text-after-quote|A cell goes on after its closing quote"
                + "|a quote inside a cell in quotes must be doubled; the row is in quarantine|double the quotes inside the cell"
        ),
        (
            .cellTooLarge(row: 1, line: 2, offset: 9, isQuoted: true, file: "x.csv"),
            "formats.quote-too-long|A cell in quotes does not end"
                + "|a cell may have at most 1048576 bytes; the one from byte offset 9 has more"
                + "|close the quote of this cell, or double the quotes inside it"
        ),
        (
            .cellTooLarge(row: 1, line: 2, offset: 9, isQuoted: false, file: "x.csv"),
            "formats.cell-too-large|A cell is too large"
                + "|a cell may have at most 1048576 bytes; the one from byte offset 9 has more"
                + "|check that this is the file you meant and that its delimiter is right"
        ),
        (
            .recordTooLarge(row: 1, line: 2, offset: 9, file: "x.csv"),
            "formats.record-too-large|A row is too large"
                + "|a row may have at most 16777216 bytes; the one from byte offset 9 has more"
                + "|check that this is the file you meant and that its rows end with line breaks"
        ),
        (
            .emptyFile("x.csv"),
            "formats.empty-file|\"x.csv\" is empty|the first line must name the columns|check that the file was written to its end"
        ),
        (
            .openQuote(row: 1, line: 2, offset: 9, file: "x.csv"),
            "formats.open-quote|A cell in quotes does not end before the file does"
                + "|each opening quote needs a closing one; the one at byte offset 9 has none"
                + "|close the quote of this cell, or check that the file was written to its end"
        ),
        (
            .unnamedColumn(3, file: "x.csv"),
            "formats.unnamed-column|Column 3 has no name|the first line must name each column"
                + "|write a name for the column, or take the column out"
        ),
        (
            .duplicateColumn("a", first: 1, second: 4, file: "x.csv"),
            "formats.duplicate-column|Two columns have the name \"a\""
                + "|columns are found by name; columns 1 and 4 have the same one|give one of them another name"
        ),
        (
            .tooManyColumns(70_000, limit: 65_536, file: "x.csv"),
            "formats.too-many-columns|\"x.csv\" has too many columns|a table may have at most 65536 columns; found 70000"
                + "|check that the delimiter is right"
        ),
        (
            .unknownDelimiter("ab"),
            "formats.unknown-delimiter|\"ab\" cannot be a delimiter"
                + "|a delimiter is one ASCII character other than a quote or a line break, or one of comma, semicolon, tab, pipe"
                + "|give one such character with --delimiter"
        ),
    ]

    @Test func `each problem says what, why and how to fix it`() {
        for (problem, words) in Self.problems {
            #expect(
                [problem.code, problem.what.description, problem.why.description, problem.fix.description]
                    == words.split(separator: "|").map(String.init))
        }
    }

    @Test(arguments: ["ru", "kk"]) func `each problem has its words in every language`(language: String) {
        for (problem, _) in Self.problems {
            let words = ProblemTexts.words(of: problem, in: language)
            #expect(words.what != problem.what.description && words.why != problem.why.description, "\(problem.code)")
            for (text, message) in [(words.what, problem.what), (words.why, problem.why), (words.fix, problem.fix)] {
                #expect(!text.contains("{"), "\(problem.code)")
                for value in message.values { #expect(text.contains(value), "\(problem.code): \(value)") }
            }
        }
    }
}

struct FormatCatalogTests {
    @Test func `a reader is found by the ending of the name`() throws {
        for name in ["x.csv", "x.CSV", "x.tsv", "x.txt"] {
            let file = try TemporaryFile(Array("a\tb\n1\t2\n".utf8), name: name)
            let reader = try FormatCatalog.open(file.path)
            #expect(reader.columns == ["a", "b"])
        }
        #expect(FormatCatalog.canRead("-"))
        #expect(!FormatCatalog.canRead("folder.csv/x"))
    }

    @Test func `an unknown ending is refused with what can be read`() throws {
        let problem = #expect(throws: Problem.self) { try FormatCatalog.open("x.docx") }
        #expect(problem?.code == "formats.unknown-extension")
        #expect(problem?.why.description.contains(".csv, .tsv") == true)
    }

    @Test func `a file that is not there and a folder are refused`() {
        for path in ["/nowhere/x.csv", "/tmp"] {
            let problem = #expect(throws: Problem.self) {
                try CSVReader(path: path, options: FormatOptions(), onBytes: nil)
            }
            #expect(problem?.code == "problems.unreadable-file")
        }
    }

    @Test func `headers that cannot be used are refused`() throws {
        let cases: [(String, String)] = [
            ("", "formats.empty-file"), ("\n\n", "formats.empty-file"), ("\u{FEFF}", "formats.empty-file"),
            ("a,,b\n1,2,3\n", "formats.unnamed-column"), ("a,b,a\n1,2,3\n", "formats.duplicate-column"),
            ("a,\"b\n1,2\n", "formats.open-quote"),
            (String(repeating: "x;", count: 70_000) + "x\n", "formats.too-many-columns"),
        ]
        for (text, code) in cases { #expect(try ReadResult(text).problem?.code == code, "\(text.prefix(20))") }
        #expect(try ReadResult("a\n", FormatOptions(delimiter: "ab")).problem?.code == "formats.unknown-delimiter")
    }
}
