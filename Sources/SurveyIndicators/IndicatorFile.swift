internal import SurveyProblems
internal import SurveySchema
internal import SurveyYAML

/// One indicator file being read against one questionnaire.
struct IndicatorFile {
    /// The keys that say what is computed; an entry has exactly one of them.
    static let formulaKeys = [
        "share", "mean", "ratio", "median", "quantile", "each answer of", "funnel", "mean of", "weighted mean of",
        "difference of",
        "score of",
    ]
    static let keys =
        ["id", "version", "name", "for each"] + formulaKeys + [
            "scale", "base", "where", "bounds", "direction", "unit", "source", "by", "plan", "published",
            "published change", "breaks",
        ]

    let reader: YAMLReader
    let root: YAMLNode
    let questionnaire: Questionnaire
    /// The languages in which every text must be there.
    let languages: [Language]
    /// Where each id was defined, in this file and those before it.
    private(set) var seen: [String: (file: String, line: Int)]

    init(
        _ document: YAMLDocument, _ questionnaire: Questionnaire, languages: [Language],
        seen: [String: (file: String, line: Int)]
    ) {
        reader = YAMLReader(document)
        root = document.root
        self.questionnaire = questionnaire
        self.languages = languages
        self.seen = seen
    }

    mutating func drafts() -> [IndicatorDraft] {
        guard let map = reader.map(root, keys: ["saual", "indicators", "unreviewed"]) else { return [] }
        _ = reader.unreviewedLanguages(map, declared: languages)
        guard reader.kind(map, expected: "indicators", newest: 1) != nil || map.node("saual") == nil else { return [] }
        guard let list = map.node("indicators", required: true) else { return [] }
        var drafts: [IndicatorDraft] = []
        for node in reader.list(list) {
            guard let map = reader.map(node, keys: IndicatorFile.keys) else { continue }
            drafts += self.drafts(map)
        }
        return drafts
    }

    /// The indicators of one entry: one, or the members of a family; none if something is wrong.
    private mutating func drafts(_ map: YAMLMap) -> [IndicatorDraft] {
        let id = id(map)
        let version = version(map)
        let name = map.localizedText("name", languages: languages, required: true)
        let formula = formulaKey(map)
        let form = formula.flatMap { self.form($0, map) }
        let direction = map.node("direction").flatMap { reader.choice($0, of: IndicatorDefinition.Direction.self) }
        let unit = unit(map, formula)
        let source = map.node("source").flatMap(source)
        let breakdowns = map.node("by").map(breakdowns) ?? []
        let hasBounds = bounds(map, formula)
        let breaks = breaks(map)
        let plans = plans(map, members: form?.codes)
        let published = published(map, members: form?.codes)
        let changes = publishedChanges(map, members: form?.codes)
        guard let id, let version, let name, let form, let unit else { return [] }
        return form.members.map { member in
            let isMember = form.kind != nil
            var definition = IndicatorDefinition(
                id: isMember ? "\(id)[\(member.code)]" : id, version: version,
                name: isMember ? joined(name, member) : name, formula: member.formula, base: member.base,
                domain: member.domain, direction: direction, unit: unit, source: source ?? .empty,
                breakdowns: breakdowns)
            if let kind = form.kind {
                definition.family = IndicatorDefinition.Family(id: id, kind: kind, name: name, member: member.label)
            }
            definition.hasBounds = hasBounds
            definition.breaks = breaks
            return IndicatorDraft(
                definition: definition, plans: plans[member.code] ?? [], published: published[member.code] ?? [],
                publishedChanges: changes[member.code] ?? [], partMarks: form.partMarks,
                unitMark: form.partMarks.isEmpty ? nil : map.node("unit")?.mark,
                mark: map.mark, reader: reader)
        }
    }

    /// The name of a member: that of the family and its own.
    private func joined(_ name: LocalizedText, _ member: IndicatorForm.Member) -> LocalizedText {
        LocalizedText(
            name.texts.map { language, text in
                (language, "\(text): \(member.label.text(in: language) ?? member.code)")
            })
    }

    /// Whether the figure is also wanted with all undetermined answers as no and as yes: for shares of people only.
    private func bounds(_ map: YAMLMap, _ formula: String?) -> Bool {
        guard let node = map.node("bounds"), let isWanted = reader.bool(node), let formula else { return false }
        let isPerContact = formula == "funnel" && map.node("funnel")?["over"] != nil
        if isWanted, isPerContact || !["share", "each answer of", "funnel"].contains(formula) {
            reader.report(.boundsOfNoShare(formula), at: map.keyMark("bounds") ?? node.mark)
        }
        return isWanted
    }

