internal import SurveySchema

/// The words of the tables of a model.
struct ModelWords: Sendable {
    /// What a summary tells.
    enum Number: Sendable { case rows, incomplete, degrees, deviance }

    let term, estimate, error, interval, answer, variable, category, margins, terms, statistic: String
    let wald, likelihood: String
    let summary: [(String, Number)]

    func tests(_ isLikelihood: Bool) -> String { isLikelihood ? likelihood : wald }

    static func `in`(_ language: Language) -> ModelWords {
        switch language {
        case .russian: russian
        case .kazakh: kazakh
        default: english
        }
    }

    private static let english = ModelWords(
        term: "term", estimate: "estimate", error: "SE", interval: "interval", answer: "answer", variable: "variable",
        category: "category", margins: "Predictive margins", terms: "terms", statistic: "statistic",
        wald: "Joint tests of terms (Wald)", likelihood: "Joint tests of terms (likelihood ratio)",
        summary: [
            ("complete rows", .rows), ("rows set aside", .incomplete), ("degrees of freedom", .degrees),
            ("deviance", .deviance),
        ])

    private static let russian = ModelWords(
        term: "слагаемое", estimate: "оценка", error: "СО", interval: "интервал", answer: "ответ",
        variable: "переменная", category: "категория", margins: "Средние предсказания", terms: "слагаемые",
        statistic: "статистика", wald: "Совместная проверка слагаемых (Вальд)",
        likelihood: "Совместная проверка слагаемых (отношение правдоподобия)",
        summary: [
            ("полных строк", .rows), ("отложено строк", .incomplete), ("степени свободы", .degrees),
            ("девианс", .deviance),
        ])

    private static let kazakh = ModelWords(
        term: "қосылғыш", estimate: "бағалау", error: "СҚ", interval: "аралық", answer: "жауап", variable: "айнымалы",
        category: "санат", margins: "Орташа болжамдар", terms: "қосылғыштар", statistic: "статистика",
        wald: "Қосылғыштарды бірге тексеру (Вальд)",
        likelihood: "Қосылғыштарды бірге тексеру (шындыққа ұқсастық қатынасы)",
        summary: [
            ("толық жолдар", .rows), ("шетке қойылған жолдар", .incomplete), ("еркіндік дәрежелері", .degrees),
            ("девианс", .deviance),
        ])
}
