internal import SurveyData
internal import SurveyDesign
internal import SurveyEstimation
internal import SurveyProblems
internal import SurveySchema
internal import SurveyStore
internal import SurveyWeighting

/// `saual change`: figures of two samples, their difference, its standard error, and what can be said of it.
enum ChangeCommand: Command {
    static let name = "change"
    static let summary = Phrase(
        "Compares figures of two waves, with the covariance of PSUs that both share",
        ru: "Сравнивает показатели двух волн с ковариацией общих единиц отбора",
        kk: "Екі толқынның көрсеткіштерін ортақ іріктеу бірліктерінің ковариациясымен салыстырады")
    static let operands = "OLD NEW"
    static let operandCount: (least: Int, most: Int?) = (2, 2)
    static let options: [Option] =
        EstimateCommand.statistics.filter { $0.name != "no-total" } + comparison + CommonOptions.design
        + ReplicateOptions.options
        + EstimateCommand.rules.filter { !["ci", "df", "deff", "covariance"].contains($0.name) } + CommonOptions.reading
        + [CommonOptions.format(["table", "json", "ndjson", "csv", "markdown"])] + CommonOptions.output
        + [CommonOptions.dryRun, CommonOptions.timings]
    static let examples = [
        "saual change Datasets/envipe-morelos/envipe-morelos.saual:2024 "
            + "Datasets/envipe-morelos/envipe-morelos.saual:2025 --share victim_any=1 --by SEXO",
        "saual change Datasets/envipe-morelos/envipe-morelos.saual:2024 "
            + "Datasets/envipe-morelos/envipe-morelos.saual:2025 --mean EDAD --format json",
    ]

    static let comparison: [Option] = [
        .flag(
            "shared-psu",
            Phrase(
                "equal strata and PSU labels are the same PSUs in both samples",
                ru: "одинаковые обозначения страт и единиц — одни и те же единицы в обеих выборках",
                kk: "бірдей страта мен бірлік белгілері — екі іріктемеде де сол бірліктер")),
        .choice(
            "overlap", Change.Overlap.allCases.map(\.rawValue),
            Phrase(
                "covariance of shared PSUs (default: exact with --shared-psu, else independent)",
                ru: "ковариация общих единиц (по умолчанию exact при --shared-psu, иначе independent)",
                kk: "ортақ бірліктер ковариациясы (әдепкісі: --shared-psu болса exact, әйтпесе independent)")),
        .value(
            "precision", "X",
            Phrase(
                "half-width of the interval up to which \"no change\" can be said (default: 0.05 for shares, a quarter "
                    + "of the value otherwise)",
                ru: "полуширина интервала, до которой можно сказать «без изменений» (по умолчанию 0.05 для долей, "
                    + "иначе четверть значения)",
                kk: "«өзгеріс жоқ» деуге болатын аралықтың жарты ені (әдепкісі: үлестер үшін 0.05, әйтпесе мәннің "
                    + "ширегі)")),
        .value(
            "df", "design|full|inf|satterthwaite|N",
            Phrase(
                "degrees of freedom (default: design, of both domains)",
                ru: "степени свободы (по умолчанию design, в обеих группах)",
                kk: "еркіндік дәрежелері (әдепкісі: design, екі топта)")),
    ]

    static func run(_ call: Call) throws(Problem) -> Outcome {
        var timings = Timings()
        guard EstimateCommand.statistics.map(\.name).contains(where: { isStatistic($0) && call.has($0) }) else {
            throw .nothingCompared()
        }
        let request = try StatisticsRequest(call)
        try request.checkOptions(call)
        // What is wrong with the rules is said before a large file is read.
        _ = try DesignOptions.rules(call, allowsSatterthwaite: true)
        if call.has("dry-run") { return Outcome(try dryRun(call, request)) }
        var sources: [AnalysisSource] = []
        var problems: [Problem] = []
        for operand in call.operands {
            let source = try AnalysisSource.open(operand, roles: request.roles(call), call: call)
            problems += source.problems
            sources.append(source)
            guard source.rowCount > 0 else { return Outcome(problems: problems + [.noRows(operand)], exitCode: 4) }
        }
        timings.end("read and type")
        do throws(Problem) {
            let rules = try ChangeRules(call, study: try .of(call.operands))
            return try computed(request, rules, sources, problems, call, &timings)
        } catch {
            let discreet = sources.reduce(error) { $1.discreet($0) }
            return Outcome(problems: problems + [discreet], exitCode: discreet.kind.exitCode)
        }
    }

