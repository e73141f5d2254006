internal import SurveyProblems
internal import SurveyYAML

/// A question as far as it could be read in the first pass.
struct QuestionDraft {
    var id = ""
    var idMark: YAMLMark
    var mark: YAMLMark
    var type: QuestionType?
    var text: LocalizedText?
    var answers: [Answer] = []
    var missing: [MissingCode] = []
    var columns: [(name: String, mark: YAMLMark)] = []
    var range: (least: Double?, greatest: Double?) = (nil, nil)
    var isPrivate = false
    var when: YAMLNode?
    /// The shared list that the answers stand in.
    var list: String?
    /// What a roster runs over; nil for a question asked once, and for a roster whose items have problems.
    var items: RosterDraft?
    /// Answers of a multiple question that stand alone, and the most that may be chosen.
    var exclusive: [String] = []
    var most: Int?
    /// Wordings and what they hide, read once every question is known.
    var variantsNode: YAMLNode?
    var variants: QuestionVariants?
    var sensitiveNode: YAMLNode?
    var sensitive: SensitiveModel?
    var regions: RegionSource?
    /// False when the type or the answers have problems: expressions that use the question are then not checked.
    var isSound = true
}

/// The questions.
extension QuestionnaireReader {
    mutating func readQuestions(_ map: YAMLMap) {
        guard let node = map.node("questions", required: true) else { return }
        guard let items = node.list else {
            reader.report(.wrongShape(expected: "[…]", found: node), at: node.mark)
            return
        }
        if items.isEmpty { reader.report(.emptyList("questions"), at: node.mark) }
        for item in items { readQuestion(item) }
    }

    private mutating func readQuestion(_ node: YAMLNode) {
        let keys = [
            "id", "column", "columns", "text", "type", "answers", "missing", "when", "range", "private", "for each",
            "exclusive", "most", "variants", "sensitive", "aliases", "code system", "district", "district moves",
        ]
        guard let map = reader.map(node, keys: keys) else { return }
        var draft = QuestionDraft(idMark: node.mark, mark: node.mark)
        if let idNode = map.node("id", required: true), let id = reader.text(idNode) {
            checkIdentifier(id, pattern: .variable, at: idNode.mark)
            draft.id = id
            draft.idMark = idNode.mark
        }
        draft.variantsNode = map.node("variants")
        draft.sensitiveNode = map.node("sensitive")
        draft.text = map.localizedText("text", languages: languages, required: draft.variantsNode == nil)
        draft.type = map.node("type", required: true).flatMap { reader.choice($0, of: QuestionType.self) }
        draft.isSound = draft.type != nil
        draft.isPrivate = map.bool("private") ?? false
        draft.when = map.node("when")
        readAnswers(of: &draft, map)
        let isRoster = map.node("for each").map { readItems(of: &draft, $0, map) } != nil
        if let missingNode = map.node("missing"), let codes = missingCodes(missingNode) {
            draft.missing = codes
            for code in codes where draft.answers.contains(where: { $0.code == code.code }) {
                reader.report(.answerIsMissing(code.code, of: draft.id), at: missingNode.mark)
            }
        }
        readRange(of: &draft, map)
        readChoices(of: &draft, map)
        if isRoster { readRosterColumns(of: &draft, map) } else { readColumns(of: &draft, map) }
        readRegions(of: &draft, map)
        append(draft)
    }

    private func readAnswers(of draft: inout QuestionDraft, _ map: YAMLMap) {
        guard let type = draft.type else { return }
        guard let node = map.node("answers") else {
            if type.needsAnswers {
                reader.report(.answersMissing(draft.id, type: type), at: draft.idMark)
                draft.isSound = false
            }
            return
        }
        guard type.needsAnswers else {
            reader.report(.answersNotAllowed(draft.id, type: type), at: map.keyMark("answers") ?? node.mark)
            return
        }
        guard let answers = answersOrList(node) else {
            draft.isSound = false
            return
        }
        if type == .multiple, answers.count > QuestionnaireReader.mostItems {
            reader.report(.tooManyAnswers(answers.count, most: QuestionnaireReader.mostItems), at: node.mark)
            draft.isSound = false
        }
        if type == .scale {
            for answer in answers where Int(answer.code) == nil || answer.code.hasPrefix("+") {
                reader.report(.scaleCodeNotWhole(answer.code, of: draft.id), at: mark(of: answer.code, in: node))
                draft.isSound = false
            }
        }
        draft.answers = answers
        draft.list = node.scalar
    }

