internal import SurveyDesign
internal import SurveyIndicators
internal import SurveySchema

extension FileSchema {
    static let study = FileSchema(
        kind: "study",
        about: Phrase(
            "Which files, which design of the sample, which outputs",
            ru: "Какие файлы, какой план выборки, что получится",
            kk: "Қандай файлдар, қандай іріктеме жоспары, не шығады"),
        root: .keys(StudyKeys.file),
        shared: [
            ("text", .texts), ("wave", .keys(StudyKeys.wave)), ("names", .oneOrList(.text)),
            ("texts", .oneOrList(.shared("text"))),
        ])
}

/// The keys of a study, in the order in which people write them.
enum StudyKeys {
    static let file: [SchemaKey] = [
        FileSchema.kindKey("study"),
        .required("id", .identifier, Phrase("Name of the study", ru: "Имя исследования", kk: "Зерттеудің атауы")),
        .required(
            "title", .shared("text"),
            Phrase("Title, in every language", ru: "Название, на каждом языке", kk: "Атауы, әр тілде")),
        .optional(
            "attribution", .shared("text"),
            Phrase("Printed in every report", ru: "Печатается в каждом отчёте", kk: "Әр есепте басылады")),
        .optional(
            "synthetic", .truth,
            Phrase(
                "true says on every page that the data is made up",
                ru: "true пишет на каждой странице, что данные вымышлены",
                kk: "true әр бетке деректің жасанды екенін жазады")),
        .required(
            "languages", .oneOrList(.words(Language.spoken.map(\.rawValue))),
            Phrase("Languages of the reports", ru: "Языки отчётов", kk: "Есептердің тілдері")),
        .optional(
            "study file", .text,
            Phrase(
                "File of the imported data; ID.saual if left out", ru: "Файл загруженных данных; без ключа — ID.saual",
                kk: "Жүктелген деректер файлы; кілтсіз — ID.saual")),
        .optional(
            "output", .text,
            Phrase(
                "Folder of the reports; results if left out", ru: "Папка отчётов; без ключа — results",
                kk: "Есептер қалтасы; кілтсіз — results")),
        .required(
            "waves", .oneOrList(.shared("wave")),
            Phrase("The waves in their order", ru: "Волны по порядку", kk: "Толқындар ретімен")),
        .required(
            "design", .keys(design),
            Phrase("How the sample was drawn", ru: "Как построена выборка", kk: "Іріктеме қалай құрылған")),
        .required(
            "indicators", .shared("names"),
            Phrase("Indicator files", ru: "Файлы показателей", kk: "Көрсеткіштер файлдары")),
        .optional(
            "publication", .keys(publication),
            Phrase(
                "Which figures may be shown", ru: "Какие показатели можно показывать",
                kk: "Қандай көрсеткіштерді көрсетуге болады")),
        change, quality,
        .optional(
            "expected findings", .names(pattern: "[a-z0-9-]+\\.[a-z0-9-]+", of: .whole(least: 1)),
            Phrase(
                "Findings that are known and accepted: {code: number}",
                ru: "Известные и принятые замечания: {код: число}", kk: "Белгілі, қабылданған ескертпелер: {код: саны}")
        ),
        .optional(
            "complete", .text,
            Phrase(
                "Condition of an interview; other rows have weight 0",
                ru: "Условие интервью; у остальных строк вес 0", kk: "Сұхбат шарты; қалған жолдардың салмағы 0")),
        .optional(
            "weighting", .keys(weighting),
            Phrase(
                "How the weight of the design is made", ru: "Как создаётся вес плана выборки",
                kk: "Іріктеме жоспарының салмағы қалай жасалады")),
        .optional(
            "report", .keys(report),
            Phrase("The analytical report form", ru: "Форма аналитической справки", kk: "Талдамалық анықтаманың нысаны")
        ),
        VersionKeys.unreviewed,
    ]

