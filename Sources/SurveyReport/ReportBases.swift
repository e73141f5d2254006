internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveySchema

/// The bases of a report, each once, with the indicators on it and the number of people in each group.
///
/// A number stands only where a figure of the base is shown in that group: a hidden figure tells no base.
struct ReportBases {
    struct Base {
        /// The place among the bases, from 1.
        let number: Int
        let text: LocalizedText
        let expression: String
        var sections: [ReportContent.Section]
    }

    /// One line of the tables: the whole, or a group of a breakdown by one variable.
    struct Group {
        let by: [String]
        let key: [String]
        let label: LocalizedText
        let variable: LocalizedText
    }

    let bases: [Base]
    let groups: [Group]

    /// How many bases stand side by side on paper.
    static let across = 8

    init(_ content: ReportContent) {
        var bases: [Base] = []
        var groups: [Group] = []
        var places: [String: Int] = [:]
        // Bases with the most breakdowns come first, so that tables of groups without a base are few.
        let ordered = content.sections.enumerated().sorted { left, right in
            let (one, other) = (left.element.breakdowns.count, right.element.breakdowns.count)
            return one == other ? left.offset < right.offset : one > other
        }
        for (_, section) in ordered where section.definition.parts.isEmpty {
            guard let latest = section.latest else { continue }
            let place = places[latest.baseExpression] ?? bases.count
            if place == bases.count {
                places[latest.baseExpression] = place
                bases.append(
                    Base(number: place + 1, text: latest.base, expression: latest.baseExpression, sections: []))
            }
            bases[place].sections.append(section)
            for breakdown in section.breakdowns where breakdown.variables.count == 1 {
                for (key, row) in zip(breakdown.keys, breakdown.rows)
                where !groups.contains(where: { $0.by == breakdown.variables && $0.key == key }) {
                    groups.append(
                        Group(
                            by: breakdown.variables, key: key, label: row.categories.first ?? .empty,
                            variable: breakdown.labels.first ?? .empty))
                }
            }
        }
        // The groups of one breakdown stand together.
        var variables: [[String]] = []
        for group in groups where !variables.contains(group.by) { variables.append(group.by) }
        self.groups = variables.flatMap { name in groups.filter { $0.by == name } }
        self.bases = bases
    }

    /// The number of people of a base in a wave, in a group or in the whole; nil where no figure tells it.
    func count(_ base: Base, wave: String, group: Group?) -> Int? {
        for section in base.sections {
            let result: IndicatorResult?
            if let group {
                let breakdown = section.breakdowns.first { $0.variables == group.by }
                result = breakdown?.keys.firstIndex(of: group.key).flatMap { breakdown?.rows[$0].results[wave] }
            } else {
                result = section.whole[wave]
            }
            if case .shown(let figure) = FigureText.cell(result) { return figure.estimate.nBase }
        }
        return nil
    }
}
