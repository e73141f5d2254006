internal import SurveyMath

/// Quantile classes of the propensity to respond, each with its factor.
struct PropensityClasses {
    struct Class {
        /// The least and greatest propensity.
        var low: Double
        var high: Double
        var respondents: Int
        /// Σ eligible / Σ respondents.
        var factor: Double
    }

    private(set) var classes: [Class] = []
    private let classOfRow: [Int]

    /// `weights` are those of eligible cases, 0 of others.
    init(
        _ propensities: [Double?], weights: [Double], count: Int, isWeighted: Bool, isRespondent: (Int) -> Bool
    ) {
        let rows = weights.indices.filter { weights[$0] != 0 && propensities[$0] != nil }
        func size(_ row: Int) -> Double { isWeighted ? weights[row] : 1 }
        func propensity(_ row: Int) -> Double { propensities[row] ?? 0 }
        let ordered = rows.sorted { (propensity($0), $0) < (propensity($1), $1) }
        let total = CompensatedSum.of(ordered.map(size))
        // The end of each class but the last: the least propensity at which its share of the weight is reached.
        var ends: [Double] = []
        var sum = CompensatedSum()
        for row in ordered {
            sum.add(size(row))
            while ends.count < count - 1,
                sum.value >= total * (Double(ends.count + 1) / Double(count)) * (1 - 1e-12)
            { ends.append(propensity(row)) }
        }
        var classOfRow = [Int](repeating: 0, count: weights.count)
        var eligible = [CompensatedSum](repeating: CompensatedSum(), count: count)
        var answered = eligible
        var made = [Class](
            repeating: Class(low: .infinity, high: -.infinity, respondents: 0, factor: 1), count: count)
        for row in ordered {
            // Propensities that differ by rounding alone are one.
            let own = ends.firstIndex { propensity(row) <= $0 * (1 + 1e-12) } ?? count - 1
            classOfRow[row] = own
            eligible[own].add(size(row))
            made[own].low = min(made[own].low, propensity(row))
            made[own].high = max(made[own].high, propensity(row))
            if isRespondent(row) {
                answered[own].add(size(row))
                made[own].respondents += 1
            }
        }
        for number in made.indices where made[number].respondents > 0 {
            made[number].factor = eligible[number].value / answered[number].value
        }
        // A share of the weight may stand at one propensity; classes that it leaves empty are none.
        let kept = made.indices.filter { made[$0].low.isFinite }
        var place = [Int](repeating: 0, count: count)
        for (position, number) in kept.enumerated() { place[number] = position }
        classes = kept.map { made[$0] }
        self.classOfRow = classOfRow.map { place[$0] }
    }

    func factor(at row: Int) -> Double { classes[classOfRow[row]].factor }
}