    static let wave: [SchemaKey] = [
        .required(
            "id", .identifier,
            Phrase("Name of the wave, in quotes", ru: "Имя волны, в кавычках", kk: "Толқынның атауы, тырнақшада")),
        .required("file", .text, Phrase("Data file", ru: "Файл данных", kk: "Деректер файлы")),
        .required("questionnaire", .text, Phrase("What was asked", ru: "Что спрашивали", kk: "Не сұралды")),
        .optional(
            "map", .text,
            Phrase(
                "Map of columns (map/1), where names do not say which question a column is",
                ru: "Карта столбцов (map/1), если имя не говорит, какой это вопрос",
                kk: "Бағандар картасы (map/1), атауы қай сұрақ екенін айтпаса")),
        .optional(
            "rows", .names(of: .text, least: 1),
            Phrase(
                "{COLUMN: VALUE}: only rows whose cell is this text",
                ru: "{СТОЛБЕЦ: ЗНАЧЕНИЕ} — только строки с таким текстом в ячейке",
                kk: "{БАҒАН: МӘН} — ұяшығында осы мәтін бар жолдар ғана")),
        .optional(
            "encoding", .text,
            Phrase(
                "Encoding, if it is not found from the file", ru: "Кодировка, если не определяется",
                kk: "Кодтауы, файлдан анықталмаса")),
        .optional(
            "delimiter", .text,
            Phrase(
                "Character between cells, or tab", ru: "Знак между ячейками или tab",
                kk: "Ұяшықтар арасындағы таңба не tab")),
        .optional(
            "sheet", .text,
            Phrase(
                "Sheet of a workbook, by name or number", ru: "Лист книги, имя или номер",
                kk: "Кітап парағы, атауы не нөмірі")),
        .optional("decimal", .words([".", ","]), Phrase("Decimal sign", ru: "Десятичный знак", kk: "Ондық белгі")),
        .optional(
            "field",
            .keys([
                .required(
                    "start", .date,
                    Phrase("First day of the fieldwork", ru: "Первый день поля", kk: "Далалық жұмыстың алғашқы күні")),
                .required(
                    "end", .date,
                    Phrase("Last day of the fieldwork", ru: "Последний день поля", kk: "Далалық жұмыстың соңғы күні")),
            ]), Phrase("Days of the fieldwork", ru: "Дни поля", kk: "Далалық жұмыс күндері")),
        .optional(
            "joint", .text,
            Phrase(
                "With pps: joint: CSV of the joint probabilities of the PSUs",
                ru: "С pps: joint: CSV с совместными вероятностями единиц",
                kk: "pps: joint болғанда: бірліктердің бірлескен ықтималдықтарының CSV файлы")),
    ]

    private static let design = oneStageDesign + laterDesign

    private static let oneStageDesign: [SchemaKey] = [
        .optional(
            "strata", .shared("names"),
            Phrase(
                "Variable, or list to be crossed", ru: "Переменная или список для пересечения",
                kk: "Айнымалы не қиылысатын тізім")),
        .optional(
            "psu", .shared("names"),
            Phrase(
                "Primary sampling unit; each row is one if left out",
                ru: "Первичная единица отбора; без ключа — каждая строка",
                kk: "Бастапқы іріктеу бірлігі; кілтсіз — әр жол")),
        .optional(
            "weight", .text, Phrase("Weight of each interview", ru: "Вес каждого интервью", kk: "Әр сұхбаттың салмағы")),
        .optional(
            "fpc", .text,
            Phrase(
                "PSUs of the population in the stratum, or the sampling fraction",
                ru: "Единиц в страте генеральной совокупности или доля отбора",
                kk: "Бас жиынтық стратасындағы бірліктер саны не іріктеу үлесі")),
        .optional(
            "nest", .truth,
            Phrase(
                "true: PSU labels repeat between strata", ru: "true — номера единиц повторяются в стратах",
                kk: "true — бірлік нөмірлері страталарда қайталанады")),
        .optional(
            "lonely psu", .words(LonelyPSU.allCases.map(\.rawValue)),
            Phrase(
                "Rule for a stratum with one PSU", ru: "Правило для страты с одной единицей",
                kk: "Бір бірлігі бар страта ережесі")),
        .optional(
            "replicates", .either([.text, .keys(replicates, needing: ["method", "columns"])]),
            Phrase(
                "Variances by replicates, made or given; a method, or a map",
                ru: "Дисперсии по репликам, сделанным или данным; метод или словарь",
                kk: "Жасалған не берілген репликалар бойынша дисперсиялар; әдіс не сөздік")),
    ]

    private static let publication: [SchemaKey] = [
        .optional(
            "minimum base", .whole(least: 5),
            Phrase("Fewer people: hidden", ru: "Меньше людей — скрыто", kk: "Адам саны бұдан аз — жасырылады")),
        .optional(
            "low base", .whole(least: 1),
            Phrase("Fewer people: in brackets", ru: "Меньше людей — в скобках", kk: "Адам саны бұдан аз — жақшада")),
        .optional(
            "minimum psus", .whole(least: 1),
            Phrase(
                "Fewer PSUs: hidden", ru: "Меньше единиц отбора — скрыто", kk: "Іріктеу бірлігі бұдан аз — жасырылады")),
        .optional(
            "share standard", .words(PublicationRules.ShareStandardName.allCases.map(\.rawValue)),
            Phrase(
                "Standard of precision for shares", ru: "Стандарт точности долей", kk: "Үлестер дәлдігінің стандарты")),
    ]
}

extension SchemaPart {
    /// A day, `2026-05-01`.
    static let date = SchemaPart.pattern("[0-9]{4}-[0-9]{2}-[0-9]{2}")
}
