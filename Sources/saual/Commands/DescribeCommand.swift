internal import SurveyData
internal import SurveyImport
internal import SurveyProblems
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
            CommonOptions.asAsked, CommonOptions.format(["table", "json", "markdown"]),
        ] + CommonOptions.reading + CommonOptions.output
    static let examples = [
        "saual describe Datasets/envipe-morelos/envipe-morelos.saual:2025 --variables SEXO,age_group",
        "saual describe Datasets/envipe-morelos/data/envipe_morelos_2021_2025.csv --format json",
        "saual describe Datasets/envipe-morelos/data/envipe_morelos_2021_2025.csv --draft-questionnaire -o draft.yaml",
    ]

    static func run(_ call: Call) throws(Problem) -> Outcome {
        let only = try call.list("variables")
        if call.has("draft-questionnaire") { return try draft(call, only: only) }
        if call.has("languages") { throw .onlyWithDraft("languages") }
        let codebook: Codebook
        switch try SourceReference(call.operands[0]) {
        case .study(let path, let wave):
            try refuseReadingOptions(call)
            let opened = try StudyWave.open(path, wave: wave, isAsAsked: call.has("as-asked"))
            codebook = try Codebook(of: opened, only: only)
        case .file(let path):
            if call.has("as-asked") { throw .forStudyFilesOnly("as-asked") }
            codebook = try Codebook(of: try RawSource(path, call: call), only: only)
        }
        switch call.format {
        case "json": return Outcome(codebook.json.line + "\n", problems: codebook.problems)
        case "markdown":
            let note = codebook.fallbackNote(in: call.language).map { "\n\($0)\n" } ?? ""
            return Outcome(codebook.table(in: call.language).markdown + note, problems: codebook.problems)
        default:
            let note = codebook.fallbackNote(in: call.language).map { "\n\($0)\n" } ?? ""
            return Outcome(codebook.table(in: call.language).text + note, problems: codebook.problems)
        }
    }

    /// The questionnaire that a data file implies, as YAML.
    private static func draft(_ call: Call, only: [String]) throws(Problem) -> Outcome {
        if call.has("format") { throw .draftIsYAML() }
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
