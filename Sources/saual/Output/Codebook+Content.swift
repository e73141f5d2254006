internal import SurveyData
internal import SurveyProblems
internal import SurveyReport
internal import SurveySchema

/// The codebook as pages and workbooks show it.
extension Codebook {
    func content(source: String) -> CodebookContent {
        var content = CodebookContent(source: source)
        content.title = title.isEmpty ? studyTitle : title
        content.notes = notes
        content.weight = usedWeight
        content.rowCount = rowCount
        content.omitted = omitted
        content.sets = sets.map {
            CodebookContent.ResponseSet(name: $0.name, label: $0.label, variables: $0.variables)
        }
        content.sets += rosters.map {
            CodebookContent.ResponseSet(name: $0.name, label: $0.label, variables: $0.items.map(\.variable))
        }
        // The items of a question that is there stand as its answers.
        let questions = Set(variables.filter { $0.type == "multiple" }.map(\.name))
        let folded = Set(sets.filter { questions.contains($0.name) }.flatMap(\.variables))
        content.variables = variables.filter { $0.type != "item" || !folded.contains($0.name) }.map(entry)
        return content
    }

    private func entry(_ variable: Variable) -> CodebookContent.Variable {
        var entry = CodebookContent.Variable(name: variable.name, label: variable.label, type: variable.type)
        entry.measure = variable.measure
        entry.format = variable.format
        entry.isPrivate = variable.isPrivate
        entry.count = variable.summary?.n
        entry.weight = variable.weighted?.answered
        entry.answers = answers(of: variable)
        entry.gaps = Codebook.gaps(of: variable)
        if let range = variable.summary?.range {
            entry.range = (Codebook.plain(range.least, variable), Codebook.plain(range.greatest, variable))
        }
        entry.wordings = (variable.variants?.variants ?? []).map {
            ("\(variable.variants?.by ?? "") = \($0.code)", $0.text)
        }
        return entry
    }

    private func answers(of variable: Variable) -> [CodebookContent.Entry] {
        if variable.type == "multiple", let set = sets.first(where: { $0.name == variable.name }) {
            return zip(variable.answers, set.variables).map { answer, name in
                let item = variables.first { $0.name == name }
                let counts = item?.summary?.frequencies ?? []
                let weights = item?.weighted?.frequencies ?? []
                return CodebookContent.Entry(
                    code: answer.code, label: answer.label, count: counts.count == 2 ? counts[1] : nil,
                    weight: weights.count == 2 ? weights[1] : nil)
            }
        }
        let counts = variable.summary?.frequencies ?? []
        let weights = variable.weighted?.frequencies ?? []
        if variable.type == "item", variable.answers.isEmpty {
            return counts.indices.map {
                CodebookContent.Entry(
                    code: String($0), label: .empty, count: counts[$0],
                    weight: weights.indices.contains($0) ? weights[$0] : nil)
            }
        }
        if !variable.answers.isEmpty {
            return variable.answers.enumerated().map { index, answer in
                CodebookContent.Entry(
                    code: answer.code, label: answer.label, count: counts.indices.contains(index) ? counts[index] : nil,
                    weight: weights.indices.contains(index) ? weights[index] : nil)
            }
        }
        let parts = variable.distribution?.parts ?? []
        return parts.enumerated().map { index, part in
            CodebookContent.Entry(
                code: Codebook.code(of: part, variable, isLast: index == parts.count - 1), label: .empty,
                count: part.count, weight: variable.weighted == nil ? nil : part.weight)
        }
    }

    private static func code(of part: ColumnDistribution.Part, _ variable: Variable, isLast: Bool) -> String {
        if let text = part.text { return text }
        let least = plain(part.least, variable)
        guard let greatest = part.greatest else { return least }
        return "\(least) … \(isLast ? "" : "<")\(plain(greatest, variable))"
    }

    /// Missing kinds with their codes: those that occur, then those that could.
    static func gaps(of variable: Variable) -> [CodebookContent.Gap] {
        func codes(_ kind: String) -> [(code: String, label: LocalizedText)] {
            variable.missing.filter { $0.kind == kind }.map { ($0.code, $0.label) }
        }
        var gaps: [CodebookContent.Gap] = []
        for (kind, count) in variable.summary?.missing ?? [] {
            let name = variable.kindNames[kind] ?? kind.name
            let weight = variable.weighted.map { $0.missing.first { $0.kind == kind }?.weight ?? 0 }
            gaps.append(CodebookContent.Gap(kind: name, codes: codes(name), count: count, weight: weight))
        }
        for missing in variable.missing where !gaps.contains(where: { $0.kind == missing.kind }) {
            gaps.append(
                CodebookContent.Gap(
                    kind: missing.kind, codes: codes(missing.kind), count: variable.summary == nil ? nil : 0,
                    weight: variable.weighted == nil ? nil : 0))
        }
        if !variable.ranges.isEmpty {
            let limits = variable.ranges.map { range in
                let sides = [range.least, range.greatest].map { $0.map { plain($0, variable) } ?? "" }
                return (code: "\(sides[0]) … \(sides[1])", label: LocalizedText.empty)
            }
            gaps.append(CodebookContent.Gap(kind: "range", codes: limits, count: nil))
        }
        return gaps
    }
}
