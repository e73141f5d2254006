public import SurveyProblems

/// Some whole rows of a file as text: one buffer of UTF-8 bytes, and where each cell stands in it.
///
/// A batch is filled again and again, so that reading allocates nothing by row. Cells are kept by row:
/// the cell of `row` and `column` is `fields[row * columnCount + column]`, its start in the low and its end in the high 32 bits.
/// At least 64 bytes may be read beyond each start.
public final class RawBatch {
    /// A record that is no row of the table.
    public struct Rejected: Sendable {
        /// Why, as a finding that names the row.
        public let problem: Problem
        /// The row, from 1 without the header.
        public let row: Int
        /// The line of the file on which it begins, from 1.
        public let line: Int
        /// The record as it stands in the file, in UTF-8, at most `RawBatch.rawLimit` bytes.
        public let raw: [UInt8]
    }

    /// Something that deserves attention in a row that is kept.
    public enum Finding: Sendable {
        /// A formula of a workbook gave an error; its name is the text of the cell.
        case error(column: Int, row: Int, text: String)
        /// A cell with content beside the named columns; the column counts from 0.
        case outside(column: Int, row: Int)
        /// A word in a cell of joined choices that is none of them; the column is that of the file.
        case choice(column: String, row: Int, text: String)
        /// Something of the file as a whole.
        case file(Problem)

        /// The row, from 1 without the header; nil for the file.
        public var row: Int? {
            switch self {
            case .error(_, let row, _), .outside(_, let row), .choice(_, let row, _): row
            case .file: nil
            }
        }

        /// The finding in words; `columns` are the names of the file's columns.
        public func problem(columns: [String]) -> Problem {
            switch self {
            case .error(let column, _, let text):
                .errorCell(text, column: columns.indices.contains(column) ? columns[column] : "")
            case .outside(let column, _): .cellOutside(SheetScan.letters(column))
            case .choice(let column, _, let text): .unknownChoice(text, column: column)
            case .file(let problem): problem
            }
        }

        func moved(to row: Int) -> Finding {
            switch self {
            case .error(let column, _, let text): .error(column: column, row: row, text: text)
            case .outside(let column, _): .outside(column: column, row: row)
            case .file, .choice: self
            }
        }
    }

    /// How much of a record is kept when it is set aside.
    public static let rawLimit = 64 << 10
    /// Bytes that may be read after the last cell.
    static let padding = 128

    // These are read for every row and never changed while they are read; the check at run time would cost a tenth of
    // the time.
    @exclusivity(unchecked) public internal(set) var rowCount = 0
    @exclusivity(unchecked) public internal(set) var columnCount = 0
    /// Records set aside, in the order of the file.
    public internal(set) var rejected: [Rejected] = []
    /// What was found in rows that are kept, and in the file as a whole.
    public var findings: [Finding] = []
    /// Bytes of the file read when this batch was full.
    public internal(set) var bytesRead = 0

    /// The UTF-8 text of the batch.
    @exclusivity(unchecked) public private(set) var bytes: UnsafeMutablePointer<UInt8>
    /// The cells, row by row.
    @exclusivity(unchecked) public private(set) var fields: UnsafeMutablePointer<UInt64>
    /// The row of the file of each row, from 1 without the header.
    @exclusivity(unchecked) public private(set) var rowNumbers: UnsafeMutablePointer<Int>
    /// The line of the file on which each row begins, from 1.
    @exclusivity(unchecked) public private(set) var lines: UnsafeMutablePointer<Int>
    /// Where each record stands, as in `fields`.
    @exclusivity(unchecked) private(set) var records: UnsafeMutablePointer<UInt64>
    /// Records whose bytes were changed when doubled quotes were made single, as they were before; by row number.
    var originals: [Int: [UInt8]] = [:]

    @exclusivity(unchecked) private(set) var capacity: Int
    @exclusivity(unchecked) private(set) var rowCapacity: Int

    /// Makes an empty batch.
    public init() {
        capacity = 0
        rowCapacity = 0
        bytes = .allocate(capacity: RawBatch.padding)
        bytes.initialize(repeating: 0, count: RawBatch.padding)
        fields = .allocate(capacity: RawBatch.padding)
        rowNumbers = .allocate(capacity: 1)
        lines = .allocate(capacity: 1)
        records = .allocate(capacity: 1)
    }

    deinit {
        bytes.deallocate()
        fields.deallocate()
        rowNumbers.deallocate()
        lines.deallocate()
        records.deallocate()
    }

    /// The bytes of one cell, valid until the batch is filled again.
    public func cell(_ row: Int, _ column: Int) -> UnsafeBufferPointer<UInt8> {
        precondition(row >= 0 && row < rowCount && column >= 0 && column < columnCount, "a cell of the batch")
        let field = fields[row * columnCount + column]
        let start = Int(field & 0xFFFF_FFFF)
        return UnsafeBufferPointer(start: bytes + start, count: Int(field >> 32) - start)
    }

    /// One cell as a string.
    public func text(_ row: Int, _ column: Int) -> String { String(decoding: cell(row, column), as: UTF8.self) }

    /// The record of a row as it stands in the file, at most `rawLimit` bytes.
    public func raw(_ row: Int) -> [UInt8] {
        precondition(row >= 0 && row < rowCount, "a row of the batch")
        if let original = originals[rowNumbers[row]] { return original }
        return copy(of: records[row])
    }

