internal import SurveyData
internal import SurveyDesign
internal import SurveyEstimation
internal import SurveyProblems
internal import SurveyWeighting

/// `saual model`: regressions with the standard errors of the design.
enum ModelCommand: Command {
    static let name = "model"
    static let summary = Phrase(
        "Fits linear, logistic, Poisson, gamma, ordinal and multinomial regressions with the design's errors",
        ru: "Строит линейную, логистическую, пуассоновскую, гамма-, порядковую и мультиномиальную регрессии",
        kk: "Сызықтық, логистикалық, Пуассон, гамма, реттік және мультиномдық регрессияларды құрады")
    static let operands = "SOURCE"
    static let operandCount: (least: Int, most: Int?) = (1, 1)
    static let options: [Option] =
        formulas + details + CommonOptions.design + ReplicateOptions.options + CallWeighting.options + rules
        + CommonOptions.reading
        + [CommonOptions.format(["table", "json", "ndjson", "csv", "markdown"])] + CommonOptions.output
        + [CommonOptions.asAsked, CommonOptions.dryRun, CommonOptions.timings]
    static let examples = [
        "saual model Datasets/envipe-morelos/envipe-morelos.saual:2025 --logistic 'victim_any=1 ~ C(SEXO) + EDAD' "
            + "--test EDAD --margins SEXO"
    ]

    static let formulas: [Option] = [
        .value(
            "linear", "FORMULA",
            Phrase(
                "explain a number: 'y ~ x1 + C(x2) + x1:x2'", ru: "объяснить число: 'y ~ x1 + C(x2) + x1:x2'",
                kk: "санды түсіндіру: 'y ~ x1 + C(x2) + x1:x2'")),
        .value(
            "logistic", "FORMULA",
            Phrase(
                "explain whether a condition holds: 'q1=1 ~ x1 + x2'",
                ru: "объяснить, выполняется ли условие: 'q1=1 ~ x1 + x2'",
                kk: "шарттың орындалуын түсіндіру: 'q1=1 ~ x1 + x2'")),
        .value(
            "poisson", "FORMULA",
            Phrase("explain a count", ru: "объяснить число событий", kk: "оқиғалар санын түсіндіру")),
        .value(
            "gamma", "FORMULA",
            Phrase(
                "explain a positive amount", ru: "объяснить положительную величину", kk: "оң шаманы түсіндіру")),
        .value(
            "ordinal", "FORMULA",
            Phrase(
                "explain ordered answers", ru: "объяснить упорядоченные ответы", kk: "реттелген жауаптарды түсіндіру")),
        .value(
            "multinomial", "FORMULA",
            Phrase(
                "explain answers without order, each against the first",
                ru: "объяснить ответы без порядка, каждый против первого",
                kk: "реті жоқ жауаптарды түсіндіру, әрқайсысы біріншімен салыстырылады")),
    ]

    static let details: [Option] = [
        .choice(
            "link", ["logit", "probit", "cloglog"],
            Phrase(
                "link of --logistic and --ordinal (default: logit)",
                ru: "функция связи для --logistic и --ordinal (по умолчанию logit)",
                kk: "--logistic пен --ordinal байланыс функциясы (әдепкісі: logit)")),
        .value(
            "offset", "V",
            Phrase(
                "variable added to the linear predictor, such as a logarithm of exposure",
                ru: "переменная, прибавляемая к линейному предиктору, например логарифм времени наблюдения",
                kk: "сызықтық болжаушыға қосылатын айнымалы, мысалы бақылау уақытының логарифмі")),
        .value(
            "test", "TERM[,TERM]", repeatable: true,
            Phrase(
                "test terms jointly; repeat for another test",
                ru: "совместная проверка слагаемых; повторите для другой проверки",
                kk: "қосылғыштарды бірге тексеру; басқа тексеру үшін қайталаңыз")),
        .choice(
            "test-method", ["wald", "lrt"],
            Phrase(
                "rule of --test (default: wald)", ru: "правило --test (по умолчанию wald)",
                kk: "--test ережесі (әдепкісі: wald)")),
        .list(
            "margins", "V",
            Phrase(
                "mean predictions if every row had one category of V",
                ru: "средние предсказания, если бы у всех строк была одна категория V",
                kk: "барлық жолда V-ның бір санаты болса, болжамдардың орташасы")),
        .flag(
            "margins-sample",
            Phrase(
                "add the sampling variance of the averaged predictions to margins",
                ru: "добавить к дисперсии --margins дисперсию усреднённых предсказаний",
                kk: "--margins дисперсиясына орташаланған болжамдар дисперсиясын қосу")),
        .value(
            "where", "EXPR",
            Phrase(
                "domain; rows outside it keep their PSUs", ru: "группа; строки вне её остаются в плане выборки",
                kk: "топ; одан тыс жолдар іріктеме жоспарында қалады")),
    ]

