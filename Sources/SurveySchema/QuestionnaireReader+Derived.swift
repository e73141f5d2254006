internal import SurveyProblems
internal import SurveyYAML

/// A derived variable as far as it could be read in the first pass.
struct DerivedDraft {
    enum Shape {
        case cut(of: YAMLNode, at: [Double])
        case cases([(answer: String, condition: YAMLNode)])
        case number(YAMLNode)
    }

    var id: String
    var mark: YAMLMark
    var text: LocalizedText?
    var answers: [Answer] = []
    /// Nil when the definition has problems: expressions that use the variable are then not checked.
    var shape: Shape?

    var isSound: Bool { shape != nil }
}

/// Derived variables.
extension QuestionnaireReader {
    mutating func readDerived(_ map: YAMLMap) {
        guard let node = map.node("derived"), let all = reader.openMap(node) else { return }
        for entry in all.entries {
            checkIdentifier(entry.key, pattern: .variable, at: entry.keyMark)
            guard
                let fields = reader.map(
                    entry.value, keys: ["text", "cut", "at", "labels", "answers", "cases", "number"])
            else {
                derived.append(DerivedDraft(id: entry.key, mark: entry.keyMark))
                continue
            }
            var draft = DerivedDraft(id: entry.key, mark: entry.keyMark)
            draft.text = fields.localizedText("text", languages: languages, required: true)
            readDefinition(of: &draft, fields)
            derived.append(draft)
        }
    }

    private func readDefinition(of draft: inout DerivedDraft, _ map: YAMLMap) {
        let kinds = ["cut", "cases", "number"].filter { map.node($0) != nil }
        guard kinds.count == 1 else {
            reader.report(.notOneDefinition(draft.id, found: kinds), at: draft.mark)
            return
        }
        let allowed = ["cut": ["at", "labels"], "cases": ["answers"], "number": []]
        for key in ["at", "labels", "answers"] where allowed[kinds[0]]?.contains(key) == false {
            if let mark = map.keyMark(key) { reader.report(.wrongDerivedKey(key, with: kinds[0]), at: mark) }
        }
        if let node = map.node("number") {
            draft.shape = .number(node)
        } else if let node = map.node("cut") {
            readCut(of: &draft, node, map)
        } else if let node = map.node("cases") {
            readCases(of: &draft, node, map)
        }
    }

    private func readCut(of draft: inout DerivedDraft, _ name: YAMLNode, _ map: YAMLMap) {
        guard reader.text(name) != nil, let node = map.node("at", required: true) else { return }
        let items = reader.list(node)
        let limits = items.compactMap { reader.number($0) }
        guard limits.count == items.count else { return }
        guard !limits.isEmpty else {
            reader.report(.emptyList("at"), at: node.mark)
            return
        }
        for (position, limit) in limits.enumerated().dropFirst() where limit <= limits[position - 1] {
            reader.report(.limitsNotAscending(limits[position - 1], limit), at: items[position].mark)
            return
        }
        guard limits.count < QuestionnaireReader.mostItems else {
            reader.report(.tooManyAnswers(limits.count + 1, most: QuestionnaireReader.mostItems), at: node.mark)
            return
        }
        let classes = DerivedVariable.classes(at: limits)
        guard let labels = classLabels(map, codes: classes.map(\.code)) else { return }
        draft.answers = classes.enumerated().map { position, one in
            let plain = LocalizedText((languages.isEmpty ? [.english] : languages).map { ($0, one.label) })
            return Answer(code: one.code, label: labels.isEmpty ? plain : labels[position])
        }
        draft.shape = .cut(of: name, at: limits)
    }

    /// The labels of the classes of a cut: none, a list in order, or a map by code; nil if they are wrong.
    private func classLabels(_ map: YAMLMap, codes: [String]) -> [LocalizedText]? {
        guard let node = map.node("labels") else { return [] }
        var texts: [LocalizedText] = []
        if let items = node.list {
            texts = items.compactMap { reader.localizedText($0, languages: languages) }
            guard items.count == codes.count else {
                reader.report(.wrongCount("labels", expected: codes.count, found: items.count), at: node.mark)
                return nil
            }
        } else if let labels = reader.map(node, keys: codes) {
            texts = codes.compactMap { labels.localizedText($0, languages: languages, required: true) }
        }
        return texts.count == codes.count ? texts : nil
    }

