internal import SurveyData
internal import SurveyDesign
internal import SurveyEstimation
internal import SurveyProblems
internal import SurveySchema
internal import SurveyStore
internal import SurveyWeighting

/// `saual estimate`: means, totals, shares, ratios and counts with standard errors.
enum EstimateCommand: Command {
    static let name = "estimate"
    static let summary = Phrase(
        "Estimates shares, means, totals, ratios and counts with standard errors",
        ru: "Оценивает доли, средние, суммы, отношения и численность со стандартными ошибками",
        kk: "Үлестерді, орташаларды, қосындыларды, қатынастар мен адам санын стандартты қателерімен бағалайды")
    static let operands = "SOURCE"
    static let operandCount: (least: Int, most: Int?) = (1, 1)
    static let options: [Option] =
        statistics + ContrastRequest.options + CommonOptions.design + ReplicateOptions.options + CallWeighting.options
        + CallStandard.options + CallSeparate.options + rules
        + CommonOptions.reading
        + [CommonOptions.format(["table", "json", "ndjson", "csv", "markdown"])] + CommonOptions.output
        + [CommonOptions.asAsked, CommonOptions.dryRun, CommonOptions.timings]
    static let examples = [
        "saual estimate Datasets/envipe-morelos/data/envipe_morelos_2021_2025.csv --strata ANIO_ESTADISTICO*EST_DIS "
            + "--psu UPM_DIS --nest --weight FAC_ELE --share AP7_3_05=1 --by ANIO_ESTADISTICO",
        "saual estimate Datasets/envipe-morelos/envipe-morelos.saual:2025 --share victim_any --by SEXO --format csv",
    ]

    static let statistics: [Option] =
        [
            .value(
                "share", "V", repeatable: true,
                Phrase(
                    "share of every answer of V, or of V=1,2 together",
                    ru: "доля каждого ответа V или ответов V=1,2 вместе",
                    kk: "V әр жауабының үлесі немесе V=1,2 жауаптарының ортақ үлесі")),
            .choice(
                "set-base", SetBase.allCases.map(\.rawValue),
                Phrase(
                    "what items of a multiple-response set are shares of (default: cases)",
                    ru: "от чего берутся доли пунктов вопроса с несколькими ответами (по умолчанию cases)",
                    kk: "көп жауапты сұрақ тармақтарының үлесі неден алынады (әдепкісі: cases)")),
            .value("mean", "V", repeatable: true, Phrase("mean of V", ru: "среднее значение V", kk: "V орташа мәні")),
            .value("total", "V", repeatable: true, Phrase("total of V", ru: "сумма V", kk: "V қосындысы")),
            .value(
                "ratio", "A/B", repeatable: true,
                Phrase("ratio of two totals", ru: "отношение двух сумм", kk: "екі қосындының қатынасы")),
        ] + StatisticsRequest.distributionOptions + SensitiveRequest.options + [
            .flag("count", Phrase("number of people", ru: "численность", kk: "адам саны")),
            .value(
                "by", "A[,B]", repeatable: true,
                Phrase(
                    "groups; A,B crosses; repeat for another breakdown",
                    ru: "группы; A,B — пересечение; повторите для другой разбивки",
                    kk: "топтар; A,B — қиылысу; басқа бөлініс үшін қайталаңыз")),
            .flag("no-total", Phrase("leave the whole out", ru: "без строки «все»", kk: "«барлығы» жолынсыз")),
            .value(
                "where", "EXPR",
                Phrase(
                    "domain; rows outside it keep their PSUs", ru: "группа; строки вне её остаются в плане выборки",
                    kk: "топ; одан тыс жолдар іріктеме жоспарында қалады")),
        ]

