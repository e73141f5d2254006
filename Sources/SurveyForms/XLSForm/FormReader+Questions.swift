internal import SurveyProblems
internal import SurveyYAML

/// The type of a row in its parts.
struct FormType {
    let word: String
    let list: String
    let hasOther: Bool

    init(_ text: String) {
        var words = text.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
        let lowered = text.lowercased()
        hasOther = lowered.hasSuffix(" or_other") || lowered.hasSuffix(" or specify other")
        for phrase in [["or_other"], ["or", "specify", "other"]] where words.suffix(phrase.count) == phrase[...] {
            words.removeLast(phrase.count)
        }
        var first = words.first?.lowercased() ?? ""
        var rest = Array(words.dropFirst())
        // Spellings of the past: "select one from x", "select all that apply from x", "begin group".
        let joined = words.joined(separator: " ").lowercased()
        for (phrase, word) in [
            ("select one from", "select_one"), ("select one", "select_one"),
            ("select all that apply from", "select_multiple"), ("select multiple from", "select_multiple"),
            ("select multiple", "select_multiple"), ("begin group", "begin_group"), ("end group", "end_group"),
            ("begin repeat", "begin_repeat"), ("end repeat", "end_repeat"),
        ] where joined == phrase || joined.hasPrefix(phrase + " ") {
            first = word
            rest = Array(words.dropFirst(phrase.split(separator: " ").count))
            break
        }
        word = ["int": "integer", "string": "text", "date_time": "datetime"][first] ?? first
        list = rest.joined(separator: " ")
    }
}

extension FormReader {
    /// What Saual keeps beside a row; nil if there is nothing or the row was changed.
    private func kept(_ row: FormBook.Row) -> YAMLNode? {
        guard !row["saual"].isEmpty, row["saual_stamp"] == FormStamp.of(row.cells) else { return nil }
        return FormReader.tree(row["saual"])
    }

    // MARK: Names

    mutating func readVariables() {
        var taken: Set<String> = []
        var open: [(name: String, isRepeat: Bool)] = []
        for row in form.survey.rows {
            let type = FormType(row["type"])
            switch type.word {
            case "begin_group", "begin_repeat": open.append((row["name"], type.word == "begin_repeat"))
            case "end_group", "end_repeat": _ = open.popLast()
            default: break
            }
            let name = row["name"]
            guard !name.isEmpty, row["disabled"].lowercased() != "yes" else { continue }
            let node = kept(row) ?? FormReader.tree(row["saual"])
            if let part = node?["part of"]?.scalar {
                guard let id = node?["id"]?.scalar, let kind = kind(of: type, row) else { continue }
                variables[name] = FormVariable(id: id, kind: kind, codes: codes(type), group: nil)
                ids[row.line] = part
                continue
            }
            var id = node?["derived"]?.scalar ?? node?["id"]?.scalar ?? FormNames.identifier(name)
            while !taken.insert(id).inserted { id += "_" }
            ids[row.line] = id
            guard let kind = kind(of: type, row), variables[name] == nil else { continue }
            variables[name] = FormVariable(
                id: id, kind: kind, codes: kind == .derived ? literals(row["calculation"]) : codes(type),
                group: open.last { $0.isRepeat }?.name)
        }
    }

    private func codes(_ type: FormType) -> [String] {
        if type.word == "acknowledge" || type.word == "trigger" { return ["OK"] }
        return (list(type.list)?.answers.map(\.code) ?? []) + (type.hasOther ? ["other"] : [])
    }

    private func kind(of type: FormType, _ row: FormBook.Row) -> FormVariable.Kind? {
        switch type.word {
        case "select_one", "acknowledge", "trigger": .single
        case "select_multiple": .multiple
        case "integer", "decimal", "range": .number
        case "date", "today": .date
        case "calculate": .derived
        case "begin_group", "end_group", "begin_repeat", "end_repeat", "note", "": nil
        default: .text
        }
    }

    private func literals(_ calculation: String) -> [String] {
        var codes: [String] = []
        for case .text(let text) in XPathToken.all(of: calculation) ?? [] where !text.isEmpty && !codes.contains(text) {
            codes.append(text)
        }
        return codes
    }

