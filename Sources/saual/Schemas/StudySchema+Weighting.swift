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
            "base", .either([.text, .keys(base)]),
            Phrase(
                "Base weight, or what it is made of; 1 for every row if left out",
                ru: "Базовый вес или из чего он состоит; без ключа — 1 для каждой строки",
                kk: "Базалық салмақ немесе оның құрамы; кілтсіз — әр жолға 1")),
        .required(
            "steps", .oneOrList(.keys(steps)),
            Phrase("Steps in their order", ru: "Шаги по порядку", kk: "Қадамдар ретімен")),
        .optional(
            "balance", .oneOrList(.text),
            Phrase(
                "Variables whose shares or means are followed from step to step",
                ru: "Переменные, доли или средние которых прослеживаются от шага к шагу",
                kk: "Үлесі немесе орташасы қадам сайын қадағаланатын айнымалылар")),
    ]

    private static let steps: [SchemaKey] = [
        .optional(
            "panel", .keys(panel),
            Phrase(
                "A later wave takes the weight of an earlier one by key; members who answered stand for the others",
                ru: "Более поздняя волна берёт вес более ранней по ключу; ответившие представляют остальных участников",
                kk:
                    "Кейінгі толқын ертерегінің салмағын кілт бойынша алады; жауап бергендер басқа қатысушыларды танытады"
            )),
        .optional(
            "eligibility", .keys(eligibility),
            Phrase(
                "Cases of known eligibility stand for the unknown ones of their cell",
                ru: "Случаи с известной принадлежностью к целевой группе представляют неизвестные своей ячейки",
                kk: "Нысаналы топқа жататыны белгілі жағдайлар ұяшықтағы белгісіздерді танытады")),
        .optional(
            "propensity", .keys(propensity),
            Phrase(
                "Respondents are divided by their propensity to respond",
                ru: "Вес респондентов делится на склонность отвечать",
                kk: "Респонденттер салмағы жауап беру бейімділігіне бөлінеді")),
        .optional(
            "combine", .keys(combine),
            Phrase(
                "Waves or frames become one sample", ru: "Волны или основы становятся одной выборкой",
                kk: "Толқындар немесе негіздер бір іріктемеге айналады")),
        .optional(
            "scale", .keys(scale),
            Phrase(
                "Weights add up to the rows or to a number", ru: "Сумма весов — число строк или заданное число",
                kk: "Салмақтар қосындысы — жолдар саны немесе берілген сан")),
        .optional(
            "nonresponse", .keys(nonresponse),
            Phrase(
                "Respondents stand for the others of their cell", ru: "Респонденты представляют остальных в ячейке",
                kk: "Респонденттер ұяшықтағы басқаларды танытады")),
        .optional(
            "trim", .keys(trim, needing: ["max", "min", "deff"]),
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
        .optional(
            "deff", .number,
            Phrase(
                "Kish's design effect to be reached; the limit is searched",
                ru: "Дизайн-эффект Киша, которого надо достичь; граница ищется",
                kk: "Жету керек Киш дизайн-әсері; шек ізделеді")),
        .optional(
            "by", .shared("names"),
            Phrase(
                "Groups trimmed one by one", ru: "Группы, обрезаемые по отдельности", kk: "Жеке-жеке қиылатын топтар")),
        .optional(
            "keep margins", .truth,
            Phrase(
                "true: the calibration before stays met", ru: "true — калибровка перед обрезкой остаётся выполненной",
                kk: "true — алдыңғы калибрлеу орындалған күйі қалады")),
    ]

    private static let base: [SchemaKey] = [
        .optional("weight", .text, Phrase("Column to begin with", ru: "Исходный столбец", kk: "Бастапқы баған")),
        .optional(
            "probabilities", .shared("names"),
            Phrase(
                "Inclusion probability of each stage", ru: "Вероятность включения на каждой ступени",
                kk: "Әр сатыдағы іріктелу ықтималдығы")),
        .optional(
            "strata", .shared("names"),
            Phrase("Strata of the plan", ru: "Страты плана", kk: "Жоспар страталары")),
        .optional(
            "population", .text,
            Phrase("Size of the row's stratum", ru: "Размер страты строки", kk: "Жол стратасының өлшемі")),
        .optional(
            "times", .shared("names"),
            Phrase(
                "Multipliers, such as the adults of the household", ru: "Множители, например взрослые в домохозяйстве",
                kk: "Көбейткіштер, мысалы үйдегі ересектер")),
        .optional(
            "at most", .number,
            Phrase("The most that a multiplier counts", ru: "Наибольший множитель", kk: "Ең үлкен көбейткіш")),
    ]

    static let outcomeClasses = SchemaPart.either([
        .words(["aapor"]),
        .keys(
            OutcomeClass.allCases.map { outcome in
                .optional(
                    outcome.rawValue, .either([.text, .list(of: .text)]),
                    Phrase("Codes of this class", ru: "Коды этого класса", kk: "Осы класс кодтары"))
            }, needing: [OutcomeClass.respondent.rawValue]),
    ])

    private static let classes = SchemaKey.required(
        "classes", outcomeClasses,
        Phrase(
            "aapor, or the codes of each class", ru: "aapor или коды каждого класса",
            kk: "aapor немесе әр класс кодтары"))

    private static let outcome = SchemaKey.required(
        "outcome", .text, Phrase("Outcome of each case", ru: "Исход каждого случая", kk: "Әр жағдайдың нәтижесі"))

    private static let eligibility: [SchemaKey] = [
        .optional(
            "cells", .shared("names"),
            Phrase("Variables of the cells", ru: "Переменные ячеек", kk: "Ұяшықтардың айнымалылары")),
        outcome, classes,
        .optional(
            "rate", .words(NonresponseAdjustment.Rate.allCases.map(\.rawValue)),
            Phrase("weighted if left out", ru: "без ключа weighted", kk: "кілтсіз weighted")),
    ]

    private static let propensity: [SchemaKey] = [
        outcome, classes,
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
                ru: "Квантильные группы склонности; без ключа вес делится на саму склонность",
                kk: "Бейімділіктің квантиль топтары; кілтсіз салмақ бейімділіктің өзіне бөлінеді")),
        .optional(
            "weighted", .truth,
            Phrase(
                "false: cases count once in the regression", ru: "false — случаи в регрессии считаются по одному",
                kk: "false — регрессияда әр жағдай бір рет саналады")),
        .optional(
            "minimum respondents", .whole(least: 1),
            Phrase(
                "Groups with fewer are told; 20 if left out", ru: "О группах с меньшим числом сообщается; без ключа 20",
                kk: "Одан аз топтар хабарланады; кілтсіз 20")),
        .optional(
            "greatest factor", .number,
            Phrase(
                "Greater factors are told; 3 if left out", ru: "О больших множителях сообщается; без ключа 3",
                kk: "Одан үлкен көбейткіштер хабарланады; кілтсіз 3")),
    ]

    private static let combine: [SchemaKey] = [
        .optional(
            "samples", .text,
            Phrase(
                "Variable that tells the samples apart", ru: "Переменная, различающая выборки",
                kk: "Іріктемелерді ажырататын айнымалы")),
        .optional(
            "shares", .either([.words(["equal", "n", "effective"]), .names(of: .number, least: 2)]),
            Phrase(
                "Share of each sample; effective (by effective rows) if left out",
                ru: "Доля каждой выборки; без ключа effective (по эффективным строкам)",
                kk: "Әр іріктеменің үлесі; кілтсіз effective (тиімді жолдар бойынша)")),
        .optional(
            "overlap", .names(of: .either([.text, .list(of: .text)]), least: 1),
            Phrase(
                "Where frames overlap: {VARIABLE: [codes]}", ru: "Где основы пересекаются: {ПЕРЕМЕННАЯ: [коды]}",
                kk: "Негіздер қиылысатын жер: {АЙНЫМАЛЫ: [кодтар]}")),
        .optional(
            "multiplicity", .text,
            Phrase(
                "Number of frames that could have drawn the row", ru: "Из скольких основ строка могла быть отобрана",
                kk: "Жол қанша негізден іріктелуі мүмкін болғаны")),
    ]

    private static let scale: [SchemaKey] = [
        .required(
            "to", .either([.words(["n"]), .number]),
            Phrase(
                "n: a mean weight of 1; or the sum", ru: "n — средний вес 1; или сумма весов",
                kk: "n — орташа салмақ 1; немесе салмақтар қосындысы")),
        .optional(
            "by", .shared("names"),
            Phrase(
                "Groups scaled one by one", ru: "Группы, которые масштабируются отдельно",
                kk: "Жеке-жеке келтірілетін топтар")),
    ]

    private static let whenInfeasible = SchemaKey.optional(
        "when infeasible", .words(WhenInfeasible.allCases.map(\.rawValue)),
        Phrase(
            "nearest weights where targets cannot be met; refuse if left out",
            ru: "ближайшие веса, если цели невыполнимы; без ключа refuse",
            kk: "мақсаттар орындалмаса, ең жақын салмақтар; кілтсіз refuse"))

    /// One file for all waves, or one for each.
    private static let targets = SchemaKey.required(
        "targets", .either([.text, .names(of: .text, least: 1)]),
        Phrase(
            "Targets file, or {WAVE: FILE}", ru: "Файл целей или {ВОЛНА: ФАЙЛ}",
            kk: "Мақсаттар файлы немесе {ТОЛҚЫН: ФАЙЛ}"))

    private static let rake: [SchemaKey] = [
        targets, whenInfeasible,
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
        targets, whenInfeasible,
        .optional(
            "cluster targets", .text,
            Phrase(
                "Targets file with totals of clusters, such as households",
                ru: "Файл целей с итогами кластеров, например домохозяйств",
                kk: "Кластерлердің, мысалы үй шаруашылықтарының қорытындылары бар мақсаттар файлы")),
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
        targets, whenInfeasible,
        .optional(
            "partial", .truth,
            Phrase(
                "true: empty categories are left out", ru: "true — пустые категории пропускаются",
                kk: "true — бос санаттар қалдырылады")),
    ]
}
