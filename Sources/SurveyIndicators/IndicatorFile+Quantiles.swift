internal import SurveyProblems
internal import SurveySchema
internal import SurveyYAML

extension IndicatorFile {
    /// `quantile: {of: NUMBER, p: 0.75}`.
    func quantile(_ node: YAMLNode, item: ListItem?) -> IndicatorDefinition.Formula? {
        guard let parts = reader.map(node, keys: ["of", "p"]) else { return nil }
        let number = parts.node("of", required: true).flatMap { expression($0, .number, item: item) }
        var place: Double?
        if let node = parts.node("p", required: true), let p = reader.number(node) {
            if p > 0, p < 1 { place = p } else { reader.report(.wrongQuantile(p), at: node.mark) }
        }
        guard let number, let place else { return nil }
        return .quantile(number, p: place)
    }
}

extension Problem {
    /// A quantile that is none.
    static func wrongQuantile(_ p: Double) -> Problem {
        Problem(
            "indicators.wrong-quantile", .input, what: "A quantile cannot stand at \(JSONText.shortest(p))",
            why: "p lies between 0 and 1; found \(JSONText.shortest(p))", fix: "write for example 0.75, or \"median\"")
    }
}
