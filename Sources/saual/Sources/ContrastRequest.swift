internal import SurveyEstimation
internal import SurveyProblems

/// The contrasts of `estimate`, in the order given.
struct ContrastRequest {
    let expressions: [ContrastExpression]
    let isLogarithmic: Bool
    let adjustment: MultipleComparisons
    let variance: ContrastVariance

    static let options: [Option] = [
        .value(
            "contrast", "EXPR", repeatable: true,
            Phrase(
                "a formula of the estimates, such as q1[1]{2} - q1[1]{1}: answers in [ ], groups in { }",
                ru: "формула из оценок, например q1[1]{2} - q1[1]{1}: ответы в [ ], группы в { }",
                kk: "бағалаулардан формула, мысалы q1[1]{2} - q1[1]{1}: жауаптар [ ], топтар { } ішінде")),
        .flag(
            "log",
            Phrase(
                "intervals and tests of contrasts on the log scale: for ratios and odds",
                ru: "интервалы и проверки контрастов в логарифмах: для отношений и шансов",
                kk: "контраст аралықтары мен тексерулері логарифмде: қатынастар мен мүмкіндіктерге")),
        .choice(
            "contrast-variance", ContrastVariance.allCases.map(\.rawValue),
            Phrase(
                "variance of contrasts: of their slopes, or with each replicate (default: linearised)",
                ru: "дисперсия контрастов: по наклонам или по каждой реплике (по умолчанию linearised)",
                kk: "контраст дисперсиясы: көлбеулер бойынша не әр репликамен (әдепкісі: linearised)")),
        TestCommand.adjust,
    ]

    /// nil without contrasts.
    init?(_ call: Call) throws(Problem) {
        guard call.has("contrast") else {
            for option in ["log", "contrast-variance", "adjust"] where call.has(option) {
                throw .optionOfAnother(option, owner: "contrast")
            }
            return nil
        }
        var expressions: [ContrastExpression] = []
        for text in call.values("contrast").uniqued { expressions.append(try ContrastExpression(text)) }
        self.expressions = expressions
        isLogarithmic = call.has("log")
        variance = try call.choice("contrast-variance", of: ContrastVariance.self) ?? .linearised
        adjustment = try call.choice("adjust", of: MultipleComparisons.self) ?? .holm
    }

    /// What the estimates must keep.
    func prepare(_ rules: inout EstimationOptions) {
        rules.keepsCovariance = true
        rules.keepsInfluences = true
        rules.keepsReplicates = variance == .replicate
    }

    func computed(_ estimation: Estimation, _ result: EstimationResult) throws(Problem) -> ContrastResult {
        try estimation.contrasts(
            expressions, of: result, isLogarithmic: isLogarithmic, adjustment: adjustment, variance: variance)
    }
}
