internal import SurveyIndicators
internal import SurveyProblems
internal import SurveyStudy

/// The changes between waves that a study asks for.
extension StudyFigures {
    /// True for a wave that the study compares with another.
    func isCompared(_ wave: String) -> Bool {
        specification.change?.pairs.contains { $0.from == wave || $0.to == wave } ?? false
    }

    /// Compares the waves of each pair that the study names, in the order: indicator, pair, group.
    func changes(between waves: [WaveFigures]) throws(Problem) -> [IndicatorChange] {
        guard let plan = specification.change else { return [] }
        let hash = try HexDigits()
        let comparison = IndicatorChanges(
            overlap: plan.overlap, precision: plan.precision, waves: specification.waves.map(\.id), identify: hash.of)
        var found: [IndicatorChange] = []
        for (from, to) in plan.pairs {
            guard let first = waves.first(where: { $0.wave == from }),
                let second = waves.first(where: { $0.wave == to })
            else { continue }
            found += try comparison.between(first, second)
        }
        var byIndicator: [String: [IndicatorChange]] = [:]
        for change in found { byIndicator[change.definition.id, default: []].append(change) }
        return definitions.flatMap { byIndicator[$0.id] ?? [] }
    }
}
