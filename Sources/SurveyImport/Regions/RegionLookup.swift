public import SurveyProblems
public import SurveySchema
internal import SurveyYAML

/// Finds which answer of a region question a cell means, at the time of the fieldwork.
///
/// In this order: a missing code; a code of the declared system; a code of the answer list; a name; a name but for letters
/// of another alphabet. A region that was divided since is found by its district, else taken whole if the answer list has
/// such a category (`19+33`). What cannot be decided is unreadable, with the reason.
public struct RegionLookup: Sendable {
    /// First and last day of the fieldwork.
    public typealias Fieldwork = (start: CalendarDate, end: CalendarDate)

    /// What a cell means: the code of an answer, nil if it cannot be told; and what must be said of it.
    struct Meaning: Sendable {
        var code: String?
        var problems: [Problem] = []
    }

    /// What an alias says before the answer list is looked at.
    private enum Finding: Equatable {
        case region(String, isUncertain: Bool, isOutside: Bool)
        case parts([String], isUncertain: Bool, isOutside: Bool)
        case ambiguous([String])
        case needsDate([String])
    }

    let question: Question
    /// The question of the district; its cells decide between the parts of a divided region.
    let district: String?
    /// True if cells are codes of a declared system, which may be digits that the answer list gives another meaning.
    let readsCodesFirst: Bool
    private let aliases: RegionAliases
    private let moves: DistrictMoves?
    private let system: String?
    private let fieldwork: Fieldwork?
    private let codes: Set<String>
    /// Answers that stand for several regions, such as `19+33`, with their parts.
    private let joined: [(code: String, parts: Set<String>)]

    public init(
        _ question: Question, source: RegionSource, aliases: RegionAliases, moves: DistrictMoves?, fieldwork: Fieldwork?
    ) {
        self.question = question
        self.aliases = aliases
        self.moves = moves
        self.fieldwork = fieldwork
        district = source.district
        system = source.codeSystem
        readsCodesFirst = source.codeSystem != nil
        codes = Set(question.answers.map(\.code))
        joined = question.answers.map(\.code).filter { $0.contains("+") }.map { code in
            (code, Set(code.split(separator: "+").map(String.init)))
        }
    }

    /// True if the meaning of a cell depends on the district.
    func needsDistrict(_ text: String) -> Bool {
        guard moves != nil, let (finding, _) = finding(of: text), case .parts = finding else { return false }
        return true
    }

    /// The meaning of a cell that is no missing code; `district` is the cell of the district's question, if it has one.
    func meaning(of text: String, district: String?) -> Meaning {
        guard let (finding, looksLike) = finding(of: text) else {
            if codes.contains(text) { return Meaning(code: text) }
            let key = RegionText.folded(text)
            if let entries = aliases.entries[key], !entries.isEmpty {
                return Meaning(problems: [
                    .undeclaredRegionCode(
                        text, systems: entries.map { "\($0.system): \($0.region)" }.uniqued, variable: question.id)
                ])
            }
            return Meaning(problems: [.unknownRegion(text, variable: question.id, known: aliases.names)])
        }
        var meaning: Meaning
        switch finding {
        case .region(let region, let isUncertain, let isOutside):
            meaning = answer(for: region, text)
            meaning.problems += cautions(text, region, isUncertain: isUncertain, isOutside: isOutside)
        case .parts(let parts, let isUncertain, let isOutside):
            meaning = self.meaning(of: text, parts: parts, district: district)
            if let code = meaning.code {
                meaning.problems += cautions(text, code, isUncertain: isUncertain, isOutside: isOutside)
            }
        case .ambiguous(let regions):
            meaning = Meaning(problems: [.ambiguousRegion(text, variable: question.id, candidates: regions)])
        case .needsDate(let regions):
            let days = fieldwork.map { "\($0.start) – \($0.end)" } ?? "–"
            meaning = Meaning(problems: [
                .regionNeedsDate(text, variable: question.id, candidates: regions, fieldwork: days)
            ])
        }
        if let looksLike, let code = meaning.code {
            meaning.problems.append(.regionLookAlike(text, looksLike: looksLike, region: code, variable: question.id))
        }
        return meaning
    }

    /// A divided region: by the district, else whole if there is such an answer.
    private func meaning(of text: String, parts: [String], district: String?) -> Meaning {
        var several: [String] = []
        if let moves, let district {
            switch moves.place(of: district, among: parts, on: fieldwork?.start) {
            case .region(let region, let isUncertain):
                var meaning = answer(for: region, text)
                if isUncertain {
                    meaning.problems.append(
                        .uncertainRegion(text + ", " + district, region: region, variable: question.id))
                }
                return meaning
            case .several(let regions): several = regions
            case .unknown: break
            }
        }
        if let whole = joined.first(where: { $0.parts == Set(parts) }) { return Meaning(code: whole.code) }
        if let district {
            return Meaning(problems: [
                .districtUndecided(
                    text, district: district, variable: question.id, parts: several.isEmpty ? parts : several)
            ])
        }
        return Meaning(problems: [.dividedRegion(text, variable: question.id, parts: parts)])
    }

    /// The answer for a region: its code, or the one category that it is part of.
    private func answer(for region: String, _ text: String) -> Meaning {
        if codes.contains(region) { return Meaning(code: region) }
        let wider = joined.filter { $0.parts.contains(region) }
        if wider.count == 1 { return Meaning(code: wider[0].code) }
        return Meaning(problems: [
            .regionNotListed(text, region: region, variable: question.id, known: question.answers.map(\.code))
        ])
    }

