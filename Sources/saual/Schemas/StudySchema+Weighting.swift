internal import SurveyWeighting

/// Which rows are interviews, and how their weights are made.
extension StudyKeys {
    static let weighting: [SchemaKey] = [
        .required(
            "name", .identifier,
            Phrase(
                "Name of the weight; the design names it", ru: "Имя веса; его называет план выборки",
                kk: "Салмақтың атауы; оны іріктеме жоспары атайды")),
        .optional(
            "base", .text,
            Phrase("Base weight; 1 if left out", ru: "Базовый вес; без ключа — 1", kk: "Негізгі салмақ; кілтсіз — 1")),
        .required(
            "steps", .oneOrList(.keys(steps, needing: steps.map(\.name))),
            Phrase(
                "Steps in their order, each of one kind", ru: "Шаги по порядку, каждый одного вида",
                kk: "Қадамдар ретімен, әрқайсысы бір түрлі")),
    ]

    private static let steps: [SchemaKey] = [
        .optional(
            "nonresponse", .keys(nonresponse),
            Phrase(
                "Respondents stand for those who did not answer", ru: "Ответившие замещают неответивших",
                kk: "Жауап бергендер бермегендердің орнын басады")),
        .optional(
            "trim", .keys(trim),
            Phrase("Extreme weights are cut", ru: "Крайние веса обрезаются", kk: "Шектен тыс салмақтар қиылады")),
        .optional(
            "rake", .keys(rake),
            Phrase(
                "Weights meet the totals of several margins", ru: "Веса подгоняются к итогам нескольких распределений",
                kk: "Салмақтар бірнеше үлестірімнің жиындарына келтіріледі")),
        .optional(
            "poststratify", .keys(poststratify),
            Phrase(
                "Weights meet the totals of one crossing", ru: "Веса подгоняются к итогам одного пересечения",
                kk: "Салмақтар бір қиылысудың жиындарына келтіріледі")),
    ]

    private static let nonresponse: [SchemaKey] = [
        .optional(
            "cells", .shared("names"),
            Phrase(
                "Variables that make the cells", ru: "Переменные, образующие ячейки", kk: "Ұяшық құрайтын айнымалылар")),
        .required(
            "outcome", .text,
            Phrase("Question with the outcome codes", ru: "Вопрос с кодами исхода", kk: "Нәтиже кодтары бар сұрақ")),
        .required(
            "classes",
            .either([
                .words(["aapor"]),
                .keys(OutcomeClass.allCases.map { .optional($0.rawValue, .oneOrList(.text), OutcomeWords.about($0)) }),
            ]),
            Phrase(
                "Codes of each class, or aapor for the standard codes",
                ru: "Коды каждого класса или aapor — стандартные",
                kk: "Әр топтың кодтары немесе aapor — стандартты кодтар")),
        .optional(
            "rate", .words(NonresponseAdjustment.Rate.allCases.map(\.rawValue)),
            Phrase(
                "Response rates by weights or by rows", ru: "Доли ответов по весам или по строкам",
                kk: "Жауап үлестері салмақ не жол бойынша")),
        .optional(
            "minimum respondents", .whole(least: 1),
            Phrase(
                "Fewer in a cell: a caution", ru: "Меньше в ячейке — предостережение",
                kk: "Ұяшықта бұдан аз болса — ескерту")),
        .optional(
            "greatest factor", .number,
            Phrase(
                "Greater in a cell: a caution", ru: "Больше в ячейке — предостережение",
                kk: "Ұяшықта бұдан көп болса — ескерту")),
    ]

    private static let trim: [SchemaKey] = [
        .optional("max", .number, Phrase("Greatest weight", ru: "Наибольший вес", kk: "Ең үлкен салмақ")),
        .optional("min", .number, Phrase("Least weight", ru: "Наименьший вес", kk: "Ең кіші салмақ")),
        .optional(
            "of", .words(Trimming.Scale.allCases.map(\.rawValue)),
            Phrase("What the limits are multiples of", ru: "Кратными чего заданы границы", kk: "Шектер ненің еселігі")),
        .optional(
            "spread", .words(Trimming.Spread.allCases.map(\.rawValue)),
            Phrase(
                "How the excess goes to the others", ru: "Как излишек делится между остальными",
                kk: "Артығы қалғандарына қалай бөлінеді")),
        .optional(
            "once", .truth,
            Phrase(
                "true: cut once, even if the others pass the limit then",
                ru: "true — обрезать один раз, даже если другие выйдут за границу",
                kk: "true — қалғандары шектен асса да, бір рет қию")),
    ]

    private static let rake: [SchemaKey] = [
        .required(
            "targets", .targets,
            Phrase(
                "CSV file of the totals, or {WAVE: file}", ru: "Файл CSV с итогами или {ВОЛНА: файл}",
                kk: "Жиындардың CSV файлы немесе {ТОЛҚЫН: файл}")),
        .optional(
            "rescale margins", .words(["first"]),
            Phrase(
                "first: all margins take the sum of the first",
                ru: "first — все распределения приводятся к сумме первого",
                kk: "first — барлық үлестірім біріншінің қосындысына келтіріледі")),
        .optional(
            "stop", .words(["cells"]),
            Phrase(
                "cells: stop as R survey does", ru: "cells — останавливаться, как R survey",
                kk: "cells — R survey сияқты тоқтау")),
        .optional(
            "epsilon", .number,
            Phrase(
                "With stop: greatest change of a cell", ru: "При stop: наибольшее изменение ячейки",
                kk: "stop болса: ұяшықтың ең үлкен өзгерісі")),
        .optional(
            "maxit", .whole(least: 1),
            Phrase(
                "With stop: most rounds", ru: "При stop: наибольшее число проходов",
                kk: "stop болса: айналымның ең көп саны")),
    ]

    private static let poststratify: [SchemaKey] = [
        .required(
            "targets", .targets,
            Phrase(
                "CSV file of the totals, or {WAVE: file}", ru: "Файл CSV с итогами или {ВОЛНА: файл}",
                kk: "Жиындардың CSV файлы немесе {ТОЛҚЫН: файл}")),
        .optional(
            "partial", .truth,
            Phrase(
                "true: cells without a total keep their weights", ru: "true — ячейки без итога сохраняют веса",
                kk: "true — жиыны жоқ ұяшықтар салмағын сақтайды")),
    ]
}

extension SchemaPart {
    /// One file for all waves, or one for each.
    fileprivate static let targets = SchemaPart.either([.text, .names(of: .text, least: 1)])
}

/// What the classes of outcomes mean.
private enum OutcomeWords {
    static func about(_ outcome: OutcomeClass) -> Phrase {
        switch outcome {
        case .respondent: Phrase("Codes of interviews", ru: "Коды интервью", kk: "Сұхбат кодтары")
        case .nonRespondent:
            Phrase("Codes of those who did not answer", ru: "Коды неответивших", kk: "Жауап бермегендердің кодтары")
        case .ineligible:
            Phrase(
                "Codes of those who do not belong to the population", ru: "Коды тех, кто не входит в совокупность",
                kk: "Жиынтыққа кірмейтіндердің кодтары")
        case .unknown:
            Phrase(
                "Codes of those of whom this is not known", ru: "Коды тех, о ком это неизвестно",
                kk: "Бұл жағы белгісіздердің кодтары")
        }
    }
}
