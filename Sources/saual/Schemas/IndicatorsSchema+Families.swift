internal import SurveyIndicators

/// Families, funnels, composites, plans and what others have published.
extension IndicatorKeys {
    /// The keys that say what is computed; an entry has one of them.
    static let formulas = [
        "share", "mean", "ratio", "median", "quantile", "each answer of", "funnel", "mean of", "weighted mean of",
        "difference of",
        "score of",
    ]

    static let families: [SchemaKey] = [
        .optional(
            "for each", .text,
            Phrase(
                "A figure for each item of this list; a roster in it means the item",
                ru: "Показатель на каждый пункт этого списка; список объектов означает этот пункт",
                kk: "Осы тізімнің әр тармағына көрсеткіш; тізім сұрағы сол тармақты білдіреді")),
        .optional(
            "each answer of", .text,
            Phrase(
                "A share for each answer of this question", ru: "Доля на каждый ответ этого вопроса",
                kk: "Осы сұрақтың әр жауабына үлес")),
        .optional(
            "funnel", .keys(funnel),
            Phrase(
                "Stages, each of those who passed all before", ru: "Этапы, каждый — из прошедших все предыдущие",
                kk: "Кезеңдер, әрқайсысы алдыңғылардың бәрінен өткендерден")),
    ]

    private static let funnel: [SchemaKey] = [
        .optional(
            "over", .text,
            Phrase(
                "Per contact: the list whose items are run over; else per person",
                ru: "По контактам: список, пункты которого перебираются; иначе по людям",
                kk: "Байланыс бойынша: тармақтары қаралатын тізім; әйтпесе адам бойынша")),
        .required(
            "stages",
            .names(
                pattern: IndicatorReader.identifierPattern,
                of: .keys([
                    .required(
                        "name", .shared("text"), Phrase("Name of the stage", ru: "Название этапа", kk: "Кезеңнің атауы")
                    ),
                    .required(
                        "when", .expression,
                        Phrase(
                            "Who reaches it, of those before", ru: "Кто его достигает из предыдущих",
                            kk: "Алдыңғылардан оған кім жетеді")),
                ]), least: 2), Phrase("The stages in their order", ru: "Этапы по порядку", kk: "Кезеңдер ретімен")),
        .optional(
            "of", .words(["first", "previous", "base"]),
            Phrase(
                "Share of the first stage, of the one before, or of the base",
                ru: "Доля от первого этапа, от предыдущего или от базы",
                kk: "Алғашқы кезеңнен, алдыңғысынан не базадан үлес")),
    ]

    static let composites: [SchemaKey] = [
        .optional(
            "mean of", .list(of: .text, least: 2),
            Phrase("Mean of other figures", ru: "Среднее других показателей", kk: "Басқа көрсеткіштердің орташасы")),
        .optional(
            "weighted mean of", .names(of: .number, least: 2),
            Phrase("{figure: weight}", ru: "{показатель: вес}", kk: "{көрсеткіш: салмақ}")),
        .optional(
            "difference of", .list(of: .text, least: 2, most: 2),
            Phrase(
                "The first figure less the second", ru: "Первый показатель минус второй",
                kk: "Бірінші көрсеткіштен екіншісін алғаны")),
        .optional(
            "score of", .text,
            Phrase(
                "Points for another figure, by the scale", ru: "Баллы за другой показатель, по шкале",
                kk: "Басқа көрсеткішке шкала бойынша ұпай")),
        .optional(
            "scale",
            .keys([
                .required("full", .number, Phrase("Points for 100 %", ru: "Баллы за 100 %", kk: "100 % үшін ұпай")),
                .required(
                    "steps", .whole(least: 1),
                    Phrase(
                        "Number of equal steps to the full points", ru: "Число равных шагов до полных баллов",
                        kk: "Толық ұпайға дейінгі тең қадамдар саны")),
                .optional(
                    "between", .words(ScoreScale.Between.allCases.map(\.rawValue)),
                    Phrase(
                        "What a value between two steps gets", ru: "Что получает значение между шагами",
                        kk: "Екі қадам арасындағы мән не алады")),
                .optional(
                    "below half", .words(ScoreScale.BelowHalf.allCases.map(\.rawValue)),
                    Phrase(
                        "Whether less than half gets points", ru: "Получает ли баллы меньше половины",
                        kk: "Жартысынан азы ұпай ала ма")),
            ]),
            Phrase("How a share becomes points", ru: "Как доля становится баллами", kk: "Үлес ұпайға қалай айналады")),
    ]

