internal import SurveyIndicators
internal import SurveySchema
internal import SurveyStudy

/// The results of a report in the order in which they are read: by indicator, breakdown and category.
struct ReportContent {
    /// One group of a breakdown and its results by wave.
    struct Row {
        let categories: [LocalizedText]
        var results: [String: IndicatorResult]
    }

    /// One breakdown of an indicator; without variables it is the whole.
    struct Breakdown {
        let variables: [String]
        let labels: [LocalizedText]
        var rows: [Row] = []
        var keys: [[String]] = []
    }

    /// One indicator with everything that was computed for it.
    struct Section {
        /// The place among the indicators, from 1; part of the links.
        let number: Int
        var definition: IndicatorDefinition
        var whole: [String: IndicatorResult] = [:]
        var breakdowns: [Breakdown] = []
        /// Every result in the order of the input.
        var all: [IndicatorResult] = []

        /// The waves in which the indicator has results, in the order of the study.
        var waves: [String] = []
        /// The result that tells the base: of the whole in the latest wave, if there is one.
        var latest: IndicatorResult? { waves.last.flatMap { whole[$0] } ?? all.last }
    }

    /// What stands under one heading: an indicator, or the members of a family.
    enum Group {
        case single(Section)
        case family(IndicatorDefinition.Family, [Section])
    }

    let waves: [String]
    let sections: [Section]

    /// The sections with those of one family joined at the place of its first member.
    var groups: [Group] {
        var groups: [Group] = []
        var places: [String: Int] = [:]
        for section in sections {
            guard let family = section.definition.family else {
                groups.append(.single(section))
                continue
            }
            if let place = places[family.id], case .family(let first, let members) = groups[place] {
                groups[place] = .family(first, members + [section])
            } else {
                places[family.id] = groups.count
                groups.append(.family(family, [section]))
            }
        }
        return groups
    }

    init(_ input: ReportInput) {
        var waves = input.waves.map(\.id)
        for wave in input.study.waves.map(\.id) + input.results.map(\.wave) where !waves.contains(wave) {
            waves.append(wave)
        }
        let present = Set(input.waves.map(\.id) + input.results.map(\.wave))
        self.waves = waves.filter(present.contains)
        var sections: [Section] = []
        var places: [String: Int] = [:]
        for result in input.results {
            let place = places[result.definition.id] ?? sections.count
            if place == sections.count {
                places[result.definition.id] = place
                sections.append(Section(number: place + 1, definition: result.definition))
            }
            sections[place].add(result)
        }
        for place in sections.indices {
            let used = Set(sections[place].all.map(\.wave))
            sections[place].waves = self.waves.filter(used.contains)
        }
        self.sections = sections
    }
}

extension ReportContent.Section {
    /// Files a result under its breakdown; a category new in a later wave stands after its neighbour of that wave.
    fileprivate mutating func add(_ result: IndicatorResult) {
        all.append(result)
        definition = result.definition
        let variables = result.by.map(\.variable)
        guard !variables.isEmpty else {
            whole[result.wave] = result
            return
        }
        let key = result.by.map(\.category)
        let place = breakdowns.firstIndex { $0.variables == variables } ?? breakdowns.count
        if place == breakdowns.count {
            breakdowns.append(ReportContent.Breakdown(variables: variables, labels: result.labels.map(\.variable)))
        }
        if let row = breakdowns[place].keys.firstIndex(of: key) {
            breakdowns[place].rows[row].results[result.wave] = result
            return
        }
        let neighbour = breakdowns[place].rows.lastIndex { $0.results[result.wave] != nil }
        let row = neighbour.map { $0 + 1 } ?? (breakdowns[place].rows.isEmpty ? 0 : breakdowns[place].rows.count)
        breakdowns[place].keys.insert(key, at: row)
        breakdowns[place].rows.insert(
            ReportContent.Row(categories: result.labels.map(\.category), results: [result.wave: result]), at: row)
    }
}

extension ReportContent.Group {
    var sections: [ReportContent.Section] {
        switch self {
        case .single(let section): [section]
        case .family(_, let members): members
        }
    }

    /// The target of links to the heading.
    var anchor: String {
        switch self {
        case .single(let section): section.anchor
        case .family(_, let members): "family-\(members.first?.number ?? 0)"
        }
    }

    var name: LocalizedText {
        switch self {
        case .single(let section): section.definition.name
        case .family(let family, _): family.name
        }
    }
}
