internal import SurveyEstimation
internal import SurveyProblems

extension EstimateRow {
    /// The fields that only contrasts have.
    static let testNames = ["t", "p", "p_adjusted"]

    var testFields: [(String, JSONText)] {
        guard estimate.statistic == .contrast else { return [] }
        return [
            ("t", .optional(test?.statistic)), ("p", .optional(test?.p)), ("p_adjusted", .optional(test?.adjustedP)),
        ]
    }
}

extension TestRow {
    /// Without an id: a part of a greater result.
    var json: JSONText { .object(fields.filter { $0.0 != "id" }) }
}

extension EstimateOutput {
    /// The contrasts in a table of their own, with their tests; nothing without contrasts.
    func contrastTable(isMarkdown: Bool) -> String {
        let contrasts = rows.filter { $0.estimate.statistic == .contrast }
        guard !contrasts.isEmpty else { return "" }
        let (words, own) = (EstimateWords.in(language), TestWords.in(language))
        var table = TextTable([
            (words.contrast, .left), (words.estimate, .right), (words.error, .right), (words.interval, .right),
            ("t", .right), (own.degrees, .right), ("p", .right), (own.adjusted, .right), (words.flags, .left),
        ])
        func number(_ value: Double?) -> String { value.map { PlainNumber.text($0, in: language) } ?? "–" }
        func probability(_ value: Double?) -> String { value.map { PlainNumber.probability($0, in: language) } ?? "–" }
        for row in contrasts {
            let estimate = row.estimate
            table.append([
                estimate.variable, number(estimate.value), number(estimate.standardError),
                estimate.low == nil ? "–" : "\(number(estimate.low)) – \(number(estimate.high))",
                number(row.test?.statistic), TestOutput.degreesText(estimate.degreesOfFreedom, in: language),
                probability(row.test?.p), probability(row.test?.adjustedP),
                estimate.flags.map(\.rawValue).joined(separator: " "),
            ])
        }
        var text = "\n" + (isMarkdown ? table.markdown : table.text)
        if let joint {
            let degrees = [joint.df1, joint.df2].map { TestOutput.degreesText($0, in: language) }
            text +=
                "\n\(own.joint): F = \(number(joint.statistic)), \(own.degrees) \(degrees.joined(separator: "; ")), "
                + "p = \(probability(joint.p))\n"
        }
        return text
    }
}
