internal import SurveyWeighting

/// The recipe of the weights.
extension StudyKeys {
    static let weighting: [SchemaKey] = [
        .required(
            "name", .identifier,
            Phrase(
                "Name of the new weight, the weight of the design", ru: "Имя нового веса, веса плана выборки",
                kk: "Жаңа салмақтың, жоспар салмағының аты")),
        .optional(
            "base", .text,
            Phrase(
                "Base weight; 1 for every row if left out", ru: "Базовый вес; без ключа — 1 для каждой строки",
                kk: "Базалық салмақ; кілтсіз — әр жолға 1")),
        .required(
            "steps", .oneOrList(.keys(steps)),
            Phrase("Steps in their order", ru: "Шаги по порядку", kk: "Қадамдар ретімен")),
    ]

    private static let steps: [SchemaKey] = [
        .optional(
            "nonresponse", .keys(nonresponse),
            Phrase(
                "Respondents stand for the others of their cell", ru: "Респонденты представляют остальных в ячейке",
                kk: "Респонденттер ұяшықтағы басқаларды танытады")),
        .optional(
            "trim", .keys(trim, needing: ["max", "min"]),
            Phrase("Weights cut to a range", ru: "Веса обрезаются до границ", kk: "Салмақтар шекке дейін қиылады")),
        .optional(
            "rake", .keys(rake),
            Phrase("Several margins met", ru: "Выполнение нескольких маржей", kk: "Бірнеше маржаны орындау")),
        .optional(
            "poststratify", .keys(poststratify),
            Phrase("One margin met", ru: "Выполнение одной маржи", kk: "Бір маржаны орындау")),
        .optional(
            "calibrate", .keys(calibrate),
            Phrase(
                "Totals of categories and of numeric variables met together",
                ru: "Выполнение итогов категорий и числовых переменных вместе",
                kk: "Санаттар мен сандық айнымалылардың қорытындыларын бірге орындау")),
    ]

    private static let nonresponse: [SchemaKey] = [
        .optional(
            "cells", .shared("names"),
            Phrase("Variables of the cells", ru: "Переменные ячеек", kk: "Ұяшықтардың айнымалылары")),
        .required(
            "outcome", .text,
            Phrase("Outcome of each case", ru: "Исход каждого случая", kk: "Әр жағдайдың нәтижесі")),
        .required(
            "classes",
            .either([
                .words(["aapor"]),
                .keys(
                    OutcomeClass.allCases.map { outcome in
                        .optional(
                            outcome.rawValue, .either([.text, .list(of: .text)]),
                            Phrase("Codes of this class", ru: "Коды этого класса", kk: "Осы класс кодтары"))
                    }, needing: [OutcomeClass.respondent.rawValue]),
            ]),
            Phrase(
                "aapor, or the codes of each class", ru: "aapor или коды каждого класса",
                kk: "aapor немесе әр класс кодтары")),
        .optional(
            "rate", .words(NonresponseAdjustment.Rate.allCases.map(\.rawValue)),
            Phrase(
                "Response rate of a cell; weighted if left out", ru: "Доля ответов в ячейке; без ключа weighted",
                kk: "Ұяшықтағы жауап үлесі; кілтсіз weighted")),
        .optional(
            "minimum respondents", .whole(least: 1),
            Phrase(
                "Cells with fewer are told; 20 if left out", ru: "О ячейках с меньшим числом сообщается; без ключа 20",
                kk: "Одан аз ұяшықтар хабарланады; кілтсіз 20")),
        .optional(
            "greatest factor", .number,
            Phrase(
                "Cells with a greater one are told; 3 if left out", ru: "О ячейках с большим сообщается; без ключа 3",
                kk: "Одан үлкен ұяшықтар хабарланады; кілтсіз 3")),
    ]

    private static let trim: [SchemaKey] = [
        .optional("max", .number, Phrase("Upper limit", ru: "Верхняя граница", kk: "Жоғарғы шек")),
        .optional("min", .number, Phrase("Lower limit", ru: "Нижняя граница", kk: "Төменгі шек")),
        .optional(
            "of", .words(Trimming.Scale.allCases.map(\.rawValue)),
            Phrase(
                "What the limits are multiples of; absolute if left out",
                ru: "Чему кратны границы; без ключа absolute", kk: "Шектер неге еселі; кілтсіз absolute")),
        .optional(
            "spread", .words(Trimming.Spread.allCases.map(\.rawValue)),
            Phrase(
                "How the excess is spread; equal if left out", ru: "Как раздаётся срезанное; без ключа equal",
                kk: "Қиылған қалай таратылады; кілтсіз equal")),
        .optional(
            "once", .truth, Phrase("true: one pass", ru: "true — один проход", kk: "true — бір өту")),
    ]

