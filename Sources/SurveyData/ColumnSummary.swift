public import SurveySchema

/// What a codebook says of a column's rows: how many have a value, why the others have none, and the range or frequencies.
public struct ColumnSummary: Sendable {
    /// Rows with a value.
    public let n: Int
    /// Rows by missing kind, in byte order; kinds that do not occur are left out.
    public let missing: [(kind: MissingKind, count: Int)]
    /// Rows by entry of the column's dictionary (answers), or rows with 0 and with 1 (items); empty for other columns.
    public let frequencies: [Int]
    /// The least and the greatest number or date; nil where there is none.
    public let range: (least: Double, greatest: Double)?

    /// Counts a column in one pass.
    public init(of column: Column) {
        var kinds = [Int](repeating: 0, count: 256)
        var frequencies = [Int](
            repeating: 0, count: column.kind == .item ? 2 : column.kind == .answers ? column.dictionary.count : 0)
        var n = 0
        var range: (least: Double, greatest: Double)?
        func count(_ index: Int) {
            n += 1
            if frequencies.indices.contains(index) { frequencies[index] += 1 }
        }
        switch column.values {
        case .bytes(let bytes):
            for byte in bytes { byte >= MissingKind.lowest ? kinds[Int(byte)] += 1 : count(Int(byte)) }
        case .words(let words):
            for word in words { word >= Column.missingWord ? kinds[Int(word & 0xFF)] += 1 : count(Int(word)) }
        case .indexes(let indexes):
            for index in indexes { index >= Column.missingIndex ? kinds[Int(index & 0xFF)] += 1 : count(-1) }
        case .numbers(let numbers, let reasons):
            for row in numbers.indices {
                if !reasons.isEmpty, reasons[row] != 0 {
                    kinds[Int(reasons[row])] += 1
                } else {
                    count(-1)
                    let value = numbers[row]
                    range = range.map { (min($0.least, value), max($0.greatest, value)) } ?? (value, value)
                }
            }
        }
        self.n = n
        self.frequencies = frequencies
        self.range = range
        missing = kinds.indices.compactMap { byte in
            guard kinds[byte] > 0, let kind = UInt8(exactly: byte).flatMap(MissingKind.init) else { return nil }
            return (kind, kinds[byte])
        }
    }
}
