internal import SurveyEstimation
internal import SurveyMath
internal import SurveyProblems
internal import SurveySchema

/// A fitted model with its margins and tests, in the format asked for.
struct ModelOutput {
    let model: ModelResult
    let request: ModelRequest
    let margins: [ModelMargins]
    let tests: [TestResult]
    let level: Double
    let source: JSONText
    let design: JSONText
    let cautions: [Problem]
    let hasCovariance: Bool
    let labels: AnswerLabels
    let language: Language

    var allCautions: [Problem] { cautions + model.cautions }

    /// One row: a coefficient, a margin or a test; unused numbers are absent.
    private struct Row {
        let kind: String
        let term: String
        var answer: String?
        /// The answer of the response that a margin is the probability of.
        var response: String?
        var numbers: [(name: String, value: Double?)]

        func number(_ name: String) -> Double? { numbers.first { $0.name == name }.flatMap(\.value) }

        var fields: [(String, JSONText)] {
            var fields: [(String, JSONText)] = [("kind", .string(kind)), ("term", .string(term))]
            if let answer { fields.append(("answer", .string(answer))) }
            if let response { fields.append(("response", .string(response))) }
            return fields + numbers.map { ($0.name, ModelOutput.json($0.value)) }
        }
    }

    /// Infinite degrees of freedom are the word `Inf`, since JSON has no such number.
    private static func json(_ value: Double?) -> JSONText {
        value?.isInfinite == true ? .string("Inf") : .optional(value)
    }

    private var rows: [Row] {
        let coefficients = model.coefficients.map { row in
            Row(
                kind: "coefficient", term: row.term, answer: row.answer,
                numbers: [
                    ("estimate", row.value), ("se", row.standardError), ("t", row.t),
                    ("df", row.value.map { _ in model.degreesOfFreedom }), ("p", row.p), ("ci_low", row.low),
                    ("ci_high", row.high),
                ])
        }
        let margins = margins.flatMap { margin in
            margin.values.indices.map { place in
                let (category, answer) = place.quotientAndRemainder(dividingBy: max(1, margin.answers.count))
                let error = margin.covariance[place, place].squareRoot()
                let quantile =
                    margin.degreesOfFreedom >= 1
                    ? StudentT.quantile(0.5 + 0.5 * level, degreesOfFreedom: margin.degreesOfFreedom) : nil
                return Row(
                    kind: "margin", term: margin.variable, answer: margin.categories[category],
                    response: margin.answers.isEmpty ? nil : margin.answers[answer],
                    numbers: [
                        ("estimate", margin.values[place]), ("se", error), ("df", margin.degreesOfFreedom),
                        ("ci_low", quantile.map { margin.values[place] - $0 * error }),
                        ("ci_high", quantile.map { margin.values[place] + $0 * error }),
                    ])
            }
        }
        let tests = tests.map { test in
            Row(
                kind: "test", term: test.variables.joined(separator: ","), answer: nil,
                numbers: [("statistic", test.statistic), ("df1", test.df1), ("df2", test.df2), ("p", test.p)])
        }
        return coefficients + margins + tests
    }

    func text(_ format: String) -> String {
        switch format {
        case "json": json + "\n"
        case "ndjson": rows.map { JSONText.object($0.fields).line + "\n" }.joined()
        case "csv": csv
        case "markdown": markdown
        default: plain
        }
    }

    private var json: String {
        var fit: [(String, JSONText)] = [
            ("kind", .string(model.kind.rawValue)), ("link", .string(model.link.rawValue)),
            ("formula", .string(model.formula.source)), ("loop", .string(request.loop.rawValue)),
            ("level", .number(level)), ("df", ModelOutput.json(model.degreesOfFreedom)),
            ("n", .integer(model.n)), ("n_incomplete", .integer(model.incomplete)), ("psus", .integer(model.psus)),
            ("sum_weights", .number(model.sumWeights)), ("deviance", .number(model.deviance)),
        ]
        if let null = model.nullDeviance { fit.append(("null_deviance", .number(null))) }
        if let dispersion = model.dispersion { fit.append(("dispersion", .number(dispersion))) }
        if let criterion = model.criterion {
            fit += [
                ("aic", .number(criterion.value)), ("effective_parameters", .number(criterion.effectiveParameters)),
                ("mean_effect", .number(criterion.meanEffect)),
            ]
        }
        if !model.formula.offsets.isEmpty { fit.append(("offset", .array(model.formula.offsets.map { .string($0) }))) }
        if !margins.isEmpty { fit.append(("margins_sample", .bool(request.addsSample))) }
        if !tests.isEmpty { fit.append(("test_method", .string(request.testsLikelihood ? "lrt" : "wald"))) }
        var fields: [(String, JSONText)] = [
            ("saual", .string("model/1")), ("program", .string("saual \(Versions.saual)")), ("source", source),
            ("design", design), ("model", .object(fit)), ("rows", .array(rows.map { .object($0.fields) })),
        ]
        if hasCovariance {
            let matrix = model.covariance
            fields.append(
                (
                    "covariance",
                    .array(
                        (0..<matrix.rows).map { row in
                            .array((0..<matrix.columns).map { .number(matrix[row, $0]) })
                        })
                ))
        }
        fields.append(("cautions", .array(allCautions.map { $0.json() })))
        return JSONText.object(fields).line
    }

