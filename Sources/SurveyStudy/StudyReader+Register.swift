internal import SurveyIndicators
internal import SurveyProblems
internal import SurveySchema
internal import SurveyYAML

extension YAMLReader {
    /// Takes the indicators that are entered, in the order of the file, which is the order of the table.
    func register(_ node: YAMLNode?, _ languages: [Language]) -> [RegisterEntry] {
        guard let node else { return [] }
        if list(node).isEmpty { report(.emptyList(), at: node.mark) }
        var entries: [RegisterEntry] = []
        for item in list(node) {
            guard let entry = registerEntry(item, languages) else { continue }
            if entries.contains(where: { $0.id == entry.id && $0.year == entry.year }) {
                report(.listedTwice(entry.id), at: item["id"]?.mark ?? item.mark)
            }
            entries.append(entry)
        }
        return entries
    }

    private func registerEntry(_ node: YAMLNode, _ languages: [Language]) -> RegisterEntry? {
        let keys = [
            "id", "name", "unit", "direction", "source", "year", "date", "reference", "plan", "fact", "mark",
            "status printed", "note", "responsible", "vintage",
        ]
        guard let map = map(node, keys: keys) else { return nil }
        let id = identifier(map, "id")
        let name = map.localizedText("name", languages: languages, required: true)
        let unit = map.node("unit", required: true).flatMap { registerUnit($0, languages) }
        let source = map.node("source", required: true).flatMap { choice($0, of: ReportForm.Source.self) }
        let year = map.text("year", required: true)
        var entry = RegisterEntry(
            id: id ?? "", name: name ?? .empty, year: year ?? "", unit: unit ?? .known(.count), source: source ?? .other
        )
        entry.direction = map.node("direction").flatMap { choice($0, of: IndicatorDefinition.Direction.self) }
        entry.date = map.node("date").flatMap(date)
        entry.reference = map.localizedText("reference", languages: languages) ?? .empty
        entry.plan = map.node("plan").flatMap(registerPlan)
        entry.fact = map.node("fact").flatMap(registerNumber)
        entry.mark = map.node("mark").flatMap { choice($0, of: RegisterEntry.Mark.self) }
        entry.printedStatus = map.text("status printed")
        entry.note = map.localizedText("note", languages: languages) ?? .empty
        entry.responsible = texts(map.node("responsible"), languages)
        entry.vintage = map.node("vintage").flatMap(date)
        if entry.plan != nil, map.node("direction") == nil {
            report(.planWithoutDirection(entry.id), at: map.node("plan")?.mark ?? map.mark)
        }
        if entry.fact != nil, let mark = map.node("mark") { report(.factAndMark(entry.id), at: mark.mark) }
        return id == nil || name == nil || year == nil || unit == nil || source == nil ? nil : entry
    }

    private func registerUnit(_ node: YAMLNode, _ languages: [Language]) -> RegisterEntry.Unit? {
        if node.map != nil { return localizedText(node, languages: languages).map { .text($0) } }
        return choice(node, of: RegisterEntry.Unit.Word.self).map { .known($0) }
    }

    /// Takes one number, or the two ends of a range.
    private func registerPlan(_ node: YAMLNode) -> RegisterEntry.Plan? {
        let numbers = list(node).compactMap(registerNumber)
        guard numbers.count == list(node).count, let least = numbers.first, let greatest = numbers.last else {
            return nil
        }
        guard numbers.count <= 2, least.value <= greatest.value else {
            report(.badPlan(list(node).compactMap(\.scalar)), at: node.mark)
            return nil
        }
        return RegisterEntry.Plan(least: least, greatest: greatest)
    }

    private func registerNumber(_ node: YAMLNode) -> RegisterEntry.Number? {
        guard let value = number(node), let text = node.scalar else { return nil }
        let isPlain = !text.lowercased().contains("e")
        let decimals =
            isPlain ? text.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.count : 6
        return RegisterEntry.Number(value: value, decimals: min(decimals ?? 0, 9))
    }
}

extension Problem {
    static func badPlan(_ found: [String]) -> Problem {
        Problem(
            "study.bad-plan", .input, what: "The plan is neither a number nor a range",
            why: "a plan is one number, or the lower and the upper end of a range; found \(list: found)",
            fix: "write it as \("29.6") or \("[65, 68]")")
    }

    static func planWithoutDirection(_ id: String) -> Problem {
        Problem(
            "study.plan-without-direction", .input, what: "\"\(id)\" has a plan and no direction",
            why: "whether a plan is met depends on whether higher or lower is better",
            fix: "add \("direction: up") or \("direction: down")")
    }

    static func factAndMark(_ id: String) -> Problem {
        Problem(
            "study.fact-and-mark", .input, what: "\"\(id)\" has a fact and a mark",
            why: "a mark stands where the source has no number", fix: "delete one of the two")
    }
}
