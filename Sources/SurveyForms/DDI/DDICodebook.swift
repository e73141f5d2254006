internal import SurveyFormats
public import SurveyProblems
public import SurveySchema
internal import SurveyYAML

/// Questionnaires as DDI Codebook 2.5, the description of data that archives keep.
public enum DDICodebook {
    /// The codebook of a questionnaire.
    ///
    /// A variable for each column: labels and question texts in every language, answers, missing codes with their kind,
    /// ranges, routing as universe; a group of variables for each multiple question. What archives have no place for
    /// (derived variables, checks, versions) is named.
    public static func codebook(of questionnaire: Questionnaire) -> (xml: String, problems: [Problem]) {
        var xml = XMLText()
        xml.begin(
            "codeBook",
            [
                ("xmlns", "ddi:codebook:2_5"), ("version", "2.5"),
                ("xml:lang", questionnaire.languages.first?.rawValue ?? "en"),
            ])
        xml.begin("stdyDscr")
        xml.begin("citation")
        xml.begin("titlStmt")
        for (position, title) in questionnaire.title.texts.enumerated() {
            xml.element(position == 0 ? "titl" : "parTitl", [("xml:lang", title.language.rawValue)], title.text)
        }
        xml.element("IDNo", [], questionnaire.id)
        xml.end()
        xml.begin("verStmt")
        xml.element("version", [], questionnaire.version)
        xml.end()
        xml.end()
        xml.end()
        xml.begin("dataDscr")
        var number = 0
        var variables: [(id: String, question: Question, column: String, item: Answer?)] = []
        for question in questionnaire.questions {
            let items: [Answer?] = question.type == .multiple ? question.answers.map { $0 } : [nil]
            for (column, item) in zip(question.columns, items) {
                number += 1
                variables.append(("V\(number)", question, column, item))
            }
        }
        for question in questionnaire.questions where question.type == .multiple {
            let members = variables.filter { $0.question.id == question.id }.map(\.id).joined(separator: " ")
            xml.begin(
                "varGrp",
                [("ID", "G_" + question.id), ("type", "multipleResp"), ("var", members), ("name", question.id)])
            labels("labl", question.text, &xml)
            xml.end()
        }
        for variable in variables { write(variable, of: questionnaire, &xml) }
        xml.end()
        xml.end()
        let kept = [
            ("derived", questionnaire.derived.map(\.id)), ("checks", questionnaire.checks.map(\.id)),
            ("versions", questionnaire.versions.map(\.version)),
        ]
        return (xml.text, kept.filter { !$0.1.isEmpty }.map { .notInCodebook($0.0, names: $0.1) })
    }

    private static func write(
        _ variable: (id: String, question: Question, column: String, item: Answer?), of questionnaire: Questionnaire,
        _ xml: inout XMLText
    ) {
        let question = variable.question
        let isNumber = question.type == .number || question.type == .money
        xml.begin(
            "var", [("ID", variable.id), ("name", variable.column), ("intrvl", isNumber ? "contin" : "discrete")])
        labels("labl", variable.item?.label ?? question.text, &xml)
        if question.isPrivate { xml.element("security", [], "private") }
        xml.begin("qstn")
        labels("qstnLit", question.text, &xml)
        xml.end()
        if question.range.least != nil || question.range.greatest != nil {
            xml.begin("valrng")
            xml.element(
                "range",
                [
                    question.range.least.map { ("min", JSONText.shortest($0)) },
                    question.range.greatest.map { ("max", JSONText.shortest($0)) },
                ].compactMap { $0 })
            xml.end()
        }
        if !question.missing.isEmpty {
            xml.begin("invalrng")
            for code in question.missing { xml.element("item", [("VALUE", code.code)]) }
            xml.end()
        }
        if let when = question.when { xml.element("universe", [], when.source) }
        let ticks = [(code: "1", label: LocalizedText.empty), (code: "0", label: LocalizedText.empty)]
        let answers = variable.item == nil ? question.answers.map { (code: $0.code, label: $0.label) } : ticks
        for answer in answers {
            xml.begin("catgry")
            xml.element("catValu", [], answer.code)
            labels("labl", answer.label, &xml)
            xml.end()
        }
        for code in question.missing {
            xml.begin("catgry", [("missing", "Y"), ("missType", questionnaire.name(of: code.kind))])
            xml.element("catValu", [], code.code)
            labels("labl", code.label, &xml)
            xml.end()
        }
        let isText = question.type == .text || question.type == .region || question.type == .date
        xml.element(
            "varFormat",
            [("type", isText ? "character" : "numeric"), ("schema", "other")]
                + (question.type == .date ? [("category", "date")] : [])
                + (question.type == .money ? [("category", "currency")] : []), question.type.rawValue)
        xml.end()
    }

