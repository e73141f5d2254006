internal import SurveyFormats
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
///       seen: {question: channels, labels: true, separator: ","}
///       $set: media
///     ignore: [start, end]
public struct ColumnMapReader {
    private let reader: YAMLReader
    /// nil where only what the map itself says can be checked.
    private let questionnaire: Questionnaire?

    /// Reads a map for a questionnaire; the map is there only if no error was found.
    ///
    /// Without a questionnaire there is no map, only what is wrong whatever the questions are. Problems stand in the order
    /// of the file.
    public static func read(_ document: YAMLDocument, for questionnaire: Questionnaire?) -> Checked<ColumnMap> {
        let reading = ColumnMapReader(reader: YAMLReader(document), questionnaire: questionnaire)
        let map = reading.map(document)
        let problems = reading.reader.problems.enumerated().sorted {
            ($0.element.place.line ?? 0, $0.element.place.position ?? 0, $0.offset)
                < ($1.element.place.line ?? 0, $1.element.place.position ?? 0, $1.offset)
        }
        return Checked(
            value: reading.reader.isClean && questionnaire != nil ? map : nil, problems: problems.map(\.element))
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
            guard let line = self.line(line) else { continue }
            let entry = entry(line)
            var isTaken = false
            for column in questionnaire == nil ? [line.question] : entry?.target.columns ?? [] where !isTaken {
                if let first = taken[column] {
                    reader.report(
                        .mapSharedQuestion(line.question, first: first, second: line.column), at: line.mark)
                    isTaken = true
                } else {
                    taken[column] = line.column
                }
            }
            if let entry { entries.append(entry) }
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

    /// One line as it is written.
    private struct Line {
        let column: String
        let mark: YAMLMark
        let question: String
        let questionMark: YAMLMark
        var codes: [(text: YAMLEntry, code: String)]?
        var codesMark: YAMLMark?
        var labels: YAMLMark?
        var separator: (text: String, mark: YAMLMark)?
    }

    /// One line: a question in short, or a map with what its cells mean.
    private func line(_ line: YAMLEntry) -> Line? {
        if line.value.scalar != nil {
            return reader.text(line.value).map {
                Line(column: line.key, mark: line.keyMark, question: $0, questionMark: line.value.mark)
            }
        }
        guard let map = reader.map(line.value, keys: ["question", "codes", "labels", "separator"]) else { return nil }
        let node = map.node("question")
        guard let name = node.map(reader.text) ?? line.key else { return nil }
        var found = Line(
            column: line.key, mark: line.keyMark, question: name, questionMark: node?.mark ?? line.keyMark)
        if let node = map.node("codes"), let codes = reader.openMap(node) {
            found.codesMark = node.mark
            found.codes = codes.entries.compactMap { entry in reader.text(entry.value).map { (entry, $0) } }
        }
        if let node = map.node("labels"), reader.bool(node) == true { found.labels = node.mark }
        if let node = map.node("separator"), let text = reader.text(node) {
            if text.isEmpty {
                reader.report(.mapSeparatorInside("", separator: "", of: name), at: node.mark)
            } else {
                found.separator = (text, node.mark)
            }
        }
        return found
    }

    /// What a line says, held against the questionnaire.
    private func entry(_ line: Line) -> ColumnMap.Entry? {
        guard let questionnaire, let target = target(line.question, in: questionnaire, at: line.questionMark) else {
            return nil
        }
        let codes = (line.codes ?? []).map { (text: $0.text.key, code: $0.code) }
        for (text, code) in line.codes ?? [] { check(code, of: target, at: text.value.mark) }
        let labels = line.labels.map { self.labels(of: target, besides: Set(codes.map(\.text)), at: $0) } ?? []
        var entry = ColumnMap.Entry(column: line.column, target: target, codes: codes, labels: labels, mark: line.mark)
        guard case .joined(let question) = target else {
            if let separator = line.separator { reader.report(.mapSeparatorUnused(line.column), at: separator.mark) }
            return entry
        }
        let hasWords = line.labels != nil || !codes.isEmpty
        let words = entry.texts.map(\.text) + question.answers.map(\.code) + question.missing.map(\.code)
        let separator = line.separator?.text ?? (hasWords ? ";" : nil)
        if let separator, let mark = line.separator?.mark ?? line.labels ?? line.codesMark {
            for word in words where word.contains(separator) {
                reader.report(.mapSeparatorInside(word, separator: separator, of: question.id), at: mark)
            }
        }
        entry.separation = line.separator.map { .by(Array($0.text.utf8)) } ?? .found(hasLabels: hasWords)
        return entry
    }

    /// The question, item of a question or roster's question of a name.
    private func target(
        _ name: String, in questionnaire: Questionnaire, at mark: YAMLMark
    ) -> ColumnMap.Target? {
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

    /// Reports a code that is nothing which the question can hold.
    private func check(_ code: String, of target: ColumnMap.Target, at mark: YAMLMark) {
        let question = target.question
        let missing = question.missing.map(\.code)
        if code.isEmpty || missing.contains(code) { return }
        if case .item = target {
            if code != "0", code != "1" {
                reader.report(.mapUnknownCode(code, of: target.name, known: ["0", "1"] + missing), at: mark)
            }
            return
        }
        switch question.type {
        case .single, .scale, .region, .multiple:
            let known = question.answers.map(\.code) + missing
            if !known.contains(code) { reader.report(.mapUnknownCode(code, of: question.id, known: known), at: mark) }
        case .number, .money:
            if NumberText.number(of: code, decimalSign: 0x2E) == nil {
                reader.report(.mapNoValue(code, of: question.id, type: question.type), at: mark)
            }
        case .date:
            if CalendarDate(iso: code) == nil {
                reader.report(.mapNoValue(code, of: question.id, type: question.type), at: mark)
            }
        case .text: break
        }
    }

    /// The labels of the answers and missing codes in every language, each with its code.
    private func labels(
        of target: ColumnMap.Target, besides texts: Set<String>, at mark: YAMLMark
    ) -> [(text: String, code: String)] {
        let question = target.question
        if case .item = target {
            reader.report(.mapNoLabels(target.name), at: mark)
            return []
        }
        guard question.type.isCoded || question.type == .multiple else {
            reader.report(.mapNoLabels(target.name), at: mark)
            return []
        }
        let (found, shared) = question.labels(besides: texts)
        for (text, first, second) in shared {
            reader.report(.mapSharedLabel(text, of: question.id, first: first, second: second), at: mark)
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

    /// A word that would be cut in two.
    static func mapSeparatorInside(_ word: String, separator: String, of question: String) -> Problem {
        Problem(
            "import.map-separator-inside", .input,
            what: "The separator \"\(separator)\" stands inside the word \"\(word)\" of \"\(question)\"",
            place: Place(variable: question),
            why: "cells are cut at each \"\(separator)\", so that a word which holds it is never found",
            fix: "write under \"separator\" what stands between the answers of a cell, and in none of them")
    }

    /// Labels of a question that has none.
    static func mapNoLabels(_ question: String) -> Problem {
        Problem(
            "import.map-no-labels", .input, what: "\"\(question)\" has no labels to look up",
            place: Place(variable: question),
            why: "labels are those of a list of answers; a single item, and values without a list, have none",
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