    static let comparisons: [SchemaKey] = [
        .optional(
            "bounds", .truth,
            Phrase(
                "true: also with all who are undetermined as no and as yes",
                ru: "true — ещё и со всеми неопределёнными как «нет» и как «да»",
                kk: "true — белгісіздердің бәрін «жоқ» деп те, «иә» деп те есептеу")),
        .optional(
            "plan", .either([.names(of: .shared("plan")), .names(of: .names(of: .shared("plan")))]),
            Phrase(
                "{wave: value or [from, to]} in units that people read; in a family {member: {wave: …}}",
                ru: "{волна: значение или [от, до]} в единицах для людей; в семействе {член: {волна: …}}",
                kk: "{толқын: мән не [бастап, дейін]} адамдар оқитын өлшеммен; топта {мүше: {толқын: …}}")),
        .optional(
            "published", .either([.names(of: .shared("published")), .names(of: .names(of: .shared("published")))]),
            Phrase(
                "{wave: what others have printed}; in a family {member: {wave: …}}",
                ru: "{волна: что напечатали другие}; в семействе {член: {волна: …}}",
                kk: "{толқын: басқалар басып шығарғаны}; топта {мүше: {толқын: …}}")),
        .optional(
            "published change",
            .either([.names(of: .shared("published change")), .names(of: .names(of: .shared("published change")))]),
            Phrase(
                "{later wave: the change that others have printed}; in a family {member: {wave: …}}",
                ru: "{поздняя волна: изменение, которое напечатали другие}; в семействе {член: {волна: …}}",
                kk: "{кейінгі толқын: басқалар басып шығарған өзгеріс}; топта {мүше: {толқын: …}}")),
        .optional(
            "breaks", .names(of: .shared("text")),
            Phrase(
                "{wave: why figures from it on cannot be compared with earlier ones}",
                ru: "{волна: почему начиная с неё показатели несравнимы с прежними}",
                kk: "{толқын: одан бастап көрсеткіштер бұрынғымен неге салыстырылмайды}")),
    ]

    static let plan = SchemaPart.either([.number, .list(of: .number, least: 1, most: 2), .nothing])

    static let publishedChange = SchemaPart.either([
        .nothing,
        .keys([
            .required("since", .text, Phrase("The earlier wave", ru: "Более ранняя волна", kk: "Бұрынғы толқын")),
            .required(
                "value", .number,
                Phrase(
                    "The change; of shares in percentage points", ru: "Изменение; у долей — в процентных пунктах",
                    kk: "Өзгеріс; үлестерде — пайыздық тармақпен")),
            .optional(
                "printed", .text,
                Phrase(
                    "The change as it is printed", ru: "Изменение, как оно напечатано", kk: "Өзгерістің басылған түрі")),
            .optional(
                "source", .shared("text"), Phrase("Where it is printed", ru: "Где напечатано", kk: "Қайда басылған")),
            .optional("vintage", .date, Phrase("Day of the copy", ru: "День копии", kk: "Көшірме күні")),
        ]),
    ])

    static let published = SchemaPart.either([
        .number, .nothing,
        .keys([
            .required("value", .number, Phrase("The number", ru: "Число", kk: "Сан")),
            .optional(
                "printed", .text,
                Phrase("The number as it is printed", ru: "Число, как оно напечатано", kk: "Санның басылған түрі")),
            .optional(
                "status", .text,
                Phrase("Status as it is printed", ru: "Статус, как он напечатан", kk: "Мәртебенің басылған түрі")),
            .optional(
                "source", .shared("text"), Phrase("Where it is printed", ru: "Где напечатано", kk: "Қайда басылған")),
            .optional("vintage", .date, Phrase("Day of the copy", ru: "День копии", kk: "Көшірме күні")),
        ]),
    ])
}
