internal import SurveyData
internal import SurveyProblems
internal import SurveySchema

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
            CommonOptions.asAsked, CommonOptions.format(["table", "json", "markdown"]),
        ] + CommonOptions.reading + CommonOptions.output
    static let examples = [
        "saual describe Datasets/envipe-morelos/envipe-morelos.saual:2025 --variables SEXO,age_group",
        "saual describe Datasets/envipe-morelos/data/envipe_morelos_2021_2025.csv --format json",
    ]

    static func run(_ call: Call) throws(Problem) -> Outcome {
        let only = try call.list("variables")
        let codebook: Codebook
        switch try SourceReference(call.operands[0]) {
        case .study(let path, let wave):
            if let option = CommonOptions.reading.first(where: { call.has($0.name) }) {
                throw .notForStudyFiles(option.name)
            }
            let opened = try StudyWave.open(path, wave: wave, isAsAsked: call.has("as-asked"))
            codebook = try Codebook(of: opened, only: only)
        case .file(let path):
            if call.has("as-asked") { throw .forStudyFilesOnly("as-asked") }
            codebook = try Codebook(of: try RawSource(path, call: call), only: only)
        }
        switch call.format {
        case "json": return Outcome(codebook.json.line + "\n", problems: codebook.problems)
        case "markdown": return Outcome(codebook.table(in: call.language).markdown, problems: codebook.problems)
        default: return Outcome(codebook.table(in: call.language).text, problems: codebook.problems)
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

    static func notForStudyFiles(_ option: String) -> Problem {
        Problem(
            "command.not-for-study-files", .usage, what: "Option \"--\(option)\" does not go with a study file",
            why: "a study file is read as it was imported; encoding, delimiter and decimal sign belong to the import",
            fix: "drop the option, or import the raw file again with it")
    }
}
