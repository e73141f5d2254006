internal import SurveyData
internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveyProblems
internal import SurveyReport
internal import SurveySchema
internal import SurveyStudy
internal import SurveyYAML

/// `saual indicators`: the indicators of a study, with the publication rules applied.
enum IndicatorsCommand: Command {
    static let name = "indicators"
    static let summary = Phrase(
        "Computes the indicators of a study, with its publication rules",
        ru: "Считает показатели исследования и применяет его правила публикации",
        kk: "Зерттеу көрсеткіштерін оның жариялау қағидалары бойынша есептейді")
    static let operands = "STUDY.saual[:WAVE]"
    static let operandCount: (least: Int, most: Int?) = (1, 1)
    static let options: [Option] =
        [
            .value("wave", "NAME", Phrase("only this wave", ru: "только эта волна", kk: "тек осы толқын")),
            .list(
                "indicator", "ID",
                Phrase("only these indicators", ru: "только эти показатели", kk: "тек осы көрсеткіштер")),
            .value(
                "by", "A[,B]", repeatable: true,
                Phrase(
                    "groups in place of those of the definitions", ru: "группы вместо тех, что заданы в определениях",
                    kk: "анықтамалардағы топтардың орнына алынатын топтар")),
            .flag(
                "change",
                Phrase(
                    "also the changes between waves that the study names; in CSV these alone",
                    ru: "также изменения между волнами, которые назвало исследование; в CSV только они",
                    kk: "зерттеу атаған толқындар арасындағы өзгерістер де; CSV-де тек солар")),
            .flag(
                "list",
                Phrase(
                    "name the indicators, compute nothing", ru: "перечислить показатели, ничего не считая",
                    kk: "көрсеткіштерді есептемей, тек атап шығу")),
            .value(
                "define", "FILE.yaml", repeatable: true,
                Phrase(
                    "indicator file in place of the study's own", ru: "файл показателей вместо файлов исследования",
                    kk: "зерттеу файлдарының орнына алынатын көрсеткіштер файлы")),
            .flag(
                "internal",
                Phrase(
                    "show withheld figures; the output is stamped", ru: "показать скрытые цифры; вывод помечается",
                    kk: "жасырылған сандарды көрсету; нәтижеге белгі қойылады")),
            .list(
                "fail-on", "hidden|plan",
                Phrase(
                    "exit 1 if a figure is withheld, or misses its plan",
                    ru: "код 1, если какая-то цифра скрыта или не достигает плана",
                    kk: "қандай да бір сан жасырылса немесе жоспарға жетпесе, код 1")),
            CommonOptions.format(["table", "json", "ndjson", "csv", "markdown"]),
        ] + CommonOptions.output
    static let examples = [
        "saual indicators Datasets/envipe-morelos/envipe-morelos.saual:2025 --indicator victim_any --by SEXO",
        "saual indicators Datasets/envipe-morelos/envipe-morelos.saual --list",
    ]