    /// Answers written on the spot, or the shared list of a name; nil if they are wrong.
    func answersOrList(_ node: YAMLNode) -> [Answer]? {
        guard let name = node.scalar else { return answers(node, name: "answers") }
        guard let list = lists[name] else {
            reader.report(.unknownAnswerList(name, known: lists.keys.sorted()), at: node.mark)
            return nil
        }
        return list
    }

    /// The mark of an answer written on the spot, or of the name of its list.
    private func mark(of code: String, in node: YAMLNode) -> YAMLMark {
        node.map?.first { $0.key == code }?.keyMark ?? node.mark
    }

    private func readRange(of draft: inout QuestionDraft, _ map: YAMLMap) {
        guard let node = map.node("range") else { return }
        if let type = draft.type, type != .number, type != .money {
            reader.report(.rangeNotAllowed(draft.id, type: type), at: map.keyMark("range") ?? node.mark)
            return
        }
        draft.range = limits(node, key: "range", of: draft.id)
    }

    /// Takes `[least, greatest]`, of which either may be null.
    func limits(_ node: YAMLNode, key: String, of id: String) -> (least: Double?, greatest: Double?) {
        guard let limits = node.list, limits.count == 2 else {
            reader.report(.wrongCount(key, expected: 2, found: node.list?.count ?? 1), at: node.mark)
            return (nil, nil)
        }
        let least = limits[0].isNull ? nil : reader.number(limits[0])
        let greatest = limits[1].isNull ? nil : reader.number(limits[1])
        if let least, let greatest, least > greatest {
            reader.report(.rangeTurned(least, greatest, of: id), at: node.mark)
        }
        return (least, greatest)
    }

    /// The columns of the data file: the id itself, or those named; for a multiple question one an item.
    private func readColumns(of draft: inout QuestionDraft, _ map: YAMLMap) {
        guard let type = draft.type else { return }
        let wrong = type == .multiple ? "column" : "columns"
        if let mark = map.keyMark(wrong) { reader.report(.wrongColumnKey(wrong, of: draft.id, type: type), at: mark) }
        guard type == .multiple else {
            if let node = map.node("column") {
                if let name = reader.text(node) { draft.columns = [(name, node.mark)] }
            } else if !draft.id.isEmpty {
                draft.columns = [(draft.id, draft.idMark)]
            }
            return
        }
        let codes = draft.answers.map(\.code)
        draft.columns = columns(of: draft, map, codes: draft.isSound ? codes : nil, place: "code")
    }

    /// One column for each code: by a list of names, or by a pattern that holds `{code}` or `{item}`.
    func columns(of draft: QuestionDraft, _ map: YAMLMap, codes: [String]?, place: String) -> [(
        name: String, mark: YAMLMark
    )] {
        guard let node = map.node("columns"), node.scalar == nil else {
            let pattern = map.text("columns") ?? "{id}_{\(place)}"
            let mark = map.node("columns")?.mark ?? draft.idMark
            guard pattern.contains("{\(place)}") else {
                reader.report(.patternWithoutCode(pattern, place: place), at: mark)
                return []
            }
            return (codes ?? []).map { (filled(pattern, id: draft.id, place: place, code: $0), mark) }
        }
        let names = reader.list(node).compactMap { item in reader.text(item).map { (name: $0, mark: item.mark) } }
        if let codes, names.count != codes.count {
            reader.report(.wrongCount("columns", expected: codes.count, found: names.count), at: node.mark)
        }
        return names
    }

    /// Replaces `{id}` and the place of the code in one pass, so that a code that looks like either stays as it is.
    private func filled(_ pattern: String, id: String, place: String, code: String) -> String {
        var result = ""
        var rest = Substring(pattern)
        let place = "{\(place)}"
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            rest = rest[open...]
            if rest.hasPrefix("{id}") {
                result += id
                rest = rest.dropFirst(4)
            } else if rest.hasPrefix(place) {
                result += code
                rest = rest.dropFirst(place.count)
            } else {
                result += "{"
                rest = rest.dropFirst()
            }
        }
        return result + rest
    }
}

