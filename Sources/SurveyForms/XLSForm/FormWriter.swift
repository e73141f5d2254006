internal import SurveyProblems
internal import SurveySchema
internal import SurveyYAML

/// Writes a questionnaire as an XLSForm.
///
/// What forms have a place for stands there: types, texts in every language, choices, relevance, constraints,
/// calculations. What they have none for (kinds of missing answers, columns, versions…) is kept in columns and a sheet of
/// our own, `saual`, so that the questionnaire can be read back; each row has a stamp by which a change made by hand is seen.
struct FormWriter {
    private let questionnaire: Questionnaire
    private let document: YAMLDocument
    private let names: [String: String]
    private let path: XPathWriter
    private(set) var problems: [Problem] = []
    private var survey: FormBook.Sheet
    private var choices: FormBook.Sheet
    private var writtenLists: Set<String> = []
    private let headings: [(language: Language, heading: String)]

    init(_ questionnaire: Questionnaire, _ document: YAMLDocument) {
        self.questionnaire = questionnaire
        self.document = document
        names = FormWriter.names(of: questionnaire)
        path = XPathWriter(questionnaire: questionnaire, names: names)
        headings = questionnaire.languages.map { ($0, FormNames.heading($0.rawValue)) }
        survey = FormBook.Sheet(
            columns: ["type", "name"] + headings.map { "label::\($0.heading)" } + ["relevant", "constraint"]
                + headings.map { "constraint_message::\($0.heading)" } + ["calculation", "saual", "saual_stamp"])
        choices = FormBook.Sheet(
            columns: ["list_name", "name"] + headings.map { "label::\($0.heading)" } + ["saual", "saual_list"])
    }

    /// The form, and what it cannot say to the people in the field.
    mutating func book() -> FormBook {
        for entry in document.root["answers"]?.map ?? [] { writeList(entry.key, codes: entry.value) }
        for node in document.root["questions"]?.list ?? [] {
            guard let entries = node.map, let id = node["id"]?.scalar else { continue }
            if let roster = questionnaire.roster(id) {
                writeRoster(roster, entries)
            } else if let question = questionnaire.question(id) {
                writeQuestion(question, entries)
            }
        }
        for variable in questionnaire.derived { writeDerived(variable) }
        var settings = FormBook.Sheet(columns: ["form_title", "form_id", "version", "default_language"])
        settings.append([
            "form_title": questionnaire.title.texts.first?.text ?? questionnaire.id, "form_id": questionnaire.id,
            "version": questionnaire.version, "default_language": headings.first?.heading ?? "",
        ])
        var extras = FormBook.Sheet(columns: ["key", "content"])
        for key in ["title", "languages", "unreviewed", "key", "missing", "checks", "versions"] {
            guard let node = document.root[key] else { continue }
            var rest = Substring(FlowYAML.text(node))
            while !rest.isEmpty {
                extras.append(["key": key, "content": String(rest.prefix(FormWriter.pieceLength))])
                rest = rest.dropFirst(FormWriter.pieceLength)
            }
        }
        return FormBook(file: document.file, survey: survey, choices: choices, settings: settings, extras: extras)
    }

    /// Signs of a long text that stand in one cell.
    private static let pieceLength = 15_000

    // MARK: Questions

    private mutating func writeQuestion(_ question: Question, _ entries: [YAMLEntry]) {
        var extras = entries.filter {
            !["id", "text"].contains($0.key) && !($0.key == "answers" && $0.value.map != nil)
        }
        let name = names[question.id] ?? question.id
        if name != question.id { extras.insert(scalar("id", question.id), at: 0) }
        if !entries.contains(where: { $0.key == "text" }) { extras.append(scalar("no text", "true")) }
        if let variants = question.variants {
            for variant in variants.variants {
                guard let by = path.reference(variants.by), let code = path.literal(variant.code) else { continue }
                survey.append(
                    stamped(
                        ["type": "note", "name": "\(name)_text_\(FormNames.identifier(variant.code))"]
                            .merging(labels("label", variant.text)) { $1 }.merging(["relevant": "\(by) = \(code)"]) {
                                $1
                            },
                        "{part of: \(question.id)}"))
            }
        }
        let shared = entries.first { $0.key == "answers" }?.value.scalar
        survey.append(stamped(row(question, name, list: shared), "{\(FlowYAML.entries(extras))}"))
    }

    private mutating func writeRoster(_ roster: Roster, _ entries: [YAMLEntry]) {
        let extras = entries.filter {
            !["id", "text"].contains($0.key) && !($0.key == "answers" && $0.value.map != nil)
        }
        let name = names[roster.id] ?? roster.id
        let id = name == roster.id ? [] : [scalar("id", roster.id)]
        survey.append(
            stamped(
                ["type": "begin_group", "name": name].merging(labels("label", roster.text)) { $1 },
                "{\(FlowYAML.entries(id + extras))}"))
        let shared = entries.first { $0.key == "answers" }?.value.scalar
        for item in roster.items {
            guard let question = questionnaire.question(roster.name(of: item.code)) else { continue }
            survey.append(
                stamped(
                    row(question, names[question.id] ?? question.id, list: shared ?? inlineList(roster.id)),
                    "{part of: \(roster.id), id: \(YAMLText.quoted(question.id))}"))
        }
        survey.append(["type": "end_group"])
    }

