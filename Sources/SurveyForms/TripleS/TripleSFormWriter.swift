internal import SurveyFormats
internal import SurveyProblems
internal import SurveySchema

/// Writes the variables of a questionnaire as a definition of triple-S.
///
/// What the format has no place for but the same file can carry (the kind of a missing code, `money`, `region`, `private`)
/// stands in processing instructions named `saual`, which XML lets stand anywhere and other programs pass over.
struct TripleSFormWriter {
    private let questionnaire: Questionnaire
    /// What is left out, by the part of the questionnaire.
    private var lost: [(part: String, names: [String])] = []
    /// The variables of type `logical` that are written already: names by id.
    private var logical: [String: String] = [:]

    /// Characters of an answer in words, of which a questionnaire says nothing.
    private static let textSize = 4000
    /// The most places of a bitstring; with larger codes the answers are written one after the other.
    private static let mostPlaces = 999
    /// The widest part of answers one after the other.
    private static let mostWidth = 1000

    init(_ questionnaire: Questionnaire) { self.questionnaire = questionnaire }

    var problems: [Problem] { lost.map { .notInTripleS($0.part, names: $0.names) } }

    mutating func definition() -> TripleSDefinition {
        var definition = TripleSDefinition()
        definition.isDelimited = true
        if questionnaire.languages != [.undetermined] {
            definition.languages = questionnaire.languages.map(\.rawValue)
        }
        definition.title = text(questionnaire.title)
        definition.name = questionnaire.id
        definition.surveyVersion = questionnaire.version
        let wanted = questionnaire.questions.map { TripleSFormWriter.name($0) }
        let names = TripleSDefinition.names(wanted)
        for (index, question) in questionnaire.questions.enumerated() {
            if names[index] != wanted[index] { lose("column", wanted[index]) }
            definition.variables.append(variable(question, names[index], field: index + 1))
        }
        for roster in questionnaire.rosters { lose("for each", roster.id) }
        for variable in questionnaire.derived { lose("derived", variable.id) }
        for check in questionnaire.checks { lose("checks", check.id) }
        for version in questionnaire.versions { lose("versions", version.version) }
        if questionnaire.key.count > 1 { lose("key", questionnaire.key.joined(separator: ", ")) }
        for language in questionnaire.unreviewed { lose("unreviewed", language.rawValue) }
        return definition
    }

    private mutating func lose(_ part: String, _ name: String) {
        if let index = lost.firstIndex(where: { $0.part == part }) {
            lost[index].names.append(name)
        } else {
            lost.append((part, [name]))
        }
    }

    /// The name of the column; for a multiple question what stands before `_code` in those of its answers.
    private static func name(_ question: Question) -> String {
        guard question.type == .multiple else { return question.columns.first ?? question.id }
        return prefix(question) ?? question.id
    }

    private static func prefix(_ question: Question) -> String? {
        guard let code = question.answers.first?.code, let column = question.columns.first,
            column.hasSuffix("_" + code)
        else { return nil }
        let prefix = String(column.dropLast(code.count + 1))
        let columns = question.answers.map { prefix + "_" + $0.code }
        return prefix.isEmpty || columns != question.columns ? nil : prefix
    }

    private func text(_ text: LocalizedText) -> TripleSDefinition.Text {
        let isNamed = text.texts.contains { $0.language != .undetermined }
        return TripleSDefinition.Text(
            own: text.texts.first?.text ?? "",
            others: isNamed ? text.texts.map { ($0.language.rawValue, $0.text) } : [])
    }

    // MARK: Variables

    private mutating func variable(_ question: Question, _ name: String, field: Int) -> TripleSDefinition.Variable {
        var found = TripleSDefinition.Variable(
            kind: .character, name: name, label: text(question.text), start: field, finish: field)
        if questionnaire.key == [question.id] {
            if question.type == .text || question.type == .number {
                found.use = "serial"
            } else {
                lose("key", question.id)
            }
        }
        var remarks: [String] = []
        switch question.type {
        case .single where isLogical(question):
            found.kind = .logical
            logical[question.id] = name
        case .single, .scale, .region:
            found.kind = .single
            addAnswers(of: question, to: &found)
            found.isLiteral = !found.values.allSatisfy { TripleSFormWriter.whole($0.code) != nil }
            if question.type == .region { remarks.append(question.type.rawValue) }
        case .multiple:
            found.kind = .multiple
            addAnswers(of: question, to: &found)
            addPlaces(of: question, to: &found)
        case .number, .money:
            found.kind = .quantity
            found.range = TripleSFormWriter.range(question.range)
            addMissing(of: question, to: &found) {
                TripleSDefinition.value($0) != nil && TripleSDefinition.number($0) == $0
            }
            if question.type == .money { remarks.append(question.type.rawValue) }
        case .date:
            found.kind = .date
            addMissing(of: question, to: &found) { _ in false }
        case .text:
            found.size = TripleSFormWriter.textSize
            addMissing(of: question, to: &found) { _ in false }
        }
        if question.isPrivate { remarks.append("private") }
        if !remarks.isEmpty { found.remarks = [remarks.joined(separator: " ")] }
        addFilter(of: question, to: &found)
        loseRest(of: question)
        return found
    }

