internal import SurveyProblems
internal import SurveyYAML

/// Shared answer lists and missing codes.
extension QuestionnaireReader {
    /// The number of answers that a stored column can tell apart.
    static let mostAnswers = 65_000
    /// The number of items of a multiple question; each is a column.
    static let mostItems = 240
    /// The number of kinds of missing answers that a questionnaire may add.
    static let mostOwnKinds = 7

    mutating func readSharedAnswers(_ map: YAMLMap) {
        guard let node = map.node("answers"), let all = reader.openMap(node) else { return }
        for entry in all.entries { lists[entry.key] = .some(answers(entry.value, name: entry.key)) }
    }

    /// Reads `{1: {en: Yes, …}, 2: …}`; nil if anything in it is wrong.
    func answers(_ node: YAMLNode, name: String) -> [Answer]? {
        guard let map = reader.openMap(node) else { return nil }
        guard !map.entries.isEmpty else {
            reader.report(.emptyList(name), at: node.mark)
            return nil
        }
        guard map.entries.count <= QuestionnaireReader.mostAnswers else {
            reader.report(.tooManyAnswers(map.entries.count, most: QuestionnaireReader.mostAnswers), at: node.mark)
            return nil
        }
        var answers: [Answer] = []
        var seen: Set<String> = []
        for entry in map.entries {
            if entry.key.isEmpty { reader.report(.emptyCode(), at: entry.keyMark) }
            let isNew = seen.insert(entry.key).inserted
            guard let label = reader.localizedText(entry.value, languages: languages), isNew, !entry.key.isEmpty else {
                continue
            }
            answers.append(Answer(code: entry.key, label: label))
        }
        return answers.count == map.entries.count ? answers : nil
    }

    mutating func readSharedMissing(_ map: YAMLMap) {
        guard let node = map.node("missing"), let all = reader.openMap(node) else { return }
        for entry in all.entries { sharedMissing[entry.key] = .some(missingCode(entry)) }
    }

    /// Reads `98: {kind: dont-know, label: {…}}`.
    mutating func missingCode(_ entry: YAMLEntry) -> MissingCode? {
        guard let map = reader.map(entry.value, keys: ["kind", "label"]) else { return nil }
        let labelNode = map.node("label")
        let label = labelNode.map { reader.localizedText($0, languages: languages) } ?? LocalizedText.empty
        guard let node = map.node("kind", required: true), let word = reader.text(node),
            let kind = kind(word, at: node.mark)
        else { return nil }
        guard !entry.key.isEmpty else {
            reader.report(.emptyCode(), at: entry.keyMark)
            return nil
        }
        return label.map { MissingCode(code: entry.key, kind: kind, label: $0) }
    }

    /// A standard kind by its name, or an own one; a word close to a standard name is taken for a slip.
    private mutating func kind(_ word: String, at mark: YAMLMark) -> MissingKind? {
        let standard = MissingKind.named.map(\.name)
        if let known = MissingKind.named.first(where: { $0.name == word }) { return known.kind }
        if let position = ownKinds.firstIndex(of: word) { return QuestionnaireReader.ownKind(position) }
        let isWord = word.utf8.allSatisfy { ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D }
        guard isWord, !word.isEmpty, NearestNames.of(word, among: standard).isEmpty else {
            reader.report(.unknownKind(word, standard: standard), at: mark)
            return nil
        }
        guard ownKinds.count < QuestionnaireReader.mostOwnKinds else {
            reader.report(.tooManyKinds(word, own: ownKinds), at: mark)
            return nil
        }
        ownKinds.append(word)
        return QuestionnaireReader.ownKind(ownKinds.count - 1)
    }

    private static func ownKind(_ position: Int) -> MissingKind? {
        MissingKind(rawValue: MissingKind.firstOwn + UInt8(min(position, mostOwnKinds - 1)))
    }

    /// The missing codes of a question: a list of shared codes, or a map written on the spot.
    mutating func missingCodes(_ node: YAMLNode) -> [MissingCode]? {
        if let entries = node.map {
            var codes: [MissingCode] = []
            for entry in entries {
                if let code = missingCode(entry) { codes.append(code) }
            }
            return codes.count == entries.count ? codes : nil
        }
        var codes: [MissingCode] = []
        var isSound = true
        for item in reader.list(node) {
            guard let name = reader.text(item) else {
                isSound = false
                continue
            }
            guard let shared = sharedMissing[name] else {
                reader.report(.unknownMissingCode(name, known: sharedMissing.keys.sorted()), at: item.mark)
                isSound = false
                continue
            }
            guard let shared else {
                isSound = false
                continue
            }
            if codes.contains(where: { $0.code == shared.code }) {
                reader.report(.repeatedEntry(name), at: item.mark)
            } else {
                codes.append(shared)
            }
        }
        return isSound ? codes : nil
    }
}

extension Problem {
    /// More answers than a column can hold.
    static func tooManyAnswers(_ count: Int, most: Int) -> Problem {
        Problem(
            "schema.too-many-answers", .input, what: "There are too many answers",
            why: "at most \(most) answers may stand here; found \(count)",
            fix: "shorten the list, or make the question a text")
    }

    /// An answer or missing code without a character.
    static func emptyCode() -> Problem {
        Problem(
            "schema.empty-code", .input, what: "A code is empty",
            why: "a code must have at least one character; an empty cell is always read as no answer",
            fix: "write the code, or delete the line")
    }

    /// A word that is no kind of missing answer but close to one.
    static func unknownKind(_ word: String, standard: [String]) -> Problem {
        let near = NearestNames.of(word, among: standard)
        return Problem(
            "schema.unknown-kind", .input, what: "\"\(word)\" is not a kind of missing answer",
            why:
                "the kinds are \(standard.joined(separator: ", ")), or an own word of small letters; found \"\(word)\"",
            fix: "write \((near.isEmpty ? standard : near).joined(separator: ", "))")
    }

    /// More own kinds than there are bytes for.
    static func tooManyKinds(_ word: String, own: [String]) -> Problem {
        Problem(
            "schema.too-many-kinds", .input, what: "There is no room for the missing kind \"\(word)\"",
            why: "a questionnaire may add \(own.count) kinds; it has \(own.joined(separator: ", "))",
            fix: "use a standard kind, or one of these")
    }

    /// A code that is not among the shared missing codes.
    static func unknownMissingCode(_ code: String, known: [String]) -> Problem {
        Problem(
            "schema.unknown-missing", .input, what: "Missing code \"\(code)\" is not declared",
            why: "the shared missing codes are \(list: known); found \"\(code)\"",
            fix: "declare it under \"missing\" at the top, or write {\(code): {kind: …}} here")
    }
}
