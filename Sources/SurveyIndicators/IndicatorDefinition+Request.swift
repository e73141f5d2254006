internal import SurveyEstimation
internal import SurveyProblems
internal import SurveySchema

extension IndicatorDefinition {
    /// What identifies one figure: wave, definition and request as one line of JSON, to be hashed.
    ///
    /// `definitions` holds the indicators that this one is made of, and theirs, by id; each of them is in the text once.
    func request(wave: String, by: Estimate.By, among definitions: [String: IndicatorDefinition]) -> String {
        let groups = by.map { JSONText.array([.string($0.variable), .string($0.category)]) }
        var made: [JSONText] = []
        var seen: Set<String> = [id]
        var waiting = Array(parts.reversed())
        while let part = waiting.popLast() {
            guard seen.insert(part.indicator).inserted, let definition = definitions[part.indicator] else { continue }
            made.append(.array(definition.requested))
            waiting += definition.parts.reversed()
        }
        return JSONText.array([.string(wave)] + requested + [.array(groups)] + made).line
    }

    private var requested: [JSONText] {
        let formula: [JSONText] =
            switch self.formula {
            case .share(let expression): [.string("share"), .string(expression.source)]
            case .mean(let expression): [.string("mean"), .string(expression.source)]
            case .ratio(let numerator, let denominator):
                [.string("ratio"), .string(numerator.source), .string(denominator.source)]
            case .quantile(let expression, let p): [.string("quantile"), .string(expression.source), .number(p)]
            case .composite(let parts):
                [.string("composite")] + parts.flatMap { [.string($0.indicator), .number($0.coefficient)] }
            case .score(let id, let scale):
                [
                    .string("score"), .string(id), .number(scale.full), .integer(scale.steps),
                    .string(scale.between.rawValue), .string(scale.belowHalf.rawValue),
                ]
            }
        return [.string("\(id)@\(version)"), .array(formula), .string(baseExpression)]
    }
}
