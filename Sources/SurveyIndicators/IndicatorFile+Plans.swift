internal import SurveyProblems
internal import SurveySchema
internal import SurveyYAML

/// Planned and published values and breaks, by wave.
extension IndicatorFile {
    /// The plan by wave of each member; a figure by itself has the code "".
    ///
    /// In a family the members stand first: `plan: {contact: {"2024": 70}}`.
    func plans(_ map: YAMLMap, members: [String]?) -> [String: [IndicatorDraft.Plan]] {
        guard let node = map.node("plan") else { return [:] }
        if map.node("direction") == nil { reader.report(.planWithoutDirection(), at: map.keyMark("plan") ?? node.mark) }
        return byMember(node, members) { wave, value in plan(wave, value) }
    }

    private func plan(_ wave: String, _ node: YAMLNode) -> IndicatorDraft.Plan? {
        let ends = reader.list(node)
        guard ends.count == 1 || ends.count == 2 else {
            reader.report(.planShape(ends.count), at: node.mark)
            return nil
        }
        let numbers = ends.compactMap(reader.number)
        guard numbers.count == ends.count, let least = ends.first?.scalar, let greatest = ends.last?.scalar else {
            return nil
        }
        guard numbers[0] <= numbers[numbers.count - 1] else {
            reader.report(.planReversed(least, greatest), at: node.mark)
            return nil
        }
        return IndicatorDraft.Plan(wave: wave, least: least, greatest: greatest)
    }

    /// What others have printed, by wave: a number, or a map with it.
    func published(_ map: YAMLMap, members: [String]?) -> [String: [IndicatorDraft.Published]] {
        guard let node = map.node("published") else { return [:] }
        return byMember(node, members) { wave, value in published(wave, value) }
    }

    private func published(_ wave: String, _ node: YAMLNode) -> IndicatorDraft.Published? {
        guard node.scalar == nil else {
            guard reader.number(node) != nil, let digits = node.scalar else { return nil }
            return IndicatorDraft.Published(
                wave: wave, value: digits, printed: digits, status: nil, source: .empty, vintage: nil)
        }
        guard let map = reader.map(node, keys: ["value", "printed", "status", "source", "vintage"]) else { return nil }
        let value = map.node("value", required: true).flatMap { reader.number($0) == nil ? nil : $0.scalar }
        let printed = line(map.node("printed"))
        let status = line(map.node("status"))
        let source = map.node("source").flatMap(source)
        let vintage = vintage(map)
        guard let value else { return nil }
        return IndicatorDraft.Published(
            wave: wave, value: value, printed: printed ?? value, status: status, source: source ?? .empty,
            vintage: vintage)
    }

    /// The day of a copy.
    func vintage(_ map: YAMLMap) -> String? {
        let vintage = map.node("vintage").flatMap(reader.text)
        if let vintage, let mark = map.node("vintage")?.mark, CalendarDate(iso: vintage) == nil {
            reader.report(.badVintage(vintage), at: mark)
        }
        return vintage
    }

    func line(_ node: YAMLNode?) -> String? {
        guard let node, let text = reader.text(node) else { return nil }
        if !isOneLine(text) { reader.report(.notOneLine(), at: node.mark) }
        return text
    }

    /// The waves from which on figures cannot be compared with earlier ones.
    func breaks(_ map: YAMLMap) -> [(wave: String, reason: LocalizedText)] {
        guard let node = map.node("breaks"), let map = reader.openMap(node) else { return [] }
        return map.entries.compactMap { entry in
            checkWave(entry)
            return reader.localizedText(entry.value, languages: languages).map { (entry.key, $0) }
        }
    }

    /// Takes a map by wave, in a family one for each member; an explicit null is nothing.
    func byMember<Value>(
        _ node: YAMLNode, _ members: [String]?, _ take: (String, YAMLNode) -> Value?
    ) -> [String: [Value]] {
        guard let map = reader.openMap(node) else { return [:] }
        func waves(_ map: YAMLMap) -> [Value] {
            map.entries.compactMap { entry in
                checkWave(entry)
                return entry.value.isNull ? nil : take(entry.key, entry.value)
            }
        }
        guard let members else { return ["": waves(map)] }
        var values: [String: [Value]] = [:]
        for entry in map.entries where !entry.value.isNull {
            if !members.contains(entry.key) {
                reader.report(.unknownMember(entry.key, known: members), at: entry.keyMark)
            } else if let map = reader.openMap(entry.value) {
                values[entry.key] = waves(map)
            }
        }
        return values
    }

    private func checkWave(_ entry: YAMLEntry) {
        if !IndicatorReader.isIdentifier(entry.key) { reader.report(.badIndicatorID(entry.key), at: entry.keyMark) }
    }
}

extension Problem {
    static func planWithoutDirection() -> Problem {
        Problem(
            "indicators.plan-without-direction", .input, what: "The indicator has a plan and no direction",
            why: "whether a plan is reached depends on which way is better, and there is no default",
            fix: "add \"direction: up\" or \"direction: down\"")
    }

    static func planShape(_ found: Int) -> Problem {
        Problem(
            "indicators.plan-shape", .input, what: "A plan is a number or a range of two",
            why: "one or two numbers must stand here; found \(found)", fix: "write for example 29.6 or [25, 28]")
    }

    static func planReversed(_ least: String, _ greatest: String) -> Problem {
        Problem(
            "indicators.plan-reversed", .input, what: "The range of the plan is empty",
            why: "the lesser end stands first; found \(least) before \(greatest)",
            fix: "write [\(greatest), \(least)]")
    }

    static func badVintage(_ text: String) -> Problem {
        Problem(
            "indicators.bad-vintage", .input, what: "\"\(text)\" is not a date",
            why: "a vintage is the day of the copy, YYYY-MM-DD; found \"\(text)\"",
            fix: "write a date such as 2024-10-24")
    }

    static func unknownMember(_ name: String, known: [String]) -> Problem {
        let near = NearestNames.of(name, among: known)
        return Problem(
            "indicators.unknown-member", .input, what: "The family has no member \"\(name)\"",
            why: "in a family the values of each member stand apart; the members are \(list: known)",
            fix: "use \(list: near.isEmpty ? known : near), and put the waves below it")
    }
}