    static func run(_ call: Call) throws(Problem) -> Outcome {
        guard case .study(let path, let named) = try SourceReference(call.operands[0]) else {
            throw .notAStudyFile(call.operands[0])
        }
        if named != nil, call.has("wave") { throw .waveTwice() }
        if call.has("list"), let option = ["by", "change", "internal", "fail-on"].first(where: call.has) {
            throw .nothingComputed(option)
        }
        var documents: [YAMLDocument] = []
        for file in call.values("define") { documents.append(try YAMLDocument(reading: file)) }
        let figures = try StudyFigures(path, wave: named ?? call.value("wave"), definitions: documents)
        let only = try call.list("indicator")
        let failures = try failures(call)
        let known = figures.definitions.flatMap { [$0.id] + ($0.family.map { [$0.id] } ?? []) }.uniqued
        if let unknown = only.first(where: { !known.contains($0) }) { throw .unknownIndicator(unknown, known: known) }
        if call.has("list") {
            return Outcome(IndicatorList.text(figures.definitions.filter { $0.isChosen(by: only) }, call))
        }
        let breakdowns = try breakdowns(call, figures)
        let isInternal = call.has("internal")
        if call.has("change") {
            guard figures.specification.change != nil else { throw .noChangePlan(path) }
            if let wave = named ?? call.value("wave") { throw .changeOfOneWave(wave) }
        }
        let computed = try figures.input(
            breakdowns: breakdowns, only: only, rules: isInternal ? nil : figures.specification.publication,
            changes: call.has("change"))
        var output = IndicatorOutput(
            results: computed.input.results, cautions: computed.cautions, study: figures.specification.id,
            isInternal: isInternal,
            isSynthetic: figures.specification.isSynthetic, attribution: figures.specification.attribution,
            language: call.language)
        if call.has("change") { output.changes = computed.input.changes }
        let fails = computed.input.results.contains { result in
            failures.contains("hidden") && result.display.isWithheld
                || failures.contains("plan") && result.status != nil && result.status != .reached
        }
        return Outcome(output.text(call.format), problems: computed.cautions, exitCode: fails ? 1 : 0)
    }

    /// What makes the command end with 1.
    private static func failures(_ call: Call) throws(Problem) -> [String] {
        let allowed = ["hidden", "plan"]
        let failures = try call.list("fail-on")
        for failure in failures where !allowed.contains(failure) {
            throw .unknownChoice(failure, option: "fail-on", allowed: allowed)
        }
        return failures
    }

    private static func breakdowns(_ call: Call, _ figures: StudyFigures) throws(Problem) -> [[String]]? {
        guard call.has("by") else { return nil }
        var breakdowns: [[String]] = []
        for value in call.values("by") {
            let names = try NameList.crossing(value, option: "by")
            for name in names {
                if figures.isPrivate(name) { throw .privateColumn(name) }
                guard let questionnaire = figures.questionnaire else { continue }
                guard let type = questionnaire.type(of: name) else {
                    throw .unknownColumn(name, known: questionnaire.names)
                }
                switch type {
                case .answer, .scale: break
                default: throw .noGroups(name)
                }
            }
            breakdowns.append(names)
        }
        return breakdowns.uniqued
    }
}

extension Problem {
    static func nothingComputed(_ option: String) -> Problem {
        Problem(
            "command.nothing-computed", .usage, what: "--\(option) does not go with --list",
            why: "--list names the indicators and computes nothing", fix: "drop one of the two")
    }

    static func noChangePlan(_ path: String) -> Problem {
        Problem(
            "command.no-change-plan", .usage, what: "The study says nothing of changes", place: Place(file: path),
            why: "whether two waves share their sample decides the error of a change, and only study.yaml knows",
            fix: "add \"change: {samples: independent}\" or \"change: {samples: shared-psu}\" to study.yaml and run it")
    }

    static func changeOfOneWave(_ wave: String) -> Problem {
        Problem(
            "command.change-of-one-wave", .usage, what: "--change needs two waves",
            why: "a change is the difference between waves; only \"\(wave)\" was asked for", fix: "drop the wave")
    }

    static func waveTwice() -> Problem {
        Problem(
            "command.wave-twice", .usage, what: "The wave is named twice",
            why: "it stands after the study file's name and in --wave",
            fix: "drop one of the two")
    }

    static func unknownIndicator(_ id: String, known: [String]) -> Problem {
        let near = NearestNames.of(id, among: known)
        return Problem(
            "command.unknown-indicator", .usage, what: "Indicator \"\(id)\" does not exist",
            why: "the study has \(list: known)",
            fix: "use \(near.isEmpty ? "--list" : near.map { "\"\($0)\"" }.joined(separator: ", "))")
    }

    static func noGroups(_ name: String) -> Problem {
        Problem(
            "command.no-groups", .usage, what: "\"\(name)\" makes no groups",
            why: "a breakdown needs a question with an answer list, or a derived variable with classes",
            fix: "name such a variable, or derive classes from this one in the questionnaire")
    }
}
