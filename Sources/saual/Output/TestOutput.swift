internal import SurveyEstimation
internal import SurveyProblems
internal import SurveySchema

/// One row of `test` as the machine formats have it, and as people see it.
struct TestRow {
    var test: TestResult
    /// The estimate is a share, or a difference of shares.
    let isShare: Bool
    let id: String
    /// Labels for people; the codes themselves where there are none.
    let groups: [String]

    /// Names of the fields of a row in their order.
    static let names = [
        "test", "method", "variables", "groups", "distribution", "statistic", "df1", "df2", "p", "p_adjusted",
        "estimate", "se", "ci_low", "ci_high", "level", "n", "id",
    ]

    var fields: [(String, JSONText)] {
        func list(_ words: [String]) -> JSONText { .array(words.map { .string($0) }) }
        var fields: [(String, JSONText)] = [("test", .string(test.kind.rawValue))]
        if !test.method.isEmpty { fields.append(("method", .string(test.method))) }
        fields.append(("variables", list(test.variables)))
        if !test.groups.isEmpty { fields.append(("groups", list(test.groups))) }
        fields += [
            ("distribution", .string(test.distribution.rawValue)), ("statistic", .number(test.statistic)),
            ("df1", TestRow.degrees(test.df1)),
        ]
        if let df2 = test.df2 { fields.append(("df2", TestRow.degrees(df2))) }
        fields.append(("p", .number(test.p)))
        let optional: [(String, Double?)] = [
            ("p_adjusted", test.adjustedP), ("estimate", test.estimate), ("se", test.standardError),
            ("ci_low", test.low), ("ci_high", test.high), ("level", test.level),
        ]
        for (name, value) in optional { if let value { fields.append((name, .number(value))) } }
        if let n = test.n { fields.append(("n", .integer(n))) }
        fields.append(("id", .string(id)))
        return fields
    }

    private static func degrees(_ value: Double) -> JSONText { value.isInfinite ? .string("Inf") : .number(value) }
}

/// All rows of one call in the format asked for.
struct TestOutput {
    let rows: [TestRow]
    let cautions: [Problem]
    let source: JSONText
    let design: JSONText
    let language: Language

    func text(_ format: String) -> String {
        switch format {
        case "json": json + "\n"
        case "ndjson": rows.map { JSONText.object($0.fields).line + "\n" }.joined()
        case "csv": csv
        case "markdown": table.markdown
        default: table.text
        }
    }

    private var json: String {
        JSONText.object([
            ("saual", .string("tests/1")), ("program", .string("saual \(Versions.saual)")), ("source", source),
            ("design", design), ("rows", .array(rows.map { .object($0.fields) })),
            ("cautions", .array(cautions.map { $0.json() })),
        ]).line
    }

    private var csv: String {
        var text = CSVText.line(TestRow.names)
        for row in rows {
            var fields = Dictionary(row.fields.map { ($0.0, $0.1) }, uniquingKeysWith: { first, _ in first })
            fields["variables"] = .string(row.test.variables.joined(separator: "*"))
            fields["groups"] = .string(row.test.groups.joined(separator: "*"))
            text += CSVText.line(TestRow.names.map { CSVText.cell(of: fields[$0]) })
        }
        return text
    }

