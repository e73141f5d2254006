internal import SurveyData
internal import SurveySchema

/// Which variables of a codebook are shown.
extension Codebook {
    /// A property by which `--only` keeps variables.
    enum Property: String, CaseIterable {
        /// Missing answers among the rows, or codes that mean one.
        case missing
        /// Answers with labels.
        case labelled
        /// No label of the variable itself.
        case unlabelled
        /// No row has a value.
        case empty
        /// All rows that have a value have the same one.
        case constant
    }

    /// Keeps the variables that have every property and in whose name, labels or codes every word occurs.
    ///
    /// Case does not count, and a word may stand in any language. A question with several answers brings its items; a set
    /// is kept with all its variables or not at all.
    mutating func keep(_ properties: [Property], words: [String]) {
        guard !properties.isEmpty || !words.isEmpty else { return }
        let wanted = words.map { $0.lowercased() }
        let before = variables.count
        let fitting = Set(
            variables.filter { variable in
                guard properties.allSatisfy({ Codebook.has($0, variable) }) else { return false }
                guard !wanted.isEmpty else { return true }
                let text = searchText(of: variable)
                return wanted.allSatisfy(text.contains)
            }.map(\.name))
        let items = Set(sets.filter { fitting.contains($0.name) }.flatMap(\.variables))
        variables = variables.filter { fitting.contains($0.name) || items.contains($0.name) }
        omitted += before - variables.count
        let kept = Set(variables.map(\.name))
        sets.removeAll { !$0.variables.allSatisfy(kept.contains) }
        rosters.removeAll { !$0.items.allSatisfy { kept.contains($0.variable) } }
    }

    private static func has(_ property: Property, _ variable: Variable) -> Bool {
        switch property {
        case .missing:
            !variable.missing.isEmpty || !variable.ranges.isEmpty || !(variable.summary?.missing ?? []).isEmpty
        case .labelled: variable.answers.contains { !$0.label.isEmpty }
        case .unlabelled: variable.label.isEmpty
        case .empty: variable.summary?.n == 0
        case .constant:
            if let summary = variable.summary, summary.n > 0 {
                summary.range.map { $0.least == $0.greatest } ?? false
                    || summary.frequencies.contains(summary.n)
                    || (variable.distribution?.parts.count == 1 && summary.range == nil)
            } else {
                false
            }
        }
    }

    private func searchText(of variable: Variable) -> String {
        var texts = [variable.name]
        func add(_ text: LocalizedText) { texts += text.texts.map(\.text) }
        add(variable.label)
        for answer in variable.answers {
            texts.append(answer.code)
            add(answer.label)
        }
        for missing in variable.missing {
            texts += [missing.code, missing.kind]
            add(missing.label)
        }
        for variant in variable.variants?.variants ?? [] { add(variant.text) }
        for set in sets where set.variables.contains(variable.name) {
            texts.append(set.name)
            add(set.label)
        }
        return texts.joined(separator: "\n").lowercased()
    }
}
