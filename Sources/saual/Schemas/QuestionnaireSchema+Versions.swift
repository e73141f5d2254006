/// The keys of version maps, of tables of regions, and of unreviewed languages.
enum VersionKeys {
    /// What a file may say of its own texts, whatever its kind.
    static let unreviewed = SchemaKey.optional(
        "unreviewed", .oneOrList(.pattern("[a-z]{2,3}")),
        Phrase(
            "Languages whose texts no native speaker has read", ru: "Языки, тексты которых не прочёл носитель языка",
            kk: "Мәтінін ана тілінде сөйлейтін адам оқымаған тілдер"))

    static let versions = SchemaKey.optional(
        "versions", .oneOrList(.keys(entry)),
        Phrase(
            "How older versions of this questionnaire map onto it",
            ru: "Как прежние версии этого вопросника отображаются на него",
            kk: "Осы сауалнаманың бұрынғы нұсқалары оған қалай сәйкестенеді"))

    static let regions: [SchemaKey] = [
        .optional(
            "aliases", .text,
            Phrase(
                "CSV of names and codes of regions with their dates", ru: "CSV названий и кодов регионов со сроками",
                kk: "Өңір атаулары мен кодтарының мерзімі бар CSV")),
        .optional(
            "code system", .text,
            Phrase(
                "Which codes the cells hold, a word of the table's column system",
                ru: "Какие коды стоят в ячейках, слово из столбца system таблицы",
                kk: "Ұяшықтарда қандай кодтар тұр, кестенің system бағанының сөзі")),
        .optional(
            "district", .variable,
            Phrase(
                "Question of the district, for regions that were divided",
                ru: "Вопрос о районе для разделённых регионов", kk: "Бөлінген өңірлер үшін аудан сұрағы")),
        .optional(
            "district moves", .text,
            Phrase(
                "CSV of districts that changed their region", ru: "CSV районов, сменивших регион",
                kk: "Өңірін ауыстырған аудандардың CSV кестесі")),
    ]

    private static let entry: [SchemaKey] = [
        .required("version", .text, Phrase("The older version", ru: "Прежняя версия", kk: "Бұрынғы нұсқа")),
        .optional(
            "renamed", .names(pattern: "[A-Za-z_][A-Za-z0-9_]*", of: .variable),
            Phrase("{id here: id there}", ru: "{id здесь: id там}", kk: "{мұндағы id: ондағы id}")),
        .optional(
            "recoded", .names(pattern: "[A-Za-z_][A-Za-z0-9_]*", of: .names(of: .text, least: 1)),
            Phrase(
                "{question here: {code there: code here}}", ru: "{вопрос здесь: {код там: код здесь}}",
                kk: "{мұндағы сұрақ: {ондағы код: мұндағы код}}")),
        .optional(
            "absent", .either([.variable, .list(of: .variable)]),
            Phrase(
                "Questions here that were not asked there", ru: "Вопросы, которых там не было",
                kk: "Онда қойылмаған сұрақтар")),
        .optional(
            "not comparable", .names(of: .shared("text")),
            Phrase(
                "{question or derived variable: why}", ru: "{вопрос или производная: почему}",
                kk: "{сұрақ не туынды айнымалы: неге}")),
    ]
}
