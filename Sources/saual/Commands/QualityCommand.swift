internal import SurveyData
internal import SurveyDesign
internal import SurveyIndicators
internal import SurveyProblems
internal import SurveyQuality
internal import SurveyReport
internal import SurveyStore
internal import SurveyStudy

/// `saual quality`: the field audit of one wave or data file.
enum QualityCommand: Command {
    static let name = "quality"
    static let summary = Phrase(
        "Audits the field: copied and hasty interviews, interviewers, outcome rates",
        ru: "Проверяет поле: списанные и поспешные интервью, интервьюеры, исходы",
        kk: "Дала жұмысын тексереді: көшірілген, асығыс сұхбаттар, сұхбаттасушылар, нәтижелер")
    static let operands = "SOURCE"
    static let operandCount: (least: Int, most: Int?) = (1, 1)
    static let options: [Option] =
        [
            .value(
                "interviewer", "COL",
                Phrase(
                    "column with the code of the interviewer", ru: "столбец с кодом интервьюера",
                    kk: "сұхбаттасушы коды тұрған баған")),
            .value(
                "start", "COL",
                Phrase(
                    "column with the start of the interview, as 2023-09-01T09:42",
                    ru: "столбец с началом интервью, например 2023-09-01T09:42",
                    kk: "сұхбаттың басталуы тұрған баған, мысалы 2023-09-01T09:42")),
            .value(
                "end", "COL",
                Phrase(
                    "column with the end of the interview", ru: "столбец с окончанием интервью",
                    kk: "сұхбаттың аяқталуы тұрған баған")),
            .value(
                "outcome", "COL",
                Phrase(
                    "column with the outcome of the contact, AAPOR's three digits",
                    ru: "столбец с исходом контакта, три цифры AAPOR",
                    kk: "хабарласу нәтижесі тұрған баған, AAPOR-дың үш таңбасы")),
            .list(
                "strata", "COL",
                Phrase(
                    "columns of the strata of a data file", ru: "столбцы страт файла данных",
                    kk: "деректер файлындағы стратаның бағандары")),
            .list(
                "psu", "COL",
                Phrase(
                    "columns of the PSUs of a data file", ru: "столбцы первичных единиц файла данных",
                    kk: "деректер файлындағы бастапқы бірліктердің бағандары")),
            .list(
                "skip", "COL",
                Phrase(
                    "columns of a data file that are no answers", ru: "столбцы файла данных, которые не ответы",
                    kk: "деректер файлындағы жауап емес бағандар")),
            .value(
                "match", "SHARE",
                Phrase(
                    "share of equal answers of near duplicates (default: the study's, or 0.85)",
                    ru: "доля равных ответов почти одинаковых интервью (по умолчанию из исследования или 0.85)",
                    kk: "бірдей дерлік сұхбаттардың тең жауаптар үлесі (әдепкісі: зерттеуден немесе 0.85)")),
            .value(
                "min-minutes", "N",
                Phrase(
                    "shorter interviews are short, whatever the median",
                    ru: "интервью короче считаются короткими при любой медиане",
                    kk: "бұдан қысқа сұхбат медианаға қарамай қысқа саналады")),
            .choice(
                "pairs", ["all", "within"],
                Phrase(
                    "compare every pair, or those of one interviewer or PSU (default: all, up to 30,000 interviews)",
                    ru: "сравнивать все пары или пары одного интервьюера и ПЕО (по умолчанию все, до 30 000 интервью)",
                    kk:
                        "барлық жұпты не бір сұхбаттасушының, бірліктің жұптарын салыстыру (әдепкісі: 30 000-ға дейін бәрі)"
                )),
            CommonOptions.format(["table", "csv", "json"]),
        ] + CommonOptions.reading + CommonOptions.output
    static let examples = [
        "saual quality Datasets/envipe-morelos/envipe-morelos.saual:2025",
        "saual quality Datasets/envipe-morelos/envipe-morelos.saual:2025 --pairs within --format json",
    ]

    static func run(_ call: Call) throws(Problem) -> Outcome {
        switch try SourceReference(call.operands[0]) {
        case .study(let path, let wave): return try audit(path, wave: wave, call)
        case .file(let path): return try audit(path, call)
        }
    }

    // MARK: A wave of a study file

    private static func audit(_ path: String, wave: String?, _ call: Call) throws(Problem) -> Outcome {
        if let option = (["strata", "psu", "skip"] + CommonOptions.reading.map(\.name)).first(where: call.has) {
            throw .notForStudyFiles(option)
        }
        let opened = try StudyWave.open(path, wave: wave)
        let study = try opened.file.documents().first.map { (document) throws(Problem) in
            try LoadedStudy.specification(in: document)
        }
        let hasUnits = !(study?.design.psu ?? []).isEmpty
        let plan = try plan(call, study?.quality, hasUnits: hasUnits) { opened.isPrivate($0) }
        let work = WaveAudit(wave: opened, plan: plan, study: study)
        var audit = try work.audit()
        let findings = audit.findings(number: try work.rowNumbers())
        var cautions: [Problem] = []
        if study != nil, !audit.flagged.isEmpty {
            let figures = try StudyFigures(path, wave: opened.record.name)
            let computed = try figures.input(rules: figures.specification.publication, changes: false)
            let definitions = figures.indicators.first?.definitions ?? []
            do throws(Problem) {
                try work.addEffects(to: &audit, results: computed.input.results, definitions: definitions)
            } catch { cautions.append(.noEffects(error)) }
        }
        var output = QualityOutput(
            audit: audit, findings: findings, number: try work.rowNumbers(),
            source: .object([
                ("study", .string(String(path.split(separator: "/").last ?? ""))),
                ("wave", .string(opened.record.name)), ("file", .string(opened.record.fileName)),
                ("sha256", .string(opened.record.sha256)), ("rows", .integer(opened.record.rowsImported)),
            ]), language: call.language)
        output.isSynthetic = study?.isSynthetic ?? false
        return Outcome(output.text(call.format), problems: findings + cautions)
    }

