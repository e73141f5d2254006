internal import SurveyIndicators

extension FileSchema {
    static let indicators = FileSchema(
        kind: "indicators",
        about: Phrase(
            "Which figures are wanted, each of a stated base", ru: "Какие показатели нужны, каждый со своей базой",
            kk: "Қандай көрсеткіштер керек, әрқайсысы өз базасымен"),
        root: .keys([
            FileSchema.kindKey("indicators"),
            .required(
                "indicators", .oneOrList(.shared("indicator")),
                Phrase(
                    "The figures in the order of the report", ru: "Показатели в порядке отчёта",
                    kk: "Есептегі ретімен көрсеткіштер")),
            VersionKeys.unreviewed,
        ]),
        shared: [
            ("text", .texts), ("indicator", .keys(IndicatorKeys.indicator, needing: IndicatorKeys.formulas)),
            ("plan", IndicatorKeys.plan), ("published", IndicatorKeys.published),
            ("published change", IndicatorKeys.publishedChange),
        ])
}

/// The keys of an indicator, in the order in which people write them.
enum IndicatorKeys {
    static let indicator: [SchemaKey] =
        [
            .required(
                "id", .identifier,
                Phrase(
                    "Name in commands and results", ru: "Имя в командах и результатах",
                    kk: "Пәрмендер мен нәтижелердегі атауы")),
            .required(
                "version", .text,
                Phrase(
                    "Raise it when the definition changes", ru: "Увеличивайте при изменении определения",
                    kk: "Анықтама өзгергенде арттырыңыз")),
            .required(
                "name", .shared("text"),
                Phrase(
                    "Name for people, in every language", ru: "Название для людей, на каждом языке",
                    kk: "Адамдарға арналған атауы, әр тілде")),
            .optional(
                "share", .expression,
                Phrase(
                    "Share of the base for which this is true", ru: "Доля базы, для которой это верно",
                    kk: "Базаның осы шарт ақиқат болатын үлесі")),
            .optional(
                "mean", .expression, Phrase("Mean of this number", ru: "Среднее этого числа", kk: "Осы санның орташасы")
            ),
            .optional(
                "ratio",
                .keys([
                    .required(
                        "of", .expression,
                        Phrase(
                            "Number whose total is divided", ru: "Число, сумму которого делят",
                            kk: "Қосындысы бөлінетін сан")),
                    .required(
                        "to", .expression,
                        Phrase(
                            "Number whose total divides", ru: "Число, на сумму которого делят",
                            kk: "Қосындысына бөлінетін сан")),
                ]), Phrase("Ratio of two totals", ru: "Отношение двух сумм", kk: "Екі қосындының қатынасы")),
            .optional(
                "median", .expression,
                Phrase("Median of this number", ru: "Медиана этого числа", kk: "Осы санның медианасы")
            ),
            .optional(
                "quantile",
                .keys([
                    .required("of", .expression, Phrase("Number", ru: "Число", kk: "Сан")),
                    .required(
                        "p", .number,
                        Phrase(
                            "Share of the base up to it, between 0 and 1", ru: "Доля базы до него, от 0 до 1",
                            kk: "Базаның соған дейінгі үлесі, 0 мен 1 арасында")),
                ]),
                Phrase(
                    "Number that a share p of the base is up to", ru: "Число, до которого лежит доля p базы",
                    kk: "Базаның p үлесі жететін сан")),
            .optional(
                "base", .pattern("everyone|(asked|answered) .+"),
                Phrase(
                    "Whom the figure speaks of: everyone, asked QUESTION, answered QUESTION or VARIABLE",
                    ru:
                        "О ком показатель: everyone — все, asked ВОПРОС — спрошенные, answered ВОПРОС или ПЕРЕМЕННАЯ — ответившие",
                    kk:
                        "Көрсеткіш кім туралы: everyone — барлығы, asked СҰРАҚ — сұралғандар, answered СҰРАҚ не АЙНЫМАЛЫ — жауап бергендер"
                )),
            .optional(
                "where", .expression,
                Phrase("A further condition on the base", ru: "Ещё одно условие на базу", kk: "Базаға қосымша шарт")),
            .optional(
                "direction", .words(IndicatorDefinition.Direction.allCases.map(\.rawValue)),
                Phrase("Which way is better", ru: "В какую сторону лучше", kk: "Қай бағыт жақсырақ")),
            .optional(
                "unit", .text,
                Phrase(
                    "percent (for a share, if left out), mean, points, tenge, years…",
                    ru: "percent (для доли без ключа), mean, points, tenge, years…",
                    kk: "percent (үлес үшін, кілтсіз), mean, points, tenge, years…")),
            .optional(
                "source", .shared("text"),
                Phrase(
                    "Law, handbook or paper that defines the figure", ru: "Закон, пособие или статья с определением",
                    kk: "Анықтамасы бар заң, нұсқаулық не мақала")),
            .optional(
                "by", .oneOrList(.oneOrList(.text)),
                Phrase(
                    "Breakdowns beside the whole: names, or lists of names to be crossed",
                    ru: "Разбивки помимо целого: имена или списки имён для пересечения",
                    kk: "Жалпыдан бөлек бөліністер: атаулар не қиылысатын атаулар тізімі")),
        ] + families + composites + comparisons
}

extension SchemaPart {
    /// An id that becomes part of file names: of indicators, studies and waves.
    static let identifier = SchemaPart.pattern(IndicatorReader.identifierPattern)
}
