internal import SurveyEstimation
internal import SurveyProblems
internal import SurveySchema

/// The estimates of small areas in the format asked for.
struct SmallAreaOutput {
    let areas: SmallAreas
    let terms: [String]
    /// The variable of the areas.
    let area: String
    let labels: [String]
    let isShare: Bool
    let cautions: [Problem]
    let source: JSONText
    let design: JSONText
    let language: Language

    func text(_ format: String) -> String {
        switch format {
        case "json": json + "\n"
        case "csv": csv
        default: table.text + "\n" + footer + "\n"
        }
    }

    private func fields(_ row: SmallAreas.Row) -> [(String, JSONText)] {
        [
            ("area", .string(row.name)), ("estimate", .number(row.value)),
            ("rmse", .number(row.model.meanSquaredError.squareRoot())),
            ("eblup", .number(row.model.value)), ("shift", .number(row.value - row.model.value)),
            ("synthetic", .number(row.model.synthetic)), ("gamma", .number(row.model.shrinkage)),
            ("direct", .optional(row.direct?.value)), ("direct_se", .optional(row.direct?.standardError)),
            ("n_base", .integer(row.direct?.nBase ?? 0)),
            ("d", .optional(row.variance)), ("residual", .optional(row.model.residual)),
            ("flags", .array(flags(row).map { .string($0) })),
        ]
    }

    private func flags(_ row: SmallAreas.Row) -> [String] {
        var flags: [String] = []
        if row.variance == nil || areas.fit.variance == 0 { flags.append("synthetic") }
        if let residual = row.model.residual, abs(residual) > 3 { flags.append("outlier") }
        return flags
    }

    private var json: String {
        let fit = areas.fit
        let names = ["(Intercept)"] + terms
        let coefficients = names.indices.map { position in
            JSONText.object([
                ("term", .string(names[position])), ("estimate", .number(fit.coefficients[position])),
                ("se", .number(fit.covariance[position * names.count + position].squareRoot())),
            ])
        }
        var model: [(String, JSONText)] = [
            ("method", .string(fit.method.rawValue)), ("variance", .number(fit.variance)),
            ("coefficients", .array(coefficients)), ("smoothing", .string(areas.smoothing.rawValue)),
        ]
        if let effect = areas.pooledDesignEffect { model.append(("pooled_deff", .number(effect))) }
        model += [
            ("benchmark", .string(areas.benchmark.rawValue)), ("whole", .optional(areas.whole.value)),
            ("whole_se", .optional(areas.whole.standardError)),
        ]
        return JSONText.object([
            ("saual", .string("small-areas/1")), ("program", .string("saual \(Versions.saual)")), ("source", source),
            ("design", design), ("statistic", .string(areas.whole.statistic.rawValue)),
            ("variable", .string(areas.whole.variable)), ("by", .string(area)), ("model", .object(model)),
            ("rows", .array(areas.rows.map { .object(fields($0)) })),
            ("cautions", .array(cautions.map { $0.json(in: language.rawValue) })),
        ]).line
    }

    private var csv: String {
        let names = areas.rows.first.map { fields($0).map(\.0) } ?? []
        return CSVText.line(names)
            + areas.rows.map { row in CSVText.line(fields(row).map { CSVText.cell(of: $0.1) }) }.joined()
    }

    private var table: TextTable {
        let words = SmallAreaWords.in(language)
        var table = TextTable([
            (area, .left), (words.estimate, .right), (words.error, .right), (words.direct, .right),
            (words.directError, .right), (words.base, .right), (words.weight, .right), (words.flags, .left),
        ])
        func number(_ value: Double?) -> String {
            guard let value else { return "–" }
            return isShare ? PlainNumber.percent(value, in: language) : PlainNumber.text(value, in: language)
        }
        for (row, label) in zip(areas.rows, labels) {
            table.append([
                label, number(row.value), number(row.model.meanSquaredError.squareRoot()), number(row.direct?.value),
                number(row.direct?.standardError), String(row.direct?.nBase ?? 0),
                PlainNumber.text(row.model.shrinkage, decimals: 2, in: language), flags(row).joined(separator: " "),
            ])
        }
        return table
    }

    private var footer: String {
        let words = SmallAreaWords.in(language)
        return
            "\(words.footer) \(words.variance): \(JSONText.shortest(areas.fit.variance)) (\(areas.fit.method.rawValue))."
    }
}

/// The words of the table of small areas.
private struct SmallAreaWords {
    let estimate, error, direct, directError, base, weight, flags, footer, variance: String

    static func `in`(_ language: Language) -> SmallAreaWords {
        switch language {
        case .russian:
            SmallAreaWords(
                estimate: "Оценка", error: "Корень СКО", direct: "Прямая оценка", directError: "СО", base: "n",
                weight: "Вес прямой", flags: "пометки",
                footer: "Оценка — модель Фэя–Херриота, согласованная с целым; ошибка — без учёта согласования.",
                variance: "Дисперсия между территориями")
        case .kazakh:
            SmallAreaWords(
                estimate: "Баға", error: "ОКҚ түбірі", direct: "Тікелей баға", directError: "СҚ", base: "n",
                weight: "Тікелейдің салмағы", flags: "белгілер",
                footer: "Баға — тұтаспен келістірілген Фэй–Херриот моделі; қате келістіруді ескермейді.",
                variance: "Аумақтар арасындағы дисперсия")
        default:
            SmallAreaWords(
                estimate: "Estimate", error: "RMSE", direct: "Direct", directError: "SE", base: "n",
                weight: "Weight of direct", flags: "flags",
                footer: "Estimates are of the Fay–Herriot model, benchmarked to the whole; errors do not count that.",
                variance: "Variance between areas")
        }
    }
}
