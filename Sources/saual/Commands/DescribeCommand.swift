internal import SurveyData
internal import SurveyImport
internal import SurveyProblems
internal import SurveyReport
internal import SurveySchema
internal import SurveyStore

/// `saual describe`: the codebook of a data file or of a wave.
enum DescribeCommand: Command {
    static let name = "describe"
    static let summary = Phrase(
        "Prints the codebook: variables, labels, missing kinds, frequencies",
        ru: "Выводит кодовую книгу: переменные, подписи, виды пропусков, частоты",
        kk: "Кодтар кітабын шығарады: айнымалылар, белгілер, жауапсыздық түрлері, жиіліктер")
    static let operands = "SOURCE"
    static let operandCount: (least: Int, most: Int?) = (1, 1)
    static let options: [Option] =
        [
            .list(
                "variables", "NAME",
                Phrase("only these variables", ru: "только эти переменные", kk: "тек осы айнымалылар")),
            .value(
                "find", "TEXT", repeatable: true,
                Phrase(
                    "only variables in whose name, labels or codes TEXT occurs; repeated, every TEXT",
                    ru: "только переменные, в имени, подписях или кодах которых есть TEXT; при повторе каждый",
                    kk: "тек атында, белгілерінде не кодтарында TEXT бар айнымалылар; қайталанса, әрқайсысы")),
            .list(
                "only", "PROPERTY",
                Phrase(
                    "only variables of a property: missing (answers or codes), labelled, unlabelled, empty, constant; all of several",
                    ru:
                        "только с этим свойством: missing (пропуски), labelled, unlabelled (подписи), empty, constant; все сразу",
                    kk:
                        "тек осы қасиеттілер: missing (жауапсыздық), labelled, unlabelled (белгі), empty, constant; бәрі"
                )),
            .value(
                "weight", "COL",
                Phrase(
                    "weigh the frequencies (default for html and xlsx: the weight that the file or the study names)",
                    ru: "взвесить частоты (для html и xlsx по умолчанию вес, названный в файле или исследовании)",
                    kk: "жиіліктерді салмақтау (html және xlsx үшін әдепкісі: файлда не зерттеуде аталған салмақ)")),
            .flag(
                "draft-questionnaire",
                Phrase(
                    "write the questionnaire (YAML) that the data imply, to start from",
                    ru: "написать вопросник (YAML), который следует из данных, как начало работы",
                    kk: "деректерден шығатын сауалнаманы (YAML) бастама ретінде жазу")),
            CommonOptions.languages(
                Phrase(
                    "languages of the texts of the draft (default: that of --language)",
                    ru: "языки текстов черновика (по умолчанию язык --language)",
                    kk: "нобай мәтіндерінің тілдері (әдепкісі: --language тілі)")),
            CommonOptions.asAsked, CommonOptions.format(["table", "json", "markdown", "html", "xlsx"]),
        ] + CommonOptions.reading + CommonOptions.output
    static let examples = [
        "saual describe Datasets/envipe-morelos/envipe-morelos.saual:2025 --variables SEXO,age_group",
        "saual describe Datasets/envipe-morelos/data/envipe_morelos_2021_2025.csv --format json",
        "saual describe Datasets/envipe-morelos/envipe-morelos.saual:2025 -o codebook.html --language kk",
        "saual describe Datasets/envipe-morelos/envipe-morelos.saual:2025 --only missing --find delito --language ru",
        "saual describe Datasets/envipe-morelos/data/envipe_morelos_2021_2025.csv --draft-questionnaire -o draft.yaml",
    ]

    static func run(_ call: Call) throws(Problem) -> Outcome {
        let only = try call.list("variables")
        if call.has("draft-questionnaire") { return try draft(call, only: only) }
        if call.has("languages") { throw .onlyWithDraft("languages") }
        let format = try form(call)
        let properties = try properties(call)
        let weight = call.value("weight")
        let isShown = ["html", "xlsx"].contains(format)
        var codebook: Codebook
        var source = call.operands[0]
        switch try SourceReference(source) {
        case .study(let path, let wave):
            try refuseReadingOptions(call)
            let opened = try StudyWave.open(path, wave: wave, isAsAsked: call.has("as-asked"))
            let own = try isShown ? opened.studyWeight() : nil
            codebook = try Codebook(of: opened, only: only, weight: weight ?? own)
            source = "\(path.split(separator: "/").last ?? ""):\(opened.record.name)"
        case .file(let path):
            if call.has("as-asked") { throw .forStudyFilesOnly("as-asked") }
            let raw = try RawSource(path, call: call)
            codebook = try Codebook(of: raw, only: only, weight: weight)
            source = raw.name
        }
        codebook.isWeighted = weight != nil
        codebook.keep(properties, words: call.values("find"))
        if codebook.variables.isEmpty, codebook.omitted > 0 {
            codebook.problems.append(.nothingFits(codebook.omitted))
        }
        return try outcome(codebook, source: source, as: format, call)
    }

    /// The format that was asked for, else that of the name after `-o`, else a table.
    private static func form(_ call: Call) throws(Problem) -> String {
        let ending = call.value("output").flatMap { $0.split(separator: ".").last }?.lowercased()
        let known = ["html": "html", "htm": "html", "xlsx": "xlsx", "json": "json", "md": "markdown"]
        let format = call.value("format") ?? ending.flatMap { known[$0] } ?? "table"
        if format == "xlsx", !call.has("output") { throw .workbookNeedsFile() }
        return format
    }

    private static func properties(_ call: Call) throws(Problem) -> [Codebook.Property] {
        var found: [Codebook.Property] = []
        for word in try call.list("only") {
            guard let property = Codebook.Property(rawValue: word) else {
                throw .unknownChoice(word, option: "only", allowed: Codebook.Property.allCases.map(\.rawValue))
            }
            found.append(property)
        }
        return found
    }

