internal import SurveySchema

extension FileSchema {
    static let questionnaire = FileSchema(
        kind: "questionnaire",
        about: Phrase(
            "What was asked: questions, answers, reasons of missing answers, derived variables",
            ru: "Что спрашивали: вопросы, ответы, причины пропусков, производные переменные",
            kk: "Не сұралды: сұрақтар, жауаптар, жауапсыздық себептері, туынды айнымалылар"),
        root: .keys(QuestionnaireKeys.file),
        shared: [
            ("text", .texts), ("answers", .names(pattern: ".+", of: .shared("text"), least: 1)),
            ("missing", .names(pattern: ".+", of: .keys(QuestionnaireKeys.missing))),
            ("question", .keys(QuestionnaireKeys.question, needing: ["text", "variants"])),
            ("derived", .keys(QuestionnaireKeys.derived, needing: ["cut", "cases", "number"])),
        ])
}

extension SchemaPart {
    /// A text in several languages, or the text alone.
    static let texts = SchemaPart.either([.text, .names(pattern: "[a-z]{2,3}", of: .text, least: 1)])
    static let expression = SchemaPart.text
    /// An id of a question or derived variable.
    static let variable = SchemaPart.pattern("[A-Za-z_][A-Za-z0-9_]*")
}

/// The keys of a questionnaire, in the order in which people write them.
enum QuestionnaireKeys {
    static let file: [SchemaKey] = [
        FileSchema.kindKey("questionnaire"),
        .required(
            "id", .pattern("[A-Za-z0-9][A-Za-z0-9_.-]*"),
            Phrase("Name of the questionnaire", ru: "Имя вопросника", kk: "Сауалнаманың атауы")),
        .required(
            "version", .text,
            Phrase(
                "Version, in quotes; results carry it", ru: "Версия, в кавычках; она есть в результатах",
                kk: "Нұсқасы, тырнақшада; нәтижелерде болады")),
        .required(
            "title", .shared("text"),
            Phrase("Title, in every language", ru: "Название, на каждом языке", kk: "Атауы, әр тілде")),
        .required(
            "languages", .oneOrList(.pattern("[a-z]{2,3}")),
            Phrase(
                "Languages that every text must have", ru: "Языки, на которых должен быть каждый текст",
                kk: "Әр мәтін болуға тиіс тілдер")),
        .optional(
            "key", .oneOrList(.text),
            Phrase(
                "Question, or list of questions, that names an interview",
                ru: "Вопрос или список вопросов, по которым узнают интервью",
                kk: "Сұхбатты атайтын сұрақ не сұрақтар тізімі")),
        .optional(
            "answers", .names(of: .shared("answers")),
            Phrase(
                "Answer lists that several questions share", ru: "Списки ответов, общие для нескольких вопросов",
                kk: "Бірнеше сұраққа ортақ жауаптар тізімі")),
        .optional(
            "missing", .shared("missing"),
            Phrase(
                "Codes of missing answers that several questions share",
                ru: "Коды пропусков, общие для нескольких вопросов", kk: "Бірнеше сұраққа ортақ жауапсыздық кодтары")),
        .required(
            "questions", .list(of: .shared("question"), least: 1),
            Phrase("The questions in their order", ru: "Вопросы по порядку", kk: "Сұрақтар ретімен")),
        .optional(
            "derived", .names(pattern: "[A-Za-z_][A-Za-z0-9_]*", of: .shared("derived")),
            Phrase(
                "Variables computed from answers", ru: "Переменные, вычисляемые из ответов",
                kk: "Жауаптардан есептелетін айнымалылар")),
        .optional(
            "checks", .list(of: .keys(check), least: 1),
            Phrase(
                "Rules that the answers of an interview must obey",
                ru: "Правила, которым должны подчиняться ответы интервью",
                kk: "Сұхбат жауаптары бағынуға тиіс ережелер")),
        VersionKeys.versions, VersionKeys.unreviewed,
    ]

    static let missing: [SchemaKey] = [
        .required(
            "kind", .pattern("[a-z0-9-]+"),
            Phrase(
                "Why there is no answer: not-applicable, no-answer, dont-know, refused, never-dealt, or a word of your own",
                ru: "Почему нет ответа: not-applicable, no-answer, dont-know, refused, never-dealt или своё слово",
                kk: "Жауап неге жоқ: not-applicable, no-answer, dont-know, refused, never-dealt не өз сөзіңіз")),
        .optional(
            "label", .shared("text"),
            Phrase("Label for people", ru: "Подпись для людей", kk: "Адамдарға арналған белгі")),
    ]