    private mutating func row(_ question: Question, _ name: String, list: String?) -> [String: String] {
        var cells = ["name": name].merging(labels("label", question.text)) { $1 }
        switch question.type {
        case .single, .scale, .region: cells["type"] = "select_one \(writeList(of: question, shared: list))"
        case .multiple: cells["type"] = "select_multiple \(writeList(of: question, shared: list))"
        case .number, .money: cells["type"] = "decimal"
        case .date: cells["type"] = "date"
        case .text: cells["type"] = "text"
        }
        if let when = question.when {
            if let relevant = path.condition(when.root) {
                cells["relevant"] = relevant
            } else {
                problems.append(.notInForm(question.id, part: "when", text: when.source, line: question.line))
            }
        }
        let parts = constraints(of: question)
        var texts = parts
        for check in questionnaire.checks where lastQuestion(of: check) == question.id {
            guard let rule = path.condition(.not(check.rule.root)) else {
                problems.append(.notInForm(check.id, part: "rule", text: check.rule.source, line: check.line))
                continue
            }
            texts.append("not(\(rule.replacing("${\(name)}", with: ".")))")
            for (language, heading) in headings {
                guard let words = check.text[language] else { continue }
                let key = "constraint_message::\(heading)"
                cells[key] = cells[key].map { "\($0) / \(words)" } ?? words
            }
        }
        if texts.count == 1 {
            cells["constraint"] = texts[0]
        } else if !texts.isEmpty {
            cells["constraint"] = texts.map { "(\($0))" }.joined(separator: " and ")
        }
        if question.sensitive != nil {
            problems.append(.keptBeside(question.id, part: "sensitive", line: question.line))
        }
        return cells
    }

    /// What an answer must be, where `.` is the answer.
    private func constraints(of question: Question) -> [String] {
        let codes = question.missing.compactMap { path.literal($0.code) }
        switch question.type {
        case .number, .money:
            var ranges: [String] = []
            if let range = limits(question.range) { ranges = [range] }
            if let variants = question.variants, let by = path.reference(variants.by) {
                ranges = variants.variants.compactMap { variant in
                    guard let code = path.literal(variant.code) else { return nil }
                    return "(\(by) = \(code)" + (limits(variant.range).map { " and \($0)" } ?? "") + ")"
                }
                if variants.variants.allSatisfy({ limits($0.range) == nil }) { ranges = [] }
            }
            guard !ranges.isEmpty else { return [] }
            return [(ranges + codes.map { ". = \($0)" }).joined(separator: " or ")]
        case .multiple:
            let alone = question.exclusive.compactMap { path.literal($0) } + codes
            return alone.map { "not(selected(., \($0))) or count-selected(.) = 1" }
                + (question.most.map { ["count-selected(.) <= \($0)"] } ?? [])
        default: return []
        }
    }