    private var table: TextTable {
        let words = TestWords.in(language)
        let hasAdjusted = rows.contains { $0.test.adjustedP != nil }
        let hasEstimate = rows.contains { $0.test.estimate != nil }
        let hasGroups = rows.contains { !$0.test.groups.isEmpty }
        var columns: [(heading: String, alignment: TextTable.Alignment)] = [
            (words.test, .left), (words.variables, .left),
        ]
        if hasGroups { columns.append((words.groups, .left)) }
        columns += [(words.statistic, .right), (words.degrees, .right), ("p", .right)]
        if hasAdjusted { columns.append((words.adjusted, .right)) }
        if hasEstimate { columns += [(words.estimate, .right), (words.error, .right), (words.interval, .right)] }
        columns.append(("n", .right))
        var table = TextTable(columns)
        for row in rows {
            let test = row.test
            func number(_ value: Double?) -> String {
                guard let value else { return "–" }
                return row.isShare ? PlainNumber.percent(value, in: language) : PlainNumber.text(value, in: language)
            }
            let degrees = [test.df1, test.df2].compactMap { $0 }.map { TestOutput.degreesText($0, in: language) }
                .joined(separator: "; ")
            var cells = [words.name(of: test.kind), test.variables.joined(separator: ", ")]
            // Two groups are a difference: the second less the first.
            let isPair = row.groups.count == 2 && test.kind != .trend
            let between = isPair ? [row.groups[1], row.groups[0]] : row.groups
            if hasGroups { cells.append(between.joined(separator: isPair ? " \u{2212} " : ", ")) }
            cells += [
                "\(TestWords.letter(of: test)) = \(PlainNumber.text(test.statistic, in: language))", degrees,
                PlainNumber.probability(test.p, in: language),
            ]
            if hasAdjusted {
                cells.append(test.adjustedP.map { PlainNumber.probability($0, in: language) } ?? "–")
            }
            if hasEstimate {
                cells += [
                    number(test.estimate), number(test.standardError),
                    test.low == nil ? "–" : "\(number(test.low)) – \(number(test.high))",
                ]
            }
            cells.append(test.n.map { String($0) } ?? "–")
            table.append(cells)
        }
        return table
    }

    static func degreesText(_ value: Double?, in language: Language) -> String {
        guard let value else { return "–" }
        if value.isInfinite { return "∞" }
        return PlainNumber.text(value, decimals: value == value.rounded() ? 0 : 2, in: language)
    }
}

extension PlainNumber {
    /// A probability with four decimals; smaller ones as a power of ten, since 0 they are not.
    static func probability(_ value: Double, in language: Language) -> String {
        if value >= 0.00005 || value == 0 { return text(value, decimals: 4, in: language) }
        var (mantissa, exponent) = (value, 0)
        while mantissa < 1, exponent > -400 {
            mantissa *= 10
            exponent -= 1
        }
        // 9.96 would be rounded to 10.0.
        if mantissa >= 9.95 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
        return text(mantissa, decimals: 1, in: language) + "e\(exponent)"
    }
}

/// The words of a table of tests.
struct TestWords: Sendable {
    let test, variables, groups, statistic, degrees, adjusted, estimate, error, interval: String
    let independence, fit, t, rank, pairwise, trend, term, joint: String

    func name(of kind: TestResult.Kind) -> String {
        switch kind {
        case .independence: independence
        case .fit: fit
        case .t: t
        case .rank: rank
        case .pairwise: pairwise
        case .trend: trend
        case .term: term
        case .joint: joint
        }
    }

    static func letter(of test: TestResult) -> String {
        switch test.distribution {
        case .f: "F"
        case .t: "t"
        case .chiSquare, .mixture: "X²"
        }
    }

    static func `in`(_ language: Language) -> TestWords {
        switch language {
        case .russian: russian
        case .kazakh: kazakh
        default: english
        }
    }

    private static let english = TestWords(
        test: "test", variables: "variables", groups: "groups", statistic: "statistic", degrees: "df",
        adjusted: "p adjusted", estimate: "estimate", error: "SE", interval: "interval",
        independence: "independence", fit: "given shares", t: "equal means", rank: "ranks", pairwise: "pair",
        trend: "trend", term: "term", joint: "all together")

    private static let russian = TestWords(
        test: "проверка", variables: "переменные", groups: "группы", statistic: "статистика", degrees: "ст. св.",
        adjusted: "p с поправкой", estimate: "оценка", error: "СО", interval: "интервал",
        independence: "независимость", fit: "заданные доли", t: "равенство средних", rank: "ранги", pairwise: "пара",
        trend: "тренд", term: "член модели", joint: "все вместе")

    private static let kazakh = TestWords(
        test: "тексеру", variables: "айнымалылар", groups: "топтар", statistic: "статистика", degrees: "еркіндік",
        adjusted: "түзетілген p", estimate: "бағалау", error: "СҚ", interval: "аралық",
        independence: "тәуелсіздік", fit: "берілген үлестер", t: "орташалар теңдігі", rank: "рангтер",
        pairwise: "жұп", trend: "тренд", term: "модель мүшесі", joint: "бәрі бірге")
}
