internal import SurveyIndicators

extension FileSchema {
    /// The keys of families, composites, bounds, plan and fact.
    static let indicatorForms: [SchemaKey] = [
        .optional(
            "for each", .text,
            Phrase(
                "One indicator for each item of this list; rosters mean the item",
                ru: "По показателю на каждый пункт списка; вопросы по пунктам означают этот пункт",
                kk: "Тізімнің әр тармағына бір көрсеткіш; тармақ сұрақтары сол тармақты білдіреді")),
        .optional(
            "each answer of", .text,
            Phrase(
                "One share for each answer of this question", ru: "По доле на каждый ответ этого вопроса",
                kk: "Осы сұрақтың әр жауабына бір үлес")),
        .optional(
            "funnel",
            .keys([
                .optional(
                    "over", .text,
                    Phrase(
                        "List over which contacts are counted; left out: people",
                        ru: "Список, по которому считаются контакты; без ключа — люди",
                        kk: "Байланыстар саналатын тізім; кілтсіз — адамдар")),
                .required(
                    "stages",
                    .names(
                        pattern: IndicatorReader.identifierPattern,
                        of: .keys([
                            .required(
                                "name", .shared("text"),
                                Phrase("Name of the stage", ru: "Название ступени", kk: "Саты атауы")),
                            .required(
                                "when", .expression,
                                Phrase(
                                    "Who reaches it, of those before", ru: "Кто до неё доходит из прежних",
                                    kk: "Алдыңғылардан оған кім жетеді")),
                        ]), least: 2),
                    Phrase("The stages in their order", ru: "Ступени по порядку", kk: "Сатылар ретімен")),
                .optional(
                    "of", .words(["first", "previous", "base"]),
                    Phrase(
                        "Of whom the share is taken; first if left out", ru: "От кого берётся доля; без ключа first",
                        kk: "Үлес кімнен алынады; кілтсіз — first")),
            ]),
            Phrase(
                "What each stage and all before it leave", ru: "Что остаётся после каждой ступени и всех прежних",
                kk: "Әр саты мен алдыңғыларынан кейін не қалады")),
        .optional(
            "mean of", .oneOrList(.text),
            Phrase("Plain mean of indicators", ru: "Простое среднее показателей", kk: "Көрсеткіштердің жай орташасы")),
        .optional(
            "weighted mean of", .names(of: .number, least: 2),
            Phrase(
                "Mean of indicators with their weights", ru: "Среднее показателей с весами",
                kk: "Салмақтары бар көрсеткіштер орташасы")),
        .optional(
            "difference of", .list(of: .text, least: 2, most: 2),
            Phrase(
                "First indicator less the second", ru: "Первый показатель минус второй",
                kk: "Бірінші көрсеткіштен екіншісін алу")),
        .optional(
            "score of", .text,
            Phrase("Points for this share", ru: "Баллы за эту долю", kk: "Осы үлес үшін балл")),
        .optional(
            "scale",
            .keys([
                .required("full", .number, Phrase("Points for 100 %", ru: "Баллы за 100 %", kk: "100 % үшін балл")),
                .required(
                    "steps", .whole(least: 1),
                    Phrase("Number of equal steps", ru: "Число равных ступеней", kk: "Тең сатылар саны")),
                .optional(
                    "between", .words(ScoreScale.Between.allCases.map(\.rawValue)),
                    Phrase(
                        "A value between two steps; floor if left out", ru: "Значение между ступенями; без ключа floor",
                        kk: "Екі саты арасындағы мән; кілтсіз — floor")),
                .optional(
                    "below half", .words(ScoreScale.BelowHalf.allCases.map(\.rawValue)),
                    Phrase(
                        "A value below half; continue if left out", ru: "Значение ниже половины; без ключа continue",
                        kk: "Жартыдан төмен мән; кілтсіз — continue")),
            ]), Phrase("How a share becomes points", ru: "Как доля становится баллами", kk: "Үлес балға қалай айналады")
        ),
        .optional(
            "bounds", .truth,
            Phrase(
                "Also with all undetermined as no and as yes",
                ru: "Ещё и со всеми неопределёнными как «нет» и как «да»",
                kk: "Белгісіздердің бәрін «жоқ» және «иә» деп те санау")),
        .optional(
            "plan", byMember(.either([.number, .list(of: .number, least: 1, most: 2), .nothing])),
            Phrase(
                "Plan by wave, shares in percent; a family: by member first",
                ru: "План по волнам, доли в процентах; в семействе сперва по членам",
                kk: "Толқындар бойынша жоспар, үлестер пайызбен; топтамада алдымен мүшелер бойынша")),
        .optional(
            "published",
            byMember(
                .either([
                    .number, .nothing,
                    .keys([
                        .required("value", .number, Phrase("The number", ru: "Число", kk: "Сан")),
                        .optional("printed", .text, Phrase("As printed", ru: "Как напечатано", kk: "Басылғандай")),
                        .optional(
                            "status", .text,
                            Phrase(
                                "Status printed beside it", ru: "Напечатанный рядом статус",
                                kk: "Жанында басылған мәртебе")),
                        .optional(
                            "source", .shared("text"),
                            Phrase("Where it was printed", ru: "Где напечатано", kk: "Қайда басылған")),
                        .optional(
                            "vintage", .pattern("[0-9]{4}-[0-9]{2}-[0-9]{2}"),
                            Phrase("Day of the copy", ru: "День копии", kk: "Көшірме күні")),
                    ]),
                ])),
            Phrase(
                "What others printed, by wave; a family: by member first",
                ru: "Что напечатали другие, по волнам; в семействе сперва по членам",
                kk: "Өзгелер басып шығарған мәндер, толқындар бойынша; топтамада алдымен мүшелер бойынша")),
        .optional(
            "breaks", .names(pattern: IndicatorReader.identifierPattern, of: .shared("text")),
            Phrase(
                "Waves from which on earlier ones are not comparable, and why",
                ru: "Волны, начиная с которых прежние несопоставимы, и почему",
                kk: "Бұрынғылармен салыстыруға келмейтін толқындар және себебі")),
    ]

    /// Values by wave, or by member and wave.
    private static func byMember(_ value: SchemaPart) -> SchemaPart {
        .either([.names(of: value), .names(of: .names(of: value))])
    }
}