    // MARK: A data file

    private static func audit(_ path: String, _ call: Call) throws(Problem) -> Outcome {
        let source = try RawSource(path, call: call)
        let read = try source.inferred([])
        let plan = try plan(call, nil, hasUnits: call.has("psu")) { _ in false }
        var auditor = FieldAuditor(plan.columns, rule: plan.rule)
        auditor.strata = try call.list("strata")
        auditor.psu = try call.list("psu")
        let others = auditor.columnNames + (try call.list("skip"))
        for name in others { _ = try read.table.column(name) }
        let described = read.table.columns.map { ColumnDescription(name: $0.name, kind: $0.kind) }
        let answers = SubstantiveAnswers(among: described, of: nil, besides: others)
        let audit = try auditor.audit(read.table, answers: answers)
        let findings = audit.findings()
        let output = QualityOutput(
            audit: audit, findings: findings, number: { $0 + 1 },
            source: .object([("file", .string(source.name)), ("rows", .integer(read.table.rowCount))]),
            language: call.language)
        return Outcome(output.text(call.format), problems: read.problems + findings)
    }

    /// The columns and limits: those of the study, with what the command line says in their place.
    ///
    /// A study may name private columns of its field; a command line may not, or it could print any of them.
    private static func plan(
        _ call: Call, _ study: QualityPlan?, hasUnits: Bool, isPrivate: (String) -> Bool
    ) throws(Problem) -> QualityPlan {
        var plan = study ?? QualityPlan(columns: AuditColumns())
        func column(_ option: String, _ own: String?) throws(Problem) -> String? {
            guard let value = call.value(option) else { return own }
            let name = try NameList.one(value, option: option)
            guard name == own || !isPrivate(name) else { throw .privateColumn(name) }
            return name
        }
        plan.columns.interviewer = try column("interviewer", plan.columns.interviewer)
        plan.columns.start = try column("start", plan.columns.start)
        plan.columns.end = try column("end", plan.columns.end)
        plan.columns.outcome = try column("outcome", plan.columns.outcome)
        if (plan.columns.start == nil) != (plan.columns.end == nil) {
            throw .oneTimeOnly(missing: plan.columns.start == nil ? "start" : "end")
        }
        if let match = try call.number("match") {
            guard match > 0.5, match <= 1 else { throw .wrongMatch(call.value("match") ?? "") }
            plan.rule.match = match
        }
        if let minutes = try call.number("min-minutes") {
            guard minutes > 0, minutes <= 1440 else { throw .wrongMinutes(call.value("min-minutes") ?? "") }
            guard plan.columns.hasTimes else { throw .oneTimeOnly(missing: "start") }
            plan.rule.leastMinutes = minutes
        }
        if call.value("pairs") == "within" {
            guard plan.columns.interviewer != nil || hasUnits else { throw .pairsWithinNobody() }
            plan.rule.comparesWithinOnly = true
        }
        // Asked for outright, every pair is compared, however long it takes.
        if call.value("pairs") == "all" { plan.rule.mostForAllPairs = .max }
        return plan
    }
}

extension Problem {
    static func oneTimeOnly(missing: String) -> Problem {
        Problem(
            "command.one-time-only", .usage, what: "Nothing says how long interviews took",
            why: "a duration needs --start and --end; --\(missing) is missing", fix: "add --\(missing)")
    }

    static func wrongMatch(_ text: String) -> Problem {
        Problem(
            "command.wrong-match", .usage, what: "A match of \(text) cannot tell copies from interviews",
            why: "near duplicates share more than half of their answers and at most all; found \(text)",
            fix: "write a share from 0.5 to 1, such as --match 0.85")
    }

    static func wrongMinutes(_ text: String) -> Problem {
        Problem(
            "command.wrong-minutes", .usage, what: "\(text) minutes are no length of an interview",
            why: "--min-minutes lies above 0 and within a day of 1440 minutes; found \(text)",
            fix: "write the minutes below which nobody can read out the questions, such as --min-minutes 15")
    }

    static func pairsWithinNobody() -> Problem {
        Problem(
            "command.pairs-within-nobody", .usage, what: "--pairs within has nothing to stay within",
            why: "pairs of one interviewer or one PSU are compared; no column says who or where",
            fix: "add --interviewer or --psu")
    }

    /// The indicators without flagged interviews could not be computed.
    static func noEffects(_ cause: Problem) -> Problem {
        Problem(
            "command.no-effects", .finding, severity: .caution,
            what: "The indicators without the flagged interviews could not be computed", place: cause.place,
            why: "the weighting or the estimation of what remains failed; code \(cause.code)",
            fix: "see why with saual weight on the rows that remain")
    }
}