    private static func labels(_ name: String, _ text: LocalizedText, _ xml: inout XMLText) {
        for entry in text.texts { xml.element(name, [("xml:lang", entry.language.rawValue)], entry.text) }
    }

    /// The YAML of the questionnaire that a codebook describes, and what it does not say.
    ///
    /// - Throws: ``Problem`` `forms.no-codebook` if the file has no variables, and those of XML.
    public static func questionnaire(
        of bytes: [UInt8], file: String
    ) throws(Problem) -> (yaml: String, problems: [Problem]) {
        let root = try XMLTree.root(of: bytes, part: file, file: file)
        guard root.name == "codeBook", let data = root.child("dataDscr"), !data.children("var").isEmpty else {
            throw .noCodebook(file)
        }
        var reader = DDIReader(root, data)
        let yaml = reader.yaml()
        return (yaml, reader.problems.map { $0.placed(file: file) })
    }
}

/// Reads the variables of a codebook as questions.
private struct DDIReader {
    let root: XMLElement
    let data: XMLElement
    var problems: [Problem] = []
    private let languages: [String]
    private let preset: String
    private var ids = FormIDs()
    private let variables: [XMLElement]
    /// Where each variable with an `ID` stands among them.
    private let positions: [String: Int]

    init(_ root: XMLElement, _ data: XMLElement) {
        self.root = root
        self.data = data
        let preset = FormNames.code(root["lang"] ?? "") ?? "en"
        self.preset = preset
        let variables = data.children("var")
        self.variables = variables
        positions = Dictionary(
            variables.enumerated().compactMap { position, variable in variable["ID"].map { ($0, position) } },
            uniquingKeysWith: { first, _ in first })
        var found: [String] = []
        var seen: Set<String> = []
        func look(_ element: XMLElement) {
            for child in element.children where ["labl", "qstnLit", "titl", "parTitl"].contains(child.name) {
                let code = child["lang"].flatMap { FormNames.code($0) } ?? preset
                if seen.insert(code).inserted { found.append(code) }
            }
        }
        let title = root.child("stdyDscr")?.child("citation")?.child("titlStmt")
        for element in [title].compactMap({ $0 }) + data.children("varGrp") + variables {
            look(element)
            for part in element.children where part.name == "qstn" || part.name == "catgry" { look(part) }
        }
        languages = found.isEmpty ? ["en"] : Array(found.prefix(FormNames.mostLanguages))
        let others = Array(found.dropFirst(FormNames.mostLanguages))
        if !others.isEmpty { problems.append(.leftOut("language", names: others)) }
    }

    mutating func yaml() -> String {
        let citation = root.child("stdyDscr")?.child("citation")
        let title = citation?.child("titlStmt")
        let id = title?.child("IDNo")?.text ?? ""
        let isID = !id.isEmpty && FormNames.isName("x" + id)
        let titles = (title?.children("titl") ?? []) + (title?.children("parTitl") ?? [])
        var text = "saual: questionnaire/1\n"
        text += "id: \(YAMLText.quoted(isID ? id : FormNames.identifier(id.isEmpty ? "codebook" : id)))\n"
        let version = FormBook.trimmed(citation?.child("verStmt")?.child("version")?.text ?? "")
        text += "version: \(YAMLText.quoted(version.isEmpty ? "1" : version))\n"
        text += "title: \(localized(titles, fallback: id.isEmpty ? "codebook" : id))\n"
        text += "languages: [\(languages.joined(separator: ", "))]\n\nquestions:\n"
        var members: [String: XMLElement] = [:]
        for group in data.children("varGrp") where group["type"] == "multipleResp" {
            for id in (group["var"] ?? "").split(separator: " ") { members[String(id)] = group }
        }
        var written: Set<String> = []
        for variable in variables {
            if let group = variable["ID"].flatMap({ members[$0] }) {
                guard let id = group["ID"], written.insert(id).inserted else { continue }
                let own = Set((group["var"] ?? "").split(separator: " ").compactMap { positions[String($0)] })
                text += multiple(group, own.sorted().map { variables[$0] })
            } else {
                text += question(variable)
            }
        }
        return text
    }

