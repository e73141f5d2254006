internal import SurveyProblems
internal import SurveySchema
internal import SurveyYAML

/// Entries that stand for several indicators: one for each item of a list or each answer of a question.
extension IndicatorFile {
    /// `for each: LIST`: the figure for each item over which rosters of the list run.
    func items(_ node: YAMLNode, _ formula: String, _ map: YAMLMap) -> IndicatorForm? {
        refuse(["scale"], in: map, with: formula)
        guard let name = reader.text(node) else { return nil }
        guard let (list, items) = questionnaire.items(of: name) else {
            let known = questionnaire.rosters.flatMap { [$0.list] + ($0.chosenIn.map { [$0] } ?? []) }
            var seen: Set<String> = []
            reader.report(.unknownItems(name, known: known.filter { seen.insert($0).inserted }), at: node.mark)
            return nil
        }
        var members: [IndicatorForm.Member] = []
        for item in items {
            guard let member = member(formula, map, item: ListItem(list: list, code: item.code)) else {
                // What is wrong for one item is as a rule wrong for all: one report is enough.
                return nil
            }
            members.append(
                IndicatorForm.Member(
                    code: item.code, label: label(item), formula: member.formula, base: member.base,
                    domain: member.domain))
        }
        return IndicatorForm(kind: .items, members: members)
    }

    /// `each answer of: Q`: the share that gave each answer, or chose each item.
    func answers(_ map: YAMLMap) -> IndicatorForm? {
        refuse(["scale"], in: map, with: "each answer of")
        let base = base(map)
        let domain = map.node("where").flatMap { expression($0, .truth) }
        guard let node = map.node("each answer of"), let name = reader.text(node) else { return nil }
        let question = questionnaire.question(name)
        let derived = questionnaire.derivedVariable(name)
        guard question != nil || derived != nil else {
            let known = questionnaire.questions.filter { !$0.answers.isEmpty && !$0.isPrivate }.map(\.id)
            let classes = questionnaire.derived.filter { !$0.answers.isEmpty }.map(\.id)
            reader.report(.unknownAnswers(name, known: known + classes), at: node.mark)
            return nil
        }
        if question?.isPrivate == true {
            reader.report(.privateAnswers(name), at: node.mark)
            return nil
        }
        let answers = question?.answers ?? derived?.answers ?? []
        guard !answers.isEmpty else {
            reader.report(.noAnswers(name, type: question?.type.rawValue ?? "number"), at: node.mark)
            return nil
        }
        guard let base else { return nil }
        let isSet = question?.type == .multiple
        let members = answers.map { answer in
            let code = IndicatorFile.written(code: answer.code)
            let name = Expression.written(name)
            let condition = Expression(
                source: isSet ? "\(name) has \(code)" : "\(name) = \(code)",
                root: isSet
                    ? .has(set: node.scalar ?? "", codes: [answer.code])
                    : .member(of: node.scalar ?? "", codes: [answer.code], negated: false))
            return IndicatorForm.Member(
                code: answer.code, label: label(answer), formula: .share(condition), base: base, domain: domain)
        }
        return IndicatorForm(kind: .answers, members: members)
    }

    /// The label of an answer; its code where the questionnaire has no label.
    func label(_ answer: Answer) -> LocalizedText {
        answer.label.isEmpty ? LocalizedText(questionnaire.languages.map { ($0, answer.code) }) : answer.label
    }

    /// A code as an expression writes it: a plain whole number bare, all else in quotes.
    static func written(code: String) -> String {
        let isPlain = !code.isEmpty && code.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        return isPlain && (code == "0" || !code.hasPrefix("0"))
            ? code : "\"\(code.replacing("\"", with: "\"\""))\""
    }
}

extension Problem {
    /// A key that means nothing beside another.
    static func doesNotGo(_ key: String, with formula: String) -> Problem {
        Problem(
            "indicators.does-not-go", .input, what: "\"\(key)\" does not go with \"\(formula)\"",
            why: "an indicator with \"\(formula)\" has no use for \"\(key)\", and nothing is ignored in silence",
            fix: "delete the line")
    }

    static func boundsOfNoShare(_ formula: String) -> Problem {
        Problem(
            "indicators.bounds-of-no-share", .input, what: "\"\(formula)\" has no bounds",
            why: "bounds take every undetermined answer as no and as yes, which only a share of people has",
            fix: "delete the line")
    }

    static func unknownItems(_ name: String, known: [String]) -> Problem {
        let near = NearestNames.of(name, among: known)
        return Problem(
            "indicators.unknown-items", .input, what: "No question is asked for each of \"\(name)\"",
            why: "\"for each\" names a list over which questions run: \(list: known)",
            fix: "use \(list: near.isEmpty ? known : near)")
    }

    static func unknownAnswers(_ name: String, known: [String]) -> Problem {
        let near = NearestNames.of(name, among: known)
        return Problem(
            "indicators.unknown-answers", .input, what: "\"\(name)\" does not exist, so it has no answers",
            why: "these have an answer list: \(list: known)", fix: "use \(list: near.isEmpty ? known : near)")
    }

    static func noAnswers(_ name: String, type: String) -> Problem {
        Problem(
            "indicators.no-answers", .input, what: "\"\(name)\" has no answer list",
            why: "an indicator for each answer needs a list; \"\(name)\" is of type \(type)",
            fix: "derive a variable with classes from it (\"cut\" or \"cases\") and name that")
    }

    static func privateAnswers(_ name: String) -> Problem {
        Problem(
            "indicators.private-answers", .input, what: "\"\(name)\" is private and cannot name indicators",
            why: "answers to a private question never leave the study file, not even as names",
            fix: "name another variable, or derive broad classes from it")
    }

    /// A list that needs more entries than it has.
    static func tooFew(_ key: String, least: Int, found: Int) -> Problem {
        Problem(
            "indicators.too-few", .input, what: "\"\(key)\" has too few entries",
            why: "at least \(least) must stand here; found \(found)", fix: "add an entry, or use another form")
    }
}