    private mutating func id(_ map: YAMLMap) -> String? {
        guard let node = map.node("id", required: true), let id = reader.text(node) else { return nil }
        if !IndicatorReader.isIdentifier(id) { reader.report(.badIndicatorID(id), at: node.mark) }
        if let first = seen[id] {
            reader.report(.duplicateIndicator(id, file: first.file, line: first.line), at: node.mark)
        } else {
            seen[id] = (reader.file, node.mark.line)
        }
        return id
    }

    private func version(_ map: YAMLMap) -> String? {
        guard let node = map.node("version", required: true), let version = reader.text(node) else { return nil }
        if !isOneLine(version) { reader.report(.notOneLine(), at: node.mark) }
        return version
    }

    /// The unit: that of a composite is that of its parts, which are looked up later.
    private func unit(_ map: YAMLMap, _ formula: String?) -> String? {
        let isNeeded = ["mean", "ratio", "median", "quantile"].contains { map.node($0) != nil }
        guard let node = map.node("unit", required: isNeeded) else {
            return formula == "score of" ? "points" : "percent"
        }
        guard let unit = reader.text(node) else { return nil }
        if !isOneLine(unit) { reader.report(.notOneLine(), at: node.mark) }
        return unit
    }

    func isOneLine(_ text: String) -> Bool {
        !text.isEmpty && text.count <= 100 && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }

    /// A source is a text by language, or a citation that is the same in every language.
    func source(_ node: YAMLNode) -> LocalizedText? {
        guard let citation = node.scalar else { return reader.localizedText(node, languages: languages) }
        return LocalizedText(languages.map { ($0, citation) })
    }

    /// The one key of an entry that says what is computed.
    private func formulaKey(_ map: YAMLMap) -> String? {
        let given = map.entries.filter { IndicatorFile.formulaKeys.contains($0.key) && !$0.value.isNull }
        guard let first = given.first else {
            reader.report(.noFormula(), at: map.mark)
            return nil
        }
        for other in given.dropFirst() where other.key != first.key {
            reader.report(.severalFormulas(first.key, other.key), at: other.keyMark)
        }
        return first.key
    }

    private func form(_ formula: String, _ map: YAMLMap) -> IndicatorForm? {
        let isSimple = ["share", "mean", "ratio", "median", "quantile"].contains(formula)
        if !isSimple { refuse(["for each"], in: map, with: formula) }
        return switch formula {
        case _ where isSimple: map.node("for each").map { items($0, formula, map) } ?? simple(formula, map)
        case "each answer of": answers(map)
        case "funnel": funnel(map)
        case "score of": score(map)
        default: composite(formula, map)
        }
    }

    /// A share, mean, ratio or quantile by itself.
    private func simple(_ formula: String, _ map: YAMLMap) -> IndicatorForm? {
        refuse(["scale"], in: map, with: formula)
        return member(formula, map, item: nil).map { IndicatorForm(kind: nil, members: [$0]) }
    }

    /// One figure, of an item of a list or of none.
    func member(_ key: String, _ map: YAMLMap, item: ListItem?) -> IndicatorForm.Member? {
        let made = self.formula(key, map, item: item)
        let base = base(map, item: item)
        let domain = map.node("where").flatMap { expression($0, .truth, item: item) }
        guard let made, let base else { return nil }
        return IndicatorForm.Member(
            code: item?.code ?? "", label: .empty, formula: made, base: base, domain: domain)
    }

    private func formula(_ key: String, _ map: YAMLMap, item: ListItem?) -> IndicatorDefinition.Formula? {
        guard let node = map.node(key) else { return nil }
        switch key {
        case "share": return expression(node, .truth, item: item).map { .share($0) }
        case "mean": return expression(node, .number, item: item).map { .mean($0) }
        case "median": return expression(node, .number, item: item).map { .quantile($0, p: 0.5) }
        case "quantile": return quantile(node, item: item)
        default:
            guard let parts = reader.map(node, keys: ["of", "to"]) else { return nil }
            let numerator = parts.node("of", required: true).flatMap { expression($0, .number, item: item) }
            let denominator = parts.node("to", required: true).flatMap { expression($0, .number, item: item) }
            guard let numerator, let denominator else { return nil }
            return .ratio(numerator, denominator)
        }
    }

