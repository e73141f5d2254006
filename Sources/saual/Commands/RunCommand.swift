internal import SurveyProblems
internal import SurveySchema
internal import SurveyStudy

/// `saual run`: everything from raw files to reports.
enum RunCommand: Command {
    static let name = "run"
    static let summary = Phrase(
        "Runs a study from raw files to reports, skipping what is up to date",
        ru: "Выполняет исследование от исходных файлов до отчётов, пропуская готовое",
        kk: "Зерттеуді бастапқы файлдардан есептерге дейін орындайды, дайын болғанын қайталамайды")
    static let operands = "STUDY.yaml"
    static let operandCount: (least: Int, most: Int?) = (1, 1)
    static let options: [Option] = [
        .flag(
            "check",
            Phrase(
                "write nothing; exit 1 if an output is stale", ru: "ничего не писать; код 1, если что-то устарело",
                kk: "ештеңе жазбау; ескіргені болса, код 1")),
        CommonOptions.dryRun, CommonOptions.timings,
    ]
    static let examples = [
        "saual run Datasets/envipe-morelos/study.yaml", "saual run Datasets/envipe-morelos/study.yaml --check",
    ]

    static func run(_ call: Call) throws(Problem) -> Outcome {
        var timings = Timings()
        let checked = LoadedStudy.load(call.operands[0])
        guard let study = checked.value else {
            return Outcome(problems: checked.problems, exitCode: Problem.Kind.input.exitCode)
        }
        let run = try StudyRun(study, on: call.terminal)
        let planned = try run.planned()
        let stale = try run.stale(planned)
        timings.end("read and hash")
        let words = RunWords.in(call.language)
        if call.has("check") {
            let problems = stale.map { Problem.staleStep($0.step, $0.reason) }
            return Outcome(problems.isEmpty ? words.upToDate + "\n" : "", problems: problems)
        }
        if call.has("dry-run") {
            let specification = study.specification
            let written = stale.isEmpty ? [] : [specification.studyFile, "\(specification.output)/"]
            let maps = specification.waves.compactMap(\.map)
            let read = (specification.waves.map(\.file) + maps + specification.targetFiles).uniqued
            return Outcome(DryRun.text(reading: read, writing: written, for: call))
        }
        var text = ""
        var cautions: [Problem] = []
        if stale.isEmpty {
            text = words.upToDate + "\n"
        } else {
            cautions = try run.perform(stale.map(\.step), planned) { imported in
                if call.terminal.isVerbose { StandardStream.error(ImportCommand.words(imported, in: call.language)) }
            }
            if let error = cautions.first(where: { $0.severity == .error }) {
                return Outcome(problems: checked.problems + cautions, exitCode: error.kind.exitCode)
            }
            for step in stale.map(\.step) { text += "\(words.done): \(words.name(ofStep: step))\n" }
        }
        timings.end("run")
        let findings = try run.findings()
        for path in try run.written() {
            text += "\(words.output): \(StudySpecification.path(path, relativeTo: study.folder))\n"
        }
        timings.print(for: call, rows: 0)
        let shown = findings.unexpected.isEmpty ? [] : findings.all
        return Outcome(
            text, problems: checked.problems + cautions + shown + findings.unexpected,
            exitCode: findings.unexpected.isEmpty ? 0 : 1)
    }
}

/// The words of `run`.
private struct RunWords {
    let upToDate, done, importing, weighting, reports, output: String

    /// A step of the study file, `import WAVE`, `weight WAVE` or `reports`, as people read it.
    func name(ofStep step: String) -> String {
        if step == "reports" { return reports }
        return step.hasPrefix("weight ")
            ? step.replacing("weight ", with: "\(weighting) ", maxReplacements: 1)
            : step.replacing("import ", with: "\(importing) ", maxReplacements: 1)
    }

    static func `in`(_ language: Language) -> RunWords {
        switch language {
        case .russian:
            RunWords(
                upToDate: "Всё уже готово: ничего не изменилось.", done: "сделано", importing: "загрузка",
                weighting: "взвешивание",
                reports: "отчёты", output: "отчёт")
        case .kazakh:
            RunWords(
                upToDate: "Бәрі дайын: ештеңе өзгерген жоқ.", done: "орындалды", importing: "жүктеу",
                weighting: "салмақтау",
                reports: "есептер", output: "есеп")
        default:
            RunWords(
                upToDate: "Everything is up to date: nothing has changed.", done: "done", importing: "import",
                weighting: "weighting",
                reports: "reports", output: "report")
        }
    }
}