    private func lookup(_ group: String?) -> (String) -> FormVariable? {
        let variables = variables
        return { name in
            guard let variable = variables[name], variable.group == nil || variable.group == group else { return nil }
            return variable
        }
    }

    private var openRepeat: FormGroup? { groups.last { $0.isRepeat } }

    // MARK: Rows

    mutating func questionTexts() -> [String] {
        var texts: [String] = []
        var lost: (name: String, line: Int, questions: [String])?
        for row in form.survey.rows {
            let type = FormType(row["type"])
            guard !type.word.isEmpty else { continue }
            if row["disabled"].lowercased() == "yes" {
                leave("disabled", row["name"])
                continue
            }
            switch type.word {
            case "begin_group", "begin_repeat":
                if type.word == "begin_group", let node = kept(row), node["for each"] != nil {
                    texts.append(keptQuestion(row, node, type))
                    groups.append(FormGroup(name: row["name"]))
                    continue
                }
                var group = FormGroup(name: row["name"], isRepeat: type.word == "begin_repeat")
                if !row["relevant"].isEmpty { group.condition = condition(row, of: row["name"]) }
                if group.isRepeat {
                    if openRepeat == nil, let count = Int(row["repeat_count"]), (1...100).contains(count) {
                        group.items = addItems(row["name"], count)
                    } else if lost == nil {
                        lost = (row["name"], row.line, [])
                    }
                }
                groups.append(group)
            case "end_group", "end_repeat":
                let closed = groups.popLast()
                if let found = lost, closed?.name == found.name {
                    problems.append(.repeatLeftOut(found.name, questions: found.questions, line: found.line))
                    lost = nil
                }
            case _ where lost != nil: lost?.questions.append(row["name"])
            default: texts += question(row, type)
            }
        }
        if let lost { problems.append(.repeatLeftOut(lost.name, questions: lost.questions, line: lost.line)) }
        return texts
    }

    private mutating func addItems(_ name: String, _ count: Int) -> String {
        var list = FormNames.identifier(name) + "_items"
        while lists.contains(where: { $0.name == list }) { list += "_" }
        lists.append(FormList(name: list, answers: (1...count).map { (String($0), same(String($0))) }))
        return list
    }

    private mutating func question(_ row: FormBook.Row, _ type: FormType) -> [String] {
        let name = row["name"]
        if let node = kept(row) {
            if node["part of"] != nil { return [] }
            if let id = node["derived"]?.scalar {
                let entries = (node.map ?? []).filter { $0.key != "derived" }
                derived.append("  \(FlowYAML.key(id)): {\(FlowYAML.entries(entries))}\n")
                return []
            }
            return [keptQuestion(row, node, type)]
        }
        let node = FormReader.tree(row["saual"])
        if let roster = node?["part of"]?.scalar {
            problems.append(.changedPart(name, of: roster, line: row.line))
            return []
        }
        switch type.word {
        case "note":
            leave("note", name)
            return []
        case "calculate": return calculation(row)
        case "audit", "xml-external", "csv-external", "simserial", "subscriberid", "background-audio",
            "background-geopoint", "osm":
            leave(type.word, name)
            return []
        default: break
        }
        guard !name.isEmpty else {
            problems.append(.brokenList("", code: row["type"], line: row.line))
            return []
        }
        var texts = [newQuestion(row, type, node)]
        if type.hasOther {
            let id = ids[row.line] ?? name
            let chosen = type.word == "select_multiple" ? "\(id) has \"other\"" : "\(id) = \"other\""
            texts.append(
                "  - id: \(id)_other\n    text: \(localized(row, "label", fallback: name))\n    type: text\n"
                    + "    when: \(YAMLText.quoted(chosen))\n")
        }
        return texts
    }

