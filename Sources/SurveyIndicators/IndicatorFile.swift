internal import SurveyProblems
internal import SurveySchema
internal import SurveyYAML

/// One indicator file being read against one questionnaire.
struct IndicatorFile {
    static let keys = [
        "id", "version", "name", "share", "mean", "ratio", "base", "where", "direction", "unit", "source", "by",
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

    mutating func definitions() -> [IndicatorDefinition] {
        guard let map = reader.map(root, keys: ["saual", "indicators", "unreviewed"]) else { return [] }
        _ = reader.unreviewedLanguages(map, declared: languages)
        guard reader.kind(map, expected: "indicators", newest: 1) != nil || map.node("saual") == nil else { return [] }
        guard let list = map.node("indicators", required: true) else { return [] }
        var definitions: [IndicatorDefinition] = []
        for node in reader.list(list) {
            guard let map = reader.map(node, keys: IndicatorFile.keys) else { continue }
            if let definition = definition(map) { definitions.append(definition) }
        }
        return definitions
    }

    private mutating func definition(_ map: YAMLMap) -> IndicatorDefinition? {
        let id = id(map)
        let version = version(map)
        let name = map.localizedText("name", languages: languages, required: true)
        let formula = formula(map)
        let base = base(map)
        let domain = map.node("where").flatMap { expression($0, .truth) }
        let direction = map.node("direction").flatMap { reader.choice($0, of: IndicatorDefinition.Direction.self) }
        let unit = unit(map)
        let source = map.node("source").flatMap(source)
        let breakdowns = map.node("by").map(breakdowns) ?? []
        guard let id, let version, let name, let formula, let base, let unit else { return nil }
        return IndicatorDefinition(
            id: id, version: version, name: name, formula: formula, base: base, domain: domain, direction: direction,
            unit: unit, source: source ?? .empty, breakdowns: breakdowns)
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

    private func unit(_ map: YAMLMap) -> String? {
        guard let node = map.node("unit", required: map.node("mean") != nil || map.node("ratio") != nil) else {
            return "percent"
        }
        guard let unit = reader.text(node) else { return nil }
        if !isOneLine(unit) { reader.report(.notOneLine(), at: node.mark) }
        return unit
    }

    private func isOneLine(_ text: String) -> Bool {
        !text.isEmpty && text.count <= 100 && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }

    /// A source is a text by language, or a citation that is the same in every language.
    private func source(_ node: YAMLNode) -> LocalizedText? {
        guard let citation = node.scalar else { return reader.localizedText(node, languages: languages) }
        return LocalizedText(languages.map { ($0, citation) })
    }

    private func formula(_ map: YAMLMap) -> IndicatorDefinition.Formula? {
        let given = map.entries.filter { ["share", "mean", "ratio"].contains($0.key) && !$0.value.isNull }
        guard let first = given.first else {
            reader.report(.noFormula(), at: map.mark)
            return nil
        }
        for other in given.dropFirst() where other.key != first.key {
            reader.report(.severalFormulas(first.key, other.key), at: other.keyMark)
        }
        switch first.key {
        case "share": return expression(first.value, .truth).map { .share($0) }
        case "mean": return expression(first.value, .number).map { .mean($0) }
        default:
            guard let parts = reader.map(first.value, keys: ["of", "to"]) else { return nil }
            let numerator = parts.node("of", required: true).flatMap { expression($0, .number) }
            let denominator = parts.node("to", required: true).flatMap { expression($0, .number) }
            guard let numerator, let denominator else { return nil }
            return .ratio(numerator, denominator)
        }
    }

    private func expression(_ node: YAMLNode, _ expectation: Expression.Expectation) -> Expression? {
        reader.expression(node, in: questionnaire, expecting: expectation)
    }

    private func base(_ map: YAMLMap) -> IndicatorDefinition.Base? {
        guard let node = map.node("base") else {
            reader.report(.missingBase(), at: map.keyMark("base") ?? map.mark)
            return nil
        }
        guard let text = reader.text(node) else { return nil }
        if text == "everyone" { return .everyone }
        for word in ["asked ", "answered "] where text.hasPrefix(word) {
            let rest = text.dropFirst(word.count)
            let blanks = rest.prefix { $0 == " " }.count
            var name = String(rest.dropFirst(blanks))
            while name.last == " " { name.removeLast() }
            if name.hasPrefix("`"), name.hasSuffix("`"), name.count > 2 { name = String(name.dropFirst().dropLast()) }
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
            why: "exactly one of \"share\", \"mean\" and \"ratio\" must be there; found none",
            fix: "add a line such as \"share: q1 = 1\", \"mean: age\" or \"ratio: {of: spend, to: income}\"")
    }

    static func severalFormulas(_ first: String, _ second: String) -> Problem {
        Problem(
            "indicators.several-formulas", .input, what: "The indicator has both \"\(first)\" and \"\(second)\"",
            why: "exactly one of \"share\", \"mean\" and \"ratio\" may be there", fix: "make two indicators of it")
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