    static let rules: [Option] =
        EstimateCommand.rules.filter {
            ["rake-residuals", "record", "conform", "covariance", "na", "level", "missing"].contains($0.name)
        }
        + [
            .value(
                "df", "design|full|inf|N",
                Phrase(
                    "degrees of freedom (default: design + 1 - coefficients)",
                    ru: "степени свободы (по умолчанию design + 1 - число коэффициентов)",
                    kk: "еркіндік дәрежелері (әдепкісі: design + 1 - коэффициенттер саны)")),
            .choice(
                "glm-loop", ModelLoop.allCases.map(\.rawValue),
                Phrase(
                    "where a fit ends and takes its information: the solution (default), or as R does",
                    ru: "где кончается подгонка и берётся информация: в решении (по умолчанию) или как в R",
                    kk: "сәйкестендіру қай жерде аяқталып, ақпарат алынады: шешімде (әдепкі) немесе R-дегідей")),
        ]

    static func run(_ call: Call) throws(Problem) -> Outcome {
        var timings = Timings()
        let request = try ModelRequest(call)
        let rules = try DesignOptions.rules(call)
        if call.has("covariance"), call.format != "json" { throw .covarianceNeedsJSON() }
        let targets = try CallWeighting.read(call)
        if targets.problems.contains(where: { $0.severity == .error }) { return Outcome(failing: targets.problems) }
        let weighting = targets.value
        if call.has("dry-run") { return Outcome(try dryRun(call, request, weighting)) }
        let source = try AnalysisSource.open(
            call.operands[0], roles: request.roles(call, weighting: weighting), call: call)
        do throws(Problem) {
            guard source.rowCount > 0 else { throw .noRows(call.operands[0]) }
            var sample = Checked<SampleDesign>(value: nil, problems: [])
            if let weighting {
                sample = try weighting.fitted(source)
                if sample.value == nil { return Outcome(failing: source.problems + targets.problems + sample.problems) }
            }
            timings.end("read and type")
            let design: SampleDesign
            if let fitted = sample.value { design = fitted } else { design = try source.sample() }
            timings.end("design")
            let estimation = Estimation(design: design, options: rules)
            let model = try estimation.model(try request.regression(source), where: source.domain)
            let output = ModelOutput(
                model: model, request: request, margins: try request.margins(of: model, by: estimation),
                tests: try request.tests(of: model), level: rules.level, source: source.provenance,
                design: source.json(of: design),
                cautions: source.weightCautions + targets.problems + sample.problems + design.cautions,
                hasCovariance: call.has("covariance"),
                labels: AnswerLabels(
                    questionnaire: source.questionnaire, language: call.language),
                language: call.language)
            timings.end("model")
            let text = output.text(call.format)
            timings.end("write")
            timings.print(for: call, rows: source.rowCount)
            let told = output.allCautions.filter { call.format == "table" || !source.weightCautions.contains($0) }
            return Outcome(text, problems: source.problems + told)
        } catch {
            // What reading found says why the numbers cannot be had: cells that are no weights, rows set aside.
            return Outcome(problems: source.problems + [source.discreet(error)], exitCode: error.kind.exitCode)
        }
    }

    /// What would be read, without reading it.
    private static func dryRun(
        _ call: Call, _ request: ModelRequest, _ weighting: CallWeighting?
    ) throws(Problem) -> String {
        let design = try DesignOptions.specification(call, study: nil)
        let roles = request.roles(call, weighting: weighting)
        let columns = (design.columns + roles.numbers + roles.answers + roles.plain).uniqued.joined(separator: ", ")
        let target = call.value("output") ?? "-"
        let targets = weighting.map { [$0.targets.file] } ?? []
        return DryRun.text(reading: ["\(call.operands[0]) (\(columns))"] + targets, writing: [target], for: call)
    }
}