    /// A row that Saual wrote: all but texts and choices stands beside it.
    private mutating func keptQuestion(_ row: FormBook.Row, _ node: YAMLNode, _ type: FormType) -> String {
        let entries = node.map ?? []
        let id = node["id"]?.scalar ?? row["name"]
        var text = "  - id: \(FlowYAML.key(id))\n"
        if node["no text"] == nil { text += "    text: \(localized(row, "label", fallback: row["name"]))\n" }
        var hasAnswers = false
        for entry in entries where !["id", "no text"].contains(entry.key) {
            var value = FlowYAML.text(entry.value)
            if entry.key == "when", let condition = groupCondition {
                value = YAMLText.quoted("(\(entry.value.scalar ?? "")) and \(condition)")
            }
            if entry.key == "answers" { hasAnswers = true }
            text += "    \(FlowYAML.key(entry.key)): \(value)\n"
        }
        if node["when"] == nil, let condition = groupCondition { text += "    when: \(YAMLText.quoted(condition))\n" }
        let list = type.word == "begin_group" ? rosterList(row["name"]) : type.list
        if !hasAnswers, let answers = inlineAnswers(list) { text += answers }
        return text
    }

    /// The choices of the first part of a roster.
    private func rosterList(_ name: String) -> String {
        guard let start = form.survey.rows.firstIndex(where: { $0["name"] == name }) else { return "" }
        let next = form.survey.rows.index(after: start)
        return next < form.survey.rows.endIndex ? FormType(form.survey.rows[next]["type"]).list : ""
    }

    private mutating func newQuestion(_ row: FormBook.Row, _ type: FormType, _ node: YAMLNode?) -> String {
        let name = row["name"]
        let id = ids[row.line] ?? FormNames.identifier(name)
        var text = "  - id: \(FlowYAML.key(id))\n    text: \(localized(row, "label", fallback: name))\n"
        var isPrivate = false
        var number = "number"
        switch type.word {
        case "select_one", "select_multiple":
            text += "    type: \(type.word == "select_multiple" ? "multiple" : typeOfChoice(node, row))\n"
            text += answers(row, type)
        case "acknowledge", "trigger": text += "    type: single\n    answers: {OK: \(same("OK"))}\n"
        case "integer", "decimal", "range":
            if node?["type"]?.scalar == "money" { number = "money" }
            text += "    type: \(number)\n"
        case "date", "today": text += "    type: date\n"
        case "text", "barcode", "hidden", "email", "phonenumber", "username", "deviceid", "start", "end":
            text += "    type: text\n"
            isPrivate = !["text", "barcode", "hidden"].contains(type.word)
        default:
            problems.append(.otherType(id, type: type.word, line: row.line))
            text += "    type: text\n"
            isPrivate = true
        }
        let items = openRepeat?.items
        if let items {
            text += "    for each: \(items)\n    columns: \(YAMLText.quoted("\(name)_{item}"))\n"
        } else if type.word == "select_multiple" {
            // As exports name them; the column of what was written in is the name with "_other".
            if node?["columns"] == nil { text += "    columns: \(YAMLText.quoted("\(name)/{code}"))\n" }
        } else if id != name, node?["column"] == nil {
            text += "    column: \(YAMLText.quoted(name))\n"
        }
        if isPrivate, node?["private"] == nil { text += "    private: true\n" }
        text += limits(row, type, id)
        // What the form has no place for stays as it was.
        for entry in node?.map ?? []
        where [
            "missing", "private", "column", "columns", "variants", "sensitive", "aliases", "code system", "district",
            "district moves",
        ].contains(entry.key) {
            text += "    \(FlowYAML.key(entry.key)): \(FlowYAML.text(entry.value))\n"
        }
        if let when = condition(row, of: id) { text += "    when: \(YAMLText.quoted(when))\n" }
        return text
    }

    private func typeOfChoice(_ node: YAMLNode?, _ row: FormBook.Row) -> String {
        let kept = node?["type"]?.scalar ?? ""
        if ["scale", "region"].contains(kept) { return kept }
        // Choices that some row orders or reckons with are a scale, if their names are whole numbers.
        let codes = codes(FormType(row["type"]))
        guard !codes.isEmpty, codes.allSatisfy({ Int($0) != nil }) else { return "single" }
        let reference = XPathToken.reference(row["name"])
        let signs: [XPathToken] = ["<", "<=", ">", ">=", "+", "-", "*"].map { .sign($0) } + [.word("div")]
        let isReckoned = form.survey.rows.contains { other in
            ["relevant", "constraint", "calculation"].contains { column in
                guard other[column].contains(row["name"]), let tokens = XPathToken.all(of: other[column]) else {
                    return false
                }
                return tokens.indices.contains { position in
                    tokens[position] == reference
                        && (position > 0 && signs.contains(tokens[position - 1])
                            || position + 1 < tokens.count && signs.contains(tokens[position + 1]))
                }
            }
        }
        return isReckoned ? "scale" : "single"
    }