    private var csv: String {
        let hasResponses = rows.contains { $0.response != nil }
        let names =
            ["kind", "term", "answer"] + (hasResponses ? ["response"] : []) + [
                "estimate", "se", "t", "df", "p", "ci_low", "ci_high", "statistic", "df1", "df2",
            ]
        var text = CSVText.line(names)
        for row in rows {
            let fields = Dictionary(row.fields.map { ($0.0, $0.1) }, uniquingKeysWith: { first, _ in first })
            text += CSVText.line(names.map { CSVText.cell(of: fields[$0]) })
        }
        return text
    }

    // MARK: Tables

    private var tables: [(heading: String?, table: TextTable)] {
        let words = ModelWords.in(language)
        func number(_ value: Double?) -> String { value.map { PlainNumber.text($0, in: language) } ?? "–" }
        func probability(_ value: Double?) -> String {
            guard let value else { return "–" }
            let least = PlainNumber.text(0.0001, decimals: 4, in: language)
            return value < 0.0001 ? "< " + least : PlainNumber.text(value, decimals: 4, in: language)
        }
        func degrees(_ value: Double?) -> String {
            guard let value, value.isFinite else { return value == nil ? "–" : "∞" }
            return PlainNumber.text(value, decimals: value == value.rounded() ? 0 : 2, in: language)
        }
        func interval(_ row: Row) -> String {
            guard let low = row.number("ci_low") else { return "–" }
            return "\(number(low)) – \(number(row.number("ci_high")))"
        }
        var tables: [(heading: String?, table: TextTable)] = []
        let rows = rows
        let hasAnswers = rows.contains { $0.kind == "coefficient" && $0.answer != nil }
        var coefficients = TextTable(
            (hasAnswers ? [(words.answer, .left)] : [])
                + [
                    (words.term, .left), (words.estimate, .right), (words.error, .right), ("t", .right),
                    (words.interval, .right), ("p", .right),
                ])
        for row in rows where row.kind == "coefficient" {
            coefficients.append(
                (hasAnswers ? [row.answer ?? ""] : []) + [
                    row.term, number(row.number("estimate")), number(row.number("se")), number(row.number("t")),
                    interval(row), probability(row.number("p")),
                ])
        }
        tables.append((nil, coefficients))
        if rows.contains(where: { $0.kind == "margin" }) {
            let hasResponses = rows.contains { $0.response != nil }
            var table = TextTable(
                [(words.variable, .left), (words.category, .left)] + (hasResponses ? [(words.answer, .left)] : [])
                    + [(words.estimate, .right), (words.error, .right), (words.interval, .right)])
            for row in rows where row.kind == "margin" {
                table.append(
                    [row.term, labels.answer(row.answer ?? "", of: row.term)]
                        + (hasResponses ? [row.response ?? ""] : [])
                        + [number(row.number("estimate")), number(row.number("se")), interval(row)])
            }
            tables.append((words.margins, table))
        }
        if rows.contains(where: { $0.kind == "test" }) {
            var table = TextTable([
                (words.terms, .left), (words.statistic, .right), ("df1", .right), ("df2", .right), ("p", .right),
            ])
            for row in rows where row.kind == "test" {
                table.append([
                    row.term, number(row.number("statistic")), degrees(row.number("df1")), degrees(row.number("df2")),
                    probability(row.number("p")),
                ])
            }
            tables.append((words.tests(request.testsLikelihood), table))
        }
        return tables
    }

    private var summary: String {
        let words = ModelWords.in(language)
        let degrees =
            model.degreesOfFreedom.isInfinite
            ? "∞" : PlainNumber.text(model.degreesOfFreedom, decimals: 0, in: language)
        return words.summary.map { word, value in
            switch value {
            case .rows: "\(word): \(model.n)"
            case .incomplete: "\(word): \(model.incomplete)"
            case .degrees: "\(word): \(degrees)"
            case .deviance: "\(word): \(PlainNumber.text(model.deviance, in: language))"
            }
        }.joined(separator: "; ") + "\n"
    }

    private var plain: String {
        tables.map { ($0.heading.map { $0 + "\n\n" } ?? "") + $0.table.text + "\n" }.joined() + summary
    }

    private var markdown: String {
        tables.map { ($0.heading.map { $0 + "\n\n" } ?? "") + $0.table.markdown + "\n" }.joined() + summary
    }
}
