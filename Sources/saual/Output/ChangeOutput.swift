internal import SurveyEstimation
internal import SurveyProblems
internal import SurveySchema

/// One row of `change` as the machine formats have it, and as people see it.
struct ChangeRow {
    let change: Change
    let id: String
    /// Labels for people; the codes themselves where there are none.
    let answer: String
    let by: [String]

    var isShare: Bool { change.to.statistic.isShare }

    /// Names of the fields of a row in their order, but for the groups.
    static let names = [
        "statistic", "variable", "answer", "from", "to", "difference", "se", "ci_low", "ci_high", "level", "df",
        "correlation", "p", "verdict", "precision", "shared_psus", "single_shared_psus", "overlap", "from_se", "to_se",
        "from_n_base", "to_n_base", "flags", "id",
    ]

    var fields: [(String, JSONText)] {
        let (from, to) = (change.from, change.to)
        var fields: [(String, JSONText)] = [
            ("statistic", .string(to.statistic.rawValue)), ("variable", .string(to.variable)),
        ]
        if let answer = to.answer { fields.append(("answer", .string(answer))) }
        // Here `p` is that of the test.
        if let parameter = to.parameter { fields.append(("at", .number(parameter.value))) }
        fields.append(("by", .object(to.by.map { ($0.variable, .string($0.category)) })))
        let flags = Estimate.Flag.allCases.filter { from.flags.contains($0) || to.flags.contains($0) }
        fields += [
            ("from", .optional(from.value)), ("to", .optional(to.value)), ("difference", .optional(change.difference)),
            ("se", .optional(change.standardError)), ("ci_low", .optional(change.low)),
            ("ci_high", .optional(change.high)), ("level", .number(change.level)),
            ("df", ChangeRow.degrees(change.degreesOfFreedom)), ("correlation", .optional(change.correlation)),
            ("p", .optional(change.p)), ("verdict", .string(change.verdict.rawValue)),
            ("precision", .optional(change.precision)), ("shared_psus", .integer(change.sharedPSUs)),
            ("single_shared_psus", .integer(change.singleSharedPSUs)), ("overlap", .string(change.overlap.rawValue)),
            ("from_se", .optional(from.standardError)), ("to_se", .optional(to.standardError)),
            ("from_n_base", .integer(from.nBase)), ("to_n_base", .integer(to.nBase)),
            ("flags", .array(flags.map { .string($0.rawValue) })), ("id", .string(id)),
        ]
        return fields
    }

    private static func degrees(_ value: Double?) -> JSONText {
        guard let value else { return .null }
        return value.isInfinite ? .string("Inf") : .number(value)
    }

    /// The verdict as a sentence, shares in percentage points with one decimal, or two where one would show 0.
    func sentence(in language: Language) -> String {
        let decimals = abs(change.difference ?? 0) < 0.0005 ? 2 : 1
        return ChangeSentence(change, isPercent: isShare).text(in: language) { value in
            isShare
                ? PlainNumber.text(value * 100, decimals: decimals, in: language)
                : PlainNumber.text(value, in: language)
        }
    }
}

/// All rows of one call in the format asked for.
struct ChangeOutput {
    let rows: [ChangeRow]
    let cautions: [Problem]
    /// Of the earlier and the later sample.
    let sources: [JSONText]
    let designs: [JSONText]
    let language: Language

    func text(_ format: String) -> String {
        switch format {
        case "json": json + "\n"
        case "ndjson": rows.map { JSONText.object($0.fields).line + "\n" }.joined()
        case "csv": csv
        case "markdown": table.markdown + "\n" + footer
        default: table.text + "\n" + footer
        }
    }

    private var json: String {
        JSONText.object([
            ("saual", .string("change/1")), ("program", .string("saual \(Versions.saual)")),
            ("source", .object([("from", sources[0]), ("to", sources[1])])),
            ("design", .object([("from", designs[0]), ("to", designs[1])])),
            ("rows", .array(rows.map { .object($0.fields) })), ("cautions", .array(cautions.map { $0.json() })),
        ]).line
    }

    /// The variables of all breakdowns, each once.
    private var variables: [String] { rows.flatMap { $0.change.to.by.map(\.variable) }.uniqued }

    private var csv: String {
        let variables = variables
        let figure = ChangeRow.names[..<3] + (rows.contains { $0.change.to.parameter != nil } ? ["at"] : [])
        let names = ChangeRow.names[3...]
        var text = CSVText.line(figure + variables.map { CSVText.cell("by_" + $0) } + names)
        for row in rows {
            let fields = Dictionary(row.fields.map { ($0.0, $0.1) }, uniquingKeysWith: { first, _ in first })
            func cell(_ name: String) -> String { CSVText.cell(of: fields[name]) }
            let by = variables.map { variable in
                row.change.to.by.first { $0.variable == variable }.map { CSVText.cell($0.category) } ?? ""
            }
            text += CSVText.line(figure.map(cell) + by + names.map(cell))
        }
        return text
    }

    private var table: TextTable {
        let words = EstimateWords.in(language)
        let own = ChangeTableWords.in(language)
        let variables = variables
        var table = TextTable(
            [(words.statistic, .left), (words.variable, .left), (words.answer, .left)] + variables.map { ($0, .left) }
                + [(own.from, .right), (own.to, .right), (own.verdict, .left)])
        for row in rows {
            let (from, to) = (row.change.from, row.change.to)
            let by = variables.map { variable in
                to.by.firstIndex { $0.variable == variable }.map { row.by[$0] } ?? words.whole
            }
            func number(_ value: Double?) -> String {
                guard let value else { return "–" }
                return row.isShare ? PlainNumber.percent(value, in: language) : PlainNumber.text(value, in: language)
            }
            table.append(
                [words.name(of: to.statistic), to.variable, row.answer] + by + [
                    number(from.value), number(to.value), row.sentence(in: language),
                ])
        }
        return table
    }

    private var footer: String { EstimateWords.in(language).footer + "\n" }
}

/// The heads of the table of changes.
private struct ChangeTableWords {
    let from, to, verdict: String

    static func `in`(_ language: Language) -> ChangeTableWords {
        switch language {
        case .russian: ChangeTableWords(from: "было", to: "стало", verdict: "изменение")
        case .kazakh: ChangeTableWords(from: "бұрын", to: "кейін", verdict: "өзгеріс")
        default: ChangeTableWords(from: "from", to: "to", verdict: "change")
        }
    }
}
