internal import Glibc
public import SurveyProblems

/// Copies a data file as delimited text with one more column at the end of each row.
///
/// The cells of delimited text stay as they are written, quotes included; the copy is UTF-8 without a byte order mark and its lines end
/// with a line feed. Rows that are no rows of the table are left out, as every reader does.
public struct CSVColumnCopy {
    private let reader: any FormatReader
    private let delimiter: UInt8

    /// Opens the file to be copied.
    public init(_ path: String, options: FormatOptions, onBytes: ByteObserver? = nil) throws(Problem) {
        reader = try FormatCatalog.open(path, options: options, onBytes: onBytes)
        delimiter = (reader as? CSVReader)?.delimiter.asciiValue ?? UInt8(ascii: ",")
    }

    /// The names of the file's own columns.
    public var columns: [String] { reader.columns }

    /// Writes the copy and returns the rows; `value` gives the new cell of each row, from 0, and `write` takes the bytes.
    public func write(
        adding name: String, value: (Int) throws(Problem) -> String,
        to write: (UnsafeRawBufferPointer) throws(Problem) -> Void
    ) throws(Problem) -> Int {
        try copy(adding: [name], to: write) { (row) throws(Problem) in .one(try value(row)) }
    }

    /// Writes only some rows, each with new cells; returns the rows of the whole file.
    ///
    /// `cells` gives the new cells of a row, from 0, as many as `names`, or nil to leave the row out.
    public func write(
        rows cells: (Int) -> [String]?, adding names: [String],
        to write: (UnsafeRawBufferPointer) throws(Problem) -> Void
    ) throws(Problem) -> Int {
        try copy(adding: names, to: write) { row in cells(row).map { .several($0) } }
    }

    /// The new cells of a row.
    private enum NewCells {
        case one(String)
        case several([String])
    }

    private func copy(
        adding names: [String], to write: (UnsafeRawBufferPointer) throws(Problem) -> Void,
        cells: (Int) throws(Problem) -> NewCells?
    ) throws(Problem) -> Int {
        var buffer: [UInt8] = []
        for (position, column) in (reader.columns + names).enumerated() {
            if position > 0 { buffer.append(delimiter) }
            append(Array(column.utf8), to: &buffer)
        }
        buffer.append(UInt8(ascii: "\n"))
        let batch = RawBatch()
        var rows = 0
        while try reader.fill(batch) {
            for row in 0..<batch.rowCount {
                let new = try cells(rows)
                rows += 1
                guard let new else { continue }
                appendRecord(row, of: batch, to: &buffer)
                switch new {
                case .one(let cell): append(new: cell, to: &buffer)
                case .several(let cells): for cell in cells { append(new: cell, to: &buffer) }
                }
                buffer.append(UInt8(ascii: "\n"))
            }
            try flush(&buffer, write)
        }
        try flush(&buffer, write)
        return rows
    }

    private func append(new cell: String, to buffer: inout [UInt8]) {
        buffer.append(delimiter)
        append(Array(cell.utf8), to: &buffer)
    }

    private func flush(
        _ buffer: inout [UInt8], _ write: (UnsafeRawBufferPointer) throws(Problem) -> Void
    ) throws(Problem) {
        let result: Result<Void, Problem> = buffer.withUnsafeBytes { bytes in
            do throws(Problem) { return .success(try write(bytes)) } catch { return .failure(error) }
        }
        buffer.removeAll(keepingCapacity: true)
        try result.get()
    }

    private func appendRecord(_ row: Int, of batch: RawBatch, to buffer: inout [UInt8]) {
        // In a record with doubled quotes the bytes were changed in place, so it is written anew, as those of workbooks.
        guard !(reader is CSVReader) || batch.originals[batch.rowNumbers[row]] != nil else {
            let record = batch.records[row]
            let start = Int(record & 0xFFFF_FFFF)
            buffer.append(
                contentsOf: UnsafeBufferPointer(start: batch.bytes + start, count: Int(record >> 32) - start))
            return
        }
        for column in 0..<batch.columnCount {
            if column > 0 { buffer.append(delimiter) }
            append(Array(batch.cell(row, column)), to: &buffer)
        }
    }

    /// Adds a cell, in quotes where it needs them.
    private func append(_ cell: [UInt8], to buffer: inout [UInt8]) {
        let quote = UInt8(ascii: "\"")
        guard cell.contains(where: { $0 == delimiter || $0 == quote || $0 == 0x0A || $0 == 0x0D }) else {
            buffer.append(contentsOf: cell)
            return
        }
        buffer.append(quote)
        for byte in cell {
            if byte == quote { buffer.append(quote) }
            buffer.append(byte)
        }
        buffer.append(quote)
    }
}
