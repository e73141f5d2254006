public import SurveyIndicators
public import SurveyProblems
internal import SurveySchema
public import SurveyYAML

extension YAMLReader {
    /// Takes the two indicators that are set side by side, and their breakdown.
    func comparison(_ node: YAMLNode) -> ReportForm.Comparison? {
        guard let map = map(node, keys: ["by", "experience", "perception"]) else { return nil }
        let variable = map.text("by", required: true)
        let experience = map.text("experience", required: true)
        let perception = map.text("perception", required: true)
        guard let variable, let experience, let perception else { return nil }
        return ReportForm.Comparison(variable: variable, experience: experience, perception: perception)
    }
}

extension StudySpecification {
    /// Checks the indicators of `experience and perception`: both must be there with the breakdown and one unit.
    public func check(comparisonAgainst definitions: [IndicatorDefinition], in document: YAMLDocument? = nil)
        -> [Problem]
    {
        guard let comparison = self.report?.comparison else { return [] }
        let node = document?.root["report"]?["experience and perception"]
        var problems: [Problem] = []
        func report(_ problem: Problem, at key: String) {
            let mark = node?[key]?.mark
            problems.append(problem.placed(file: document?.file, line: mark?.line, position: mark?.position))
        }
        var units: [String] = []
        for (key, id) in [("experience", comparison.experience), ("perception", comparison.perception)] {
            guard let definition = definitions.first(where: { $0.id == id }) else {
                report(.unknownCompared(id, known: definitions.map(\.id)), at: key)
                continue
            }
            units.append(definition.unit)
            if !definition.breakdowns.contains([comparison.variable]) {
                report(.comparedWithoutBreakdown(id, by: comparison.variable), at: key)
            }
        }
        if let first = units.first, let last = units.last, first != last {
            report(.comparedUnits(first, last), at: "perception")
        }
        return problems
    }
}

extension Problem {
    static func unknownCompared(_ id: String, known: [String]) -> Problem {
        let near = NearestNames.of(id, among: known)
        return Problem(
            "study.unknown-compared", .input, what: "There is no indicator \"\(id)\" to set beside another",
            why: "experience and perception are ids of indicators of the study",
            fix: "use \(list: near.isEmpty ? known : near)")
    }

    static func comparedWithoutBreakdown(_ id: String, by variable: String) -> Problem {
        Problem(
            "study.compared-without-breakdown", .input, what: "\"\(id)\" has no breakdown by \"\(variable)\"",
            why: "experience and perception are set side by side in each group of \"\(variable)\"",
            fix: "add \"\(variable)\" to \"by:\" of \"\(id)\"")
    }

    static func comparedUnits(_ first: String, _ second: String) -> Problem {
        Problem(
            "study.compared-units", .input, what: "Experience and perception have different units",
            why: "both stand on one axis; found \(first) and \(second)", fix: "name two indicators of one unit")
    }
}
