internal import SurveyProblems
internal import SurveySchema

/// The columns that the variables of a triple-S file become, and how each is cut out of a record.
struct TripleSCodebook {
    /// What a cell is made of.
    enum Part {
        /// The field as it is.
        case text
        /// A number, or what stands there if it is none.
        case number
        /// `YYYYMMDD` and `HHMMSS`.
        case date, time
        /// One character of a bitstring, from 0.
        case bit(Int)
        /// One of several codes, by its place in the field; literal ones are no numbers, whatever they look like.
        case code(start: Int, width: Int, isLiteral: Bool)
        /// The last character of the field.
        case logical
    }

    struct Column {
        var start: Int
        var finish: Int
        var part: Part
    }

    private(set) var columns: [Column] = []
    private(set) var codebook: FileCodebook
    /// The language of texts that name none.
    private let language: Language

    private static let columnLimit = 1 << 16

    init(_ definition: TripleSDefinition, encoding: String, file: String) throws(Problem) {
        language = definition.language.map { Language(rawValue: $0) } ?? .undetermined
        codebook = FileCodebook(format: "triple-S \(definition.version)", encoding: encoding)
        codebook.label = localized(definition.title)
        if codebook.label.isEmpty, !definition.name.isEmpty {
            codebook.label = LocalizedText([(.undetermined, definition.name)])
        }
        for variable in definition.variables {
            if variable.hasAnswerColumns { try appendSet(variable, file: file) } else { append(variable) }
            guard columns.count <= TripleSCodebook.columnLimit else {
                throw .tooManyColumns(columns.count, limit: TripleSCodebook.columnLimit, file: file)
            }
        }
        var seen: [String: Int] = [:]
        for (position, variable) in codebook.variables.enumerated() {
            if let first = seen.updateValue(position, forKey: variable.name) {
                throw .duplicateColumn(variable.name, first: first + 1, second: position + 1, file: file)
            }
        }
    }

    private mutating func append(_ variable: TripleSDefinition.Variable) {
        var found = FileVariable(name: variable.name, content: .number)
        var part = Part.number
        switch variable.kind {
        case .single where variable.isLiteral, .character, .multiple:
            found.content = .text
            part = .text
            found.width = variable.size ?? variable.values.map(\.code.utf8.count).max() ?? 0
        case .date: (found.content, part) = (.date, .date)
        case .time: (found.content, part) = (.time, .time)
        case .logical: part = .logical
        case .single, .quantity: break
        }
        found.format = variable.kind.rawValue
        found.label = localized(variable.label)
        found.labels = answers(variable.values)
        found.attributes = TripleSCodebook.attributes(variable)
        if variable.use == "weight", variable.kind == .quantity { codebook.weight = variable.name }
        codebook.variables.append(found)
        columns.append(Column(start: variable.start, finish: variable.finish, part: part))
    }

    /// A question with several answers: a column for each answer, or for each of the codes that stand one after the other.
    private mutating func appendSet(_ variable: TripleSDefinition.Variable, file: String) throws(Problem) {
        var names: [String] = []
        func add(_ name: String, _ label: LocalizedText, _ labels: [Answer], _ part: Part) {
            var found = FileVariable(name: name, content: .number)
            if case .code(_, let width, isLiteral: true) = part { (found.content, found.width) = (.text, width) }
            found.label = label
            found.labels = labels
            found.format = variable.kind.rawValue
            found.attributes = TripleSCodebook.attributes(variable)
            codebook.variables.append(found)
            columns.append(Column(start: variable.start, finish: variable.finish, part: part))
            names.append(name)
        }
        let label = localized(variable.label)
        if let spread = variable.spread {
            let answers = answers(variable.values)
            for number in 0..<spread.count {
                add(
                    "\(variable.name)_\(number + 1)", label, answers,
                    .code(start: number * spread.width, width: spread.width, isLiteral: variable.isLiteral))
            }
        } else {
            for (code, text) in try codes(variable, file: file) {
                add("\(variable.name)_\(code)", text, [], .bit(code - 1))
            }
        }
        codebook.sets.append(
            FileResponseSet(
                name: variable.name, label: label, kind: variable.spread == nil ? .dichotomies : .categories,
                variables: names, counted: variable.spread == nil ? "1" : nil))
    }

    /// The codes of a bitstring, each of which is a place in it.
    private func codes(
        _ variable: TripleSDefinition.Variable, file: String
    ) throws(Problem) -> [(code: Int, label: LocalizedText)] {
        var codes: [(code: Int, label: LocalizedText)] = []
        for value in variable.values {
            guard let code = Int(value.code), (1...TripleSCodebook.columnLimit).contains(code) else {
                throw .wrongDefinition(
                    file, variable: variable.name, part: "code", found: value.code,
                    allowed: "1–\(TripleSCodebook.columnLimit)")
            }
            codes.append((code, localized(value.label)))
        }
        if let range = variable.range {
            guard let from = Int(range.from), let to = Int(range.to), from >= 1, from <= to,
                to <= TripleSCodebook.columnLimit
            else {
                throw .wrongDefinition(
                    file, variable: variable.name, part: "range", found: "\(range.from)–\(range.to)",
                    allowed: "1–\(TripleSCodebook.columnLimit)")
            }
            let known = Set(codes.map(\.code))
            codes += (from...to).filter { !known.contains($0) }.map { ($0, .empty) }
            codes.sort { $0.code < $1.code }
        }
        return codes
    }

    // MARK: Texts

    private func localized(_ text: TripleSDefinition.Text) -> LocalizedText {
        var texts: [(language: Language, text: String)] = []
        if !text.own.isEmpty, !text.others.contains(where: { $0.language == language.rawValue && !$0.text.isEmpty }) {
            texts.append((language, text.own))
        }
        for other in text.others where !other.text.isEmpty {
            texts.append((Language(rawValue: other.language), other.text))
        }
        return texts.isEmpty ? .empty : LocalizedText(texts)
    }

    private func answers(_ values: [TripleSDefinition.Value]) -> [Answer] {
        var seen: Set<String> = []
        return values.filter { seen.insert($0.code).inserted }.map { value in
            Answer(code: value.code, label: localized(value.label))
        }
    }

    /// What no other field of a codebook has: the use, the filter, other wordings, scores.
    private static func attributes(_ variable: TripleSDefinition.Variable) -> [(name: String, values: [String])] {
        var found: [(name: String, values: [String])] = []
        if variable.use == "serial" { found.append(("use", ["serial"])) }
        if let filter = variable.filter { found.append(("filter", [filter])) }
        for mode in variable.label.modes where mode.text != variable.label.own {
            let name = ["label", mode.language, mode.mode].filter { !$0.isEmpty }.joined(separator: " ")
            found.append((name, [mode.text]))
        }
        let scores = variable.values.compactMap { value in value.score.map { "\(value.code)=\($0)" } }
        if !scores.isEmpty { found.append(("scores", scores)) }
        return found
    }
}
