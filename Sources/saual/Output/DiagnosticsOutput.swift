internal import SurveyProblems
internal import SurveySchema
internal import SurveyWeighting

/// The diagnostics of a weighting for people: what each step did to weights, margins and other variables.
struct DiagnosticsOutput {
    let diagnostics: WeightingDiagnostics
    let language: Language

    var text: String {
        let words = DiagnosticsWords.in(language)
        let names = WeightingWords.in(language)
        func number(_ value: Double?) -> String { value.map { PlainNumber.text($0, in: language) } ?? "" }
        func percent(_ value: Double?) -> String { value.map { PlainNumber.percent($0, in: language) } ?? "" }
        func count(_ value: Int?) -> String { value.map(String.init) ?? "" }
        var steps = TextTable([
            (names.step, .left), ("1%", .right), ("5%", .right), ("50%", .right), ("95%", .right), ("99%", .right),
            (words.loss, .right), (words.spread, .right), (words.factors, .right), (words.lower, .right),
            (words.upper, .right), (words.gap, .right), (words.meanGap, .right),
        ])
        for step in diagnostics.steps {
            let quantiles = [0, 1, 3, 5, 6].map { step.quantiles.indices.contains($0) ? step.quantiles[$0] : nil }
            let factors = step.leastFactor.flatMap { least in
                step.greatestFactor.map { number(least) + "–" + number($0) }
            }
            steps.append(
                [names.name(of: step.name)] + quantiles.map(number) + [
                    percent(step.weightLoss), number(step.spread), factors ?? "", count(step.rowsAtLeast),
                    count(step.rowsAtGreatest), percent(step.greatestGap), percent(step.meanGap),
                ])
        }
        guard !diagnostics.balance.isEmpty else { return "\n" + steps.text }
        var balance = TextTable([
            (words.variable, .left), (names.category, .left), (names.before, .right), (names.after, .right),
            ("ASMD", .right), (words.effect, .right),
        ])
        for figure in diagnostics.balance {
            func value(_ value: Double??) -> String {
                let own = value.flatMap { $0 }
                return figure.category == nil ? number(own) : percent(own)
            }
            balance.append([
                figure.variable, figure.category ?? words.mean, value(figure.values.first), value(figure.values.last),
                number(figure.distances.last.flatMap { $0 }), number(figure.effects.last.flatMap { $0 }),
            ])
        }
        return "\n" + steps.text + "\n" + balance.text
    }
}

/// The words of the diagnostics.
private struct DiagnosticsWords {
    let loss, spread, factors, lower, upper, gap, meanGap, variable, effect, mean: String

    static func `in`(_ language: Language) -> DiagnosticsWords {
        switch language {
        case .russian:
            DiagnosticsWords(
                loss: "Потеря n", spread: "Макс./мин.", factors: "Множители", lower: "На нижней границе",
                upper: "На верхней границе", gap: "Наиб. отклонение доли", meanGap: "Среднее отклонение",
                variable: "Переменная", effect: "deff весов", mean: "среднее")
        case .kazakh:
            DiagnosticsWords(
                loss: "n шығыны", spread: "Макс./мин.", factors: "Көбейткіштер", lower: "Төменгі шекте",
                upper: "Жоғарғы шекте", gap: "Үлестің ең үлкен ауытқуы", meanGap: "Орташа ауытқу",
                variable: "Айнымалы", effect: "салмақ deff", mean: "орташа")
        default:
            DiagnosticsWords(
                loss: "n lost", spread: "Max/min", factors: "Factors", lower: "At lower bound",
                upper: "At upper bound", gap: "Largest gap", meanGap: "Mean gap", variable: "Variable",
                effect: "deff of weights", mean: "mean")
        }
    }
}