extension QuestionType {
    /// True for types whose answers stand in a list.
    var needsAnswers: Bool { isCoded || self == .multiple }
}

extension Problem {
    /// A coded question without answers.
    static func answersMissing(_ id: String, type: QuestionType) -> Problem {
        Problem(
            "schema.answers-missing", .input, what: "Question \"\(id)\" has no answers", place: Place(variable: id),
            why: "a question of type \(type.rawValue) must have answers; found none",
            fix: "add \"answers:\" with a shared list or a map")
    }

    /// Answers at a question that has no list of them.
    static func answersNotAllowed(_ id: String, type: QuestionType) -> Problem {
        Problem(
            "schema.answers-not-allowed", .input, what: "Question \"\(id)\" cannot have answers",
            place: Place(variable: id),
            why: "a question of type \(type.rawValue) has values, not a list of answers",
            fix: "delete the answers, or make the type single")
    }

    /// A shared list that does not exist.
    static func unknownAnswerList(_ name: String, known: [String]) -> Problem {
        let near = NearestNames.of(name, among: known)
        return Problem(
            "schema.unknown-answer-list", .input, what: "Answer list \"\(name)\" does not exist",
            why: "the shared lists are \(list: known); found \"\(name)\"",
            fix: "write \(list: near.isEmpty ? known : near), or declare the list")
    }

    /// A code of a scale that is no whole number.
    static func scaleCodeNotWhole(_ code: String, of id: String) -> Problem {
        Problem(
            "schema.scale-code", .input, what: "Code \"\(code)\" of the scale \"\(id)\" is not a whole number",
            place: Place(variable: id),
            why: "a scale may be averaged, so its codes are whole numbers; found \"\(code)\"",
            fix: "change the code, or make the type single")
    }

    /// A code that is an answer and a missing answer at once.
    static func answerIsMissing(_ code: String, of id: String) -> Problem {
        Problem(
            "schema.answer-is-missing", .input, what: "Code \"\(code)\" is an answer and a missing code",
            place: Place(variable: id), why: "a code of \"\(id)\" means one thing; found \"\(code)\" in both lists",
            fix: "delete it from one of them")
    }

    /// A range at a question that is no number.
    static func rangeNotAllowed(_ id: String, type: QuestionType) -> Problem {
        Problem(
            "schema.range-not-allowed", .input, what: "Question \"\(id)\" cannot have a range",
            place: Place(variable: id),
            why: "only number and money have a range; the type is \(type.rawValue)", fix: "delete the range")
    }

    /// A range whose least number is above its greatest.
    static func rangeTurned(_ least: Double, _ greatest: Double, of id: String) -> Problem {
        Problem(
            "schema.range-turned", .input, what: "The range of \"\(id)\" holds no number", place: Place(variable: id),
            why:
                "the least must not be above the greatest; found \(JSONText.shortest(least)) and \(JSONText.shortest(greatest))",
            fix: "exchange the two")
    }

    /// A list with another number of entries than must stand there.
    static func wrongCount(_ key: String, expected: Int, found: Int) -> Problem {
        Problem(
            "schema.wrong-count", .input, what: "\"\(key)\" has the wrong number of entries",
            why: "expected \(expected); found \(found)", fix: "complete or shorten the list")
    }

    /// `column` at a multiple question, or `columns` at another.
    static func wrongColumnKey(_ key: String, of id: String, type: QuestionType) -> Problem {
        Problem(
            "schema.wrong-column-key", .input, what: "\"\(key)\" cannot stand at question \"\(id)\"",
            place: Place(variable: id),
            why: "a multiple question has columns, any other one column; the type is \(type.rawValue)",
            fix: "write \(key == "column" ? "columns" : "column")")
    }

    /// A pattern of column names that gives all items one name.
    static func patternWithoutCode(_ pattern: String, place: String) -> Problem {
        Problem(
            "schema.pattern-without-code", .input, what: "The pattern \"\(pattern)\" gives one name to all items",
            why: "each item has a column of its own, so the pattern must hold \("{\(place)}"); found \"\(pattern)\"",
            fix: "write a pattern such as \("{id}_{\(place)}"), or a list of names")
    }
}
