internal import SurveyEstimation

/// Makes composites and scores of the figures of their parts, group by group.
///
///     composite   Σ c·θ over the parts, with the covariance of the parts      score   points of a scale, without error
///
/// - Shapes: a group has a figure where every part has one; the whole always has.
/// - Missing: not computable where a part is not.
/// - Source: Documentation/Publication.md, "Figures made of others".
///   Checked: R survey 4.1-1 `svycontrast` of totals, Tests/Reference/contacts-study.json.
struct IndicatorComposition {
    let estimated: EstimationResult
    let estimation: Estimation

    /// Returns the figures of one breakdown, in the order of the first part's groups.
    func figures(
        of definition: IndicatorDefinition, by crossing: [String], parts made: [String: IndicatorFigures]
    ) -> [IndicatorFigures.Figure] {
        let parts = definition.parts.compactMap { part in made[part.indicator].map { ($0, part.coefficient) } }
        guard parts.count == definition.parts.count, let first = parts.first?.0 else { return [] }
        let groups = first.figures.map(\.estimate.by).filter { $0.map(\.variable) == crossing }
        return groups.compactMap { by in
            let found = parts.compactMap { part, coefficient in
                part.position(of: by).map { (figure: part.figures[$0], coefficient: coefficient) }
            }
            guard found.count == parts.count, let part = found.first?.figure else { return nil }
            if case .score(_, let scale) = definition.formula {
                return IndicatorFigures.Figure(
                    estimate: score(part.estimate, scale, definition.id, by), terms: [])
            }
            let terms = merged(found)
            guard !terms.isEmpty else { return nil }
            let estimate = estimation.combination(
                of: estimated, terms: terms.map { (row: $0.row, coefficient: $0.coefficient) }, statistic: .mean,
                variable: definition.id, by: by)
            return IndicatorFigures.Figure(estimate: estimate, terms: terms)
        }
    }

    /// The terms of all parts, rows that several parts share added up.
    private func merged(
        _ parts: [(figure: IndicatorFigures.Figure, coefficient: Double)]
    ) -> [IndicatorFigures.Term] {
        var order: [Int] = []
        var sums: [Int: Double] = [:]
        for (figure, coefficient) in parts {
            for term in figure.terms {
                if sums[term.row] == nil { order.append(term.row) }
                sums[term.row, default: 0] += coefficient * term.coefficient
            }
        }
        return order.compactMap { row in sums[row].map { IndicatorFigures.Term(row: row, coefficient: $0) } }
    }

    private func score(
        _ part: Estimate, _ scale: ScoreScale, _ variable: String, _ by: Estimate.By
    ) -> Estimate {
        Estimate(
            statistic: .mean, variable: variable, answer: nil, by: by, value: scale.points(for: part.value),
            standardError: nil, low: nil, high: nil, intervalMethod: nil, level: part.level, degreesOfFreedom: nil,
            n: part.n, nBase: part.nBase, psus: part.psus, sumWeights: part.sumWeights, effectiveN: nil,
            designEffect: nil, designEffectKind: nil, flags: part.flags)
    }
}