    /// Reports keys that mean nothing beside the key that says what is computed.
    func refuse(_ keys: [String], in map: YAMLMap, with formula: String) {
        for entry in map.entries where keys.contains(entry.key) && !entry.value.isNull {
            reader.report(.doesNotGo(entry.key, with: formula), at: entry.keyMark)
        }
    }

    /// Takes an expression; with an item, a bare roster of its list means that item.
    func expression(
        _ node: YAMLNode, _ expectation: Expression.Expectation, item: ListItem? = nil
    ) -> Expression? {
        guard let item else { return reader.expression(node, in: questionnaire, expecting: expectation) }
        return reader.expression(node, in: ItemScope(questionnaire, item: item), expecting: expectation)
    }

    func base(_ map: YAMLMap, item: ListItem? = nil) -> IndicatorDefinition.Base? {
        guard let node = map.node("base") else {
            reader.report(.missingBase(), at: map.keyMark("base") ?? map.mark)
            return nil
        }
        guard let text = reader.text(node) else { return nil }
        if text == "everyone" { return .everyone }
        for word in ["asked ", "answered "] where text.hasPrefix(word) {
            let rest = text.dropFirst(word.count)
            let blanks = rest.prefix { $0 == " " }.count
            let written = String(rest.dropFirst(blanks))
            var name = (try? Expression.name(parsing: written)) ?? written
            if let item, let roster = questionnaire.roster(name), roster.list == item.list {
                name = roster.name(of: item.code)
            }
            let isAsked = word == "asked "
            let position = word.unicodeScalars.count + blanks + 1
            if let problem = problem(ofBase: name, isAsked: isAsked) {
                reader.report(problem.placed(position: position), within: node)
                return nil
            }
            return isAsked ? .asked(name) : .answered(name)
        }
        reader.report(.badBase(text), at: node.mark)
        return nil
    }

    /// What is wrong with the variable of a base: questions are asked and answered, derived variables only answered.
    private func problem(ofBase name: String, isAsked: Bool) -> Problem? {
        if questionnaire.question(name) != nil { return nil }
        if let roster = questionnaire.roster(name) { return .rosterBase(name, items: roster.items.map(\.code)) }
        if questionnaire.derivedVariable(name) != nil { return isAsked ? .derivedIsNotAsked(name) : nil }
        let questions = questionnaire.questions.map(\.id)
        return .unknownBaseVariable(name, known: isAsked ? questions : questions + questionnaire.derived.map(\.id))
    }

    private func breakdowns(_ node: YAMLNode) -> [[String]] {
        var breakdowns: [[String]] = []
        for item in reader.list(node) {
            var variables: [String] = []
            for part in reader.list(item) {
                guard let name = breakdownVariable(part) else { continue }
                if variables.contains(name) { reader.report(.repeatedBreakdown(name), at: part.mark) }
                variables.append(name)
            }
            if variables.isEmpty { continue }
            if breakdowns.contains(where: { Set($0) == Set(variables) }) {
                reader.report(.repeatedBreakdown(variables.joined(separator: " × ")), at: item.mark)
            }
            breakdowns.append(variables)
        }
        return breakdowns
    }

    /// Takes a variable whose answers divide people: one answer each, of a list, and not private.
    private func breakdownVariable(_ node: YAMLNode) -> String? {
        guard let name = reader.text(node) else { return nil }
        if let question = questionnaire.question(name) {
            if question.isPrivate {
                reader.report(.privateBreakdown(name), at: node.mark)
                return nil
            }
            if !question.type.isCoded {
                reader.report(.breakdownType(name, type: question.type.rawValue), at: node.mark)
                return nil
            }
            return name
        }
        guard let derived = questionnaire.derivedVariable(name) else {
            let known = questionnaire.questions.filter { $0.type.isCoded && !$0.isPrivate }.map(\.id)
            let classes = questionnaire.derived.filter { !$0.answers.isEmpty }.map(\.id)
            reader.report(.unknownBreakdown(name, known: known + classes), at: node.mark)
            return nil
        }
        if derived.answers.isEmpty {
            reader.report(.breakdownType(name, type: "number"), at: node.mark)
            return nil
        }
        return name
    }
}

extension Problem {
    /// An id that cannot stand in `id@version` and in file names.
    static func badIndicatorID(_ id: String) -> Problem {
        Problem(
            "indicators.bad-id", .input, what: "\"\(id)\" cannot be an id",
            why: "an id must match \(IndicatorReader.identifierPattern); found \"\(id)\"",
            fix: "choose an id such as \"victim_any\"")
    }

