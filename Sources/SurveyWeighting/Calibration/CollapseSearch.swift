/// Looks for two categories of one margin whose joining lets a raking come to its end.
///
/// Each pair is tried by raking: first the category that stays furthest from its target with its neighbours, then the pairs
/// of all margins, of equally near ones the smaller first.
struct CollapseSearch {
    private let margins: [BoundMargin]
    private let weights: [Double]
    private let worst: (margin: Int, category: Int)

    /// Rakings that are tried.
    private static let mostTrials = 60
    private static let rule = RakingRule.standard

    init(_ margins: [BoundMargin], weights: [Double], worst: (margin: Int, category: Int)) {
        self.margins = margins
        self.weights = weights
        self.worst = worst
    }

    /// The first pair that helps; nil if none of those tried does.
    var proposal: MarginFeasibility.Collapse? {
        for pair in candidates.prefix(CollapseSearch.mostTrials) {
            let joined = margins[pair.margin].joining(pair.one, pair.other)
            var tried = margins
            tried[pair.margin] = joined
            guard isMet(tried) else { continue }
            let margin = margins[pair.margin]
            return MarginFeasibility.Collapse(
                margin: margin.label, one: margin.labels[pair.one], other: margin.labels[pair.other])
        }
        return nil
    }

    /// The margin without which the others can be met, of several the one with most categories.
    var marginToLeave: String? {
        margins.indices.sorted {
            (margins[$1].targets.count, $0) < (margins[$0].targets.count, $1)
        }.first { number in
            var rest = margins
            rest.remove(at: number)
            return !rest.isEmpty && isMet(rest)
        }.map { margins[$0].label }
    }

    private func isMet(_ margins: [BoundMargin]) -> Bool {
        guard MarginFeasibility(margins).problems().isEmpty else { return false }
        let fitting = ProportionalFitting(margins, weights: weights, rule: CollapseSearch.rule)
        return fitting.ending == .met && fitting.weights.allSatisfy { $0 > 0 && $0.isFinite }
    }

    private var candidates: [(margin: Int, one: Int, other: Int)] {
        let own = margins[worst.margin]
        var seen: Set<[Int]> = []
        var found: [(margin: Int, one: Int, other: Int)] = []
        func add(_ margin: Int, _ one: Int, _ other: Int) {
            if one != other, seen.insert([margin, min(one, other), max(one, other)]).inserted {
                found.append((margin, one, other))
            }
        }
        var left = Array(own.targets.indices)
        while let near = own.nearest(to: worst.category, among: left) {
            add(worst.margin, worst.category, near)
            left.removeAll { $0 == near }
        }
        var pairs: [(size: Double, margin: Int, one: Int, other: Int)] = []
        for (number, margin) in margins.enumerated() {
            for one in margin.targets.indices {
                guard let near = margin.nearest(to: one, among: Array(margin.targets.indices)) else { continue }
                pairs.append((margin.targets[one] + margin.targets[near], number, one, near))
            }
        }
        for pair in pairs.sorted(by: { ($0.size, $0.margin, $0.one) < ($1.size, $1.margin, $1.one) }) {
            add(pair.margin, pair.one, pair.other)
        }
        return found
    }
}

extension BoundMargin {
    /// The margin with two of its categories made one.
    func joining(_ one: Int, _ other: Int) -> BoundMargin {
        var joined = self
        joined.targets[one] += joined.targets[other]
        joined.targets.remove(at: other)
        joined.labels.remove(at: other)
        joined.codes.remove(at: other)
        if !joined.errors.isEmpty { joined.errors.remove(at: other) }
        joined.categoryOfCell = categoryOfCell.map { category in
            let own = Int(category) == other ? one : Int(category)
            return UInt32(truncatingIfNeeded: own > other ? own - 1 : own)
        }
        return joined
    }
}