    static let question: [SchemaKey] =
        [
            .required(
                "id", .variable,
                Phrase(
                    "Name in expressions and results", ru: "Имя в выражениях и результатах",
                    kk: "Өрнектер мен нәтижелердегі атауы")),
            .optional(
                "text", .shared("text"),
                Phrase("The question as it was put", ru: "Вопрос, как он задан", kk: "Сұрақтың қойылуы")),
            .required(
                "type", .words(QuestionType.allCases.map(\.rawValue)),
                Phrase(
                    "single: one answer; multiple: any number, one 0/1 column each; scale: ordered, may be averaged; number, money, date, text, region",
                    ru:
                        "single — один ответ; multiple — сколько угодно, столбец 0/1 на каждый; scale — по порядку, можно усреднять; number, money, date, text, region",
                    kk:
                        "single — бір жауап; multiple — бірнешеуі, әрқайсысына 0/1 бағаны; scale — реттелген, орташалауға болады; number, money, date, text, region"
                )),
            .optional(
                "for each", .text,
                Phrase(
                    "Asked for each answer of this shared list, or of this multiple question: {item} in the text is its label",
                    ru:
                        "Задаётся для каждого ответа этого общего списка или вопроса multiple: {item} в тексте — его подпись",
                    kk:
                        "Осы ортақ тізімнің не multiple сұрағының әр жауабы үшін қойылады: мәтіндегі {item} — соның белгісі"
                )),
            .optional(
                "column", .text,
                Phrase(
                    "Column of the data file; the id if left out", ru: "Столбец файла данных; без ключа — id",
                    kk: "Деректер файлының бағаны; кілтсіз — id")),
            .optional(
                "columns", .either([.text, .list(of: .text, least: 1)]),
                Phrase(
                    "Columns of a multiple question or of a roster: a list, or a pattern with {code} or {item}",
                    ru: "Столбцы вопроса multiple или списка объектов: перечень или шаблон с {code} или {item}",
                    kk: "multiple сұрағының не тізім сұрағының бағандары: тізім немесе {code} не {item} бар үлгі")),
            .optional(
                "answers", .either([.text, .shared("answers")]),
                Phrase(
                    "Name of a shared list, or {code: text, …}", ru: "Имя общего списка или {код: текст, …}",
                    kk: "Ортақ тізімнің атауы немесе {код: мәтін, …}")),
            .optional(
                "missing", .either([.oneOrList(.text), .shared("missing")]),
                Phrase(
                    "Codes of the shared missing, or {code: {kind: …}}",
                    ru: "Коды общих пропусков или {код: {kind: …}}",
                    kk: "Ортақ жауапсыздық кодтары немесе {код: {kind: …}}")),
            .optional(
                "when", .expression,
                Phrase(
                    "Who is asked, as an expression; everyone if left out",
                    ru: "Кому задан вопрос, выражением; без ключа — всем",
                    kk: "Сұрақ кімге қойылады, өрнек; кілтсіз — бәріне")),
            .optional(
                "range", .list(of: .either([.number, .nothing]), least: 2, most: 2),
                Phrase(
                    "[least, greatest] of number and money",
                    ru: "[наименьшее, наибольшее] для number и money",
                    kk: "number және money үшін [ең кіші, ең үлкен]")),
            .optional(
                "private", .truth,
                Phrase(
                    "true: the column never leaves the study file", ru: "true — столбец не покидает файл исследования",
                    kk: "true — баған зерттеу файлынан шықпайды")),
        ] + choices + variants + VersionKeys.regions

    static let derived: [SchemaKey] = [
        .required(
            "text", .shared("text"),
            Phrase("What the variable says", ru: "Что говорит переменная", kk: "Айнымалы нені білдіреді")),
        .optional(
            "cut", .text,
            Phrase(
                "Number that is cut into classes", ru: "Число, которое делят на классы", kk: "Топтарға бөлінетін сан")),
        .optional(
            "at", .oneOrList(.number),
            Phrase(
                "Ascending limits; a limit belongs to the class above it",
                ru: "Границы по возрастанию; граница входит в класс выше",
                kk: "Өсу ретіндегі шектер; шек жоғарғы топқа жатады")),
        .optional(
            "labels", .either([.list(of: .shared("text")), .names(of: .shared("text"))]),
            Phrase(
                "Texts of the classes, in their order or by code", ru: "Подписи классов, по порядку или по коду",
                kk: "Топтардың белгілері, ретімен не коды бойынша")),
        .optional(
            "answers", .either([.text, .shared("answers")]),
            Phrase(
                "Shared list from which the labels of the cases come",
                ru: "Общий список, из которого берутся подписи случаев", kk: "Жағдай белгілері алынатын ортақ тізім")),
        .optional(
            "cases", .names(of: .either([.expression, .keys(derivedCase)]), least: 1),
            Phrase(
                "The first condition that is true gives the answer", ru: "Ответ даёт первое верное условие",
                kk: "Жауапты алғашқы ақиқат шарт береді")),
        .optional(
            "number", .expression, Phrase("A number, as an expression", ru: "Число, выражением", kk: "Сан, өрнекпен")),
    ]

    private static let derivedCase: [SchemaKey] = [
        .required("when", .expression, Phrase("Condition of the answer", ru: "Условие ответа", kk: "Жауаптың шарты")),
        .optional(
            "label", .shared("text"), Phrase("Label of the answer", ru: "Подпись ответа", kk: "Жауаптың белгісі")),
    ]
}
