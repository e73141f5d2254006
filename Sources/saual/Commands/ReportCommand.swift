internal import SurveyProblems
internal import SurveyReport
internal import SurveySchema
internal import SurveyStudy

/// `saual report`: one report of a study file, as HTML or as JSON with every figure.
enum ReportCommand: Command {
    static let name = "report"
    static let summary = Phrase(
        "Writes the report of a study file", ru: "Пишет отчёт по файлу исследования",
        kk: "Зерттеу файлы бойынша есеп жазады")
    static let operands = "STUDY.saual|study.yaml"
    static let operandCount: (least: Int, most: Int?) = (1, 1)
    static let options: [Option] =
        [
            .choice(
                "format", ["html", "json"],
                Phrase(
                    "form of the report (default: html, or by the ending of -o)",
                    ru: "вид отчёта (по умолчанию html или по окончанию файла -o)",
                    kk: "есеп түрі (әдепкісі: html немесе -o файлының жалғауы бойынша)")),
            .flag(
                "internal",
                Phrase(
                    "show withheld figures; every page is stamped",
                    ru: "показать скрытые цифры; каждая страница помечается",
                    kk: "жасырылған сандарды көрсету; әр бетке белгі қойылады")),
        ] + CommonOptions.output
    static let examples = [
        "saual report Datasets/envipe-morelos/envipe-morelos.saual --language ru -o report.html",
        "saual report Datasets/envipe-morelos/envipe-morelos.saual --format json",
    ]

    static func run(_ call: Call) throws(Problem) -> Outcome {
        let form = try format(call)
        let figures = try StudyFigures(try studyFile(of: call.operands[0]), wave: nil)
        let computed = try figures.input(
            rules: call.has("internal") ? nil : figures.specification.publication, audits: true,
            programs: Versions.report)
        var input = computed.input
        input.tiles = try figures.tiles()
        var cautions = computed.cautions
        if let open = figures.specification.openPlacesCaution { cautions.append(open) }
        guard form == "html" else {
            return Outcome(ReportJSON.json(input, language: call.language).line + "\n", problems: cautions)
        }
        var charts = ReportCharts.none
        do throws(Problem) {
            charts = try ChartDrawer(gnuplot: try Gnuplot()).charts(for: input, language: call.language)
            cautions += charts.cautions
        } catch { cautions.append(error) }
        return Outcome(try HTMLReport.html(input, language: call.language, charts: charts), problems: cautions)
    }

    /// A study.yaml stands for the study file that its run made.
    static func studyFile(of operand: String) throws(Problem) -> String {
        guard operand.hasSuffix(".yaml") || operand.hasSuffix(".yml") else {
            guard case .study(let path, nil) = try SourceReference(operand) else { throw .notAStudyFile(operand) }
            return path
        }
        let checked = LoadedStudy.load(operand)
        guard let study = checked.value else { throw checked.problems.first ?? .notAStudyFile(operand) }
        let run = try StudyRun(study, on: Terminal(color: "never", isQuiet: true, isVerbose: false))
        let stale = try run.stale(try run.planned()).filter { $0.step != "reports" }
        if let first = stale.first { throw .staleStudy(operand, step: first.step) }
        return run.studyFile
    }

    private static func format(_ call: Call) throws(Problem) -> String {
        let ending = call.value("output").flatMap { $0.split(separator: ".").last.map { $0.lowercased() } }
        if let format = call.value("format") { return format }
        guard let ending, ending != "html" else { return "html" }
        guard ending == "json" else { throw .unknownReportForm(ending) }
        return "json"
    }
}

extension Problem {
    static func staleStudy(_ path: String, step: String) -> Problem {
        Problem(
            "command.stale-study", .input, what: "The study file does not belong to \"\(path)\" as it is now",
            place: Place(file: path), why: "step \"\(step)\" was never done, or its inputs have changed",
            fix: "run saual run \(path)")
    }

    static func unknownReportForm(_ ending: String) -> Problem {
        Problem(
            "command.unknown-report-form", .usage, what: "Reports cannot be written as \".\(ending)\"",
            why: "this version writes .html and .json", fix: "give the file one of these endings, or name --format")
    }
}