    /// One file for all waves, or one for each.
    private static let targets = SchemaKey.required(
        "targets", .either([.text, .names(of: .text, least: 1)]),
        Phrase(
            "Targets file, or {WAVE: FILE}", ru: "Файл целей или {ВОЛНА: ФАЙЛ}",
            kk: "Мақсаттар файлы немесе {ТОЛҚЫН: ФАЙЛ}"))

    private static let rake: [SchemaKey] = [
        targets,
        .optional(
            "rescale margins", .words(["first"]),
            Phrase(
                "Margins scaled to the sum of the first", ru: "Маржи приводятся к сумме первой",
                kk: "Маржалар біріншісінің қосындысына келтіріледі")),
        .optional(
            "stop", .words(["cells"]),
            Phrase("The rule of R survey 4.1", ru: "Правило R survey 4.1", kk: "R survey 4.1 ережесі")),
        .optional(
            "epsilon", .number,
            Phrase(
                "For stop: cells; 1 if left out", ru: "Для stop: cells; без ключа 1", kk: "stop: cells үшін; кілтсіз 1")
        ),
        .optional(
            "maxit", .whole(least: 1),
            Phrase(
                "For stop: cells; 10 if left out", ru: "Для stop: cells; без ключа 10",
                kk: "stop: cells үшін; кілтсіз 10")),
    ]

    private static let calibrate: [SchemaKey] = [
        targets,
        .optional(
            "distance", .words(CalibrationDistance.allCases.map(\.rawValue)),
            Phrase(
                "How weights move; if left out linear with numeric totals, else raking",
                ru: "Как меняются веса; без ключа linear при числовых итогах, иначе raking",
                kk: "Салмақтар қалай өзгереді; кілтсіз сандық қорытынды болса linear, әйтпесе raking")),
        .optional(
            "bounds", .list(of: .either([.number, .nothing]), least: 2, most: 2),
            Phrase(
                "[least, greatest] factor from base weight to weight; null leaves a side open",
                ru: "[наименьший, наибольший] множитель к базовому весу; null — без границы",
                kk: "базалық салмаққа көбейткіштің [ең азы, ең көбі]; null — шексіз")),
        .optional(
            "bounds on", .words(CalibrationBounds.Scale.allCases.map(\.rawValue)),
            Phrase(
                "What the bounds limit; g, the factor, if left out",
                ru: "Что ограничено; без ключа g, множитель", kk: "Не шектеледі; кілтсіз g, көбейткіш")),
        .optional(
            "by cluster", .text,
            Phrase("One weight for each value", ru: "Один вес на каждое значение", kk: "Әр мәнге бір салмақ")),
        .optional(
            "q", .text,
            Phrase(
                "Rows with a large value keep close to their base weight",
                ru: "Строки с большим значением остаются ближе к базовому весу",
                kk: "Мәні үлкен жолдар базалық салмағына жақын қалады")),
        .optional(
            "prescale", .truth,
            Phrase(
                "true: base weights are first scaled to the totals",
                ru: "true — базовые веса сначала приводятся к масштабу итогов",
                kk: "true — базалық салмақтар алдымен қорытындылар масштабына келтіріледі")),
        .optional(
            "force", .truth,
            Phrase(
                "true: the last weights, with a caution, where totals are not met",
                ru: "true — последние веса с предупреждением, если итоги не выполнены",
                kk: "true — қорытындылар орындалмаса, соңғы салмақтар ескертумен")),
        .optional(
            "rescale margins", .words(["first"]),
            Phrase(
                "Margins scaled to the sum of the first", ru: "Маржи приводятся к сумме первой",
                kk: "Маржалар біріншісінің қосындысына келтіріледі")),
    ]

    private static let poststratify: [SchemaKey] = [
        targets,
        .optional(
            "partial", .truth,
            Phrase(
                "true: empty categories are left out", ru: "true — пустые категории пропускаются",
                kk: "true — бос санаттар қалдырылады")),
    ]
}