    private func readCases(of draft: inout DerivedDraft, _ node: YAMLNode, _ map: YAMLMap) {
        guard let cases = reader.openMap(node) else { return }
        guard !cases.entries.isEmpty else {
            reader.report(.emptyList("cases"), at: node.mark)
            return
        }
        let listNode = map.node("answers")
        let list = listNode.flatMap { answersOrList($0) }
        var isSound = listNode == nil || list != nil
        var rules: [(answer: String, condition: YAMLNode)] = []
        var answers: [Answer] = []
        for entry in cases.entries {
            if let list, !list.contains(where: { $0.code == entry.key }) {
                reader.report(.unknownAnswer(entry.key, of: draft.id, codes: list.map(\.code)), at: entry.keyMark)
                isSound = false
            }
            guard entry.value.scalar == nil || listNode == nil else {
                rules.append((entry.key, entry.value))
                continue
            }
            guard let rule = reader.map(entry.value, keys: listNode == nil ? ["when", "label"] : ["when"]) else {
                isSound = false
                continue
            }
            if let condition = rule.node("when", required: true) {
                rules.append((entry.key, condition))
            } else {
                isSound = false
            }
            guard listNode == nil else { continue }
            if let label = rule.localizedText("label", languages: languages, required: true) {
                if !answers.contains(where: { $0.code == entry.key }) {
                    answers.append(Answer(code: entry.key, label: label))
                }
            } else {
                isSound = false
            }
        }
        guard isSound else { return }
        draft.answers = list ?? answers
        draft.shape = .cases(rules)
    }
}

extension DerivedVariable {
    /// The classes that limits cut a number into: their codes, and labels that need no language.
    ///
    /// Whole limits from 1 on give `m17` (below 18), `18-29`, `30-44`, `60+`, and a class of one number that number;
    /// any other limits give intervals: `(,0.5)`, `[0.5,1.5)`, `[1.5,)`.
    static func classes(at limits: [Double]) -> [(code: String, label: String)] {
        guard let first = limits.first, let last = limits.last else { return [] }
        let pairs = zip(limits, limits.dropFirst())
        if limits.allSatisfy({ $0 >= 1 && $0 == $0.rounded() && $0 < 1e15 }) {
            let whole = { (limit: Double) in JSONText.shortest(limit) }
            return [("m" + whole(first - 1), "< " + whole(first))]
                + pairs.map { low, high in
                    low + 1 == high
                        ? (whole(low), whole(low))
                        : ("\(whole(low))-\(whole(high - 1))", "\(whole(low))–\(whole(high - 1))")
                } + [(whole(last) + "+", whole(last) + "+")]
        }
        let text = { (limit: Double) in JSONText.shortest(limit) }
        let codes = ["(,\(text(first)))"] + pairs.map { "[\(text($0)),\(text($1)))" } + ["[\(text(last)),)"]
        return codes.map { ($0, $0) }
    }
}

extension Problem {
    /// A derived variable with no definition, or with several.
    static func notOneDefinition(_ id: String, found: [String]) -> Problem {
        Problem(
            "schema.not-one-definition", .input, what: "Derived variable \"\(id)\" must have one definition",
            place: Place(variable: id),
            why: "exactly one of cut, cases, number must stand here; found \(found.count): \(list: found)",
            fix: "keep one of the three")
    }

    /// A key that belongs to another kind of derived variable.
    static func wrongDerivedKey(_ key: String, with kind: String) -> Problem {
        Problem(
            "schema.wrong-derived-key", .input, what: "\"\(key)\" cannot stand beside \"\(kind)\"",
            why: "at and labels belong to cut, answers to cases; found \"\(key)\" beside \"\(kind)\"",
            fix: "delete the line")
    }

    /// Limits of classes that do not ascend.
    static func limitsNotAscending(_ before: Double, _ after: Double) -> Problem {
        Problem(
            "schema.limits-not-ascending", .input, what: "The limits do not ascend",
            why:
                "each limit must be above the one before; found \(JSONText.shortest(after)) after \(JSONText.shortest(before))",
            fix: "put the limits in order")
    }
}
