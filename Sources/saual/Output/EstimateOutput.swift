internal import SurveyEstimation
internal import SurveyProblems
internal import SurveySchema

/// One row of `estimate` as the machine formats have it, and as people see it.
struct EstimateRow {
    let estimate: Estimate
    let id: String
    /// Labels for people; the codes themselves where there are none.
    let answer: String
    let by: [String]
    /// The test of a contrast.
    var test: TestResult?

    /// The fields of cli.md, in their order; unused ones are left out.
    var fields: [(String, JSONText)] {
        let estimate = estimate
        var fields: [(String, JSONText)] = [
            ("statistic", .string(estimate.statistic.rawValue)), ("variable", .string(estimate.variable)),
        ]
        if let answer = estimate.answer { fields.append(("answer", .string(answer))) }
        if let parameter = estimate.parameter { fields.append((parameter.name, .number(parameter.value))) }
        fields.append(("by", .object(estimate.by.map { ($0.variable, .string($0.category)) })))
        fields += [
            ("estimate", .optional(estimate.value)), ("se", .optional(estimate.standardError)),
            ("ci_low", .optional(estimate.low)), ("ci_high", .optional(estimate.high)),
        ]
        if let method = estimate.intervalMethod { fields.append(("ci_method", .string(method))) }
        fields += [
            ("level", .number(estimate.level)), ("df", EstimateRow.degrees(estimate.degreesOfFreedom)),
            ("n", .integer(estimate.n)), ("n_base", .integer(estimate.nBase)), ("psus", .integer(estimate.psus)),
            ("sum_weights", .number(estimate.sumWeights)),
        ]
        if estimate.statistic != .count {
            fields += [("n_eff", .optional(estimate.effectiveN)), ("deff", .optional(estimate.designEffect))]
            if let kind = estimate.designEffectKind { fields.append(("deff_kind", .string(kind))) }
        }
        fields += testFields
        fields += [
            ("cv", .optional(estimate.coefficientOfVariation)),
            ("flags", .array(estimate.flags.map { .string($0.rawValue) })), ("id", .string(id)),
        ]
        return fields
    }

    /// Infinite degrees of freedom are the word `Inf`, since JSON has no such number.
    private static func degrees(_ value: Double?) -> JSONText {
        guard let value else { return .null }
        return value.isInfinite ? .string("Inf") : .number(value)
    }
}

/// All rows of one call in the format asked for.
struct EstimateOutput {
    let rows: [EstimateRow]
    let cautions: [Problem]
    let source: JSONText
    let design: JSONText
    /// The covariance matrix, where asked for.
    let covariance: [[Double?]]?
    let language: Language
    /// Whether all contrasts hold together.
    var joint: TestResult?
    /// What items of sets are shares of, where the call says it.
    var setBase: SetBase?

    func text(_ format: String) -> String {
        switch format {
        case "json": json + "\n"
        case "ndjson": rows.map { JSONText.object($0.fields).line + "\n" }.joined()
        case "csv": csv
        case "markdown": table.markdown + contrastTable(isMarkdown: true) + "\n" + footer
        default: table.text + contrastTable(isMarkdown: false) + "\n" + footer
        }
    }

    private var json: String {
        var fields: [(String, JSONText)] = [
            ("saual", .string("estimates/1")), ("program", .string("saual \(Versions.saual)")), ("source", source),
            ("design", design), ("rows", .array(rows.map { .object($0.fields) })),
        ]
        if let covariance { fields.append(("covariance", .array(covariance.map { .array($0.map { .optional($0) }) }))) }
        if let joint { fields.append(("joint", TestRow(test: joint, isShare: false, id: "", groups: []).json)) }
        if let setBase { fields.append(("set_base", .string(setBase.rawValue))) }
        fields.append(("cautions", .array(cautions.map { $0.json() })))
        return JSONText.object(fields).line
    }

    /// The variables of all breakdowns, each once.
    private var variables: [String] { rows.flatMap { $0.estimate.by.map(\.variable) }.uniqued }

    private var csv: String {
        let variables = variables
        let parameters = rows.compactMap { $0.estimate.parameter?.name }.uniqued
        let figure = ["statistic", "variable", "answer"] + parameters
        let names =
            [
                "estimate", "se", "ci_low", "ci_high", "ci_method", "level", "df", "n",
                "n_base",
                "psus", "sum_weights", "n_eff", "deff", "deff_kind", "cv", "flags", "id",
            ] + (rows.contains { $0.test != nil } ? EstimateRow.testNames : [])
        var text = CSVText.line(
            figure + variables.map { CSVText.cell("by_" + $0) } + names)
        for row in rows {
            let fields = Dictionary(row.fields.map { ($0.0, $0.1) }, uniquingKeysWith: { first, _ in first })
            func cell(_ name: String) -> String { CSVText.cell(of: fields[name]) }
            let by = variables.map { variable in
                row.estimate.by.first { $0.variable == variable }.map { CSVText.cell($0.category) } ?? ""
            }
            text += CSVText.line(figure.map(cell) + by + names.map(cell))
        }
        return text
    }

    private var table: TextTable {
        let words = EstimateWords.in(language)
        let variables = variables
        var table = TextTable(
            [(words.statistic, .left), (words.variable, .left), (words.answer, .left)] + variables.map { ($0, .left) }
                + [
                    (words.estimate, .right), (words.error, .right), (words.interval, .right), ("n", .right),
                    (words.base, .right),
                    (words.flags, .left),
                ])
        for row in rows where row.estimate.statistic != .contrast {
            let estimate = row.estimate
            let isShare = estimate.statistic.isShare
            let by = variables.map { variable in
                estimate.by.firstIndex { $0.variable == variable }.map { row.by[$0] } ?? words.whole
            }
            func number(_ value: Double?, or none: String = "–") -> String {
                guard let value else { return none }
                return isShare ? PlainNumber.percent(value, in: language) : PlainNumber.text(value, in: language)
            }
            // An open end is shown by an ellipsis.
            let interval =
                estimate.low == nil && estimate.high == nil
                ? "–" : "\(number(estimate.low, or: "…")) – \(number(estimate.high, or: "…"))"
            table.append(
                [words.name(of: estimate.statistic), estimate.variable, row.answer] + by + [
                    number(estimate.value), number(estimate.standardError), interval, String(estimate.n),
                    String(estimate.nBase),
                    estimate.flags.map(\.rawValue).joined(separator: " "),
                ])
        }
        return table
    }

    private var footer: String {
        let base = setBase.map { EstimateWords.line(of: $0, in: language) + "\n" } ?? ""
        return base + EstimateWords.in(language).footer + "\n"
    }
}
