internal import SurveyFormats
internal import SurveyProblems
internal import SurveySchema
internal import SurveyYAML

/// Reads the variables of a triple-S definition as questions.
///
/// Whatever has no counterpart is a problem that names it.
struct TripleSFormReader {
    let definition: TripleSDefinition
    var problems: [Problem] = []
    var texts: TripleSTexts
    private var ids = FormIDs()
    /// The ids of the logical variables that were read, by name: what may be a filter.
    private var logical: [String: String] = [:]
    private var key: String?
    private var leftOut: [(kind: String, names: [String])] = []
    private var assumed: [String] = []
    private var spread: [String] = []
    /// How many codes ranges have given so far.
    private var rangedCodes = 0

    /// The most codes that a range may stand for in one list, and in all of a file.
    private static let mostCodes = (multiple: 240, single: 1000, file: 100_000)

    init(_ definition: TripleSDefinition) {
        self.definition = definition
        texts = TripleSTexts(definition)
    }

    mutating func yaml() -> String {
        problems += texts.unknown.map { .wrongTag($0) }
        let questions = definition.variables.map { question($0) }
        let name = definition.name
        let isID = !name.isEmpty && FormNames.isName("x" + name)
        var text = "saual: questionnaire/1\n"
        text += "id: \(YAMLText.quoted(isID ? name : FormNames.identifier(name.isEmpty ? "survey" : name)))\n"
        text += "version: \(YAMLText.quoted(definition.surveyVersion.isEmpty ? "1" : definition.surveyVersion))\n"
        text += "title: \(texts.written(definition.title, fallback: name.isEmpty ? "survey" : name))\n"
        text += "languages: [\(texts.languages.joined(separator: ", "))]\n"
        if let key { text += "key: \(FlowYAML.key(key))\n" }
        text += "\nquestions:\n" + questions.joined()
        for (language, count) in texts.filled.sorted(by: { $0.key < $1.key }) {
            problems.append(.filledTexts(language, count: count))
        }
        if !texts.tooMany.isEmpty { leftOut.append(("language", texts.tooMany)) }
        if !texts.otherWordings.isEmpty { leftOut.append(("label", texts.otherWordings)) }
        problems += leftOut.map { .leftOut($0.kind, names: $0.names) }
        if !assumed.isEmpty { problems.append(.assumedMissing(assumed)) }
        if !spread.isEmpty { problems.append(.spreadAnswers(spread)) }
        return text
    }

    private mutating func leave(_ kind: String, _ name: String) {
        if let index = leftOut.firstIndex(where: { $0.kind == kind }) {
            leftOut[index].names.append(name)
        } else {
            leftOut.append((kind, [name]))
        }
    }

    // MARK: Questions

    private mutating func question(_ variable: TripleSDefinition.Variable) -> String {
        let id = ids.id(of: variable.name)
        let words = Set(variable.remarks.flatMap { $0.split(separator: " ").map(String.init) })
        var text = "  - id: \(FlowYAML.key(id))\n"
        if id != variable.name, variable.kind != .multiple { text += "    column: \(YAMLText.quoted(variable.name))\n" }
        text += "    text: \(texts.wording(of: variable))\n"
        switch variable.kind {
        case .single: text += single(variable, id, words)
        case .multiple: text += multiple(variable, id)
        case .quantity: text += quantity(variable, isMoney: words.contains(QuestionType.money.rawValue))
        case .logical:
            logical[variable.name] = id
            text += "    type: single\n    answers: {1: \(texts.logical("1")), 0: \(texts.logical("0"))}\n"
        case .character: text += "    type: text\n"
        case .date:
            if variable.range != nil || !variable.values.isEmpty { leave("values", variable.name) }
            text += "    type: date\n"
        case .time:
            problems.append(.otherType(id, type: variable.kind.rawValue, line: nil))
            text += "    type: text\n"
        }
        if words.contains("private") { text += "    private: true\n" }
        return text + filter(variable, id) + use(variable, id)
    }