    private func limits(_ range: (least: Double?, greatest: Double?)) -> String? {
        let parts = [
            range.least.map { ". >= \(JSONText.shortest($0))" }, range.greatest.map { ". <= \(JSONText.shortest($0))" },
        ].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: " and ")
    }

    /// The question at which a rule can be held: the last one that it names.
    private func lastQuestion(of check: ConsistencyCheck) -> String? {
        var needed: Set<String> = []
        for name in check.rule.names {
            let derived = questionnaire.derivedVariables(for: [name]).flatMap(\.names)
            for name in [name] + derived { needed.insert(questionnaire.item(name)?.question.id ?? name) }
        }
        return questionnaire.questions.last { needed.contains($0.id) }?.id
    }

    // MARK: Derived variables

    private mutating func writeDerived(_ variable: DerivedVariable) {
        guard let node = document.root["derived"]?[variable.id], let entries = node.map else { return }
        let calculation = calculation(of: variable)
        if calculation == nil {
            problems.append(.notInForm(variable.id, part: "derived", text: FlowYAML.text(node), line: variable.line))
        }
        survey.append(
            stamped(
                ["type": "calculate", "name": names[variable.id] ?? variable.id, "calculation": calculation ?? "''"],
                "{derived: \(variable.id), \(FlowYAML.entries(entries))}"))
    }

    private func calculation(of variable: DerivedVariable) -> String? {
        switch variable.definition {
        case .cut(let name, let limits):
            guard let reference = path.reference(name), let known = path.condition(.answered(name)) else { return nil }
            var text = variable.answers.last.flatMap { path.literal($0.code) } ?? "''"
            for (limit, answer) in zip(limits, variable.answers).reversed() {
                guard let code = path.literal(answer.code) else { return nil }
                text = "if(\(reference) < \(JSONText.shortest(limit)), \(code), \(text))"
            }
            return "if(\(known), \(text), '')"
        case .cases(let rules):
            var text = "''"
            for rule in rules.reversed() {
                guard let condition = path.condition(rule.condition.root), let code = path.literal(rule.answer) else {
                    return nil
                }
                text = "if(\(condition), \(code), \(text))"
            }
            return text
        case .number(let expression):
            guard let number = path.number(expression.root) else { return nil }
            let needed = number.names.compactMap { path.condition(.answered($0)) }
            guard needed.count == number.names.count else { return nil }
            return needed.isEmpty ? number.text : "if(\(needed.joined(separator: " and ")), \(number.text), '')"
        }
    }

    // MARK: Choices

    private mutating func writeList(_ name: String, codes node: YAMLNode) {
        guard writtenLists.insert(name).inserted else { return }
        for entry in node.map ?? [] {
            var cells = ["list_name": name, "name": entry.key, "saual_list": name]
            for (language, heading) in headings {
                cells["label::\(heading)"] = entry.value.scalar ?? entry.value[language.rawValue]?.scalar ?? ""
            }
            choices.append(cells)
        }
    }

    /// The list of a question with its missing codes, which must be there to be chosen; its name.
    private mutating func writeList(of question: Question, shared: String?) -> String {
        let base = shared ?? inlineList(question.id)
        let suffix = question.missing.map { "_" + FormNames.identifier($0.code).replacing("__", with: "_") }.joined()
        let name = suffix.isEmpty ? base : base + suffix
        guard writtenLists.insert(name).inserted else { return name }
        for answer in question.answers {
            choices.append(
                ["list_name": name, "name": answer.code, "saual_list": base].merging(labels("label", answer.label)) {
                    $1
                })
        }
        for code in question.missing {
            choices.append(
                [
                    "list_name": name, "name": code.code, "saual_list": base,
                    "saual": "{kind: \(questionnaire.name(of: code.kind))}",
                ].merging(labels("label", code.label)) { $1 })
        }
        return name
    }

    /// The name of a list that a question has for itself; shared lists may have its id.
    private func inlineList(_ id: String) -> String { document.root["answers"]?[id] == nil ? id : id + "_answers" }

    // MARK: Cells

    private func labels(_ column: String, _ text: LocalizedText) -> [String: String] {
        Dictionary(
            headings.compactMap { language, heading in text[language].map { ("\(column)::\(heading)", $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    private func stamped(_ cells: [String: String], _ extras: String) -> [String: String] {
        var cells = cells
        cells["saual"] = extras
        cells["saual_stamp"] = FormStamp.of(cells)
        return cells
    }

    private func scalar(_ key: String, _ text: String) -> YAMLEntry {
        let mark = YAMLMark(line: 0, position: 0)
        return YAMLEntry(
            key: key, keyMark: mark, value: YAMLNode(content: .scalar(text, isQuoted: false), mark: mark))
    }

    /// A name for each question, group and derived variable: that of its column where there is one, so that the data of the
    /// form is read by the same questionnaire.
    private static func names(of questionnaire: Questionnaire) -> [String: String] {
        var names: [String: String] = [:]
        var taken: Set<String> = []
        func take(_ id: String, _ wanted: String) {
            var name = FormNames.isName(wanted) ? wanted : FormNames.identifier(id)
            while !taken.insert(name.lowercased()).inserted { name += "_" }
            names[id] = name
        }
        for question in questionnaire.questions {
            let column = question.type == .multiple ? question.id : question.columns.first ?? question.id
            take(question.id, column)
        }
        for roster in questionnaire.rosters { take(roster.id, roster.id) }
        for variable in questionnaire.derived { take(variable.id, variable.id) }
        return names
    }
}

/// A short hash over the cells that Saual wrote, by which a change made by hand is seen (FNV-1a, 32 bits).
enum FormStamp {
    static func of(_ cells: [String: String]) -> String {
        var hash: UInt32 = 2_166_136_261
        for name in ["type", "name", "relevant", "constraint", "calculation", "saual"] {
            for byte in (cells[name] ?? "").utf8 + [0] { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}

extension Problem {
    /// Something that a form cannot do; it is kept in the sheet for reading back.
    static func notInForm(_ variable: String, part: String, text: String, line: Int) -> Problem {
        Problem(
            "forms.not-in-form", .finding, what: "The form cannot do \"\(part)\" of \"\(variable)\"",
            place: Place(line: line, variable: variable, detail: part),
            why: "forms have no counterpart of \(text); it is kept for Saual alone",
            fix: "tell the field how to deal with it, or write it another way")
    }

    /// Something that the field need not know; it is kept.
    static func keptBeside(_ variable: String, part: String, line: Int) -> Problem {
        Problem(
            "forms.kept-beside", .finding, severity: .caution,
            what: "The form does not show \"\(part)\" of \"\(variable)\"",
            place: Place(line: line, variable: variable, detail: part),
            why: "forms have no place for \(part); it stands in the column \"saual\" and is read back from there",
            fix: "keep this column when the form is edited")
    }
}