    static func duplicateIndicator(_ id: String, file: String, line: Int) -> Problem {
        Problem(
            "indicators.duplicate-id", .input, what: "Indicator \"\(id)\" is defined twice",
            why: "each indicator of a study must have an id of its own; the first stands in \(file), line \(line)",
            fix: "rename or delete one of the two")
    }

    /// A unit or version that would break a table or a row's identity.
    static func notOneLine() -> Problem {
        Problem(
            "indicators.not-one-line", .input, what: "One short line must stand here",
            why: "a unit or version is one line of 1 to 100 characters", fix: "write a word or a number")
    }

    static func noFormula() -> Problem {
        Problem(
            "indicators.no-formula", .input, what: "The indicator says not what is computed",
            why:
                "exactly one of these keys must be there: \(list: IndicatorFile.formulaKeys.map { "\"\($0)\"" }); found none",
            fix: "add a line such as \"share: q1 = 1\", \"mean: age\" or \"mean of: [a, b]\"")
    }

    static func severalFormulas(_ first: String, _ second: String) -> Problem {
        Problem(
            "indicators.several-formulas", .input, what: "The indicator has both \"\(first)\" and \"\(second)\"",
            why: "exactly one of these keys may be there: \(list: IndicatorFile.formulaKeys.map { "\"\($0)\"" })",
            fix: "make two indicators of it")
    }

    /// A definition without a base; there is no default, since a share of those asked is not a share of everyone.
    static func missingBase() -> Problem {
        Problem(
            "indicators.missing-base", .input, what: "The indicator does not say its base",
            why: "a figure without its base cannot be read, and there is no default",
            fix: "add \"base: everyone\", \"base: asked QUESTION\" or \"base: answered QUESTION\"")
    }

    static func badBase(_ text: String) -> Problem {
        Problem(
            "indicators.bad-base", .input, what: "\"\(text)\" is not a base",
            why: "a base has one of three forms; found \"\(text)\"",
            fix: "write \"everyone\", \"asked QUESTION\" or \"answered QUESTION\"")
    }

    static func unknownBaseVariable(_ name: String, known: [String]) -> Problem {
        let near = NearestNames.of(name, among: known)
        return Problem(
            "indicators.unknown-base-variable", .input, what: "The base names \"\(name)\", which does not exist",
            why: "a base names a question of the questionnaire or, after \"answered\", a derived variable",
            fix: "use \(list: near.isEmpty ? known : near)")
    }

    /// A roster without an item: each of its items has a base of its own.
    static func rosterBase(_ name: String, items: [String]) -> Problem {
        Problem(
            "indicators.roster-base", .input, what: "\"\(name)\" is asked for each item, so it has no one base",
            why: "each item was put to people of its own; the items are \(list: items)",
            fix: "name an item, such as \(Expression.written("\(name)[\(items.first ?? "")]")), or add \"for each\"")
    }

    static func derivedIsNotAsked(_ name: String) -> Problem {
        Problem(
            "indicators.asked-derived", .input, what: "\"\(name)\" is derived, so nobody was asked it",
            why: "only a question can stand after \"asked\"",
            fix: "write \"answered \(name)\", or name the question from which it is made")
    }

    static func unknownBreakdown(_ name: String, known: [String]) -> Problem {
        let near = NearestNames.of(name, among: known)
        return Problem(
            "indicators.unknown-breakdown", .input, what: "Breakdown \"\(name)\" does not exist",
            why: "these may break figures down: \(list: known)",
            fix: "use \(list: near.isEmpty ? known : near)")
    }

    static func breakdownType(_ name: String, type: String) -> Problem {
        Problem(
            "indicators.breakdown-type", .input, what: "\"\(name)\" cannot break figures down",
            why: "a breakdown needs one answer of a list for each person; \"\(name)\" is of type \(type)",
            fix: "derive a variable with classes from it (\"cut\" or \"cases\") and name that")
    }

    static func privateBreakdown(_ name: String) -> Problem {
        Problem(
            "indicators.private-breakdown", .input, what: "\"\(name)\" is private and cannot break figures down",
            why: "answers to a private question never leave the study file, not even as the names of groups",
            fix: "name another variable, or derive broad classes from it")
    }

    static func repeatedBreakdown(_ name: String) -> Problem {
        Problem(
            "indicators.repeated-breakdown", .input, what: "Breakdown \"\(name)\" stands twice",
            why: "a variable may stand once in a crossing, and a crossing once in an indicator",
            fix: "delete one of the two")
    }
}
