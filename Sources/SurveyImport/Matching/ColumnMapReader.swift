public import SurveyProblems
public import SurveySchema
public import SurveyYAML

/// Reads a map of columns from YAML (`saual: map/1`) and reports everything wrong with it at once.
///
///     saual: map/1
///     columns:
///       V12: trust
///       sex: {codes: {Male: 1, Female: 2}}
///       V13: {question: region, labels: true}
///       media_tv: "media[1]"
///     ignore: [start, end]
public struct ColumnMapReader {
    private let reader: YAMLReader
    private let questionnaire: Questionnaire

    /// Reads a map for a questionnaire; the map is there only if no error was found.
    ///
    /// Problems stand in the order of the file.
    public static func read(_ document: YAMLDocument, for questionnaire: Questionnaire) -> Checked<ColumnMap> {
        let reading = ColumnMapReader(reader: YAMLReader(document), questionnaire: questionnaire)
        let map = reading.map(document)
        let problems = reading.reader.problems.enumerated().sorted {
            ($0.element.place.line ?? 0, $0.element.place.position ?? 0, $0.offset)
                < ($1.element.place.line ?? 0, $1.element.place.position ?? 0, $1.offset)
        }
        return Checked(value: reading.reader.isClean ? map : nil, problems: problems.map(\.element))
    }

    private func map(_ document: YAMLDocument) -> ColumnMap? {
        guard let map = reader.openMap(document.root) else { return nil }
        // A file of another kind would only make noise; one that forgot its first line is read on.
        if reader.kind(map, expected: "map", newest: 1) == nil, map.node("saual") != nil { return nil }
        _ = reader.map(document.root, keys: ["saual", "columns", "ignore"])
        guard let node = map.node("columns", required: true), let columns = reader.openMap(node) else { return nil }
        var entries: [ColumnMap.Entry] = []
        var taken: [String: String] = [:]
        for line in columns.entries {
            guard let entry = entry(line) else { continue }
            var isTaken = false
            for column in entry.target.columns where !isTaken {
                if let first = taken[column] {
                    reader.report(
                        .mapSharedQuestion(entry.target.name, first: first, second: line.key), at: line.keyMark)
                    isTaken = true
                } else {
                    taken[column] = line.key
                }
            }
            entries.append(entry)
        }
        var ignored: [(column: String, mark: YAMLMark)] = []
        for item in map.node("ignore").map(reader.list) ?? [] {
            guard let column = reader.text(item) else { continue }
            if columns.entries.contains(where: { $0.key == column }) {
                reader.report(.mapIgnoredAndMapped(column), at: item.mark)
            }
            ignored.append((column, item.mark))
        }
        return ColumnMap(file: document.file, entries: entries, ignored: ignored)
    }

    /// One line: a question in short, or a map with what its cells mean.
    private func entry(_ line: YAMLEntry) -> ColumnMap.Entry? {
        if line.value.scalar != nil {
            guard let name = reader.text(line.value), let target = target(name, at: line.value.mark) else { return nil }
            return ColumnMap.Entry(column: line.key, target: target, texts: [], mark: line.keyMark)
        }
        guard let map = reader.map(line.value, keys: ["question", "codes", "labels"]) else { return nil }
        let node = map.node("question")
        guard let name = node.map(reader.text) ?? line.key,
            let target = target(name, at: node?.mark ?? line.keyMark)
        else { return nil }
        var texts: [(text: String, code: String)] = []
        if let node = map.node("codes") { texts = codes(node, of: target) }
        if let node = map.node("labels"), reader.bool(node) == true {
            texts += labels(of: target, besides: texts, at: node)
        }
        return ColumnMap.Entry(column: line.key, target: target, texts: texts, mark: line.keyMark)
    }

    /// The question, item of a question or roster's question of a name.
    private func target(_ name: String, at mark: YAMLMark) -> ColumnMap.Target? {
        if let question = questionnaire.question(name) {
            return question.type == .multiple ? .joined(question) : .question(question)
        }
        if let (question, code) = questionnaire.item(name) { return .item(question, code) }
        var known = questionnaire.questions.map(\.id)
        for question in questionnaire.questions where question.type == .multiple {
            known += question.answers.map { question.itemColumn($0.code) }
        }
        reader.report(.mapUnknownQuestion(name, known: known), at: mark)
        return nil
    }