    /// A filter is a logical variable that stands before.
    private mutating func filter(_ variable: TripleSDefinition.Variable, _ id: String) -> String {
        guard let filter = variable.filter, !filter.isEmpty else { return "" }
        guard let name = logical[filter], filter != variable.name else {
            problems.append(.notTranslated(id, part: "filter", text: filter, word: filter, line: nil))
            return ""
        }
        return "    when: \(YAMLText.quoted("`\(name)` = 1"))\n"
    }

    private mutating func use(_ variable: TripleSDefinition.Variable, _ id: String) -> String {
        switch variable.use {
        case nil: break
        case "serial" where key == nil && (variable.kind == .character || variable.kind == .quantity): key = id
        case let use?: leave("use", "\(variable.name) (\(use.prefix(20)))")
        }
        return ""
    }

    // MARK: Answers

    /// The values of a variable without those that say nothing, and those of them that are missing codes.
    private mutating func values(
        _ variable: TripleSDefinition.Variable, range: ClosedRange<Int>?
    ) -> (answers: [TripleSDefinition.Value], missing: [TripleSDefinition.Value]) {
        var seen: Set<String> = []
        var answers: [TripleSDefinition.Value] = []
        var missing: [TripleSDefinition.Value] = []
        for value in variable.values {
            guard !value.code.isEmpty, seen.insert(value.code).inserted else {
                leave("value", "\(variable.name) \(value.code)")
                continue
            }
            if kind(of: value) == nil { answers.append(value) } else { missing.append(value) }
        }
        if let range {
            rangedCodes += range.count
            let empty = TripleSDefinition.Text(own: "")
            for number in range where seen.insert(String(number)).inserted {
                answers.append(TripleSDefinition.Value(code: String(number), label: empty))
            }
            let numbers = answers.map { Int($0.code) ?? .max }
            answers = zip(numbers, answers).enumerated().sorted {
                ($0.element.0, $0.offset) < ($1.element.0, $1.offset)
            }
            .map(\.element.1)
        }
        return (answers, missing)
    }

    /// The codes that a range stands for; nil if it has none or too many for a list.
    private func codes(_ variable: TripleSDefinition.Variable, most: Int) -> ClosedRange<Int>? {
        guard let range = variable.range, let from = Int(range.from), let to = Int(range.to), from >= 0, from <= to,
            to - from < most, rangedCodes + (to - from + 1) <= TripleSFormReader.mostCodes.file
        else { return nil }
        return from...to
    }

    private mutating func single(_ variable: TripleSDefinition.Variable, _ id: String, _ words: Set<String>) -> String {
        let range = codes(variable, most: TripleSFormReader.mostCodes.single)
        // A range of many codes, of which labels name a few, asks for a number.
        if variable.range != nil, range == nil, !variable.isLiteral { return quantity(variable, isMoney: false) }
        var (answers, missing) = values(variable, range: variable.isLiteral ? nil : range)
        guard !answers.isEmpty else {
            problems.append(.noValues(id, type: variable.kind.rawValue))
            return "    type: text\n"
        }
        let scores = answers.compactMap(\.score)
        let isScale = isScale(answers)
        if isScale {
            let unscored = answers.filter { $0.score == nil }
            assumed += unscored.map { "\(variable.name) \($0.code)" }
            missing += unscored
            answers.removeAll { $0.score == nil }
        } else if !scores.isEmpty {
            leave("score", variable.name)
        }
        let isRegion = words.contains(QuestionType.region.rawValue)
        return "    type: \(isScale ? "scale" : isRegion ? "region" : "single")\n"
            + list(answers, of: variable) + self.missing(missing, of: variable)
    }

    /// True if those answers that have a score have their own code as one.
    private func isScale(_ answers: [TripleSDefinition.Value]) -> Bool {
        let scored = answers.filter { $0.score != nil }
        return !scored.isEmpty
            && scored.allSatisfy { value in
                guard let number = Int(value.code), !value.code.hasPrefix("+") else { return false }
                return value.score.flatMap { TripleSDefinition.value($0) } == Double(number)
            }
    }

