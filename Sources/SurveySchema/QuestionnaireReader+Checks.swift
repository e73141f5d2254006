internal import SurveyProblems
internal import SurveyYAML

/// Rules that answers must obey: checks of a questionnaire, and what may be chosen together at a multiple question.
extension QuestionnaireReader {
    func readChecks(_ node: YAMLNode, in scope: DraftScope, uses: inout ExpressionUses) -> [ConsistencyCheck] {
        guard let items = node.list else {
            reader.report(.wrongShape(expected: "[…]", found: node), at: node.mark)
            return []
        }
        if items.isEmpty { reader.report(.emptyList("checks"), at: node.mark) }
        var lines: [String: Int] = [:]
        return items.compactMap { item in
            guard let map = reader.map(item, keys: ["id", "rule", "text", "severity"]) else { return nil }
            var id: String?
            if let node = map.node("id", required: true), let name = reader.text(node) {
                checkIdentifier(name, pattern: .variable, at: node.mark)
                if let first = lines[name] { reader.report(.repeatedCheck(name, firstLine: first), at: node.mark) }
                lines[name] = lines[name] ?? node.mark.line
                id = name
            }
            let text = map.localizedText("text", languages: languages, required: true)
            let severityNode = map.node("severity")
            let severity = severityNode.map { reader.choice($0, of: ConsistencyCheck.Severity.self) } ?? .finding
            // A check is no variable, so its uses stand under a name that none can have.
            let rule = map.node("rule", required: true).flatMap {
                expression($0, of: "check \(id ?? "")", in: scope, expecting: .truth, uses: &uses)
            }
            guard let id, let rule, let text, let severity else { return nil }
            return ConsistencyCheck(id: id, rule: rule, text: text, severity: severity, line: item.mark.line)
        }
    }

    /// `exclusive` and `most` of a multiple question.
    func readChoices(of draft: inout QuestionDraft, _ map: YAMLMap) {
        guard let type = draft.type else { return }
        for key in ["exclusive", "most"] where type != .multiple {
            guard let mark = map.keyMark(key) else { continue }
            reader.report(.onlyMultiple(key, of: draft.id, type: type), at: mark)
        }
        guard type == .multiple, draft.isSound else { return }
        let codes = draft.answers.map(\.code)
        for item in map.node("exclusive").map(reader.list) ?? [] {
            guard let code = reader.text(item) else { continue }
            if !codes.contains(code) {
                reader.report(.unknownAnswer(code, of: draft.id, codes: codes), at: item.mark)
            } else if draft.exclusive.contains(code) {
                reader.report(.repeatedEntry(code), at: item.mark)
            } else {
                draft.exclusive.append(code)
            }
        }
        guard let node = map.node("most"), let most = reader.integer(node) else { return }
        if most < 1 || most > codes.count {
            reader.report(.mostOutOfRange(most, of: draft.id, count: codes.count), at: node.mark)
        }
        draft.most = most
    }
}

extension Problem {
    /// Two checks of one name.
    static func repeatedCheck(_ id: String, firstLine: Int) -> Problem {
        Problem(
            "schema.repeated-check", .input, what: "Check \"\(id)\" stands twice",
            why: "findings name the check, so each has a name of its own; the first is in line \(firstLine)",
            fix: "rename one of the two")
    }

    /// A key for multiple questions at another.
    static func onlyMultiple(_ key: String, of id: String, type: QuestionType) -> Problem {
        Problem(
            "schema.only-multiple", .input, what: "\"\(key)\" cannot stand at question \"\(id)\"",
            place: Place(variable: id),
            why: "only a multiple question can have several answers chosen; the type is \(type.rawValue)",
            fix: "delete the line")
    }

    /// A greatest number of choices that is no limit.
    static func mostOutOfRange(_ most: Int, of id: String, count: Int) -> Problem {
        Problem(
            "schema.most-out-of-range", .input, what: "\"most\" of \"\(id)\" cannot be \(most)",
            place: Place(variable: id), why: "it is a number from 1 to the number of answers, \(count); found \(most)",
            fix: "correct the number, or delete the line where any number may be chosen")
    }
}
