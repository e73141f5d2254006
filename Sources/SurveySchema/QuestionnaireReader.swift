public import SurveyProblems
public import SurveyYAML

/// Reads a questionnaire from YAML (`saual: questionnaire/1`) and reports everything wrong with it at once.
///
/// The work has two passes: first the shape of every list, question and derived variable, then what refers to them
/// (routing, rules, keys). An expression that uses something broken is not checked further, so that one mistake makes
/// one problem.
public struct QuestionnaireReader {
    let reader: YAMLReader
    var languages: [Language] = []
    /// Shared answer lists by name; one with problems is there without value.
    var lists: [String: [Answer]?] = [:]
    var sharedMissing: [String: MissingCode?] = [:]
    var ownKinds: [String] = []
    private(set) var questions: [QuestionDraft] = []
    /// Where the first question of an id stands.
    private(set) var positions: [String: Int] = [:]
    /// Items of all rosters so far.
    private(set) var rosterItems = 0
    var derived: [DerivedDraft] = []

    /// Reads a document; the questionnaire is there only if no error was found.
    ///
    /// Problems stand in the order of the file.
    public static func read(_ document: YAMLDocument) -> Checked<Questionnaire> {
        let reader = YAMLReader(document)
        var reading = QuestionnaireReader(reader: reader)
        let questionnaire = reading.questionnaire(document)
        let problems = reader.problems.enumerated().sorted {
            ($0.element.place.line ?? 0, $0.element.place.position ?? 0, $0.offset)
                < ($1.element.place.line ?? 0, $1.element.place.position ?? 0, $1.offset)
        }
        return Checked(value: reader.isClean ? questionnaire : nil, problems: problems.map(\.element))
    }

    private mutating func questionnaire(_ document: YAMLDocument) -> Questionnaire? {
        let keys = [
            "saual", "id", "version", "title", "languages", "key", "answers", "missing", "questions", "derived",
            "checks", "versions", "unreviewed",
        ]
        guard let map = reader.openMap(document.root) else { return nil }
        // A file of another kind would only make noise; one that forgot its first line is read on.
        if reader.kind(map, expected: "questionnaire", newest: 1) == nil, map.node("saual") != nil { return nil }
        _ = reader.map(document.root, keys: keys)
        let id = map.text("id", required: true)
        if let id, let node = map.node("id") { checkIdentifier(id, pattern: .questionnaire, at: node.mark) }
        let version = map.text("version", required: true)
        languages = declaredLanguages(map)
        let title = map.localizedText("title", languages: languages, required: true)
        readSharedAnswers(map)
        readSharedMissing(map)
        readQuestions(map)
        readDerived(map)
        reportRepeatedNames()
        reportSharedColumns()
        reportDistricts()
        readVariants()
        let key = key(map)
        let versions = versionMaps(map, own: version)
        let unreviewed = reader.unreviewedLanguages(map, declared: languages)
        let (questions, derived, checks) = checkedVariables(map.node("checks"))
        guard let id, let version, let title else { return nil }
        var questionnaire = Questionnaire(
            id: id, version: version, title: title, languages: languages, questions: questions, derived: derived,
            ownMissingKinds: ownKinds, key: key, source: document.bytes)
        questionnaire.checks = checks
        questionnaire.rosters = self.questions.compactMap(\.roster)
        questionnaire.versions = versions
        questionnaire.unreviewed = unreviewed
        return questionnaire
    }

    /// The languages of the file; none if one cannot be read, so that its texts are not taken for undeclared ones.
    private func declaredLanguages(_ map: YAMLMap) -> [Language] {
        guard let node = map.node("languages", required: true) else { return [] }
        var languages: [Language] = []
        var areReadable = true
        for item in reader.list(node) {
            guard let code = reader.text(item) else { continue }
            guard code.utf8.count >= 2, code.utf8.count <= 3, code.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else {
                reader.report(.notALanguage(code), at: item.mark)
                areReadable = false
                continue
            }
            if languages.contains(Language(rawValue: code)) {
                reader.report(.repeatedEntry(code), at: item.mark)
            } else {
                languages.append(Language(rawValue: code))
            }
        }
        if node.list?.isEmpty == true { reader.report(.emptyList("languages"), at: node.mark) }
        return areReadable ? languages : []
    }

    mutating func append(_ draft: QuestionDraft) {
        if positions[draft.id] == nil { positions[draft.id] = questions.count }
        rosterItems += draft.items?.items.count ?? 0
        questions.append(draft)
    }

    /// Puts a draft of which more is known in the place of the same question.
    mutating func replace(_ position: Int, with draft: QuestionDraft) { questions[position] = draft }

    /// The first question of an id.
    func question(_ id: String) -> QuestionDraft? { positions[id].map { questions[$0] } }

    /// The questions that identify an interview.
    private func key(_ map: YAMLMap) -> [String] {
        guard let node = map.node("key") else { return [] }
        var key: [String] = []
        for item in reader.list(node) {
            guard let name = reader.text(item) else { continue }
            if let problem = problem(ofKey: name) {
                reader.report(problem, at: item.mark)
            } else if key.contains(name) {
                reader.report(.repeatedEntry(name), at: item.mark)
            } else {
                key.append(name)
            }
        }
        return key
    }

