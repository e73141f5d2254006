internal import SurveyProblems
internal import SurveySchema
internal import SurveyYAML

/// Entries that stand for several indicators: one for each answer of a question, one for each stage of a funnel.
extension IndicatorFile {
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
            let name = IndicatorDefinition.written(name)
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

    /// A stage of a funnel as it is written.
    struct Stage {
        let id: String
        let name: LocalizedText
        let condition: Expression
    }

    /// Of whom the share of a stage is taken.
    enum FunnelBase: String, CaseIterable { case first, previous, base }

    /// `funnel:`: each stage is what this condition and all before it leave.
    func funnel(_ map: YAMLMap) -> IndicatorForm? {
        refuse(["scale"], in: map, with: "funnel")
        let base = base(map)
        let domain = map.node("where").flatMap { expression($0, .truth) }
        guard let node = map.node("funnel"), let funnel = reader.map(node, keys: ["over", "stages", "of"]) else {
            return nil
        }
        let of = funnel.node("of").flatMap { reader.choice($0, of: FunnelBase.self) } ?? .first
        guard let stages = stages(funnel), let base else { return nil }
        return people(stages, of: of, base: base, domain: domain)
    }

    private func stages(_ funnel: YAMLMap) -> [Stage]? {
        guard let node = funnel.node("stages", required: true), let map = reader.openMap(node) else { return nil }
        var stages: [Stage] = []
        for entry in map.entries {
            if !IndicatorReader.isIdentifier(entry.key) { reader.report(.badIndicatorID(entry.key), at: entry.keyMark) }
            guard let stage = reader.map(entry.value, keys: ["name", "when"]) else { continue }
            let name = stage.localizedText("name", languages: languages, required: true)
            let condition = stage.node("when", required: true).flatMap { expression($0, .truth) }
            if let name, let condition { stages.append(Stage(id: entry.key, name: name, condition: condition)) }
        }
        if map.entries.count < 2 { reader.report(.tooFew("stages", least: 2, found: map.entries.count), at: node.mark) }
        return stages.count == map.entries.count && stages.count > 1 ? stages : nil
    }

    /// A funnel of people: shares of the base, or of those of the base who reached an earlier stage.
    private func people(
        _ stages: [Stage], of: FunnelBase, base: IndicatorDefinition.Base, domain: Expression?
    ) -> IndicatorForm {
        let members = stages.indices.map { position in
            let reached = Expression.all(stages[...position].map(\.condition))
            let before: [Expression] =
                switch of {
                case _ where position == 0: []
                case .base: []
                case .first: [stages[0].condition]
                case .previous: [Expression.all(stages[..<position].map(\.condition))]
                }
            let conditions = (domain.map { [$0] } ?? []) + before
            return IndicatorForm.Member(
                code: stages[position].id, label: stages[position].name, formula: .share(reached), base: base,
                domain: conditions.isEmpty ? nil : Expression.all(conditions))
        }
        return IndicatorForm(kind: .funnel, members: members)
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
