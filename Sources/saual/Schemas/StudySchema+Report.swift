internal import SurveyIndicators
internal import SurveyStudy

/// The analytical report form, and the indicators entered for it.
extension StudyKeys {
    static let report: [SchemaKey] = [
        .required(
            "form", .words(ReportForm.Kind.allCases.map(\.rawValue)),
            Phrase(
                "comprehensive: various spheres or bodies; thematic: one",
                ru: "comprehensive — разные сферы или органы; thematic — одна тема",
                kk: "comprehensive — түрлі салалар не органдар; thematic — бір тақырып")),
        .required(
            "maker", .words(ReportForm.Maker.allCases.map(\.rawValue)),
            Phrase("Who carries the monitoring out", ru: "Кто проводит мониторинг", kk: "Мониторингті кім жүргізеді")),
        .optional(
            "spheres", .shared("texts"), Phrase("Spheres monitored", ru: "Сферы мониторинга", kk: "Мониторинг салалары")
        ),
        .optional(
            "bodies",
            .oneOrList(
                .either([
                    .shared("text"),
                    .keys([
                        .required(
                            "name", .shared("text"),
                            Phrase("Name of the body", ru: "Название органа", kk: "Органның атауы")),
                        .optional(
                            "special", .truth,
                            Phrase(
                                "true: a special state body, which the rules leave out",
                                ru: "true — специальный орган, правила его исключают",
                                kk: "true — арнаулы орган, қағидалар оны қамтымайды")),
                    ]),
                ])),
            Phrase(
                "Bodies, organisations or entities monitored", ru: "Органы, организации и субъекты мониторинга",
                kk: "Мониторинг жүргізілетін органдар, ұйымдар мен субъектілер")),
        .optional(
            "conducted by", .keys(conductor),
            Phrase("Who signs the report", ru: "Кто подписывает отчёт", kk: "Есепке кім қол қояды")),
        .optional(
            "started", .date,
            Phrase("First day of the monitoring", ru: "Первый день мониторинга", kk: "Мониторингтің алғашқы күні")),
        .optional(
            "finished", .date,
            Phrase("Last day of the monitoring", ru: "Последний день мониторинга", kk: "Мониторингтің соңғы күні")),
        .optional(
            "decision",
            .keys([
                .optional(
                    "assessment", .shared("text"),
                    Phrase(
                        "Effect of the measures taken", ru: "Оценка влияния принятых мер",
                        kk: "Қабылданған шаралардың әсерін бағалау")),
                .optional(
                    "risk analysis", .shared("text"),
                    Phrase(
                        "none, or where an analysis of corruption risks is recommended",
                        ru: "none или где рекомендован анализ коррупционных рисков",
                        kk: "none немесе сыбайлас жемқорлық тәуекелдерін талдау ұсынылатын жер")),
            ]),
            Phrase(
                "What the figures cannot decide", ru: "Чего числа решить не могут", kk: "Сандар шеше алмайтын мәселелер"
            )),
        .optional(
            "conclusions", .shared("texts"),
            Phrase("Conclusions written by people", ru: "Выводы, написанные людьми", kk: "Адамдар жазған қорытындылар")),
        .optional(
            "source", .words(ReportForm.Source.allCases.map(\.rawValue)),
            Phrase(
                "Source of information that this study is", ru: "Каким источником информации служит исследование",
                kk: "Зерттеу ақпараттың қай көзі болады")),
        .optional(
            "passport", .keys(passport),
            Phrase("The survey in four sentences", ru: "Опрос в четырёх предложениях", kk: "Сұрастыру төрт сөйлеммен")),
        .optional(
            "register", .oneOrList(.keys(entry)),
            Phrase(
                "Indicators of other sources, entered by hand", ru: "Показатели других источников, введённые вручную",
                kk: "Қолмен енгізілген басқа көздердің көрсеткіштері")),
        .optional(
            "tile map",
            .keys([
                .required(
                    "variable", .text,
                    Phrase(
                        "Variable with the codes of the tiles", ru: "Переменная с кодами плиток",
                        kk: "Тақтайша кодтары бар айнымалы")),
                .required(
                    "tiles", .text,
                    Phrase("CSV file of the tiles", ru: "Файл CSV с плитками", kk: "Тақтайшалардың CSV файлы")),
            ]),
            Phrase(
                "Map of equal tiles, one a region", ru: "Карта из равных плиток, по одной на регион",
                kk: "Тең тақтайшалардан тұратын карта, өңірге біреуден")),
        .optional(
            "experience and perception", .keys(comparison),
            Phrase(
                "Own experience beside perception, group by group", ru: "Опыт рядом с восприятием, по группам",
                kk: "Топтар бойынша тәжірибе мен қабылдау қатар")),
    ]