    /// Takes the rows that are not kept out of the batch; the others move up.
    public func keep(where isKept: (Int) -> Bool) {
        var target = 0
        for row in 0..<rowCount where isKept(row) {
            if target != row {
                (fields + target * columnCount).update(from: fields + row * columnCount, count: columnCount)
                rowNumbers[target] = rowNumbers[row]
                lines[target] = lines[row]
                records[target] = records[row]
            }
            target += 1
        }
        rowCount = target
    }

    /// Puts rows into the batch, cell by cell and row by row, in the place of what it held; rows are numbered on from the
    /// first one.
    public func fill(columns: Int, firstRow: Int, cells: [[UInt8]]) {
        precondition(columns > 0 && cells.count % columns == 0, "whole rows")
        empty(columns: columns)
        let size = cells.reduce(0) { $0 + $1.count + 1 }
        reserve(bytes: size, cells: cells.count)
        var used = 0
        var start = 0
        for (index, cell) in cells.enumerated() {
            let begin = used
            cell.withUnsafeBufferPointer { source in
                if let base = source.baseAddress { (bytes + used).update(from: base, count: source.count) }
            }
            used += cell.count
            fields[index] = UInt64(begin) | UInt64(used) << 32
            bytes[used] = 0x09
            used += 1
            guard (index + 1) % columns == 0 else { continue }
            let number = firstRow + index / columns
            note(record: UInt64(start) | UInt64(used - 1) << 32, number: number, line: number)
            start = used
        }
    }

    // MARK: For readers

    func empty(columns: Int) {
        rowCount = 0
        columnCount = columns
        rejected.removeAll(keepingCapacity: true)
        findings.removeAll(keepingCapacity: true)
        if !originals.isEmpty { originals.removeAll() }
    }

    /// Makes room for bytes in all; the first `used` ones are kept.
    func reserve(_ wanted: Int, keeping used: Int) {
        guard wanted > capacity else { return }
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted + RawBatch.padding)
        larger.update(from: bytes, count: used)
        (larger + wanted).initialize(repeating: 0, count: RawBatch.padding)
        bytes.deallocate()
        bytes = larger
        capacity = wanted
        // There is at most one cell a byte, and pages that are never written take no memory.
        fields.deallocate()
        fields = .allocate(capacity: wanted + RawBatch.padding)
    }

    /// Makes room for bytes and cells in all, where cells need not take a byte; nothing is kept.
    func reserve(bytes wanted: Int, cells: Int) {
        reserve(max(wanted, cells), keeping: 0)
    }

    /// Makes room for bytes in all and keeps the bytes used and the cells of all rows; there must be a byte behind each cell.
    func extend(_ wanted: Int, keeping used: Int) {
        guard wanted > capacity else { return }
        let kept = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, rowCount * columnCount))
        kept.update(from: fields, count: rowCount * columnCount)
        reserve(max(wanted, capacity * 2), keeping: used)
        fields.update(from: kept, count: rowCount * columnCount)
        kept.deallocate()
    }

    /// Behind the last byte that a cell or record has.
    var byteEnd: Int {
        var end = 0
        for row in 0..<rowCount {
            end = max(end, Int(records[row] >> 32))
            for column in 0..<columnCount { end = max(end, Int(fields[row * columnCount + column] >> 32)) }
        }
        return end
    }

    /// Takes other cells for the same rows.
    func rewritten(columns: Int, fields new: [UInt64]?) {
        columnCount = columns
        guard let new else { return }
        // Readers rely on room for a cell a byte, whatever stood here before.
        fields.deallocate()
        fields = .allocate(capacity: max(capacity, new.count) + RawBatch.padding)
        fields.update(from: new, count: new.count)
    }

    @inline(__always)
    func note(record: UInt64, number: Int, line: Int) {
        if rowCount == rowCapacity { growRows() }
        records[rowCount] = record
        rowNumbers[rowCount] = number
        lines[rowCount] = line
        rowCount += 1
    }

    func copy(of record: UInt64) -> [UInt8] {
        let start = Int(record & 0xFFFF_FFFF)
        return Array(
            UnsafeBufferPointer(start: bytes + start, count: min(RawBatch.rawLimit, Int(record >> 32) - start)))
    }

    private func growRows() {
        let wanted = max(1024, rowCapacity * 2)
        func grown<Element>(_ old: UnsafeMutablePointer<Element>) -> UnsafeMutablePointer<Element> {
            let new = UnsafeMutablePointer<Element>.allocate(capacity: wanted)
            new.update(from: old, count: rowCount)
            old.deallocate()
            return new
        }
        records = grown(records)
        rowNumbers = grown(rowNumbers)
        lines = grown(lines)
        rowCapacity = wanted
    }
}

extension Problem {
    /// A word among joined choices that the questionnaire does not have.
    static func unknownChoice(_ text: String, column: String) -> Problem {
        Problem(
            "formats.unknown-choice", .finding, what: "\"\(text)\" is no choice of the question",
            place: Place(column: column),
            why: "several answers of a row are codes or labels of the question; found \"\(text)\"",
            fix: "correct the cell, or add the choice to the questionnaire")
    }
}
