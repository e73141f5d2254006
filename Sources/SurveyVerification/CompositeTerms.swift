internal import SurveyIndicators

/// A composite as a sum of figures that are made of answers: composites among its parts are taken apart.
struct CompositeTerms {
    /// Each figure once, in the order of first use; empty where a part is missing or has no error of its own.
    let terms: [IndicatorDefinition.Part]

    init(of definition: IndicatorDefinition, among others: [IndicatorDefinition]) {
        let known = Dictionary(others.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var order: [String] = []
        var sums: [String: Double] = [:]
        var waiting = definition.parts.reversed().map { $0 }
        // Definitions that were read hold no cycle; one made by hand ends here.
        var steps = 0
        while let part = waiting.popLast(), steps < 100_000 {
            steps += 1
            guard let found = known[part.indicator] else {
                terms = []
                return
            }
            switch found.formula {
            case .share, .mean, .ratio:
                if sums[part.indicator] == nil { order.append(part.indicator) }
                sums[part.indicator, default: 0] += part.coefficient
            case .composite(let inner):
                waiting += inner.reversed().map { own in
                    IndicatorDefinition.Part(
                        indicator: own.indicator, coefficient: part.coefficient * own.coefficient)
                }
            case .score, .quantile:
                terms = []
                return
            }
        }
        terms = order.map { IndicatorDefinition.Part(indicator: $0, coefficient: sums[$0] ?? 0) }
    }
}