    /// True for two answers 1 and 0 with the words that a logical variable gets when it is read.
    private func isLogical(_ question: Question) -> Bool {
        question.missing.isEmpty && question.answers.map(\.code) == ["1", "0"]
            && question.answers.allSatisfy { answer in
                answer.label.texts.allSatisfy { TripleSForm.word(answer.code, in: $0.language.rawValue) == $0.text }
            }
    }

    private func addAnswers(of question: Question, to found: inout TripleSDefinition.Variable) {
        for answer in question.answers {
            var value = TripleSDefinition.Value(code: answer.code, label: text(answer.label))
            if question.type == .scale { value.score = answer.code }
            found.values.append(value)
        }
        for code in question.missing { found.values.append(missing(code)) }
    }

    private mutating func addMissing(
        of question: Question, to found: inout TripleSDefinition.Variable, where isHeld: (String) -> Bool
    ) {
        for code in question.missing {
            if isHeld(code.code) {
                found.values.append(missing(code))
            } else {
                lose("missing", "\(question.id) \(code.code)")
            }
        }
    }

    private func missing(_ code: MissingCode) -> TripleSDefinition.Value {
        var value = TripleSDefinition.Value(code: code.code, label: text(code.label))
        value.remarks = [questionnaire.name(of: code.kind)]
        return value
    }

    /// The codes are places of a bitstring, or stand one after the other where they cannot be.
    private mutating func addPlaces(of question: Question, to found: inout TripleSDefinition.Variable) {
        let codes = found.values.map(\.code)
        let places = codes.compactMap { TripleSFormWriter.whole($0) }
        if places.count < codes.count || places.contains(where: { $0 < 1 || $0 > TripleSFormWriter.mostPlaces }) {
            found.isLiteral = places.count < codes.count
            let width = codes.map(\.unicodeScalars.count).max() ?? 1
            if width > TripleSFormWriter.mostWidth { lose("answers", question.id) }
            found.spread = (max(1, codes.count), min(width, TripleSFormWriter.mostWidth))
        }
        if TripleSFormWriter.prefix(question) == nil || found.spread != nil { lose("columns", question.id) }
    }

    /// A whole number from 0 on, written as numbers are.
    private static func whole(_ code: String) -> Int? {
        guard !code.isEmpty, code.utf8.count <= 10, code.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
            code == "0" || code.utf8.first != 0x30, let number = Int(code), number <= 2_147_483_647
        else { return nil }
        return number
    }

    private static func range(_ range: (least: Double?, greatest: Double?)) -> (from: String, to: String) {
        let isOpen = range.least == nil && range.greatest == nil
        if isOpen { return ("-2147483647.000000", "2147483647.000000") }
        let (least, greatest) = (range.least ?? -TripleSForm.noLimit, range.greatest ?? TripleSForm.noLimit)
        return (
            TripleSDefinition.limit(least, isWhole: least == least.rounded()),
            TripleSDefinition.limit(greatest, isWhole: greatest == greatest.rounded())
        )
    }

    /// The filter of triple-S is a logical variable that stands before; other routing has no place.
    private mutating func addFilter(of question: Question, to found: inout TripleSDefinition.Variable) {
        guard let when = question.when else { return }
        if case .member(let name, let codes, let isNegated) = when.root, codes == ["1"], !isNegated,
            let filter = logical[name], found.use == nil
        {
            found.filter = filter
        } else {
            lose("when", question.id)
        }
    }

    private mutating func loseRest(of question: Question) {
        if !question.exclusive.isEmpty { lose("exclusive", question.id) }
        if question.most != nil { lose("most", question.id) }
        if question.variants != nil { lose("variants", question.id) }
        if question.sensitive != nil { lose("sensitive", question.id) }
        if question.regions != nil { lose("aliases", question.id) }
    }
}