    private mutating func answers(_ row: FormBook.Row, _ type: FormType) -> String {
        guard let list = list(type.list), !list.answers.isEmpty else {
            problems.append(.brokenList(type.list, code: "", line: row.line))
            return "    answers: {1: \(same("1"))}\n"
        }
        addFilter(row, list)
        guard type.hasOther else {
            if listBases[type.list] == node(row)?["id"]?.scalar, let own = inlineAnswers(type.list) { return own }
            return "    answers: \(FlowYAML.key(list.name))\n"
        }
        let other = "      other: \(same("Other"))\n"
        return "    answers:\n" + list.answers.map { "      \(YAMLText.code($0.code)): \($0.label)\n" }.joined() + other
    }

    private func node(_ row: FormBook.Row) -> YAMLNode? { FormReader.tree(row["saual"]) }

    // MARK: Conditions

    /// The conditions of the open groups.
    private var groupCondition: String? {
        let parts = groups.compactMap(\.condition)
        return parts.isEmpty ? nil : parts.joined(separator: " and ")
    }

    /// Own condition and those of the open groups; what has no counterpart is told.
    private mutating func condition(_ row: FormBook.Row, of id: String) -> String? {
        var parts = groups.compactMap(\.condition)
        let text = row["relevant"]
        if !text.isEmpty {
            do throws(XPathReader.Failure) {
                parts.append(try XPathReader.condition(text, lookup: lookup(openRepeat?.name)))
            } catch {
                problems.append(.notTranslated(id, part: "relevant", text: text, word: error.word, line: row.line))
            }
        }
        return parts.isEmpty ? nil : parts.joined(separator: " and ")
    }

    /// A range, or a check of its own.
    private mutating func limits(_ row: FormBook.Row, _ type: FormType, _ id: String) -> String {
        if type.word == "range" {
            var values: [String: String] = [:]
            for part in row["parameters"].split(whereSeparator: { " ,;".contains($0) }) {
                let sides = part.split(separator: "=").map(String.init)
                if sides.count == 2, Double(sides[1]) != nil { values[sides[0]] = sides[1] }
            }
            if let start = values["start"], let end = values["end"] { return "    range: [\(start), \(end)]\n" }
        }
        let text = row["constraint"]
        guard !text.isEmpty else { return "" }
        let isNumber = ["integer", "decimal", "range"].contains(type.word)
        if isNumber, openRepeat == nil, let range = XPathReader.range(text) {
            return "    range: [\(range.least ?? "null"), \(range.greatest ?? "null")]\n"
        }
        guard let own = variables[row["name"]], openRepeat == nil else {
            problems.append(.notTranslated(id, part: "constraint", text: text, word: row["name"], line: row.line))
            return ""
        }
        do throws(XPathReader.Failure) {
            let rule = try XPathReader.condition(text, own: own, lookup: lookup(nil))
            let words = localized(row, "constraint_message", fallback: text)
            checks.append("{id: \(id)_constraint, rule: \(YAMLText.quoted(rule)), text: \(words)}")
        } catch {
            problems.append(.notTranslated(id, part: "constraint", text: text, word: error.word, line: row.line))
        }
        return ""
    }