    /// What the texts of the cells become; each must be something that the question can hold.
    private func codes(_ node: YAMLNode, of target: ColumnMap.Target) -> [(text: String, code: String)] {
        guard let map = reader.openMap(node) else { return [] }
        if case .joined(let question) = target {
            reader.report(.mapJoinedCodes(question.id), at: node.mark)
            return []
        }
        let question = target.question
        let missing = question.missing.map(\.code)
        var texts: [(text: String, code: String)] = []
        for entry in map.entries {
            guard let code = reader.text(entry.value) else { continue }
            texts.append((entry.key, code))
            if code.isEmpty || missing.contains(code) { continue }
            if case .item = target {
                if code != "0", code != "1" {
                    reader.report(
                        .mapUnknownCode(code, of: target.name, known: ["0", "1"] + missing), at: entry.value.mark)
                }
                continue
            }
            switch question.type {
            case .single, .scale, .region:
                let known = question.answers.map(\.code) + missing
                if !known.contains(code) {
                    reader.report(.mapUnknownCode(code, of: question.id, known: known), at: entry.value.mark)
                }
            case .number, .money:
                if NumberText.number(of: code, decimalSign: 0x2E) == nil {
                    reader.report(.mapNoValue(code, of: question.id, type: question.type), at: entry.value.mark)
                }
            case .date:
                if CalendarDate(iso: code) == nil {
                    reader.report(.mapNoValue(code, of: question.id, type: question.type), at: entry.value.mark)
                }
            case .text, .multiple: break
            }
        }
        return texts
    }

    /// The labels of the answers and missing codes in every language, each with its code.
    private func labels(
        of target: ColumnMap.Target, besides texts: [(text: String, code: String)], at node: YAMLNode
    ) -> [(text: String, code: String)] {
        guard case .question(let question) = target, question.type.isCoded else {
            reader.report(.mapNoLabels(target.name), at: node.mark)
            return []
        }
        var found: [(text: String, code: String)] = []
        let known = question.answers.map { ($0.code, $0.label) } + question.missing.map { ($0.code, $0.label) }
        for (code, label) in known {
            for entry in label.texts where !texts.contains(where: { $0.text == entry.text }) {
                if let other = found.first(where: { $0.text == entry.text }) {
                    guard other.code != code else { continue }
                    reader.report(
                        .mapSharedLabel(entry.text, of: question.id, first: other.code, second: code), at: node.mark)
                } else {
                    found.append((entry.text, code))
                }
            }
        }
        return found
    }
}

extension Problem {
    /// A question that the questionnaire does not have.
    static func mapUnknownQuestion(_ name: String, known: [String]) -> Problem {
        let near = NearestNames.of(name, among: known)
        return Problem(
            "import.map-unknown-question", .input, what: "The questionnaire has no question \"\(name)\"",
            place: Place(variable: name),
            why: "a map leads to ids of questions, or to items such as media[1]; the questionnaire has \(list: known)",
            fix: "write \(list: near.isEmpty ? known : near)")
    }

    /// Two columns for one question.
    static func mapSharedQuestion(_ question: String, first: String, second: String) -> Problem {
        Problem(
            "import.map-shared-question", .input, what: "Two columns are mapped to \"\(question)\"",
            place: Place(variable: question),
            why: "a question is read from one column; found \"\(first)\" and \"\(second)\"",
            fix: "delete one of the two lines, or list that column under \"ignore\"")
    }

    /// A column that is left out and used.
    static func mapIgnoredAndMapped(_ column: String) -> Problem {
        Problem(
            "import.map-ignored-and-mapped", .input,
            what: "\"\(column)\" stands under \"columns\" and under \"ignore\"",
            place: Place(column: column), why: "a column is either read or left out; found both",
            fix: "delete one of the two")
    }

    /// A code that the question does not have.
    static func mapUnknownCode(_ code: String, of question: String, known: [String]) -> Problem {
        Problem(
            "import.map-unknown-code", .input, what: "\"\(code)\" is no answer of \"\(question)\"",
            place: Place(variable: question), why: "a text of the file becomes one of the codes \(list: known)",
            fix: "write one of them, or add the answer to the questionnaire")
    }

    /// A value that a number or date cannot have.
    static func mapNoValue(_ code: String, of question: String, type: QuestionType) -> Problem {
        Problem(
            "import.map-no-value", .input, what: "\"\(code)\" is no value of \"\(question)\"",
            place: Place(variable: question),
            why:
                "a question of the type \(type.rawValue) takes its values, or one of its missing codes; found \"\(code)\"",
            fix: "write a number such as 12.5, a day such as 2026-09-15, or a missing code")
    }

    /// Codes of a column in which several stand in one cell.
    static func mapJoinedCodes(_ question: String) -> Problem {
        Problem(
            "import.map-joined-codes", .input, what: "Codes of \"\(question)\" cannot be mapped in one cell",
            place: Place(variable: question),
            why: "a column that is a whole question with several answers holds its codes with spaces between",
            fix: "map a column for each item, such as media[1], or recode the file")
    }

    /// Labels of a question that has none.
    static func mapNoLabels(_ question: String) -> Problem {
        Problem(
            "import.map-no-labels", .input, what: "\"\(question)\" has no labels to look up",
            place: Place(variable: question), why: "labels are those of a list of answers, of which a row has one",
            fix: "delete \"labels\", or write the texts under \"codes\"")
    }

    /// Two answers that one text names.
    static func mapSharedLabel(_ label: String, of question: String, first: String, second: String) -> Problem {
        Problem(
            "import.map-shared-label", .input, what: "Two answers of \"\(question)\" have the label \"\(label)\"",
            place: Place(variable: question),
            why: "a text must name one answer; found the codes \(first) and \(second)",
            fix: "write under \"codes\" which of them the text means")
    }
}
