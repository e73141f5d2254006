internal import SurveyMath

/// Quantile classes of the propensity to respond, each with its factor, from sums over patterns of one propensity.
struct PropensityClasses {
    struct Class {
        /// The least and greatest propensity.
        var low: Double
        var high: Double
        /// Respondents as rows; 0 where nobody counted them.
        var respondents: Int
        /// Σ eligible / Σ respondents; infinite without respondents.
        var factor: Double
    }

    private(set) var classes: [Class] = []
    private let classOfPattern: [Int]

    /// `cases` and `respondents` are the sums of each pattern, and `answered` the rows that answered.
    ///
    /// Patterns without a case are in no class.
    init(_ propensities: [Double], cases: [Double], respondents: [Double], answered: [Int]?, count: Int) {
        let ordered = propensities.indices.filter { cases[$0] > 0 }.sorted {
            (propensities[$0], $0) < (propensities[$1], $1)
        }
        let total = CompensatedSum.of(ordered.map { cases[$0] })
        // The end of each class but the last: the least propensity at which its share of the weight is reached.
        var ends: [Double] = []
        var sum = CompensatedSum()
        for pattern in ordered {
            sum.add(cases[pattern])
            while ends.count < count - 1,
                sum.value >= total * (Double(ends.count + 1) / Double(count)) * (1 - 1e-12)
            { ends.append(propensities[pattern]) }
        }
        var classOfPattern = [Int](repeating: 0, count: propensities.count)
        var eligible = [CompensatedSum](repeating: CompensatedSum(), count: count)
        var answers = eligible
        var made = [Class](
            repeating: Class(low: .infinity, high: -.infinity, respondents: 0, factor: .infinity), count: count)
        for pattern in ordered {
            // Propensities that differ by rounding alone are one.
            let own = ends.firstIndex { propensities[pattern] <= $0 * (1 + 1e-12) } ?? count - 1
            classOfPattern[pattern] = own
            eligible[own].add(cases[pattern])
            answers[own].add(respondents[pattern])
            made[own].low = min(made[own].low, propensities[pattern])
            made[own].high = max(made[own].high, propensities[pattern])
            made[own].respondents += answered?[pattern] ?? 0
        }
        for number in made.indices where answers[number].value > 0 {
            made[number].factor = eligible[number].value / answers[number].value
        }
        // A share of the weight may stand at one propensity; classes that it leaves empty are none.
        let kept = made.indices.filter { made[$0].low.isFinite }
        var place = [Int](repeating: 0, count: count)
        for (position, number) in kept.enumerated() { place[number] = position }
        classes = kept.map { made[$0] }
        self.classOfPattern = classOfPattern.map { place[$0] }
    }

    func factor(at pattern: Int) -> Double { classes[classOfPattern[pattern]].factor }
}
