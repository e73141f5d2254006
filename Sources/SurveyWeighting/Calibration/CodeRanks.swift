/// The order of the codes of a variable, by which categories are near each other.
///
/// A questionnaire's list has an order of its own. Without one whole numbers stand by size, and other codes as the targets
/// have them, so that a code without respondents stands between its neighbours too.
struct CodeRanks {
    private let ranks: [String: Int]

    /// `step` is the place of the variable in the margin.
    init(_ variable: WeightingVariable, in margin: WeightingTargets.Margin, step: Int) {
        var order = variable.list?.codes ?? []
        if variable.list == nil {
            var seen: Set<String> = []
            order = (margin.categories.map { $0.codes[step] } + variable.codes).filter { seen.insert($0).inserted }
            let sizes = order.map { Int($0) }
            if sizes.allSatisfy({ $0 != nil }) {
                order = zip(order, sizes).sorted { ($0.1 ?? 0, $0.0) < ($1.1 ?? 0, $1.0) }.map(\.0)
            }
        }
        ranks = Dictionary(order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The place of a code; codes that stand nowhere come last.
    func rank(of code: String) -> Int { ranks[code] ?? ranks.count }
}