    private mutating func question(_ variable: XMLElement) -> String {
        let name = variable["name"] ?? variable["ID"] ?? ""
        let id = ids.id(of: name)
        var text = "  - id: \(FlowYAML.key(id))\n"
        if id != name { text += "    column: \(YAMLText.quoted(name))\n" }
        let wording = variable.child("qstn")?.children("qstnLit") ?? []
        text += "    text: \(localized(wording.isEmpty ? variable.children("labl") : wording, fallback: name))\n"
        let categories = variable.children("catgry").filter { !code($0).isEmpty }
        let answers = categories.filter { $0["missing"] != "Y" }
        let format = variable.child("varFormat")
        let own = QuestionType(rawValue: FormBook.trimmed(format?.text ?? ""))
        let type: String
        if let own, own.isCoded == !answers.isEmpty, own != .multiple {
            type = own.rawValue
        } else if format?["category"] == "date" {
            type = "date"
        } else if variable["intrvl"] == "contin" || answers.isEmpty && format?["type"] != "character" {
            type = "number"
        } else {
            type = answers.isEmpty ? "text" : "single"
        }
        text += "    type: \(type)\n"
        if ["single", "scale", "region"].contains(type) {
            text += "    answers:\n"
            for answer in answers { text += "      \(YAMLText.code(code(answer))): \(label(answer))\n" }
        }
        if type == "number" || type == "money", let range = variable.child("valrng")?.child("range") {
            let limits = [range["min"], range["max"]].map { $0.flatMap { Double($0) == nil ? nil : $0 } ?? "null" }
            if limits != ["null", "null"] { text += "    range: [\(limits.joined(separator: ", "))]\n" }
        }
        text += missing(variable, name: id)
        return text + rest(variable, id)
    }

    private mutating func multiple(_ group: XMLElement, _ variables: [XMLElement]) -> String {
        let name = group["name"] ?? group["ID"] ?? ""
        let id = ids.id(of: name)
        var text = "  - id: \(FlowYAML.key(id))\n    text: \(localized(group.children("labl"), fallback: name))\n"
        text += "    type: multiple\n    answers:\n"
        var columns: [String] = []
        for variable in variables {
            let column = variable["name"] ?? ""
            let code = column.hasPrefix(name + "_") ? String(column.dropFirst(name.utf8.count + 1)) : column
            text += "      \(YAMLText.code(code)): \(localized(variable.children("labl"), fallback: column))\n"
            columns.append(YAMLText.quoted(column))
        }
        text += "    columns: [\(columns.joined(separator: ", "))]\n"
        guard let first = variables.first else { return text }
        return text + missing(first, name: id) + rest(first, id)
    }

    /// Missing codes; a kind that is not named as ours is no answer.
    private func missing(_ variable: XMLElement, name: String) -> String {
        var entries: [String] = []
        let named = MissingKind.named.map(\.name).filter { !["not-asked", "not-in-wave"].contains($0) }
        for category in variable.children("catgry") where category["missing"] == "Y" && !code(category).isEmpty {
            let kind = category["missType"] ?? ""
            let known = named.contains(kind) || FormNames.isName(kind) && kind.lowercased() == kind ? kind : "no-answer"
            entries.append("\(YAMLText.code(code(category))): {kind: \(known), label: \(label(category))}")
        }
        return entries.isEmpty ? "" : "    missing: {\(entries.joined(separator: ", "))}\n"
    }

    /// What a variable says beside: private ones stay so, and a universe is words for people.
    private mutating func rest(_ variable: XMLElement, _ id: String) -> String {
        if let universe = variable.child("universe"), !FormBook.trimmed(universe.text).isEmpty {
            problems.append(
                .notTranslated(id, part: "universe", text: FormBook.trimmed(universe.text), word: "universe", line: nil)
            )
        }
        return variable.child("security") == nil ? "" : "    private: true\n"
    }

    private func code(_ category: XMLElement) -> String { FormBook.trimmed(category.child("catValu")?.text ?? "") }

    private func label(_ category: XMLElement) -> String {
        localized(category.children("labl"), fallback: code(category))
    }

    private func localized(_ elements: [XMLElement], fallback: String) -> String {
        let texts = elements.map { ($0["lang"].flatMap { FormNames.code($0) } ?? preset, FormBook.trimmed($0.text)) }
            .filter { !$0.1.isEmpty }
        let parts = languages.map { language in
            let text = texts.first { $0.0 == language }?.1 ?? texts.first?.1 ?? fallback
            return "\(language): \(YAMLText.quoted(text))"
        }
        return "{\(parts.joined(separator: ", "))}"
    }
}

extension Problem {
    /// What a codebook has no place for.
    static func notInCodebook(_ part: String, names: [String]) -> Problem {
        Problem(
            "forms.not-in-codebook", .finding, severity: .caution, what: "The codebook does not have \"\(part)\"",
            place: Place(detail: part),
            why: "a DDI codebook describes the variables of a file; left out are \(list: names)",
            fix: "keep the questionnaire beside the codebook")
    }

    /// XML that describes no variables.
    static func noCodebook(_ file: String) -> Problem {
        Problem(
            "forms.no-codebook", .input, what: "\"\(file)\" is no codebook of variables", place: Place(file: file),
            why: "a DDI codebook has codeBook, dataDscr and a var for each variable; they were not found",
            fix: "name a DDI Codebook of version 2")
    }
}
