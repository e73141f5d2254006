/// How the values of a column without answers lie: value by value where there are few, else in classes.
public struct ColumnDistribution: Sendable {
    /// A value, or all values from `least` up to and without `greatest`.
    public struct Part: Sendable {
        /// The value of a number; the lower bound of a class.
        public let least: Double
        /// nil for a single value; the upper bound of a class, which the last class includes.
        public let greatest: Double?
        /// The text of a column of texts; nil for numbers.
        public let text: String?
        public let count: Int
        public let weight: Double
    }

    /// Columns with more values than this are shown in classes, or not at all if they are texts.
    public static let mostValues = 20
    public let parts: [Part]

    /// Looks at a column of numbers, dates or texts, at most twice; nil for other columns and where nothing can be shown.
    ///
    /// Texts are shown only where each occurs twice on average, so that no free answer becomes part of a table.
    /// A row without a weight, or with one below 0, weighs nothing; without `weights` every row weighs 1.
    public init?(of column: Column, weights: Column? = nil) {
        func weight(_ row: Int) -> Double {
            guard let weights else { return 1 }
            guard case .numbers(let numbers, let reasons) = weights.values, numbers.indices.contains(row),
                reasons.isEmpty || reasons[row] == 0, numbers[row] > 0, numbers[row].isFinite
            else { return 0 }
            return numbers[row]
        }
        switch column.values {
        case .numbers(let numbers, let reasons):
            func isValue(_ row: Int) -> Bool { reasons.isEmpty || reasons[row] == 0 }
            var values: [Double: (count: Int, weight: Double)] = [:]
            var row = 0
            while row < numbers.count, values.count <= ColumnDistribution.mostValues {
                if isValue(row) {
                    let sum = values[numbers[row]] ?? (0, 0)
                    values[numbers[row]] = (sum.count + 1, sum.weight + weight(row))
                }
                row += 1
            }
            if values.count <= ColumnDistribution.mostValues {
                guard !values.isEmpty else { return nil }
                parts = values.sorted { $0.key < $1.key }.map {
                    Part(least: $0.key, greatest: nil, text: nil, count: $0.value.count, weight: $0.value.weight)
                }
                return
            }
            guard column.kind == .number, let range = ColumnSummary(of: column).range,
                let classes = ColumnDistribution.classes(range.least, range.greatest)
            else { return nil }
            var counts = [Int](repeating: 0, count: classes.count)
            var weights = [Double](repeating: 0, count: classes.count)
            for row in numbers.indices where isValue(row) {
                let place = ((numbers[row] - classes.start) / classes.width).rounded(.down)
                let index = place.isFinite ? Int(min(max(place, 0), Double(classes.count - 1))) : 0
                counts[index] += 1
                weights[index] += weight(row)
            }
            parts = counts.indices.map {
                Part(
                    least: classes.bound($0), greatest: classes.bound($0 + 1), text: nil, count: counts[$0],
                    weight: weights[$0])
            }
        case .indexes(let indexes):
            guard column.dictionary.count <= ColumnDistribution.mostValues else { return nil }
            var counts = [Int](repeating: 0, count: column.dictionary.count)
            var weights = [Double](repeating: 0, count: column.dictionary.count)
            for row in indexes.indices where indexes[row] < Column.missingIndex {
                let index = Int(indexes[row])
                guard counts.indices.contains(index) else { continue }
                counts[index] += 1
                weights[index] += weight(row)
            }
            let total = counts.reduce(0, +)
            guard total > 0, counts.count(where: { $0 > 0 }) * 2 <= total else { return nil }
            parts = counts.indices.filter { counts[$0] > 0 }.map {
                Part(
                    least: 0, greatest: nil, text: column.dictionary[$0], count: counts[$0], weight: weights[$0])
            }
        case .bytes, .words: return nil
        }
    }

    /// Between five and a dozen classes whose bounds are round numbers; nil where the range is too wide for doubles.
    static func classes(
        _ least: Double, _ greatest: Double
    ) -> (start: Double, width: Double, count: Int, bound: (Int) -> Double)? {
        let span = greatest - least
        guard span.isFinite, span > 0, abs(least) < 1e15, abs(greatest) < 1e15 else { return nil }
        var power = 1.0
        var exponent = 0
        while power * 10 <= span, exponent < 20 { (power, exponent) = (power * 10, exponent + 1) }
        while power > span, exponent > -15 { (power, exponent) = (power / 10, exponent - 1) }
        guard power <= span else { return nil }
        // The span is 1 to 10 powers of ten wide, so the classes are 5 to 13.
        let ratio = span / power
        let (multiple, divisor) = ratio < 2 ? (2.0, 10.0) : ratio < 5 ? (5.0, 10.0) : (1.0, 1.0)
        let width = power * multiple / divisor
        let first = (least / width).rounded(.down)
        let last = (greatest / width).rounded(.down)
        let count = last - first + 1
        guard count >= 1, count <= 50 else { return nil }
        // Whole multiples of a power of ten, divided once, so that 0.1 + 0.2 never shows.
        func bound(_ index: Int) -> Double {
            let steps = (first + Double(index)) * multiple
            let scale = power / divisor
            return scale >= 1 ? steps * scale : steps / (1 / scale).rounded()
        }
        return (bound(0), width, Int(count), bound)
    }
}
