/// Options that several commands share, each written once.
enum CommonOptions {
    /// What every command has.
    static let all: [Option] = [
        .choice(
            "language", ["kk", "ru", "en"],
            Phrase(
                "language of what people read (default: SAUAL_LANGUAGE, the locale, then en)",
                ru: "язык текстов (по умолчанию SAUAL_LANGUAGE, локаль, затем en)",
                kk: "мәтін тілі (әдепкісі: SAUAL_LANGUAGE, локаль, содан кейін en)")),
        .choice(
            "color", ["auto", "always", "never"],
            Phrase("colour on a terminal", ru: "цвет в терминале", kk: "терминалдағы түс")),
        .flag(
            "quiet",
            Phrase(
                "no progress and no cautions on standard error", ru: "не показывать ход работы и предостережения",
                kk: "жұмыс барысы мен ескертулерді көрсетпеу")),
        .flag(
            "verbose",
            Phrase(
                "name the phases of the work on standard error", ru: "называть этапы работы",
                kk: "жұмыс кезеңдерін атап көрсету")),
        .flag("help", letter: "h", Phrase("show this help", ru: "показать эту справку", kk: "осы анықтаманы көрсету")),
    ]

    static let output: [Option] = [
        .value(
            "output", "FILE", letter: "o",
            Phrase("write the result to a file", ru: "записать результат в файл", kk: "нәтижені файлға жазу")),
        .flag("force", Phrase("replace an existing file", ru: "заменить существующий файл", kk: "бар файлды ауыстыру")),
    ]

    static let asAsked: Option = .flag(
        "as-asked",
        Phrase(
            "read a wave of a study file as it was asked, not in the terms of the latest version of its questionnaire",
            ru: "читать волну так, как её спрашивали, а не в терминах последней версии вопросника",
            kk: "толқынды сауалнаманың соңғы нұсқасы бойынша емес, қалай сұралса, солай оқу"))

    static let timings: Option = .flag(
        "timings",
        Phrase(
            "print the time of each phase as one line of JSON on standard error",
            ru: "вывести время этапов строкой JSON в поток ошибок",
            kk: "кезеңдер уақытын қателер ағынына JSON жолымен шығару"))

    static let dryRun: Option = .flag(
        "dry-run",
        Phrase(
            "say what would be read and written, and stop",
            ru: "сказать, что будет прочитано и записано, и остановиться",
            kk: "не оқылып, не жазылатынын айтып, тоқтау"))

    /// The languages of texts that a command writes into a file; read by `Call.languages()`.
    static func languages(_ help: Phrase) -> Option { .list("languages", "LANG", help) }

    static func format(_ formats: [String]) -> Option {
        .choice(
            "format", formats,
            Phrase(
                "form of the result (default: \(formats[0]))", ru: "вид результата (по умолчанию \(formats[0]))",
                kk: "нәтиже түрі (әдепкісі: \(formats[0]))"))
    }

    /// How a data file is read.
    static let reading: [Option] = [
        .value(
            "encoding", "NAME",
            Phrase(
                "encoding of the file: utf-8, utf-16, cp1251… (default: found from the file)",
                ru: "кодировка файла: utf-8, utf-16, cp1251… (по умолчанию определяется)",
                kk: "файл кодтауы: utf-8, utf-16, cp1251… (әдепкіде анықталады)")),
        .value(
            "delimiter", "CHAR",
            Phrase(
                "character between cells, or the word tab (default: found from the file)",
                ru: "знак между ячейками или слово tab (по умолчанию определяется)",
                kk: "ұяшықтар арасындағы таңба немесе tab сөзі (әдепкіде анықталады)")),
        .value(
            "sheet", "NAME|N",
            Phrase(
                "sheet of a workbook, by name or number (default: the first that is not hidden)",
                ru: "лист книги, имя или номер (по умолчанию первый видимый)",
                kk: "кітап парағы, атауы не нөмірі (әдепкісі: бірінші көрінетіні)")),
        .choice(
            "decimal", [".", ","],
            Phrase(
                "decimal sign of numbers (default: .)", ru: "десятичный знак (по умолчанию .)",
                kk: "ондық белгі (әдепкісі .)")),
    ]

    /// Every option of a design.
    static let design = oneStageDesign + laterDesign

    private static let oneStageDesign: [Option] = [
        .value(
            "strata", "COL[*COL][,COL…]",
            Phrase(
                "stratum of each row; A*B crosses, a comma names the next stage",
                ru: "страта строки; A*B — пересечение, после запятой следующая ступень",
                kk: "жол стратасы; A*B — қиылысу, үтірден кейін келесі саты")),
        .value(
            "psu", "COL[*COL][,COL…]",
            Phrase(
                "sampling unit of each row, stage by stage", ru: "единица отбора, ступень за ступенью",
                kk: "іріктеу бірлігі, саты сайын")),
        .value(
            "fpc", "COL[,COL…]|none",
            Phrase(
                "PSUs in the population of the stratum (or sampling fraction up to 1)",
                ru: "число единиц в страте генеральной совокупности (или доля отбора до 1)",
                kk: "бас жиынтық стратасындағы бірліктер саны (немесе 1-ге дейінгі іріктеу үлесі)")),
        .value("weight", "COL", Phrase("weight of each row", ru: "вес строки", kk: "жол салмағы")),
        .flag(
            "nest",
            Phrase(
                "PSU labels are unique only inside strata", ru: "номера единиц повторяются в разных стратах",
                kk: "бірлік нөмірлері тек страта ішінде бірегей")),
        .choice(
            "lonely-psu", ["fail", "certainty", "remove", "average", "adjust", "adjust-zero", "collapse"],
            Phrase(
                "rule for a stratum with one PSU (default: fail)",
                ru: "правило для страты с одной единицей (по умолчанию fail)",
                kk: "бір бірлігі бар страта ережесі (әдепкісі: fail)")),
        .flag(
            "domain-lonely",
            Phrase(
                "apply the rule also where a domain has one PSU of a stratum",
                ru: "применять правило и там, где в группе одна единица страты",
                kk: "топта стратаның бір бірлігі болса да ережені қолдану")),
    ]
}
