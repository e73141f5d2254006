internal import SurveyData
internal import SurveyMath

/// The categories of the targets and the rows that belong to each, to follow their shares from step to step.
struct MarginDiagnostics {
    private struct Group {
        let variable: String
        let categories: [String]
        /// Shares of the margin.
        let targets: [Double]
        /// The category of each row; their count for a row of none.
        let categoryOfRow: [Int]
    }

    private let groups: [Group]

    /// Takes the margins of a summary whose variables are all categorical; of a margin that is fitted twice the last.
    init(_ margins: [WeightingSummary.Margin], variables: [String: WeightingVariable], rowCount: Int) {
        var order: [String] = []
        var byVariable: [String: [String: Double]] = [:]
        var categories: [String: [String]] = [:]
        for margin in margins where !margin.variable.isEmpty {
            if byVariable[margin.variable] == nil { order.append(margin.variable) }
            if byVariable[margin.variable]?[margin.category] == nil {
                categories[margin.variable, default: []].append(margin.category)
            }
            byVariable[margin.variable, default: [:]][margin.category] = margin.target
        }
        groups = order.compactMap { label in
            let names = label.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
            let columns = names.compactMap { variables[$0] }
            let labels = categories[label] ?? []
            let targets = labels.map { byVariable[label]?[$0] ?? 0 }
            let total = targets.reduce(0, +)
            guard columns.count == names.count, total > 0 else { return nil }
            let positions = Dictionary(zip(labels, 0...), uniquingKeysWith: { first, _ in first })
            // Rows share few combinations of codes, so that texts are joined once for each; the last code of a variable
            // stands for none.
            var known: [Int: Int] = [:]
            let ofRow = (0..<rowCount).map { row -> Int in
                var key = 0
                for column in columns {
                    let code = column.position(at: row)
                    key = key &* (column.codes.count + 1) &+ (code < 0 ? column.codes.count : code)
                }
                if let found = known[key] { return found }
                let texts = columns.compactMap { column -> String? in
                    let code = column.position(at: row)
                    return code < 0 ? nil : column.codes[code]
                }
                let place = texts.count == columns.count ? positions[texts.joined(separator: "*")] : nil
                known[key] = place ?? labels.count
                return place ?? labels.count
            }
            return Group(
                variable: label, categories: labels, targets: targets.map { $0 / total }, categoryOfRow: ofRow)
        }
    }

    /// The share of each category in its margin, margin by margin.
    func shares(_ weights: [Double]) -> [Double] {
        groups.flatMap { group -> [Double] in
            var sums = [CompensatedSum](repeating: CompensatedSum(), count: group.categories.count + 1)
            for row in weights.indices where weights[row] != 0 { sums[group.categoryOfRow[row]].add(weights[row]) }
            let own = sums.dropLast().map(\.value)
            let total = own.reduce(0, +)
            return own.map { total != 0 ? $0 / total : 0 }
        }
    }

    /// The targets as shares, in the same order.
    var targets: [Double] { groups.flatMap(\.targets) }

    /// The greatest and the mean distance of shares from their targets.
    func gaps(_ shares: [Double]) -> (greatest: Double, mean: Double)? {
        let gaps = zip(shares, targets).map { abs($0 - $1) }
        guard let greatest = gaps.max() else { return nil }
        return (greatest, CompensatedSum.of(gaps) / Double(gaps.count))
    }

    /// The categories with their shares by step.
    func margins(_ sharesOfStep: [[Double]]) -> [WeightingDiagnostics.Margin] {
        let names = groups.flatMap { group in group.categories.map { (group.variable, $0) } }
        return names.enumerated().map { position, name in
            WeightingDiagnostics.Margin(
                variable: name.0, category: name.1, target: targets[position],
                shares: sharesOfStep.map { $0[position] })
        }
    }
}

extension WeightingVariable {
    /// The position of the code of a row; -1 where it has none.
    func position(at row: Int) -> Int {
        guard column.missing(at: row) == nil else { return -1 }
        let found: Int
        switch column.values {
        case .bytes(let bytes): found = Int(bytes[row])
        case .words(let words): found = Int(words[row])
        case .indexes(let indexes): found = Int(indexes[row])
        case .numbers: return -1
        }
        return codes.indices.contains(found) ? found : -1
    }
}
