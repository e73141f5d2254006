internal import SurveyProblems
internal import SurveyYAML

/// Reads an XLSForm as the YAML of a questionnaire.
///
/// Rows that Saual wrote and nobody changed are taken with what their column `saual` keeps; all others are translated.
/// Whatever has no counterpart is a problem that names it.
struct FormReader {
    let form: FormBook
    var problems: [Problem] = []
    /// Languages by code, with the heading of their columns; an empty heading is a column without language.
    var languages: [(code: String, heading: String)] = []
    var variables: [String: FormVariable] = [:]
    /// Texts that were filled from another language.
    var filledTexts: [String: Int] = [:]
    var derived: [String] = []
    var checks: [String] = []
    /// Answer lists by name: what they are written as, and whether a question names them.
    var lists: [FormList] = []
    /// The list of the questionnaire that each list of the form is a form of, and where it stands.
    var listBases: [String: String] = [:]
    var listOwners: [String: String] = [:]
    var listPositions: [String: Int] = [:]
    /// The id of each row's question, by line.
    var ids: [Int: String] = [:]
    /// The open groups: name, whether they repeat, their condition.
    var groups: [FormGroup] = []
    var leftOut: [String: [String]] = [:]

    struct FormGroup {
        var name: String
        var isRepeat = false
        /// The list that a repeat of a fixed number of times runs over; nil where it cannot be said.
        var items: String?
        var condition: String?
    }

    init(_ form: FormBook) { self.form = form }

    /// The whole file.
    mutating func yaml() -> String {
        readLanguages()
        readLists()
        readVariables()
        let questions = questionTexts()
        reportColumns()
        let settings = form.settings.rows.first
        let extras = extraTexts()
        var text = "saual: questionnaire/1\n"
        let id = settings?["form_id"] ?? ""
        let isID = !id.isEmpty && FormNames.isName("x" + id)
        let title = settings?["form_title"] ?? ""
        text += "id: \(YAMLText.quoted(isID ? id : FormNames.identifier(id.isEmpty ? "form" : id)))\n"
        text +=
            "version: \(YAMLText.quoted(settings?["version"].isEmpty == false ? settings?["version"] ?? "1" : "1"))\n"
        text += "title: \(self.title([title, id].first { !$0.isEmpty } ?? "form", extras["title"]))\n"
        text += "languages: [\(languages.map(\.code).joined(separator: ", "))]\n"
        for key in ["unreviewed", "key"] { if let value = extras[key] { text += "\(key): \(value)\n" } }
        let shared = lists.filter(\.isUsed)
        if !shared.isEmpty {
            text += "\nanswers:\n"
            for list in shared {
                text += "  \(FlowYAML.key(list.name)):\n"
                for answer in list.answers { text += "    \(YAMLText.code(answer.code)): \(answer.label)\n" }
            }
        }
        if let missing = extras["missing"] { text += "\nmissing: \(missing)\n" }
        text += "\nquestions:\n" + questions.joined()
        if questions.isEmpty { text += "  []\n" }
        if !derived.isEmpty { text += "\nderived:\n" + derived.joined() }
        let kept = extras["checks"].map { [String($0.dropFirst().dropLast())] } ?? []
        if !kept.isEmpty || !checks.isEmpty {
            text += "\nchecks: [\((kept + checks).filter { !$0.isEmpty }.joined(separator: ",\n  "))]\n"
        }
        if let versions = extras["versions"] { text += "\nversions: \(versions)\n" }
        for (language, count) in filledTexts.sorted(by: { $0.key < $1.key }) {
            problems.append(.filledTexts(language, count: count))
        }
        for (kind, names) in leftOut.sorted(by: { $0.key < $1.key }) { problems.append(.leftOut(kind, names: names)) }
        if !form.otherSheets.isEmpty { problems.append(.leftOut("sheet", names: form.otherSheets)) }
        return text
    }

    // MARK: Languages and texts

    private mutating func readLanguages() {
        var found: [(code: String, heading: String)] = []
        for column in form.survey.columns + form.choices.columns where column.hasPrefix("label") {
            let heading = column.hasPrefix("label::") ? String(column.dropFirst(7)) : ""
            guard column == "label" || !heading.isEmpty, !found.contains(where: { $0.heading == heading }) else {
                continue
            }
            let preset = form.settings.rows.first?["default_language"] ?? ""
            guard let code = heading.isEmpty ? FormNames.code(preset) ?? "en" : FormNames.code(heading) else {
                problems.append(.unknownLanguage(heading))
                continue
            }
            guard !found.contains(where: { $0.code == code }) else { continue }
            if found.count < FormNames.mostLanguages {
                found.append((code, heading))
            } else {
                leave("language", heading)
            }
        }
        if found.isEmpty { found = [("en", "")] }
        // The order of the questionnaire that the form was made of.
        let order = extraTexts()["languages"].map {
            $0.filter { !"[] \"".contains($0) }.split(separator: ",").map(String.init)
        }
        languages = found.enumerated().sorted { left, right in
            let place = { (code: String) in order?.firstIndex(of: code) ?? Int.max }
            return (place(left.element.code), left.offset) < (place(right.element.code), right.offset)
        }.map(\.element)
    }

