internal import CXLSXWriter
internal import Glibc
public import SurveyProblems

/// Writes a workbook row by row; the only door to libxlsxwriter.
///
/// Rows go to disk as they come, so memory does not grow with them. Texts are written as texts, whatever they begin with:
/// `=HYPERLINK(…)` is never a formula. The file appears under its name when it is whole, and the same cells give the
/// same bytes.
public final class WorkbookWriter {
    /// One cell.
    public enum Cell: Sendable, Equatable {
        case empty
        case text(String)
        /// A finite number.
        case number(Double)
        /// A day, as days since 1970-01-01.
        case date(Int)
        /// A text in bold: the names of columns.
        case heading(String)
    }

    /// Sheets have this many rows and columns at most, and cells this many UTF-16 units.
    public static let rowLimit = 1_048_576
    public static let columnLimit = 16_384
    public static let textLimit = 32_767

    private let path: String
    private let target: String
    private let temporary: String
    private var book: UnsafeMutablePointer<lxw_workbook>?
    private var sheet: UnsafeMutablePointer<lxw_worksheet>?
    private var sheetName = ""
    private var bold: UnsafeMutablePointer<lxw_format>?
    private var day: UnsafeMutablePointer<lxw_format>?
    private var row = 0
    private var isFinished = false

    /// Opens a file; an existing one is refused unless `replacing` is true.
    public init(_ path: String, replacing: Bool) throws(Problem) {
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFREG else {
                let code = status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL
                throw .unwritableFile(path, reason: String(cString: strerror(code)))
            }
            guard replacing else { throw .fileExists(path) }
        }
        self.path = path
        let resolved = realpath(path, nil)
        target = resolved.map { String(cString: $0) } ?? path
        free(resolved)
        temporary = target + ".\(getpid()).part"
        // What libxlsxwriter would refuse only when it closes the file is found before the first row.
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .unwritableFile(path, reason: String(cString: strerror(errno))) }
        close(descriptor)
        var options = lxw_workbook_options(constant_memory: 1, tmpdir: nil, use_zip64: 1)
        guard let book = workbook_new_opt(temporary, &options) else {
            unlink(temporary)
            throw .unwritableFile(path, reason: String(cString: strerror(ENOMEM)))
        }
        self.book = book
        // The clock must not show in the file; the year is that of the format.
        var properties = lxw_doc_properties()
        properties.created = 1_136_073_600
        workbook_set_properties(book, &properties)
        bold = workbook_add_format(book)
        if let bold { format_set_bold(bold) }
        day = workbook_add_format(book)
        if let day { format_set_num_format(day, "yyyy-mm-dd") }
    }

    deinit {
        // Only closing gives the memory and the temporary files of the library back.
        if let book { workbook_close(book) }
        if !isFinished { unlink(temporary) }
    }

    /// Begins the next sheet; signs that a name may not have become `_`, and it is cut to 31 characters.
    public func beginSheet(_ name: String) throws(Problem) {
        guard let book else { return }
        let allowed = name.map { "[]:*?/\\'".contains($0) ? "_" : $0 }
        var short = String(allowed.prefix(31))
        while short.utf16.count > 31 { short.removeLast() }
        guard !short.isEmpty, let sheet = workbook_add_worksheet(book, short) else {
            throw .unwritableSheet(name, file: path)
        }
        self.sheet = sheet
        sheetName = short
        row = 0
    }

    /// Keeps the first row in sight.
    public func freezeHeader() { if let sheet { worksheet_freeze_panes(sheet, 1, 0) } }

    /// Adds a row below the last one.
    ///
    /// - Throws: ``Problem`` `formats.sheet-full`, `formats.long-cell`, `problems.unwritable-file`.
    public func append(_ cells: [Cell]) throws(Problem) {
        guard let sheet else { preconditionFailure("a sheet is begun before its rows") }
        guard row < WorkbookWriter.rowLimit, cells.count <= WorkbookWriter.columnLimit else {
            throw .sheetFull(sheetName, rows: row, columns: cells.count, file: path)
        }
        for (column, cell) in cells.enumerated() {
            let (y, x) = (lxw_row_t(row), lxw_col_t(column))
            let result: lxw_error
            switch cell {
            case .empty: continue
            case .text(let text) where text.isEmpty: continue
            case .text(let text): result = try write(text, nil, sheet, y, x)
            case .heading(let text): result = try write(text, bold, sheet, y, x)
            case .number(let number):
                precondition(number.isFinite, "cells hold finite numbers")
                result = worksheet_write_number(sheet, y, x, number, nil)
            case .date(let days):
                // Sheets have no days before 1900-03-01 that every program agrees on: those are written as text.
                if days < -25_508 {
                    result = try write(isoDay(days), nil, sheet, y, x)
                } else {
                    result = worksheet_write_number(sheet, y, x, Double(days + 25_569), day)
                }
            }
            guard result == LXW_NO_ERROR else {
                throw .unwritableFile(path, reason: String(cString: lxw_strerror(result)))
            }
        }
        row += 1
    }

    /// Writes the file to its end and puts it in its place.
    public func finish() throws(Problem) {
        guard let book else { return }
        self.book = nil
        sheet = nil
        let result = workbook_close(book)
        guard result == LXW_NO_ERROR else {
            throw .unwritableFile(path, reason: String(cString: lxw_strerror(result)))
        }
        let descriptor = open(temporary, O_RDONLY | O_CLOEXEC)
        if descriptor >= 0 {
            fsync(descriptor)
            close(descriptor)
        }
        guard rename(temporary, target) == 0 else {
            throw .unwritableFile(path, reason: String(cString: strerror(errno)))
        }
        isFinished = true
    }

    private func write(
        _ text: String, _ format: UnsafeMutablePointer<lxw_format>?, _ sheet: UnsafeMutablePointer<lxw_worksheet>,
        _ y: lxw_row_t, _ x: lxw_col_t
    ) throws(Problem) -> lxw_error {
        guard text.utf16.count <= WorkbookWriter.textLimit else {
            throw .longCell(
                row: row + 1, column: SheetScan.letters(Int(x)), count: text.utf16.count,
                limit: WorkbookWriter.textLimit, file: path)
        }
        return worksheet_write_string(sheet, y, x, WorkbookWriter.escaped(text), format)
    }

    private func isoDay(_ days: Int) -> String { SerialDate.isoDay(days) }

    /// A text in which nothing is taken for an escaped character when it is read, and without NUL, which ends strings of C.
    private static func escaped(_ text: String) -> String {
        guard text.utf8.contains(0x5F) || text.utf8.contains(0) else { return text }
        let units = Array(text.utf8)
        var bytes: [UInt8] = []
        for (position, byte) in units.enumerated() {
            if byte == 0 { continue }
            let isEscape =
                byte == 0x5F && position + 6 < units.count && units[position + 1] == 0x78 && units[position + 6] == 0x5F
                && units[position + 2...position + 5].allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
            if isEscape { bytes += Array("_x005F_".utf8) } else { bytes.append(byte) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Problem {
    /// A sheet that cannot take a row.
    static func sheetFull(_ sheet: String, rows: Int, columns: Int, file: String) -> Problem {
        Problem(
            "formats.sheet-full", .input, what: "The sheet \"\(sheet)\" cannot hold the table",
            place: Place(file: file, detail: sheet),
            why:
                "a sheet has at most \(WorkbookWriter.rowLimit) rows and \(WorkbookWriter.columnLimit) columns; reached row \(rows + 1) of \(columns) columns",
            fix: "write CSV, or fewer columns or rows")
    }

    /// A text longer than a cell may be.
    static func longCell(row: Int, column: String, count: Int, limit: Int, file: String) -> Problem {
        Problem(
            "formats.long-cell", .input, what: "A text is too long for a cell",
            place: Place(file: file, detail: "\(column)\(row)"),
            why: "a cell of a workbook holds \(limit) characters; found \(count)", fix: "write CSV, which has no limit")
    }

    /// A sheet that the library refuses, for example one of a name that is there.
    static func unwritableSheet(_ name: String, file: String) -> Problem {
        Problem(
            "formats.unwritable-sheet", .input, what: "A sheet \"\(name)\" cannot be made", place: Place(file: file),
            why: "sheets have different names of 1 to 31 characters; found \"\(name)\"", fix: "choose another name")
    }
}
