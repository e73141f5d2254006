internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveySchema
internal import SurveyStudy

/// Own experience beside perception in the groups of one breakdown, in the latest wave that has both.
///
/// A group stands above or below the whole sample where the two intervals do not overlap, and on no low base. The group is
/// a part of the whole, so the rule is a cautious one: it calls fewer groups apart than a test of the difference would.
struct ExperiencePerception {
    enum Side: String {
        case above, below
        case notDistinguishable = "not-distinguishable"
    }

    /// One of the two figures of a group, and where it stands; nil where nothing can be said.
    struct Cell {
        let result: IndicatorResult?
        let side: Side?
    }

    struct Row {
        let key: String
        let label: LocalizedText
        let experience: Cell
        let perception: Cell
    }

    let experience: ReportContent.Section
    let perception: ReportContent.Section
    let wave: String
    let variable: String
    let label: LocalizedText
    let rows: [Row]

    /// Returns nil if the report compares nothing, or a figure is not among the results.
    init?(_ content: ReportContent, _ form: ReportForm?) {
        guard let comparison = form?.comparison,
            let first = content.sections.first(where: { $0.definition.id == comparison.experience }),
            let second = content.sections.first(where: { $0.definition.id == comparison.perception }),
            let one = first.breakdowns.first(where: { $0.variables == [comparison.variable] }),
            let other = second.breakdowns.first(where: { $0.variables == [comparison.variable] }),
            let wave = content.waves.last(where: { first.waves.contains($0) && second.waves.contains($0) })
        else { return nil }
        (experience, perception, self.wave) = (first, second, wave)
        variable = comparison.variable
        label = one.labels.first ?? .empty
        func cell(_ breakdown: ReportContent.Breakdown, _ key: [String], _ section: ReportContent.Section) -> Cell {
            let result = breakdown.keys.firstIndex(of: key).flatMap { breakdown.rows[$0].results[wave] }
            return Cell(result: result, side: ExperiencePerception.side(of: result, in: section.whole[wave]))
        }
        let keys = one.keys + other.keys.filter { !one.keys.contains($0) }
        rows = keys.compactMap { key in
            let labels =
                one.keys.firstIndex(of: key).map { one.rows[$0].categories }
                ?? other.keys.firstIndex(of: key).map { other.rows[$0].categories }
            guard let code = key.first, let label = labels?.first else { return nil }
            return Row(
                key: code, label: label, experience: cell(one, key, first), perception: cell(other, key, second))
        }
    }

    private static func side(of group: IndicatorResult?, in whole: IndicatorResult?) -> Side? {
        guard case .shown(let figure) = FigureText.cell(group), case .shown(let all) = FigureText.cell(whole),
            !figure.isBracketed, let low = figure.estimate.low, let high = figure.estimate.high,
            let least = all.estimate.low, let greatest = all.estimate.high
        else { return nil }
        return low > greatest ? .above : high < least ? .below : .notDistinguishable
    }

    /// The groups whose figure stands on a side.
    func groups(_ figure: KeyPath<Row, Cell>, _ side: Side) -> [LocalizedText] {
        rows.filter { $0[keyPath: figure].side == side }.map(\.label)
    }
}