    private mutating func multiple(_ variable: TripleSDefinition.Variable, _ id: String) -> String {
        let range = codes(variable, most: TripleSFormReader.mostCodes.multiple)
        if variable.range != nil, range == nil { leave("range", variable.name) }
        let (answers, missing) = values(variable, range: range)
        guard !answers.isEmpty else {
            problems.append(.noValues(id, type: variable.kind.rawValue))
            return (id == variable.name ? "" : "    column: \(YAMLText.quoted(variable.name))\n") + "    type: text\n"
        }
        if answers.contains(where: { $0.score != nil }) { leave("score", variable.name) }
        if variable.spread != nil { spread.append(variable.name) }
        var text = "    type: multiple\n" + list(answers, of: variable) + self.missing(missing, of: variable)
        if id != variable.name {
            let columns = answers.map { YAMLText.quoted("\(variable.name)_\($0.code)") }
            text += "    columns: [\(columns.joined(separator: ", "))]\n"
        }
        return text
    }

    private mutating func quantity(_ variable: TripleSDefinition.Variable, isMoney: Bool) -> String {
        let limits = limits(variable)
        var text = "    type: \(isMoney ? "money" : "number")\n"
        if variable.range != nil, limits == nil { leave("range", variable.name) }
        if let limits {
            let written = [limits.least, limits.greatest].map {
                abs($0) == TripleSForm.noLimit ? "null" : JSONText.shortest($0)
            }
            if written != ["null", "null"] { text += "    range: [\(written.joined(separator: ", "))]\n" }
        }
        var (labelled, missing) = values(variable, range: nil)
        let outside = labelled.filter { value in
            guard let number = TripleSDefinition.value(value.code), let limits else { return false }
            return number < limits.least || number > limits.greatest
        }
        assumed += outside.map { "\(variable.name) \($0.code)" }
        missing += outside
        let codes = Set(outside.map(\.code))
        labelled.removeAll { codes.contains($0.code) }
        if !labelled.isEmpty { leave("values", variable.name) }
        return text + self.missing(missing, of: variable)
    }

    /// The range of a quantity; nil if it has none, or one that is none.
    private func limits(_ variable: TripleSDefinition.Variable) -> (least: Double, greatest: Double)? {
        guard let range = variable.range, let least = TripleSDefinition.value(range.from),
            let greatest = TripleSDefinition.value(range.to), least.isFinite, greatest.isFinite, least <= greatest
        else { return nil }
        return (least, greatest)
    }

    private mutating func list(_ answers: [TripleSDefinition.Value], of variable: TripleSDefinition.Variable) -> String
    {
        var text = "    answers:\n"
        for answer in answers {
            text += "      \(YAMLText.code(answer.code)): \(texts.written(answer.label, fallback: answer.code))\n"
        }
        return text
    }

    // MARK: Missing codes

    /// The kind that Saual wrote beside a value.
    private func kind(of value: TripleSDefinition.Value) -> String? {
        guard let word = value.remarks.first?.split(separator: " ").first.map(String.init) else { return nil }
        let isWord = word.utf8.allSatisfy { $0 >= 0x61 && $0 <= 0x7A || $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2D }
        return isWord && !["not-asked", "not-in-wave"].contains(word) ? word : nil
    }

    private mutating func missing(
        _ codes: [TripleSDefinition.Value], of variable: TripleSDefinition.Variable
    ) -> String {
        guard !codes.isEmpty else { return "" }
        let entries = codes.map { value in
            let label = texts.written(value.label, fallback: value.code)
            return "\(YAMLText.code(value.code)): {kind: \(kind(of: value) ?? "no-answer"), label: \(label)}"
        }
        return "    missing: {\(entries.joined(separator: ", "))}\n"
    }
}