    static let rules: [Option] =
        [
            .choice(
                "ci", EstimationOptions.ShareInterval.allCases.map(\.rawValue),
                Phrase(
                    "interval of shares (default: logit)", ru: "интервал долей (по умолчанию logit)",
                    kk: "үлестер аралығы (әдепкісі: logit)")),
            .value(
                "level", "P",
                Phrase(
                    "confidence level (default: 0.95)", ru: "уровень доверия (по умолчанию 0.95)",
                    kk: "сенім деңгейі (әдепкісі: 0.95)")),
            .value(
                "df", "design|full|inf|rank|reps|N",
                Phrase(
                    "degrees of freedom (default: design, in the domain)",
                    ru: "степени свободы (по умолчанию design, в группе)",
                    kk: "еркіндік дәрежелері (әдепкісі: design, топта)")),
            .choice(
                "missing", EstimationOptions.Missing.allCases.map(\.rawValue),
                Phrase(
                    "rows without an answer (default: domain)", ru: "строки без ответа (по умолчанию domain)",
                    kk: "жауабы жоқ жолдар (әдепкісі: domain)")),
            .choice(
                "complete", EstimationOptions.Complete.allCases.map(\.rawValue),
                Phrase(
                    "rows used with several variables (default: each)",
                    ru: "какие строки брать, если переменных несколько (по умолчанию each)",
                    kk: "айнымалы бірнешеу болса, қай жолдар алынады (әдепкісі: each)")),
            .choice(
                "deff", EstimationOptions.DesignEffect.allCases.map(\.rawValue),
                Phrase(
                    "kind of design effect (default: auto)", ru: "вид эффекта плана выборки, deff (по умолчанию auto)",
                    kk: "іріктеме жоспары әсерінің түрі, deff (әдепкісі: auto)")),
            .choice(
                "rake-residuals", EstimationOptions.RakeResiduals.allCases.map(\.rawValue),
                Phrase(
                    "residuals of a variance after raking (default: projection)",
                    ru: "остатки в дисперсии после взвешивания по итогам (по умолчанию projection)",
                    kk: "қорытындыларға келтірілгеннен кейінгі дисперсия қалдықтары (әдепкісі: projection)")),
            .choice(
                "record", EstimationOptions.CalibrationUse.allCases.map(\.rawValue),
                Phrase(
                    "what the record of how weights were fitted is for (default: use)",
                    ru: "учитывать ли запись о подгонке весов (по умолчанию use)",
                    kk: "салмақтарды келтіру жазбасы ескеріле ме (әдепкісі: use)")),
            .choice(
                "conform", ["r-survey-4.1"],
                Phrase(
                    "every rule as R survey 4.1 has it", ru: "все правила как в R survey 4.1",
                    kk: "барлық ереже R survey 4.1-дегідей")),
        ] + StatisticsRequest.distributionRules + [
            .flag(
                "covariance",
                Phrase(
                    "add the covariance matrix of the rows (json)", ru: "добавить матрицу ковариаций строк (json)",
                    kk: "жолдардың ковариация матрицасын қосу (json)")),
            .list(
                "na", "TEXT",
                Phrase(
                    "cells that mean no answer (raw files)",
                    ru: "ячейки, означающие отсутствие ответа (исходные файлы)",
                    kk: "жауап жоқтығын білдіретін ұяшықтар (бастапқы файлдар)")),
        ]

    static func run(_ call: Call) throws(Problem) -> Outcome {
        var timings = Timings()
        let request = try StatisticsRequest(call)
        var rules = try DesignOptions.rules(call)
        let contrasts = try ContrastRequest(call)
        contrasts?.prepare(&rules)
        if call.has("covariance"), call.format != "json" { throw .covarianceNeedsJSON() }
        try request.checkOptions(call)
        let targets = try CallWeighting.read(call)
        if targets.problems.contains(where: { $0.severity == .error }) { return Outcome(failing: targets.problems) }
        let weighting = targets.value
        let standard = try CallStandard.read(call)
        if standard.problems.contains(where: { $0.severity == .error }) { return Outcome(failing: standard.problems) }
        let separate = try CallSeparate.read(call, request)
        if separate.problems.contains(where: { $0.severity == .error }) { return Outcome(failing: separate.problems) }
        if call.has("dry-run") { return Outcome(try dryRun(call, request, weighting)) }
        var roles = request.roles(call, weighting: weighting, standard: standard.value)
        roles.answers += [separate.value?.variable].compactMap { $0 }
        let source = try AnalysisSource.open(call.operands[0], roles: roles, call: call)
        do throws(Problem) {
            guard source.rowCount > 0 else { throw .noRows(call.operands[0]) }
            var sample = Checked<SampleDesign>(value: nil, problems: [])
            if let weighting {
                sample = try weighting.fitted(source)
                if sample.value == nil { return Outcome(failing: source.problems + targets.problems + sample.problems) }
            }
            return try computed(
                request, contrasts, rules, source, sample, targets, standard.value, separate.value, call, &timings)
        } catch {
            // What reading found says why the numbers cannot be had: cells that are no weights, rows set aside.
            return Outcome(problems: source.problems + [source.discreet(error)], exitCode: error.kind.exitCode)
        }
    }