    /// A text in every language, as YAML; a language without it gets that of another one, which is counted.
    mutating func localized(_ row: FormBook.Row, _ column: String, fallback: String) -> String {
        let texts = languages.map { row[$0.heading.isEmpty ? column : "\(column)::\($0.heading)"] }
        let plain = row[column]
        let first = texts.first { !$0.isEmpty } ?? (plain.isEmpty ? fallback : plain)
        var parts: [String] = []
        for (language, text) in zip(languages, texts) {
            if text.isEmpty, texts.contains(where: { !$0.isEmpty }) { filledTexts[language.code, default: 0] += 1 }
            parts.append("\(language.code): \(YAMLText.quoted(text.isEmpty ? first : text))")
        }
        return "{\(parts.joined(separator: ", "))}"
    }

    /// The same text in every language.
    func same(_ text: String) -> String {
        "{\(languages.map { "\($0.code): \(YAMLText.quoted(text))" }.joined(separator: ", "))}"
    }

    /// The title in all languages if the form still has it in one of them.
    private func title(_ title: String, _ kept: String?) -> String {
        if let kept, let node = FormReader.tree(kept),
            node.scalar == title || node.map?.contains(where: { $0.value.scalar == title }) == true
        {
            return kept
        }
        return same(title)
    }

    /// What the sheet of ours keeps, by key; long values stand in several rows.
    private func extraTexts() -> [String: String] {
        var texts: [String: String] = [:]
        for row in form.extras.rows where !row["key"].isEmpty { texts[row["key"], default: ""] += row["content"] }
        return texts.filter { FormReader.tree($0.value) != nil }
    }

    /// YAML in a cell; nil if it is none.
    static func tree(_ text: String) -> YAMLNode? {
        guard !text.isEmpty else { return nil }
        do { return try YAMLDocument(parsing: Array(text.utf8), file: "").root } catch { return nil }
    }

    // MARK: What is not taken over

    private mutating func reportColumns() {
        let known: Set = [
            "type", "name", "label", "relevant", "constraint", "constraint_message", "calculation", "choice_filter",
            "repeat_count", "parameters", "saual", "saual_stamp", "disabled",
        ]
        for column in form.survey.columns {
            let first = column.split(separator: ":").first.map(String.init) ?? column
            guard !known.contains(first), form.survey.rows.contains(where: { !$0[column].isEmpty }) else { continue }
            leftOut["column", default: []].append(column)
        }
    }

    mutating func leave(_ kind: String, _ name: String) { leftOut[kind, default: []].append(name) }
}

extension Problem {
    /// A column of labels in a language without a code.
    static func unknownLanguage(_ heading: String) -> Problem {
        Problem(
            "forms.unknown-language", .finding, what: "The language \"\(heading)\" has no code",
            place: Place(detail: heading),
            why:
                "a questionnaire names languages by code, which a form has in brackets, as in \"Қазақша (kk)\"; found \"\(heading)\"",
            fix: "add the code to the heading in the form")
    }

    /// Texts that are not there in a language.
    static func filledTexts(_ language: String, count: Int) -> Problem {
        Problem(
            "forms.filled-texts", .finding, severity: .caution, what: "Texts without a translation: \(count)",
            place: Place(detail: language),
            why:
                "a questionnaire has every text in every language; those without one in \(language) were filled from another language",
            fix: "translate them in the form or in the questionnaire")
    }

    /// What a questionnaire has no place for.
    static func leftOut(_ kind: String, names: [String]) -> Problem {
        Problem(
            "forms.left-out", .finding, severity: .caution, what: "Not taken over (\(kind)): \(names.count)",
            place: Place(detail: kind), why: "a questionnaire has no place for \(list: names)",
            fix: "keep the form beside the questionnaire if they are needed")
    }

    /// An expression without a counterpart.
    static func notTranslated(_ variable: String, part: String, text: String, word: String, line: Int?) -> Problem {
        Problem(
            "forms.not-translated", .finding, what: "\"\(part)\" of \"\(variable)\" is not taken over",
            place: Place(line: line, variable: variable, detail: part),
            why: "expressions of questionnaires have no counterpart of \(word) in \(text)",
            fix: "write it by hand in the questionnaire")
    }

    /// A question whose kind a questionnaire does not have.
    static func otherType(_ variable: String, type: String, line: Int?) -> Problem {
        Problem(
            "forms.other-type", .finding, severity: .caution, what: "\"\(variable)\" is read as text",
            place: Place(line: line, variable: variable),
            why: "questionnaires have no questions of type \(type); its cells are kept as they are",
            fix: "correct the type in the questionnaire if another one fits")
    }

    /// Questions of a repeat of unknown length.
    static func repeatLeftOut(_ name: String, questions: [String], line: Int) -> Problem {
        Problem(
            "forms.repeat-left-out", .finding, what: "The repeat \"\(name)\" is not taken over",
            place: Place(line: line, variable: name),
            why:
                "questionnaires ask a question for each item of a list, and the number of items is not written in repeat_count as a number from 1 to 100; left out are \(list: questions)",
            fix: "write the questions by hand, with \"for each\"")
    }

    /// A part of a roster that was changed by hand.
    static func changedPart(_ name: String, of roster: String, line: Int) -> Problem {
        Problem(
            "forms.changed-part", .finding, what: "The change of \"\(name)\" is not taken over",
            place: Place(line: line, variable: roster),
            why:
                "the row is a part of \"\(roster)\", which is asked once for all items; only a change of all would be one of the questionnaire",
            fix: "change the question in the questionnaire and write the form again")
    }

    /// Two choices of one code, or a list that is not there.
    static func brokenList(_ name: String, code: String, line: Int) -> Problem {
        Problem(
            "forms.broken-list", .finding, what: "The choices \"\(name)\" cannot be used as they are",
            place: Place(line: line, variable: name),
            why: "a question needs choices of different names in the sheet choices; found \"\(code)\"",
            fix: "correct the sheet choices")
    }
}