    private static func outcome(
        _ codebook: Codebook, source: String, as format: String, _ call: Call
    ) throws(Problem) -> Outcome {
        let note = codebook.fallbackNote(in: call.language).map { "\n\($0)\n" } ?? ""
        switch format {
        case "json": return Outcome(codebook.json.line + "\n", problems: codebook.problems)
        case "markdown":
            return Outcome(codebook.table(in: call.language).markdown + note, problems: codebook.problems)
        case "html":
            let words = try words(call)
            return Outcome(
                CodebookHTML.html(codebook.content(source: source), words: words), problems: codebook.problems)
        case "xlsx":
            guard let path = call.value("output") else { throw .workbookNeedsFile() }
            let words = try words(call)
            let workbook = CodebookWorkbook(codebook.content(source: source), words: words)
            try workbook.write(to: path, replacing: call.has("force"))
            return Outcome(problems: codebook.problems)
        default: return Outcome(codebook.table(in: call.language).text + note, problems: codebook.problems)
        }
    }

    private static func words(_ call: Call) throws(Problem) -> CodebookWords {
        guard let words = CodebookWords.spoken(in: call.language) else {
            throw .unknownChoice(
                call.language.rawValue, option: "language", allowed: Language.spoken.map(\.rawValue))
        }
        return words
    }

    /// The questionnaire that a data file implies, as YAML.
    private static func draft(_ call: Call, only: [String]) throws(Problem) -> Outcome {
        if call.has("format") { throw .draftIsYAML() }
        for option in ["find", "only", "weight"] where call.has(option) { throw .notWithDraft(option) }
        let languages = try call.languages() ?? [call.language]
        let draft: DraftQuestionnaire
        switch try SourceReference(call.operands[0]) {
        case .study(let path, let name):
            try refuseReadingOptions(call)
            let wave = try StudyWave.open(path, wave: name)
            let source = "\(path):\(wave.record.name)"
            if let own = wave.questionnaire { throw .hasQuestionnaire(source, questionnaire: own.id) }
            if let unknown = only.first(where: { !wave.names.contains($0) }) {
                throw .unknownColumn(unknown, known: wave.names)
            }
            let columns = wave.names.filter { only.isEmpty || only.contains($0) }
            draft = try DraftQuestionnaire(wave: source, columns: columns) { (name) throws(Problem) in
                try wave.table(of: [name]).column(name)
            }
        case .file(let path): draft = try RawSource(path, call: call).draft(only)
        }
        return Outcome(try draft.yaml(languages: languages, words: call.language))
    }

    private static func refuseReadingOptions(_ call: Call) throws(Problem) {
        if let option = CommonOptions.reading.first(where: { call.has($0.name) }) {
            throw .notForStudyFiles(option.name)
        }
    }
}

extension Problem {
    static func forStudyFilesOnly(_ option: String) -> Problem {
        Problem(
            "command.for-study-files-only", .usage, what: "Option \"--\(option)\" goes with a study file only",
            why: "a raw file has one form, a wave of a study file may be read in the terms of a later version",
            fix: "drop the option")
    }

    /// An option that says something of a draft where none is asked for.
    static func onlyWithDraft(_ option: String) -> Problem {
        Problem(
            "command.only-with-draft", .usage, what: "Option \"--\(option)\" goes with --draft-questionnaire only",
            why: "a codebook has the languages of its questionnaire; only a draft is given some",
            fix: "add --draft-questionnaire, or drop the option")
    }

    /// A format for a draft, which has one form only.
    static func draftIsYAML() -> Problem {
        Problem(
            "command.draft-is-yaml", .usage, what: "--format does not go with --draft-questionnaire",
            why: "a draft is the text of a YAML file and has no other form", fix: "drop --format")
    }

    /// An option that shapes a codebook where a questionnaire is written.
    static func notWithDraft(_ option: String) -> Problem {
        Problem(
            "command.not-with-draft", .usage, what: "Option \"--\(option)\" does not go with --draft-questionnaire",
            why: "a draft has every variable, or those of --variables, and no frequencies",
            fix: "use --variables, or drop one of the two")
    }

    /// A workbook, which is no text for a terminal.
    static func workbookNeedsFile() -> Problem {
        Problem(
            "command.workbook-needs-file", .usage, what: "--format xlsx needs -o FILE",
            why: "a workbook is not text that a terminal can show", fix: "add -o codebook.xlsx")
    }

    /// Filters that leave nothing.
    static func nothingFits(_ count: Int) -> Problem {
        Problem(
            "command.nothing-fits", .finding, severity: .caution, what: "No variable fits --find and --only",
            why: "every word and every property must fit; variables left out: \(count)",
            fix: "use fewer words, or see all variables without the filters")
    }

    /// A wave whose questionnaire is known.
    static func hasQuestionnaire(_ source: String, questionnaire: String) -> Problem {
        Problem(
            "command.has-questionnaire", .usage, what: "\"\(source)\" has a questionnaire already",
            place: Place(file: source),
            why: "the wave was imported with the questionnaire \"\(questionnaire)\"; a draft would know less",
            fix: "use the YAML file of that questionnaire, or name a raw file or a wave that was imported without one")
    }

    static func notForStudyFiles(_ option: String) -> Problem {
        Problem(
            "command.not-for-study-files", .usage, what: "Option \"--\(option)\" does not go with a study file",
            why: "a study file is read as it was imported; encoding, delimiter and decimal sign belong to the import",
            fix: "drop the option, or import the raw file again with it")
    }
}
