internal import SurveyData
internal import SurveyFormats
internal import SurveyProblems

/// Reads the cells of one target column (or of a set and its items) and makes chunks of them.
class ColumnBuilder {
    /// How many columns come out.
    var columnCount: Int { 1 }
    /// The columns that come out; dictionaries may still grow.
    var descriptions: [ColumnDescription] { [] }

    /// Adds rows of a batch.
    func append(_ rows: BatchRows, _ shared: SharedWork) throws(Problem) {}

    /// Ends the chunk: one chunk a column.
    func finishChunk() -> [ColumnChunk] { [] }

    /// Gives up the texts met so far, when the descriptions are made and nothing follows.
    func forgetTexts() {}

    /// Takes the chance to change chunks delivered before, in a column numbered `first` and on.
    func settle(first: Int, chunkCount: Int, sink: inout some ImportSink) throws(Problem) {}
}

/// What all builders use in turn.
final class SharedWork {
    let log: FindingLog
    let decimalSign: UInt8
    /// Scratch rows, as many as a chunk has.
    let integers: UnsafeMutablePointer<Int32>
    let doubles: UnsafeMutablePointer<Double>
    let kinds: UnsafeMutablePointer<UInt8>
    let flags: UnsafeMutablePointer<UInt8>

    init(log: FindingLog, decimalSign: UInt8) {
        self.log = log
        self.decimalSign = decimalSign
        integers = .allocate(capacity: ColumnChunk.fullRows)
        doubles = .allocate(capacity: ColumnChunk.fullRows)
        kinds = .allocate(capacity: ColumnChunk.fullRows)
        flags = .allocate(capacity: ColumnChunk.fullRows)
    }

    deinit {
        integers.deallocate()
        doubles.deallocate()
        kinds.deallocate()
        flags.deallocate()
    }
}

/// Some rows of a batch, at most as many as a chunk has.
struct BatchRows {
    let bytes: UnsafePointer<UInt8>
    private let fields: UnsafePointer<UInt64>
    private let rowNumbers: UnsafePointer<Int>
    private let stride: Int
    let count: Int

    init(_ batch: RawBatch, _ rows: Range<Int>) {
        precondition(rows.lowerBound >= 0 && rows.upperBound <= batch.rowCount, "rows of the batch")
        bytes = UnsafePointer(batch.bytes)
        stride = batch.columnCount
        fields = UnsafePointer(batch.fields + rows.lowerBound * stride)
        rowNumbers = UnsafePointer(batch.rowNumbers + rows.lowerBound)
        count = rows.count
    }

    /// The cells of one column of the file.
    func cells(_ column: Int) -> Cells {
        precondition(column >= 0 && column < stride, "a column of the batch")
        return Cells(bytes: bytes, fields: fields + column, stride: stride, count: count)
    }

    /// The row of the file, from 1.
    func number(_ row: Int) -> Int { rowNumbers[row] }
}

/// The cells of one column in some rows; the loops over them run unchecked, for the scanner has made the bounds.
struct Cells {
    let bytes: UnsafePointer<UInt8>
    let fields: UnsafePointer<UInt64>
    let stride: Int
    let count: Int

    /// The start and the length of a cell.
    @inline(__always)
    subscript(row: Int) -> (start: UnsafePointer<UInt8>, count: Int) {
        let field = fields[row &* stride]
        let start = field & 0xFFFF_FFFF
        return (bytes + Int(truncatingIfNeeded: start), Int(truncatingIfNeeded: (field &>> 32) &- start))
    }

    /// True for a cell of which a finding was made when it was put together.
    func wasFound(_ row: Int) -> Bool {
        let cell = self[row]
        return UnsafeBufferPointer(start: cell.start, count: cell.count).elementsEqual(RawBatch.unreadable)
    }

    /// A cell as it is shown in messages.
    func shown(_ row: Int) -> String {
        let cell = self[row]
        return FindingLog.shown(UnsafeBufferPointer(start: cell.start, count: cell.count))
    }
}

/// A buffer that grows to the rows of a chunk and is used again for the next.
struct ChunkBuffer {
    private(set) var base: UnsafeMutableRawPointer
    private var capacity: Int

    init() {
        capacity = 64
        base = .allocate(byteCount: capacity, alignment: 16)
    }

    /// Makes room for bytes in all; the first `used` stay.
    mutating func reserve(_ wanted: Int, keeping used: Int) {
        guard wanted > capacity else { return }
        let larger = max(wanted, capacity * 2)
        let new = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
        new.copyMemory(from: base, byteCount: used)
        base.deallocate()
        base = new
        capacity = larger
    }

    func array(_ count: Int) -> [UInt8] { Array(UnsafeRawBufferPointer(start: base, count: count)) }

    func deallocate() { base.deallocate() }
}
