internal import SurveyMath
public import SurveyProblems

/// Multiplies weights so that they add up to the number of rows, or to a number.
///
///     w ← w · T / Σ w,   T the rows of weight other than 0, or the number given; in each group by itself
///
/// - Source: Documentation/Methods.md, "Weighting".
public struct WeightScaling: Sendable, Equatable {
    /// What the weights of each group add up to; nil is its number of rows, so that the mean weight is 1.
    public var total: Double?
    /// The variables whose crossing makes the groups; none is one group.
    public var groups: [String]

    public init(total: Double? = nil, groups: [String] = []) {
        self.total = total
        self.groups = groups
    }

    /// Scales weights; the record lets replicates do the step again.
    public func scaled(
        _ weights: [Double], variables: [WeightingVariable]
    ) -> Checked<(weights: [Double], record: AdjustmentRecord)> {
        if let total, !(total > 0 && total <= TargetsReader.mostTotal) {
            return Checked(value: nil, problems: [.wrongScaling(total)])
        }
        let own = groups.compactMap { name in variables.first { $0.name == name } }
        precondition(own.count == groups.count, "one variable for each group of the step")
        let grouping = RowGroups(own, weights: weights)
        guard grouping.problems.isEmpty else { return Checked(value: nil, problems: grouping.problems) }
        var sums = [CompensatedSum](repeating: CompensatedSum(), count: grouping.count)
        var rows = [Double](repeating: 0, count: grouping.count)
        for row in weights.indices where weights[row] != 0 {
            sums[Int(grouping.groupOfRow[row])].add(weights[row])
            rows[Int(grouping.groupOfRow[row])] += 1
        }
        guard !sums.isEmpty, sums.allSatisfy({ $0.value > 0 }) else {
            return Checked(value: nil, problems: [.noWeights()])
        }
        let factors = sums.indices.map { (total ?? rows[$0]) / sums[$0].value }
        guard factors.allSatisfy(\.isFinite) else { return Checked(value: nil, problems: [.outOfRange()]) }
        let scaled = weights.indices.map {
            weights[$0] == 0 ? 0 : weights[$0] * factors[Int(grouping.groupOfRow[$0])]
        }
        let record = AdjustmentRecord(
            rule: .scaling(total: total), groupOfRow: grouping.groupOfRow, cellCount: grouping.count, before: weights)
        return Checked(value: (scaled, record), problems: [])
    }
}

extension Problem {
    /// A total that weights cannot have.
    static func wrongScaling(_ total: Double) -> Problem {
        Problem(
            "weighting.wrong-scaling", .usage, what: "Weights cannot be scaled to \(total.brief)",
            why: "the sum of weights is a number above 0 and at most 1e15; found \(total.brief)",
            fix: "give the size of the population, or leave the number out for a mean weight of 1")
    }
}