    /// What is wrong with a name of the key: it is no question, or a roster, which has many columns.
    private func problem(ofKey name: String) -> Problem? {
        let open = name.firstIndex(of: "[") ?? name.endIndex
        guard
            let draft = questions.first(where: { $0.id == name[..<open] && (open == name.endIndex || $0.items != nil) })
        else { return .unknownName(name, known: questions.map(\.id)) }
        guard let roster = draft.roster else { return nil }
        if open == name.endIndex { return .rosterWithoutItem(roster) }
        let code = String(name[name.index(after: open)...].dropLast())
        return name == roster.name(of: code) && roster.hasItem(code)
            ? nil : .unknownItem(code, of: roster.id, codes: roster.items.map(\.code))
    }

    /// What an id may look like, as a pattern that needs no translation.
    enum IdentifierPattern: String {
        case questionnaire = "[A-Za-z0-9][A-Za-z0-9_.-]*"
        case variable = "[A-Za-z_][A-Za-z0-9_]*"
    }

    func checkIdentifier(_ id: String, pattern: IdentifierPattern, at mark: YAMLMark) {
        let fits = id.utf8.enumerated().allSatisfy { position, byte in
            switch byte {
            case 0x41...0x5A, 0x61...0x7A: true
            case 0x30...0x39: pattern == .questionnaire || position > 0
            case 0x5F: pattern == .variable || position > 0
            case 0x2D, 0x2E: pattern == .questionnaire && position > 0
            default: false
            }
        }
        if !fits || id.isEmpty { reader.report(.badIdentifier(id, pattern: pattern.rawValue), at: mark) }
    }

    /// Two variables of one name, be they questions or derived.
    private func reportRepeatedNames() {
        var first: [String: YAMLMark] = [:]
        for (id, mark) in questions.map({ ($0.id, $0.idMark) }) + derived.map({ ($0.id, $0.mark) }) {
            if let earlier = first[id] {
                reader.report(.repeatedName(id, firstLine: earlier.line), at: mark)
            } else {
                first[id] = mark
            }
        }
    }

    /// Two questions that would read one column of the file.
    private func reportSharedColumns() {
        var first: [String: String] = [:]
        for question in questions {
            for column in question.columns {
                if let earlier = first[column.name], earlier != question.id {
                    reader.report(.sharedColumn(column.name, first: earlier, second: question.id), at: column.mark)
                } else if first[column.name] != nil {
                    reader.report(.repeatedEntry(column.name), at: column.mark)
                } else {
                    first[column.name] = question.id
                }
            }
        }
    }
}

extension Questionnaire {
    /// Reads the questionnaire again from its YAML text, as kept with a wave.
    public init(source: [UInt8], file: String) throws(Problem) {
        self = try QuestionnaireReader.read(try YAMLDocument(parsing: source, file: file)).get()
    }
}

extension Problem {
    /// A language that is not written as its code.
    static func notALanguage(_ found: String) -> Problem {
        Problem(
            "schema.not-a-language", .input, what: "\"\(found)\" is not a language code",
            why: "a language is its code of two or three small letters, such as kk, ru, en; found \"\(found)\"",
            fix: "write the code")
    }

    /// An entry that stands twice in a list.
    static func repeatedEntry(_ entry: String) -> Problem {
        Problem(
            "schema.repeated-entry", .input, what: "\"\(entry)\" stands twice",
            why: "an entry may stand once; found \"\(entry)\" again",
            fix: "delete one of the two")
    }

    /// A list or map without entries.
    static func emptyList(_ key: String) -> Problem {
        Problem(
            "schema.empty", .input, what: "\"\(key)\" is empty",
            why: "\"\(key)\" must have at least one entry; found none",
            fix: "add an entry")
    }

    /// An id that is not one plain word.
    static func badIdentifier(_ id: String, pattern: String) -> Problem {
        Problem(
            "schema.bad-id", .input, what: "\"\(id)\" cannot be an id",
            why: "an id must match \(pattern); found \"\(id)\"",
            fix: "use Latin letters, digits and _; the words for people stand in the text")
    }

    /// A name that two variables have.
    static func repeatedName(_ id: String, firstLine: Int) -> Problem {
        Problem(
            "schema.repeated-id", .input, what: "Id \"\(id)\" is used twice", place: Place(variable: id),
            why: "questions and derived variables share their names; the first is in line \(firstLine)",
            fix: "rename one of the two")
    }

    /// A column of the data file that two questions read.
    static func sharedColumn(_ column: String, first: String, second: String) -> Problem {
        Problem(
            "schema.shared-column", .input, what: "Column \"\(column)\" is read by two questions",
            place: Place(column: column, variable: second),
            why: "a column belongs to one question; found \(first) and \(second)", fix: "name the right column for each"
        )
    }
}
