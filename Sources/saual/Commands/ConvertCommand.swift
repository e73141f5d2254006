internal import SurveyExport
internal import SurveyFormats
internal import SurveyImport
internal import SurveyProblems
internal import SurveySchema
internal import SurveyWeighting

/// `saual convert`: a data file or a wave into a file of another format.
enum ConvertCommand: Command {
    static let name = "convert"
    static let summary = Phrase(
        "Writes a data file or a wave in another format", ru: "Записывает файл данных или волну в другом формате",
        kk: "Деректер файлын не толқынды басқа пішімде жазады")
    static let operands = "SOURCE OUT"
    static let operandCount: (least: Int, most: Int?) = (2, 2)
    static let options: [Option] =
        [
            .flag(
                "labels",
                Phrase(
                    "write labels in the place of codes (CSV, XLSX)", ru: "писать подписи вместо кодов (CSV, XLSX)",
                    kk: "кодтардың орнына белгілерін жазу (CSV, XLSX)")),
            .flag(
                "force", Phrase("replace an existing file", ru: "заменить существующий файл", kk: "бар файлды ауыстыру")
            ),
            CommonOptions.asAsked, CommonOptions.format(["table", "json"]), CommonOptions.dryRun,
        ] + CommonOptions.reading
    static let examples = [
        "saual convert Datasets/envipe-morelos/data/envipe_morelos_2021_2025.csv envipe.sav",
        "saual convert Datasets/envipe-morelos/envipe-morelos.saual:2025 envipe-2025.dta --language kk",
    ]

    static func run(_ call: Call) throws(Problem) -> Outcome {
        let (source, target) = (call.operands[0], call.operands[1])
        if source == "-" || target == "-" { throw .convertNeedsFiles() }
        let plain = CSVWriter.fileExtensions + XLSXWriter.fileExtensions
        if call.has("labels"), !plain.contains(where: { target.lowercased().hasSuffix("." + $0) }) {
            throw .labelsForTextOnly(target)
        }
        let outputs = try FormatCatalog.outputs(of: target, from: source)
        var (table, kept, problems) = try table(source, call)
        if call.has("dry-run") {
            let beside = kept.isEmpty ? [] : [WeightingSidecar.path(beside: target)]
            return Outcome(DryRun.text(reading: [source], writing: outputs + beside, for: call))
        }
        try kept.check(beside: target, replacing: call.has("force"))
        table.language = call.value("language").map(Language.init(rawValue:))
        table.writesLabels = call.has("labels")
        let report = try FormatCatalog.write(table, to: target, replacing: call.has("force"))
        try kept.write(beside: target, report, replacing: call.has("force"))
        problems += report.losses + kept.problems
        let output = ConversionOutput(report: report, target: target)
        return Outcome(
            call.format == "json" ? output.json.line + "\n" : output.text(in: call.language), problems: problems)
    }

    /// What is to be written, and what reading it found.
    private static func table(
        _ source: String, _ call: Call
    ) throws(Problem) -> (OutgoingTable, KeptWeights, [Problem]) {
        switch try SourceReference(source) {
        case .study(let path, let name):
            if let option = CommonOptions.reading.first(where: { call.has($0.name) }) {
                throw .notForStudyFiles(option.name)
            }
            let wave = try StudyWave.open(path, wave: name, isAsAsked: call.has("as-asked"))
            var names: [String] = []
            for name in wave.names.filter({ !wave.isPrivate($0) }) where !names.contains(name) { names.append(name) }
            let kept = try KeptWeights(of: wave, columns: names)
            let exported = ExportedWave(
                try wave.table(of: names), questionnaire: wave.questionnaire,
                title: wave.questionnaire?.title ?? .empty)
            return (exported.table, kept, exported.losses)
        case .file(let path):
            if call.has("as-asked") { throw .forStudyFilesOnly("as-asked") }
            let raw = try RawSource(path, call: call)
            let (table, problems) = try raw.outgoing()
            return (table, try KeptWeights(beside: path), problems)
        }
    }
}

extension Problem {
    static func convertNeedsFiles() -> Problem {
        Problem(
            "command.convert-needs-files", .usage, what: "\"saual convert\" works from file to file",
            why: "types and widths follow from the cells, so the rows are read more than once",
            fix: "name a file in the place of -")
    }

    static func labelsForTextOnly(_ target: String) -> Problem {
        Problem(
            "command.labels-for-text-only", .usage, what: "--labels does not go with \"\(target)\"",
            why: "files of SPSS and Stata hold codes and labels both", fix: "drop --labels")
    }
}