    private static func computed(
        _ request: StatisticsRequest, _ rules: ChangeRules, _ sources: [AnalysisSource], _ problems: [Problem],
        _ call: Call, _ timings: inout Timings
    ) throws(Problem) -> Outcome {
        let sides = try sources.map { (source) throws(Problem) in try Side(source, request) }
        // Both samples are estimated at the same time.
        let threads = rules.estimation.threads ?? Workers.processors
        var options = rules.estimation
        options.threads = max(1, threads / sides.count)
        let made = try Workers.map(sides.count, threads: threads) { [options] (position) throws(Problem) in
            try sides[position].estimated(options)
        }
        let (designs, results) = (made.map(\.design), made.map(\.result))
        var cautions: [Problem] = []
        for result in results { cautions += result.cautions.filter { !cautions.contains($0) } }
        timings.end("estimate")
        let pairing = FigurePairing(results[0].rows, results[1].rows)
        if !pairing.alone.isEmpty { cautions.append(.groupInOneSource(pairing.alone)) }
        var shared: SampleOverlap?
        if rules.overlap != .independent {
            let samples = results.compactMap(\.design)
            let found = try SampleOverlap(from: samples[0], to: samples[1])
            if rules.isByWord { cautions.append(.sharedByWord(found.count)) }
            if found.count == 0 { cautions.append(.noSharedPSU()) }
            shared = found
        }
        var rows: [ChangeRow] = []
        let labels = AnswerLabels(questionnaire: sources[1].questionnaire, language: call.language)
        let canonicalRequest = canonical(call, sources.map(\.design))
        for (first, second) in pairing.pairs {
            let change = try Change.between(
                ChangeSide(results[0], row: first), ChangeSide(results[1], row: second), overlap: rules.overlap,
                precision: rules.precision(of: results[0].rows[first].statistic),
                degreesOfFreedom: rules.degreesOfFreedom,
                adjustsLonelyDomains: rules.estimation.adjustsLonelyDomains, shared: shared)
            let figure = change.to
            let names = JSONText.array(figure.identity.map { .string($0) })
            let place = JSONText.array(figure.by.map { .array([.string($0.variable), .string($0.category)]) })
            let text = JSONText.array(
                sources.map { .string($0.identity) } + [canonicalRequest, names, place]
            ).line
            rows.append(
                ChangeRow(
                    change: change, id: String(try SHA256.hex(of: Array(text.utf8)).prefix(12)),
                    answer: figure.answer.map { labels.answer($0, of: figure.variable) }
                        ?? PlainNumber.parameter(figure, in: call.language),
                    by: figure.by.map { labels.answer($0.category, of: $0.variable) }))
        }
        let ofWeights = sources.reduce(into: [Problem]()) { found, source in
            found += source.weightCautions.filter { !found.contains($0) }
        }
        let output = ChangeOutput(
            rows: rows, cautions: ofWeights + cautions, sources: sources.map(\.provenance),
            designs: zip(sources, designs).map { $0.json(of: $1) }, language: call.language)
        let text = output.text(call.format)
        timings.end("write")
        timings.print(for: call, rows: sources.map(\.rowCount).reduce(0, +))
        return Outcome(text, problems: problems + (call.format == "table" ? ofWeights : []) + cautions)
    }

