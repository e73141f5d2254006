internal import SurveyWeighting

extension StudyKeys {
    /// The step by which a wave of a panel takes the weight of an earlier one.
    static let panel: [SchemaKey] = [
        .required(
            "from", .either([.words(["previous"]), .names(of: .text, least: 1)]),
            Phrase(
                "The earlier wave of each later one as {LATER: EARLIER}, or previous",
                ru: "Более ранняя волна каждой поздней: {ПОЗДНЯЯ: РАННЯЯ}, или previous",
                kk: "Әр кейінгі толқынның ертерегі: {КЕЙІНГІ: ЕРТЕРЕК}, немесе previous")),
        .required(
            "key", .text,
            Phrase(
                "Question that names a person in both waves", ru: "Вопрос, называющий человека в обеих волнах",
                kk: "Екі толқында да адамды атайтын сұрақ")),
        .optional(
            "weight", .text,
            Phrase(
                "Weight of the earlier wave; the one that the recipe makes if left out",
                ru: "Вес более ранней волны; без ключа — тот, что делает рецепт",
                kk: "Ертерек толқынның салмағы; кілтсіз — рецепт жасайтыны")),
        .optional(
            "cells", .shared("names"),
            Phrase(
                "Variables of the earlier wave whose crossing makes the cells",
                ru: "Переменные более ранней волны, пересечение которых даёт ячейки",
                kk: "Қиылысуы ұяшық беретін ертерек толқын айнымалылары")),
        .optional(
            "propensity",
            .keys([
                .optional(
                    "categories", .shared("names"),
                    Phrase("Predictors that are categories", ru: "Предикторы-категории", kk: "Санат предикторлар")),
                .optional(
                    "numbers", .shared("names"),
                    Phrase("Predictors that are numbers", ru: "Предикторы-числа", kk: "Сан предикторлар")),
                .optional(
                    "groups", .whole(least: 2),
                    Phrase(
                        "Quantile groups of the propensity; without it weights are divided by the propensity",
                        ru: "Квантильные группы склонности; без ключа веса делятся на склонность",
                        kk: "Бейімділіктің квантиль топтары; кілтсіз салмақтар бейімділікке бөлінеді")),
            ]),
            Phrase(
                "The response modelled by variables of the earlier wave",
                ru: "Ответ, смоделированный по переменным более ранней волны",
                kk: "Ертерек толқын айнымалылары бойынша модельденген жауап")),
        .optional(
            "outcome", .text,
            Phrase(
                "Outcome of the later wave; without it every interview is a response",
                ru: "Исход в более поздней волне; без ключа каждое интервью — ответ",
                kk: "Кейінгі толқындағы нәтиже; кілтсіз әр сұхбат — жауап")),
        .optional(
            "classes", outcomeClasses,
            Phrase("What the outcomes mean", ru: "Что значат исходы", kk: "Нәтижелер нені білдіреді")),
        .optional(
            "rate", .words(NonresponseAdjustment.Rate.allCases.map(\.rawValue)),
            Phrase("weighted if left out", ru: "без ключа weighted", kk: "кілтсіз weighted")),
        .optional(
            "newcomers", .words(PanelAdjustment.Newcomers.allCases.map(\.rawValue)),
            Phrase(
                "Rows of no member: refuse, or weight 0", ru: "Строки не участников: отказ или вес 0",
                kk: "Қатысушыға жатпайтын жолдар: бас тарту не салмағы 0")),
        .optional(
            "minimum respondents", .whole(least: 1),
            Phrase(
                "Cells with fewer are told", ru: "О ячейках с меньшим числом сообщается",
                kk: "Саны аз ұяшықтар хабарланады")),
        .optional(
            "greatest factor", .number,
            Phrase(
                "Greater factors are told", ru: "О больших множителях сообщается",
                kk: "Үлкен көбейткіштер хабарланады")),
    ]
}
