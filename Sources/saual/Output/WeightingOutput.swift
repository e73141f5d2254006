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
        fields.append(("steps", .array(summary.steps.map(WeightingOutput.json))))
        if !summary.margins.isEmpty {
            fields.append(("worst_margins", .array(worst.map(WeightingOutput.json))))
            fields.append(("margins", .array(summary.margins.map(WeightingOutput.json))))
        }
        fields.append(("cautions", .array(cautions.map { $0.json(in: language.rawValue) })))
        return .object(fields)
    }

    static func json(_ step: WeightingSummary.Step) -> JSONText {
        var fields: [(String, JSONText)] = [
            ("step", .string(step.name)), ("n", .integer(step.rows)), ("sum", .optional(step.sum)),
            ("min", .optional(step.least)), ("max", .optional(step.greatest)),
            ("kish_deff", .optional(step.kishEffect)), ("n_eff", .optional(step.effectiveN)),
        ]
        if let iterations = step.iterations { fields.append(("iterations", .integer(iterations))) }
        if let rows = step.rowsCut { fields.append(("rows_cut", .integer(rows))) }
        if let share = step.movedShare { fields.append(("moved_share", .optional(share))) }
        if let error = step.largestError { fields.append(("largest_relative_margin_error", .optional(error))) }
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
        guard !summary.margins.isEmpty else { return steps.text }
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
        return steps.text + "\n" + words.largest + ": " + JSONText.shortest(error) + "\n\n" + margins.text
    }
}

/// The words of the report of `weight`.
private struct WeightingWords {
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
                ])
        case .kazakh:
            WeightingWords(
                step: "Қадам", rows: "Жолдар", sum: "Қосынды", least: "Мин.", greatest: "Макс.", kish: "Киш deff",
                effective: "тиімді n", passes: "Өтулер", margin: "Маржа", category: "Санат", target: "Мақсат",
                before: "Дейін", after: "Кейін", largest: "Мақсаттан ең үлкен салыстырмалы ауытқу",
                names: [
                    "base": "базалық салмақ", "nonresponse": "жауап бермеу", "trim": "қию", "rake": "рейкинг",
                    "poststratify": "постстратификация", "calibrate": "калибрлеу",
                ])
        default:
            WeightingWords(
                step: "Step", rows: "Rows", sum: "Sum", least: "Min", greatest: "Max", kish: "Kish deff",
                effective: "n eff", passes: "Sweeps", margin: "Margin", category: "Category", target: "Target",
                before: "Before", after: "After", largest: "Largest relative distance from a target",
                names: [
                    "base": "base weight", "nonresponse": "non-response", "trim": "trimming", "rake": "raking",
                    "poststratify": "post-stratification", "calibrate": "calibration",
                ])
        }
    }
}

extension WeightingRecipe {
    /// The recipe with its targets in full, so that weights can be made again from the same rows.
    func json(targets: [String: WeightingTargets]) -> JSONText {
        .object([
            ("base", base.map { .string($0) } ?? .null),
            ("steps", .array(steps.map { WeightingRecipe.json($0, targets: targets) })),
        ])
    }

    /// The rules of a general calibration that are not the default.
    private static func json(_ rules: GeneralCalibration) -> [(String, JSONText)] {
        var fields: [(String, JSONText)] = []
        if let distance = rules.distance { fields.append(("distance", .string(distance.rawValue))) }
        if let bounds = rules.bounds {
            fields += [
                (
                    "bounds",
                    .array([bounds.low, bounds.high].map { $0.isFinite ? .number($0) : .null })
                ), ("bounds on", .string(bounds.scale.rawValue)),
            ]
        }
        if let cluster = rules.cluster { fields.append(("by cluster", .string(cluster))) }
        if let cost = rules.cost { fields.append(("q", .string(cost))) }
        if rules.isPrescaled { fields.append(("prescale", .bool(true))) }
        if rules.isForced { fields.append(("force", .bool(true))) }
        if case .rSurvey(let epsilon, let steps) = rules.rule {
            fields += [("stop", .string("r")), ("epsilon", .number(epsilon)), ("maxit", .integer(steps))]
        }
        return fields
    }

    private static func json(_ step: Step, targets: [String: WeightingTargets]) -> JSONText {
        func list(_ texts: [String]) -> JSONText { .array(texts.map { .string($0) }) }
        switch step {
        case .nonresponse(let step):
            var classes: JSONText = .string("aapor")
            if case .codes(let codes) = step.classes {
                classes = .object(
                    OutcomeClass.allCases.map { outcome in
                        (outcome.rawValue, list(codes.filter { $0.value == outcome }.keys.sorted()))
                    })
            }
            return .object([
                (
                    "nonresponse",
                    .object([
                        ("cells", list(step.cells)), ("outcome", .string(step.outcome)), ("classes", classes),
                        ("rate", .string(step.rate.rawValue)),
                    ])
                )
            ])
        case .trim(let step):
            return .object([
                (
                    "trim",
                    .object([
                        ("max", .optional(step.greatest)), ("min", .optional(step.least)),
                        ("of", .string(step.scale.rawValue)), ("spread", .string(step.spread.rawValue)),
                        ("once", .bool(step.isOnce)),
                    ])
                )
            ])
        case .calibrate(let step):
            var fields: [(String, JSONText)] = [
                ("targets", .string(String(step.targets.split(separator: "/").last ?? "")))
            ]
            if case .cells(let epsilon, let sweeps) = step.rule, step.method == .rake {
                fields += [("stop", .string("cells")), ("epsilon", .number(epsilon)), ("maxit", .integer(sweeps))]
            }
            if step.isPartial { fields.append(("partial", .bool(true))) }
            if step.rescalesMargins || step.method == .calibrate && step.general.rescalesMargins {
                fields.append(("rescale margins", .string("first")))
            }
            if step.method == .calibrate { fields += json(step.general) }
            let margins = (targets[step.targets]?.margins ?? []).map { margin in
                JSONText.object([
                    ("variables", list(margin.variables)),
                    (
                        "categories",
                        .array(margin.categories.map { .array([list($0.codes), .number($0.total)]) })
                    ),
                ])
            }
            fields.append(("margins", .array(margins)))
            if step.method == .calibrate {
                let numbers = (targets[step.targets]?.numericTotals ?? []).map { total in
                    JSONText.array([
                        .string(total.variable), list(total.partVariables), list(total.partCodes), .number(total.total),
                    ])
                }
                fields.append(("numbers", .array(numbers)))
            }
            return .object([(step.method.rawValue, .object(fields))])
        }
    }
}