    private static func computed(
        _ request: StatisticsRequest, _ contrasts: ContrastRequest?, _ rules: EstimationOptions,
        _ source: AnalysisSource, _ sample: Checked<SampleDesign>, _ targets: Checked<CallWeighting>,
        _ standard: CallStandard?, _ separate: CallSeparate?, _ call: Call,
        _ timings: inout Timings
    ) throws(Problem) -> Outcome {
        var (measures, breakdowns) = try request.typed(by: source)
        timings.end("read and type")
        let design: SampleDesign
        if let fitted = sample.value { design = fitted } else { design = try source.sample() }
        let ofWeighting = targets.problems + sample.problems
        timings.end("design")
        let estimation = Estimation(design: design, options: rules)
        let ofSensitive = try request.weighLists(of: &measures, source, estimation)
        let result: EstimationResult
        if let standard {
            var classes: [WeightingVariable] = []
            for name in standard.variables {
                classes.append(try WeightingVariable(try source.answers(name), questionnaire: source.questionnaire))
            }
            result = try estimation.standardizedEstimates(
                of: measures, by: breakdowns, where: source.domain, to: standard.standard, classes: classes)
        } else if let separate {
            result = try separate.computed(estimation, source)
        } else {
            result = try estimation.estimates(of: measures, by: breakdowns, where: source.domain)
        }
        let compared = try contrasts.map { (contrasts) throws(Problem) in try contrasts.computed(estimation, result) }
        timings.end("estimate")
        let labels = AnswerLabels(questionnaire: source.questionnaire, language: call.language)
        let canonicalRequest = canonical(
            call, design: source.design, weighting: targets.value, standard: standard, separate: separate)
        var rows: [EstimateRow] = []
        let tests = compared?.rows.map(\.test) ?? []
        for (position, estimate) in (result.rows + (compared?.rows.map(\.estimate) ?? [])).enumerated() {
            let place = estimate.by.map { JSONText.array([.string($0.variable), .string($0.category)]) }
            let figure = estimate.identity.map { JSONText.string($0) }
            let text = JSONText.array([.string(source.identity), canonicalRequest, .array(figure), .array(place)]).line
            rows.append(
                EstimateRow(
                    estimate: estimate, id: String(try SHA256.hex(of: Array(text.utf8)).prefix(12)),
                    answer: estimate.answer.map { labels.answer($0, of: estimate.variable) }
                        ?? PlainNumber.parameter(estimate, in: call.language),
                    by: estimate.by.map { labels.answer($0.category, of: $0.variable) },
                    test: position < result.rows.count ? nil : tests[position - result.rows.count]))
        }
        let output = EstimateOutput(
            rows: rows, cautions: source.weightCautions + ofWeighting + ofSensitive + result.cautions,
            source: source.provenance,
            design: source.json(of: design),
            covariance: call.has("covariance")
                ? result.covariance.map { matrix in
                    (0..<matrix.size).map { row in (0..<matrix.size).map { matrix[row, $0] } }
                } : nil, language: call.language, joint: compared?.joint, setBase: request.setBase)
        let text = output.text(call.format)
        timings.end("write")
        timings.print(for: call, rows: source.rowCount)
        return Outcome(
            text,
            problems: source.problems + source.toldOfWeight(call) + ofWeighting + ofSensitive + result.cautions)
    }

    /// The options that change numbers, in the order of their names; part of each row's id.
    private static func canonical(
        _ call: Call, design: DesignSpecification, weighting: CallWeighting?, standard: CallStandard?,
        separate: CallSeparate?
    ) -> JSONText {
        let names =
            [
                "ci", "level", "df", "missing", "complete", "deff", "rake-residuals", "record", "conform", "where",
                "na",
                "domain-lonely", "encoding",
                "delimiter", "decimal", "sheet",
            ] + StatisticsRequest.ruleNames + GeneralCalibration.companions.map(\.option) + [
                "randomisation-variance", "log", "contrast-variance", "adjust", "set-base",
            ]
        func list(_ words: [String]) -> JSONText { .array(words.map { .string($0) }) }
        var rules = names.filter(call.has).map { JSONText.array([.string($0), list(call.values($0))]) }
        if let weighting { rules.append(.array([.string(weighting.method.rawValue), list([weighting.sha256])])) }
        if let standard {
            rules.append(.array([.string("standardize"), list(standard.variables + [standard.sha256])]))
        }
        if let separate { rules.append(.array([.string("separate"), list([separate.variable, separate.sha256])])) }
        let lonely = design.lonelyPSU.rawValue
        return .array(
            [
                list(design.strata), list(design.psu), list([design.weight ?? "", design.fpc ?? ""]),
                .bool(design.isNested),
                list([lonely]), .array(rules),
            ] + (design.details.isEmpty ? [] : [.object(design.details)]) + [design.replicates?.json].compactMap { $0 })
    }

    /// What would be read, without reading it.
    private static func dryRun(
        _ call: Call, _ request: StatisticsRequest, _ weighting: CallWeighting?
    ) throws(Problem) -> String {
        let design = try DesignOptions.specification(call, study: nil)
        let roles = request.roles(call, weighting: weighting)
        let columns = (design.columns + roles.numbers + roles.answers).uniqued.joined(separator: ", ")
        let target = call.value("output") ?? "-"
        let files = [call.value("standard"), call.value("separate")].compactMap { $0 }
        let targets = (weighting.map { [$0.targets.file] } ?? []) + files
        return DryRun.text(
            reading: ["\(call.operands[0]) (\(columns))"] + targets, writing: [target], for: call)
    }
}

extension Problem {
    static func noRows(_ source: String) -> Problem {
        Problem(
            "command.no-rows", .computation, what: "There is nothing to estimate from", place: Place(file: source),
            why: "at least one row is needed; found none", fix: "check that the file was written to its end")
    }

    static func covarianceNeedsJSON() -> Problem {
        Problem(
            "command.covariance-needs-json", .usage, what: "--covariance goes with --format json only",
            why: "a matrix has no place in the rows of the other formats",
            fix: "add --format json, or drop --covariance")
    }

    static func intervalOfNoShare(_ interval: String) -> Problem {
        Problem(
            "command.ci-of-no-share", .usage, what: "--ci goes with shares only",
            why: "\(interval) is an interval of a share, and no share is asked for", fix: "add --share, or drop --ci")
    }
}
