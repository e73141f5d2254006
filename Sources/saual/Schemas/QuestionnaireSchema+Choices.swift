internal import SurveySchema

/// Checks, what may be chosen together, random variants and sensitive questions.
extension QuestionnaireKeys {
    static let check: [SchemaKey] = [
        .required(
            "id", .variable,
            Phrase(
                "Name of the check in findings", ru: "Имя проверки в замечаниях", kk: "Тексерудің ескертпелердегі атауы"
            )),
        .required(
            "rule", .expression,
            Phrase(
                "Must hold; false is a finding, unknown passes",
                ru: "Должно выполняться; ложь — замечание, неизвестное проходит",
                kk: "Орындалуға тиіс; жалған болса — ескертпе, белгісіз болса өтеді")),
        .required(
            "text", .shared("text"),
            Phrase(
                "What is wrong where it does not hold", ru: "Что не так, если не выполнено",
                kk: "Орындалмаса, не дұрыс емес")),
        .optional(
            "severity", .words(ConsistencyCheck.Severity.allCases.map(\.rawValue)),
            Phrase(
                "finding: the row stays; quarantine: it is set aside",
                ru: "finding — строка остаётся; quarantine — откладывается",
                kk: "finding — жол қалады; quarantine — бөлек қойылады")),
    ]

    static let choices: [SchemaKey] = [
        .optional(
            "exclusive", .oneOrList(.text),
            Phrase(
                "Answers of a multiple question that stand alone",
                ru: "Ответы вопроса multiple, которые стоят только отдельно",
                kk: "multiple сұрағының жеке ғана тұратын жауаптары")),
        .optional(
            "most", .whole(least: 1),
            Phrase(
                "How many answers of a multiple question may be chosen",
                ru: "Сколько ответов вопроса multiple можно выбрать",
                kk: "multiple сұрағында неше жауап таңдауға болады")),
    ]

    static let variants: [SchemaKey] = [
        .optional(
            "variants",
            .keys([
                .required(
                    "by", .variable,
                    Phrase(
                        "Question whose answer is the random arm", ru: "Вопрос, ответ на который — случайная группа",
                        kk: "Жауабы кездейсоқ топ болатын сұрақ")),
                .required(
                    "texts", .names(of: .shared("text"), least: 1),
                    Phrase(
                        "The wording of each arm, by code", ru: "Формулировка каждой группы, по коду",
                        kk: "Әр топтың мәтіні, коды бойынша")),
                .optional(
                    "ranges", .names(of: .list(of: .either([.number, .nothing]), least: 2, most: 2)),
                    Phrase(
                        "[least, greatest] of each arm, by code", ru: "[наименьшее, наибольшее] каждой группы, по коду",
                        kk: "Әр топтың [ең кіші, ең үлкен] мәні, коды бойынша")),
            ]),
            Phrase(
                "Several wordings, of which each person gets one at random",
                ru: "Несколько формулировок, каждому человеку одна случайная",
                kk: "Бірнеше мәтін, әр адамға кездейсоқ біреуі тиеді")),
        .optional(
            "sensitive",
            .keys([
                .required(
                    "model", .words(["list", "crosswise"]),
                    Phrase(
                        "list experiment or crosswise model",
                        ru: "list — эксперимент со списком, crosswise — перекрёстная модель",
                        kk: "list — тізім эксперименті, crosswise — айқас модель")),
                .optional(
                    "treatment", .text,
                    Phrase(
                        "list: the arm with the sensitive statement", ru: "list: группа с чувствительным утверждением",
                        kk: "list: нәзік тұжырымы бар топ")),
                .optional(
                    "prevalence", .number,
                    Phrase(
                        "crosswise: known share of the innocent statement",
                        ru: "crosswise: известная доля безобидного утверждения",
                        kk: "crosswise: зиянсыз тұжырымның белгілі үлесі")),
            ]),
            Phrase(
                "How the question hides a single answer", ru: "Как вопрос скрывает отдельный ответ",
                kk: "Сұрақ жеке жауапты қалай жасырады")),
    ]
}
