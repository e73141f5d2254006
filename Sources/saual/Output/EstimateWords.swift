internal import SurveyEstimation
internal import SurveySchema

/// The words of a table of estimates.
struct EstimateWords: Sendable {
    let statistic, variable, answer, estimate, error, interval, base, flags, whole, footer: String
    let count, total, mean, share, ratio: String
    let quantile, variance, deviation, correlation, gini, poverty, sensitive, contrast: String

    func name(of kind: StatisticKind) -> String {
        switch kind {
        case .count: count
        case .total: total
        case .mean: mean
        case .share: share
        case .ratio: ratio
        case .quantile: quantile
        case .variance: variance
        case .standardDeviation: deviation
        case .correlation: correlation
        case .gini: gini
        case .poverty: poverty
        case .sensitive: sensitive
        case .contrast: contrast
        }
    }

    static func `in`(_ language: Language) -> EstimateWords {
        switch language {
        case .russian: russian
        case .kazakh: kazakh
        default: english
        }
    }

    private static let english = EstimateWords(
        statistic: "statistic", variable: "variable", answer: "answer", estimate: "estimate", error: "SE",
        interval: "interval",
        base: "base", flags: "flags", whole: "all",
        footer:
            "Not for publication: every cell is shown, whatever its base. Use \"saual indicators\" or \"saual report\" "
            + "for figures that leave the house.",
        count: "count", total: "total", mean: "mean", share: "share", ratio: "ratio",
        quantile: "quantile", variance: "variance", deviation: "SD", correlation: "correlation", gini: "Gini",
        poverty: "poverty", sensitive: "hidden share", contrast: "contrast")

    private static let russian = EstimateWords(
        statistic: "статистика", variable: "переменная", answer: "ответ", estimate: "оценка", error: "СО",
        interval: "интервал",
        base: "база", flags: "пометки", whole: "все",
        footer:
            "Не для публикации: показаны все ячейки, какой бы ни была база. Для публикуемых цифр есть "
            + "saual indicators и saual report.",
        count: "численность", total: "сумма", mean: "среднее", share: "доля", ratio: "отношение",
        quantile: "квантиль", variance: "дисперсия", deviation: "ст. отклонение", correlation: "корреляция",
        gini: "Джини", poverty: "бедность", sensitive: "скрытая доля", contrast: "контраст")

    private static let kazakh = EstimateWords(
        statistic: "статистика", variable: "айнымалы", answer: "жауап", estimate: "бағалау", error: "СҚ",
        interval: "аралық",
        base: "база", flags: "белгілер", whole: "барлығы",
        footer:
            "Жариялауға арналмаған: базасы қандай болса да, барлық ұяшық көрсетілген. Жарияланатын сандар үшін "
            + "saual indicators және saual report пәрмендері бар.",
        count: "адам саны", total: "қосынды", mean: "орташа", share: "үлес", ratio: "қатынас",
        quantile: "квантиль", variance: "дисперсия", deviation: "ст. ауытқу", correlation: "корреляция",
        gini: "Джини", poverty: "кедейлік", sensitive: "жасырын үлес", contrast: "контраст")
}
