public import SurveySchema

/// Sums of weights behind the frequencies of a column, for codebooks; no standard errors follow from them.
public struct WeightedCounts: Sendable {
    /// Sum of weights by entry of the column's dictionary (answers), or for 0 and 1 (items); empty for other columns.
    public let frequencies: [Double]
    /// Sum of weights of the rows that have a value.
    public let answered: Double
    /// Sum of weights by missing kind, in byte order; kinds that do not occur are left out.
    public let missing: [(kind: MissingKind, weight: Double)]

    /// Sums the weights of a column's rows in one pass; a row without a weight, or with one below 0, counts nothing.
    ///
    /// Both columns must have the same rows; a weight that is no column of numbers gives nil.
    public init?(of column: Column, weights: Column) {
        guard case .numbers(let numbers, let reasons) = weights.values, numbers.count == column.rowCount else {
            return nil
        }
        var frequencies = [Double](
            repeating: 0, count: column.kind == .item ? 2 : column.kind == .answers ? column.dictionary.count : 0)
        var answered = 0.0
        var kinds = [Double](repeating: 0, count: 256)
        for row in numbers.indices {
            let weight = numbers[row]
            guard reasons.isEmpty || reasons[row] == 0, weight > 0, weight.isFinite else { continue }
            if let kind = column.missing(at: row) {
                kinds[Int(kind.rawValue)] += weight
                continue
            }
            answered += weight
            let index: Int
            switch column.values {
            case .bytes(let bytes): index = Int(bytes[row])
            case .words(let words): index = Int(words[row])
            case .indexes, .numbers: continue
            }
            if frequencies.indices.contains(index) { frequencies[index] += weight }
        }
        self.frequencies = frequencies
        self.answered = answered
        missing = kinds.indices.compactMap { byte in
            guard kinds[byte] > 0, let kind = UInt8(exactly: byte).flatMap(MissingKind.init) else { return nil }
            return (kind, kinds[byte])
        }
    }
}