    private static let comparison: [SchemaKey] = [
        .required(
            "by", .text,
            Phrase(
                "Breakdown that both indicators have", ru: "Разбивка, которая есть у обоих показателей",
                kk: "Екі көрсеткіште де бар бөлініс")),
        .required(
            "experience", .text,
            Phrase(
                "Indicator of own experience", ru: "Показатель собственного опыта", kk: "Жеке тәжірибе көрсеткіші")),
        .required(
            "perception", .text,
            Phrase(
                "Indicator of the perceived level", ru: "Показатель воспринимаемого уровня",
                kk: "Қабылданатын деңгей көрсеткіші")),
    ]

    private static let conductor: [SchemaKey] = [
        .required(
            "name", .shared("text"),
            Phrase(
                "Name of the person or organisation", ru: "Имя человека или организации", kk: "Адамның не ұйымның атауы"
            )),
        .optional(
            "email", .text, Phrase("E-mail address", ru: "Адрес электронной почты", kk: "Электрондық пошта мекенжайы")),
        .optional("phone", .text, Phrase("Telephone number", ru: "Номер телефона", kk: "Телефон нөмірі")),
        .required(
            "natural person", .truth,
            Phrase("true for a human being", ru: "true для физического лица", kk: "жеке тұлға үшін true")),
        .optional(
            "contact published", .truth,
            Phrase(
                "true: this person agrees to have address and number printed",
                ru: "true — человек согласен, чтобы адрес и номер печатали",
                kk: "true — адам мекенжайы мен нөмірін басуға келіседі")),
    ]

    private static let passport: [SchemaKey] = [
        .optional(
            "population", .shared("text"),
            Phrase("Whom the sample stands for", ru: "Кого представляет выборка", kk: "Іріктеме кімді білдіреді")),
        .optional(
            "sample", .shared("text"), Phrase("How it was drawn", ru: "Как она построена", kk: "Ол қалай құрылған")),
        .optional(
            "mode", .shared("text"),
            Phrase("How people were interviewed", ru: "Как опрашивали людей", kk: "Адамдардан қалай сұралды")),
        .optional(
            "response", .shared("text"),
            Phrase("How many of those asked took part", ru: "Сколько людей согласилось", kk: "Қанша адам қатысты")),
    ]

    private static let entry: [SchemaKey] = [
        .required("id", .identifier, Phrase("Name of the entry", ru: "Имя записи", kk: "Жазбаның атауы")),
        .required(
            "name", .shared("text"), Phrase("Name for people", ru: "Название для людей", kk: "Адамдарға арналған атауы")
        ),
        .required(
            "unit",
            .either([
                .words(RegisterEntry.Unit.Word.allCases.map(\.rawValue)),
                .names(pattern: "[a-z]{2,3}", of: .text, least: 1),
            ]),
            Phrase(
                "Unit: a known word, or a text", ru: "Единица: известное слово или текст",
                kk: "Өлшем бірлігі: белгілі сөз не мәтін")),
        .required(
            "source", .words(ReportForm.Source.allCases.map(\.rawValue)),
            Phrase("Kind of the source", ru: "Вид источника", kk: "Дереккөздің түрі")),
        .optional(
            "direction", .words(IndicatorDefinition.Direction.allCases.map(\.rawValue)),
            Phrase(
                "Which way is better; needed beside a plan", ru: "В какую сторону лучше; нужно при плане",
                kk: "Қай бағыт жақсырақ; жоспар болса керек")),
        .required(
            "year", .text, Phrase("Year that the fact is of", ru: "Год факта", kk: "Нақты көрсеткіштің жылы")),
        .optional("date", .date, Phrase("Day that the fact is of", ru: "День факта", kk: "Нақты көрсеткіштің күні")),
        .optional(
            "reference", .shared("text"),
            Phrase(
                "Where the fact can be looked up", ru: "Где можно найти факт",
                kk: "Нақты көрсеткішті қайдан табуға болады")),
        .optional(
            "plan", .either([.number, .list(of: .number, least: 1, most: 2)]),
            Phrase(
                "Planned value, or [from, to]", ru: "Плановое значение или [от, до]",
                kk: "Жоспарлы мән не [бастап, дейін]")),
        .optional(
            "fact", .number,
            Phrase("The value as the source has it", ru: "Значение из источника", kk: "Дереккөздегі мән")),
        .optional(
            "mark", .words(RegisterEntry.Mark.allCases.map(\.rawValue)),
            Phrase(
                "What stands in the source where there is no number", ru: "Что стоит в источнике вместо числа",
                kk: "Дереккөзде сан орнында не тұр")),
        .optional(
            "status printed", .text,
            Phrase("Status as the source prints it", ru: "Статус, как он напечатан", kk: "Дереккөзде басылған мәртебе")),
        .optional(
            "note", .shared("text"),
            Phrase("A note below the table", ru: "Примечание под таблицей", kk: "Кесте астындағы ескертпе")),
        .optional(
            "responsible", .shared("texts"),
            Phrase("Bodies that answer for it", ru: "Ответственные органы", kk: "Жауапты органдар")),
        .optional(
            "vintage", .date,
            Phrase(
                "Day on which the source had this value", ru: "День, когда в источнике было это значение",
                kk: "Дереккөзде осы мән тұрған күн")),
    ]
}