    /// `column = ${question}` lets only some choices be seen, which a check says as well: which answers go together.
    private mutating func addFilter(_ row: FormBook.Row, _ list: FormList) {
        let text = row["choice_filter"]
        guard !text.isEmpty, let own = variables[row["name"]] else { return }
        let tokens = XPathToken.all(of: text) ?? []
        for part in tokens.split(separator: .word("and")) {
            let part = Array(part)
            var pair: (column: String, name: String)?
            if part.count == 3, part[1] == .sign("=") {
                if case .word(let column) = part[0], case .reference(let name) = part[2] { pair = (column, name) }
                if case .reference(let name) = part[0], case .word(let column) = part[2] { pair = (column, name) }
            }
            guard let pair, let other = variables[pair.name], other.kind == .single, other.group == nil,
                own.group == nil
            else {
                problems.append(
                    .notTranslated(own.id, part: "choice_filter", text: text, word: pair?.name ?? "…", line: row.line))
                return
            }
            var groups: [(value: String, codes: [String])] = []
            for answer in list.answers {
                let value = list.filters[answer.code]?[pair.column] ?? ""
                guard other.codes.contains(value) else { continue }
                if let position = groups.firstIndex(where: { $0.value == value }) {
                    groups[position].codes.append(answer.code)
                } else {
                    groups.append((value, [answer.code]))
                }
            }
            let rules = groups.map { group in
                let codes = group.codes.map { YAMLText.code($0) }.joined(separator: ", ")
                return own.kind == .multiple
                    ? "(\(other.id) = \(YAMLText.code(group.value)) or not \(own.id) has [\(codes)])"
                    : "(\(other.id) = \(YAMLText.code(group.value)) and \(own.id) in [\(codes)])"
            }
            guard !rules.isEmpty else { continue }
            let rule = rules.joined(separator: own.kind == .multiple ? " and " : " or ")
            checks.append("{id: \(own.id)_of_\(other.id), rule: \(YAMLText.quoted(rule)), text: \(same(text))}")
        }
    }

    // MARK: Calculations

    private mutating func calculation(_ row: FormBook.Row) -> [String] {
        let id = ids[row.line] ?? row["name"]
        let text = row["calculation"]
        let label = localized(row, "label", fallback: row["name"])
        do throws(XPathReader.Failure) {
            guard openRepeat == nil else { throw XPathReader.Failure(word: "repeat") }
            let term = try XPathReader.term(text, lookup: lookup(nil))
            switch term {
            case .number(let number) where !number.allSatisfy({ $0.isNumber || $0 == "." || $0 == "-" }):
                derived.append("  \(FlowYAML.key(id)): {text: \(label), number: \(YAMLText.quoted(number))}\n")
                return []
            case .truth(let condition):
                let cases = "1: {when: \(YAMLText.quoted(condition)), label: \(same("true"))}"
                derived.append("  \(FlowYAML.key(id)): {text: \(label), cases: {\(cases)}}\n")
                return []
            case .choice:
                derived.append("  \(FlowYAML.key(id)): {text: \(label), cases: {\(try cases(term))}}\n")
                return []
            case .number(let word), .literal(let word): throw XPathReader.Failure(word: word)
            case .variable(let variable): throw XPathReader.Failure(word: "${\(variable.id)}")
            }
        } catch {
            problems.append(.notTranslated(id, part: "calculation", text: text, word: error.word, line: row.line))
            let column = id == row["name"] ? "" : "    column: \(YAMLText.quoted(row["name"]))\n"
            variables[row["name"]] = FormVariable(id: id, kind: .text)
            return ["  - id: \(FlowYAML.key(id))\n    text: \(label)\n    type: text\n\(column)"]
        }
    }

    /// Nested `if` as cases: the first that is true counts, as there.
    private func cases(_ term: XPathReader.Term) throws(XPathReader.Failure) -> String {
        var parts: [String] = []
        var codes: Set<String> = []
        var rest = term
        while true {
            let (condition, value): (String, XPathReader.Term)
            if case .choice(let text, let yes, let no) = rest {
                (condition, value, rest) = (text, yes, no)
            } else {
                (condition, value) = ("true", rest)
            }
            let code: String
            switch value {
            case .literal(let text): code = text
            case .number(let text) where text.allSatisfy({ $0.isNumber || $0 == "." || $0 == "-" }): code = text
            default: throw XPathReader.Failure(word: "if()")
            }
            if !code.isEmpty {
                guard codes.insert(code).inserted else { throw XPathReader.Failure(word: code) }
                parts.append(
                    "\(YAMLText.code(code)): {when: \(YAMLText.quoted(condition)), label: \(same(code))}")
            } else if condition != "true" {
                // An empty text before other cases would need a case that gives no answer.
                if case .choice = rest { throw XPathReader.Failure(word: "''") }
            }
            if condition == "true" { return parts.joined(separator: ", ") }
        }
    }
}
