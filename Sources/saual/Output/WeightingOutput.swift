internal import SurveyProblems
internal import SurveySchema
internal import SurveyWeighting

/// The report of a weighting: steps, the weights at the end, and the margins furthest from their targets before it.
struct WeightingOutput {
    let recipe: WeightingRecipe
    let summary: WeightingSummary
    let cautions: [Problem]
    let source: JSONText
    let language: Language

    /// Margins that the report for people lists.
    private static let mostMargins = 10

    /// Relative distance of a category from its target after the last step.
    private static func error(_ margin: WeightingSummary.Margin) -> Double {
        margin.target > 0 ? abs(margin.after - margin.target) / margin.target : 0
    }

    private var worst: [WeightingSummary.Margin] {
        let order = summary.margins.indices.sorted {
            let (left, right) = (Self.error(summary.margins[$0]), Self.error(summary.margins[$1]))
            return left == right ? $0 < $1 : left > right
        }
        return order.prefix(Self.mostMargins).map { summary.margins[$0] }
    }

    var json: JSONText {
        let last = summary.steps.last
        var fields: [(String, JSONText)] = [
            ("saual", .string("weights/1")), ("program", .string("saual \(Versions.saual)")), ("source", source),
            ("weight", .string(recipe.name)), ("base", recipe.base.map { .string($0) } ?? .null),
            ("n", .integer(last?.rows ?? 0)), ("sum", .optional(last?.sum)), ("min", .optional(last?.least)),
            ("max", .optional(last?.greatest)), ("kish_deff", .optional(last?.kishEffect)),
            ("n_eff", .optional(last?.effectiveN)),
        ]
        let fits = summary.steps.filter { $0.largestError != nil }
        if let fit = fits.last {
            fields.append(("iterations", fit.iterations.map { .integer($0) } ?? .null))
            fields.append(("largest_relative_margin_error", .optional(fit.largestError)))
        }
        fields.append(("steps", .array(summary.steps.map(\.json))))
        if !summary.margins.isEmpty {
            fields.append(("worst_margins", .array(worst.map(WeightingOutput.json))))
            fields.append(("margins", .array(summary.margins.map(WeightingOutput.json))))
        }
        if let diagnostics = summary.diagnostics { fields.append(("diagnostics", diagnostics.json)) }
        fields.append(("cautions", .array(cautions.map { $0.json(in: language.rawValue) })))
        return .object(fields)
    }

    private static func json(_ margin: WeightingSummary.Margin) -> JSONText {
        .object([
            ("variable", .string(margin.variable)), ("category", .string(margin.category)),
            ("target", .optional(margin.target)), ("before", .optional(margin.before)),
            ("after", .optional(margin.after)), ("relative_error", .optional(error(margin))),
        ])
    }

    /// The report for people.
    var text: String {
        let words = WeightingWords.in(language)
        func number(_ value: Double) -> String { PlainNumber.text(value, in: language) }
        var steps = TextTable([
            (words.step, .left), (words.rows, .right), (words.sum, .right), (words.least, .right),
            (words.greatest, .right), (words.kish, .right), (words.effective, .right), (words.passes, .right),
        ])
        for step in summary.steps {
            steps.append([
                words.name(of: step.name), String(step.rows), number(step.sum), number(step.least),
                number(step.greatest), number(step.kishEffect), number(step.effectiveN),
                step.iterations.map(String.init) ?? "",
            ])
        }
        let more = summary.diagnostics.map { DiagnosticsOutput(diagnostics: $0, language: language).text } ?? ""
        guard !summary.margins.isEmpty else { return steps.text + more }
        var margins = TextTable([
            (words.margin, .left), (words.category, .left), (words.target, .right), (words.before, .right),
            (words.after, .right),
        ])
        for margin in worst {
            margins.append([
                margin.variable, margin.category, number(margin.target), number(margin.before), number(margin.after),
            ])
        }
        let error = summary.steps.last { $0.largestError != nil }?.largestError ?? 0
        return steps.text + "\n" + words.largest + ": " + JSONText.shortest(error) + "\n\n" + margins.text + more
    }
}

/// The words of the report of `weight`.
struct WeightingWords {
    let step, rows, sum, least, greatest, kish, effective, passes, margin, category, target, before, after,
        largest: String
    let names: [String: String]

    func name(of step: String) -> String { names[step] ?? step }

    static func `in`(_ language: Language) -> WeightingWords {
        switch language {
        case .russian:
            WeightingWords(
                step: "Шаг", rows: "Строки", sum: "Сумма", least: "Мин.", greatest: "Макс.", kish: "deff Киша",
                effective: "n эфф.", passes: "Проходы", margin: "Маржа", category: "Категория", target: "Цель",
                before: "До", after: "После", largest: "Наибольшее относительное отклонение от цели",
                names: [
                    "base": "базовый вес", "nonresponse": "неответы", "trim": "обрезка", "rake": "рейкинг",
                    "poststratify": "постстратификация", "calibrate": "калибровка",
                    "eligibility": "целевая группа", "propensity": "склонность отвечать", "scale": "масштаб",
                    "combine": "объединение выборок", "panel": "вес прошлой волны", "nearest": "ближайшие веса",
                ])
        case .kazakh:
            WeightingWords(
                step: "Қадам", rows: "Жолдар", sum: "Қосынды", least: "Мин.", greatest: "Макс.", kish: "Киш deff",
                effective: "тиімді n", passes: "Өтулер", margin: "Маржа", category: "Санат", target: "Мақсат",
                before: "Дейін", after: "Кейін", largest: "Мақсаттан ең үлкен салыстырмалы ауытқу",
                names: [
                    "base": "базалық салмақ", "nonresponse": "жауап бермеу", "trim": "қию", "rake": "рейкинг",
                    "poststratify": "постстратификация", "calibrate": "калибрлеу",
                    "eligibility": "нысаналы топ", "propensity": "жауап беру бейімділігі", "scale": "ауқым",
                    "combine": "іріктемелерді біріктіру", "panel": "алдыңғы толқын салмағы",
                    "nearest": "ең жақын салмақтар",
                ])
        default:
            WeightingWords(
                step: "Step", rows: "Rows", sum: "Sum", least: "Min", greatest: "Max", kish: "Kish deff",
                effective: "n eff", passes: "Sweeps", margin: "Margin", category: "Category", target: "Target",
                before: "Before", after: "After", largest: "Largest relative distance from a target",
                names: [
                    "base": "base weight", "nonresponse": "non-response", "trim": "trimming", "rake": "raking",
                    "poststratify": "post-stratification", "calibrate": "calibration",
                    "eligibility": "eligibility", "propensity": "response propensity", "scale": "scaling",
                    "combine": "samples combined", "panel": "weight of the earlier wave", "nearest": "nearest weights",
                ])
        }
    }
}