    /// What one sample is estimated from.
    private struct Side: Sendable {
        private let specification: DesignSpecification
        private let table: Table
        private let calibration: CalibrationRecord?
        private let measures: [Measure]
        private let breakdowns: [Breakdown]
        private let domain: Truth?

        init(_ source: AnalysisSource, _ request: StatisticsRequest) throws(Problem) {
            (measures, breakdowns) = try request.typed(by: source)
            (specification, table, calibration) = (source.design, source.designTable, source.calibration)
            domain = source.domain
        }

        func estimated(_ options: EstimationOptions) throws(Problem) -> (design: SampleDesign, result: EstimationResult)
        {
            let design = try SampleDesign(specification, table: table, calibration: calibration)
            let estimation = Estimation(design: design, options: options)
            return (design, try estimation.estimates(of: measures, by: breakdowns, where: domain))
        }
    }

    private static func isStatistic(_ option: String) -> Bool { !["by", "no-total", "where"].contains(option) }

    /// The options that change numbers, in the order of their names; part of each row's id.
    private static func canonical(_ call: Call, _ designs: [DesignSpecification]) -> JSONText {
        let names =
            [
                "level", "df", "missing", "complete", "conform", "rake-residuals", "record", "where", "na",
                "domain-lonely", "encoding", "delimiter", "decimal", "sheet", "shared-psu", "overlap", "precision",
            ] + StatisticsRequest.ruleNames
        func list(_ words: [String]) -> JSONText { .array(words.map { .string($0) }) }
        let rules = names.filter(call.has).map { JSONText.array([.string($0), list(call.values($0))]) }
        return .array(
            [.string("change")]
                + designs.map { design in
                    .array(
                        [
                            list(design.strata), list(design.psu), list([design.weight ?? "", design.fpc ?? ""]),
                            .bool(design.isNested), .string(design.lonelyPSU.rawValue),
                        ] + (design.details.isEmpty ? [] : [.object(design.details)])
                            + [design.replicates?.json].compactMap { $0 })
                } + [.array(rules)])
    }

    /// What would be read, without reading it.
    private static func dryRun(_ call: Call, _ request: StatisticsRequest) throws(Problem) -> String {
        let design = try DesignOptions.specification(call, study: nil)
        let roles = request.roles(call)
        let columns = (design.columns + roles.numbers + roles.answers).uniqued.joined(separator: ", ")
        return DryRun.text(
            reading: call.operands.map { "\($0) (\(columns))" }, writing: [call.value("output") ?? "-"], for: call)
    }
}

extension Problem {
    static func nothingCompared() -> Problem {
        Problem(
            "command.nothing-compared", .usage, what: "No figure is compared",
            why: "\"saual change\" needs at least one of --share, --mean, --total, --ratio, --count, --quantile",
            fix: "add, for example, --share q1=1 --by region")
    }

    /// Groups that only one of the two samples has.
    static func groupInOneSource(_ groups: [String]) -> Problem {
        Problem(
            "command.group-in-one-source", .finding, severity: .caution,
            what: "\(groups.count) figures stand in one of the two samples only",
            why: "a change needs both; found in one: \(list: groups)",
            fix: "check that both samples have the same codes")
    }

    /// PSUs that were matched because the user says that equal labels are the same PSUs.
    static func sharedByWord(_ count: Int) -> Problem {
        Problem(
            "command.shared-psu-by-word", .finding, severity: .caution,
            what: "\(count) PSUs count as shared by both samples",
            why: "--shared-psu says that equal labels are the same PSUs",
            fix: "drop --shared-psu if labels were given anew")
    }

    /// Samples that should share PSUs and do not.
    static func noSharedPSU() -> Problem {
        Problem(
            "command.no-shared-psu", .finding, severity: .caution, what: "The two samples share no PSU",
            why: "no label of one is in the other, so the covariance is 0",
            fix: "check that both samples use the same labels of strata and PSUs")
    }
}
