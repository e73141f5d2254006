internal import SurveyYAML

/// A list of choices of a form.
struct FormList {
    /// Its name in the questionnaire.
    var name: String
    var answers: [(code: String, label: String)] = []
    /// False if a question has it for itself.
    var isUsed = true
    /// The columns of the choices sheet by code, for filters.
    var filters: [String: [String: String]] = [:]
}

extension FormReader {
    mutating func readLists() {
        var seen: Set<String> = []
        for row in form.choices.rows {
            let list = row["list_name"]
            guard !list.isEmpty else { continue }
            guard !row["name"].isEmpty else {
                problems.append(.brokenList(list, code: "", line: row.line))
                continue
            }
            let base = row["saual_list"].isEmpty ? list : row["saual_list"]
            listBases[list] = base
            // Missing codes stand with the question, and variants of a list repeat it.
            if FormReader.tree(row["saual"])?["kind"] != nil { continue }
            if listOwners[base] == nil { listOwners[base] = list }
            if listOwners[base] != list { continue }
            guard seen.insert("\(base)\n\(row["name"])").inserted else {
                problems.append(.brokenList(list, code: row["name"], line: row.line))
                continue
            }
            let label = localized(row, "label", fallback: row["name"])
            if listPositions[base] == nil {
                listPositions[base] = lists.count
                let name = lists.contains { $0.name == FormNames.identifier(base) } ? base + "_" : base
                lists.append(FormList(name: FormNames.isIdentifier(name) ? name : FormNames.identifier(name)))
            }
            guard let position = listPositions[base] else { continue }
            lists[position].answers.append((row["name"], label))
            lists[position].filters[row["name"]] = row.cells
        }
    }

    /// The list of a name in the form.
    func list(_ name: String) -> FormList? { (listBases[name].flatMap { listPositions[$0] }).map { lists[$0] } }

    /// The answers as they stand inside a question.
    mutating func inlineAnswers(_ name: String) -> String? {
        guard let base = listBases[name], let position = listPositions[base] else { return nil }
        lists[position].isUsed = false
        let answers = lists[position].answers.map { "      \(YAMLText.code($0.code)): \($0.label)\n" }
        return "    answers:\n" + answers.joined()
    }
}