    private func cautions(_ text: String, _ region: String, isUncertain: Bool, isOutside: Bool) -> [Problem] {
        var cautions: [Problem] = []
        if isOutside {
            let days = fieldwork.map { "\($0.start) – \($0.end)" } ?? "–"
            cautions.append(.outsideItsDates(text, region: region, variable: question.id, fieldwork: days))
        }
        if isUncertain { cautions.append(.uncertainRegion(text, region: region, variable: question.id)) }
        return cautions
    }

    /// What the table says of a text, and the alias that it looks like if letters had to be replaced; nil: nothing.
    private func finding(of text: String) -> (finding: Finding, looksLike: String?)? {
        let key = RegionText.folded(text)
        let entries = aliases.entries[key] ?? []
        if let system, let found = finding(in: entries.filter({ $0.system == system })) { return (found, nil) }
        if codes.contains(text) { return nil }
        let isName = { (entry: RegionAliases.Entry) in RegionAliases.nameSystems.contains(entry.system) }
        if let found = finding(in: entries.filter(isName)) { return (found, nil) }
        guard entries.isEmpty, let alike = aliases.skeletons[RegionText.skeleton(key)]?.sorted(),
            let first = alike.first
        else { return nil }
        let findings = alike.compactMap { finding(in: (aliases.entries[$0] ?? []).filter(isName)) }
        guard let found = findings.first, findings.allSatisfy({ $0 == found }) else { return nil }
        return (found, first)
    }

    /// What entries of one alias say at the first and at the last day of the fieldwork.
    private func finding(in entries: [RegionAliases.Entry]) -> Finding? {
        guard !entries.isEmpty else { return nil }
        let regions = entries.map(\.region).uniqued
        guard let fieldwork else {
            let isOpen = entries.allSatisfy { $0.from == nil && $0.to == nil }
            let isOne = regions.count == 1 && entries.allSatisfy { $0.relation == .same || $0.relation == .part }
            return isOpen || isOne
                ? RegionLookup.finding(of: entries, among: entries, isOutside: false) : .needsDate(regions)
        }
        let start = RegionLookup.finding(in: entries, on: fieldwork.start)
        let end = RegionLookup.finding(in: entries, on: fieldwork.end)
        if start == end { return start }
        switch (start, end) {
        case (.region(let a, let isUncertain, _), .region(let b, _, _)) where a == b:
            return .region(a, isUncertain: isUncertain, isOutside: true)
        case (.parts(let a, let isUncertain, _), .parts(let b, _, _)) where a == b:
            return .parts(a, isUncertain: isUncertain, isOutside: true)
        default: return .needsDate(regions)
        }
    }

    /// What entries say at a day: those that hold, else those whose dates are nearest.
    private static func finding(in entries: [RegionAliases.Entry], on date: CalendarDate) -> Finding {
        let nearest = entries.map { $0.distance(to: date) }.min() ?? 0
        let near = entries.filter { $0.distance(to: date) == nearest }
        return finding(of: near, among: entries, isOutside: nearest > 0)
    }

    private static func finding(
        of entries: [RegionAliases.Entry], among all: [RegionAliases.Entry], isOutside: Bool
    ) -> Finding {
        let isUncertain = entries.contains(where: \.isUncertain)
        let regions = entries.map(\.region).uniqued
        if entries.contains(where: { $0.relation == .ambiguous }) { return .ambiguous(all.map(\.region).uniqued) }
        if entries.allSatisfy({ $0.relation == .split }), regions.count > 1 {
            return .parts(regions, isUncertain: isUncertain, isOutside: isOutside)
        }
        guard regions.count == 1 else { return .ambiguous(regions) }
        return .region(regions[0], isUncertain: isUncertain, isOutside: isOutside)
    }
}

extension RegionLookup {
    /// Reads the tables of every region question of a questionnaire; the problems are all that is wrong with any of them.
    ///
    /// `folder` is that of the questionnaire, to which the paths are relative; `file` names the questionnaire in problems.
    public static func read(
        for questionnaire: Questionnaire, folder: String, file: String, fieldwork: Fieldwork?
    ) -> Checked<[String: RegionLookup]> {
        var lookups: [String: RegionLookup] = [:]
        var problems: [Problem] = []
        for question in questionnaire.questions {
            guard let source = question.regions else { continue }
            func placed(_ problem: Problem, _ key: String) -> Problem {
                let mark = source.marks[key]
                // What is wrong inside a table has its place there.
                if problem.code != "problems.unreadable-file", problem.place.file != nil {
                    return problem.placed(variable: question.id)
                }
                let problem = problem.place.file.map { .noRegionTable($0, reason: problem.why) } ?? problem
                return problem.placed(file: file, line: mark?.line, position: mark?.position, variable: question.id)
            }
            let path = RegionSource.path(source.aliases, relativeTo: folder)
            let aliases = RegionAliases.read(path)
            problems += aliases.problems.map { placed($0, "aliases") }
            if let system = source.codeSystem, let known = aliases.value?.systems, !known.contains(system) {
                problems.append(placed(.unknownCodeSystem(system, known: known), "code system"))
            }
            let moves = source.districtMoves.map { DistrictMoves.read(RegionSource.path($0, relativeTo: folder)) }
            problems += (moves?.problems ?? []).map { placed($0, "district moves") }
            guard let table = aliases.value else { continue }
            lookups[question.id] = RegionLookup(
                question, source: source, aliases: table, moves: moves?.value, fieldwork: fieldwork)
        }
        // One table that several questions use is wrong once.
        var seen: [Problem] = []
        for problem in problems where !seen.contains(problem) { seen.append(problem) }
        return Checked(value: seen.isEmpty ? lookups : nil, problems: seen)
    }
}
