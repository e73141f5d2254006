internal import SurveyDesign
internal import SurveyEstimation
internal import SurveyProblems
internal import SurveyStore
internal import SurveyWeighting

/// `saual test`: hypotheses about a population, tested with the design of the sample.
enum TestCommand: Command {
    static let name = "test"
    static let summary = Phrase(
        "Tests independence, differences, ranks, given shares and trends",
        ru: "Проверяет независимость, различия, ранги, заданные доли и тренды",
        kk: "Тәуелсіздікті, айырмаларды, рангтерді, берілген үлестерді және трендтерді тексереді")
    static let operands = "SOURCE…"
    static let operandCount: (least: Int, most: Int?) = (1, nil)
    static let options: [Option] =
        tests + ChangeCommand.comparison.filter { ["shared-psu", "overlap"].contains($0.name) }
        + CommonOptions.design + ReplicateOptions.options + CallWeighting.options
        + EstimateCommand.rules.filter {
            ["level", "df", "rake-residuals", "record", "conform", "na"].contains($0.name)
        } + CommonOptions.reading + [CommonOptions.format(["table", "json", "ndjson", "csv", "markdown"])]
        + CommonOptions.output + [CommonOptions.asAsked, CommonOptions.dryRun, CommonOptions.timings]
    static let examples = [
        "saual test Datasets/envipe-morelos/envipe-morelos.saual:2025 --independence victim_any,SEXO",
        "saual test Datasets/envipe-morelos/envipe-morelos.saual:2025 --pairwise victim_any=1~age_group --format csv",
    ]

    static let tests: [Option] = [
        .value(
            "independence", "A,B", repeatable: true,
            Phrase(
                "are A and B independent (Rao and Scott)", ru: "независимы ли A и B (Рао и Скотт)",
                kk: "A мен B тәуелсіз бе (Рао мен Скотт)")),
        .choice(
            "statistic", IndependenceStatistic.allCases.map(\.rawValue),
            Phrase(
                "form of --independence (default: f)", ru: "вид --independence (по умолчанию f)",
                kk: "--independence түрі (әдепкісі: f)")),
        .value(
            "ttest", "Y~G", repeatable: true,
            Phrase(
                "do both groups of G have the same mean of Y, or share of Y=1,2; Y=5 alone: is its mean 5",
                ru: "одинаково ли среднее Y или доля Y=1,2 в двух группах G; просто Y=5: равно ли среднее 5",
                kk: "G екі тобында Y орташасы не Y=1,2 үлесі бірдей ме; жай Y=5: орташасы 5-ке тең бе")),
        .value(
            "paired", "A,B", repeatable: true,
            Phrase(
                "do the numbers A and B of the same people have one mean",
                ru: "одинаковы ли средние чисел A и B одних и тех же людей",
                kk: "сол адамдардың A мен B сандарының орташасы бірдей ме")),
        .value(
            "rank", "Y~G", repeatable: true,
            Phrase(
                "does Y have the same distribution in all groups, by ranks",
                ru: "одинаково ли распределение Y во всех группах, по рангам",
                kk: "Y үлестірімі барлық топта бірдей ме, рангтер бойынша")),
        .choice(
            "score", RankScore.allCases.map(\.rawValue),
            Phrase(
                "score of a rank (default: wilcoxon)", ru: "балл ранга (по умолчанию wilcoxon)",
                kk: "ранг балы (әдепкісі: wilcoxon)")),
        .choice(
            "rank-ties", RankTies.allCases.map(\.rawValue),
            Phrase(
                "ranks of equal values (default: order-free)", ru: "ранги равных значений (по умолчанию order-free)",
                kk: "тең мәндердің рангтері (әдепкісі: order-free)")),
        .value(
            "fit", "V=P,P…", repeatable: true,
            Phrase(
                "do the answers of V have these shares", ru: "таковы ли доли ответов V",
                kk: "V жауаптарының үлестері осындай ма")),
        .value(
            "pairwise", "Y~G", repeatable: true,
            Phrase(
                "all pairs of groups: difference of the mean of Y, or share of Y=1,2",
                ru: "все пары групп: разность средних Y или долей Y=1,2",
                kk: "топтардың барлық жұбы: Y орташаларының не Y=1,2 үлестерінің айырмасы")),
        .value(
            "trend", "Y~T", repeatable: true,
            Phrase(
                "does the mean of Y, or share of Y=1,2, rise or fall over the times T; Y alone: over several SOURCEs",
                ru: "растёт или падает среднее Y или доля Y=1,2 по времени T; просто Y: по нескольким SOURCE",
                kk: "Y орташасы не Y=1,2 үлесі T уақыты бойынша өсе ме, кеми ме; жай Y: бірнеше SOURCE бойынша")),
        .list(
            "times", "N",
            Phrase(
                "times of the SOURCEs of a trend (default: the names of their waves)",
                ru: "время каждого SOURCE тренда (по умолчанию имена волн)",
                kk: "тренд SOURCE-терінің уақыты (әдепкісі: толқын атаулары)")),
        adjust,
        .value(
            "where", "EXPR",
            Phrase(
                "domain; rows outside it keep their PSUs", ru: "группа; строки вне её остаются в плане выборки",
                kk: "топ; одан тыс жолдар іріктеме жоспарында қалады")),
    ]

    /// Also an option of contrasts.
    static let adjust: Option = .choice(
        "adjust", MultipleComparisons.allCases.map(\.rawValue),
        Phrase(
            "p of several tests at once (default: holm for pairs and contrasts)",
            ru: "p нескольких проверок сразу (по умолчанию holm для пар и контрастов)",
            kk: "бірнеше тексерудің бірге алынған p мәні (жұптар мен контрасттарға әдепкісі: holm)"))

    static func run(_ call: Call) throws(Problem) -> Outcome {
        var timings = Timings()
        let request = try TestRequest(call)
        let rules = try rules(call)
        let targets = try CallWeighting.read(call)
        if targets.problems.contains(where: { $0.severity == .error }) { return Outcome(failing: targets.problems) }
        if call.has("dry-run") { return Outcome(try dryRun(call, request, targets.value)) }
        if call.operands.count > 1 { return try waves(request, call, &timings) }
        for option in ["times", "shared-psu", "overlap"] where call.has(option) {
            throw .optionOfAnother(option, owner: "trend")
        }
        let source = try AnalysisSource.open(
            call.operands[0], roles: request.roles(call, weighting: targets.value), call: call)
        do throws(Problem) {
            guard source.rowCount > 0 else { throw .noRows(call.operands[0]) }
            var ofWeighting = targets.problems
            timings.end("read and type")
            let design: SampleDesign
            if let weighting = targets.value {
                let sample = try weighting.fitted(source)
                ofWeighting += sample.problems
                guard let fitted = sample.value else { return Outcome(failing: source.problems + ofWeighting) }
                design = fitted
            } else {
                design = try source.sample()
            }
            timings.end("design")
            let estimation = Estimation(design: design, options: rules)
            let tests = try request.results(estimation, source)
            timings.end("test")
            let labels = AnswerLabels(questionnaire: source.questionnaire, language: call.language)
            let canonicalRequest = canonical(call, design: source.design, weighting: targets.value)
            var rows: [TestRow] = []
            for (test, isShare) in tests {
                let names = ([test.kind.rawValue, test.method] + test.variables + test.groups).map {
                    JSONText.string($0)
                }
                let text = JSONText.array([.string(source.identity), canonicalRequest, .array(names)]).line
                rows.append(
                    TestRow(
                        test: test, isShare: isShare, id: String(try SHA256.hex(of: Array(text.utf8)).prefix(12)),
                        groups: test.groups.map { labels.answer($0, of: test.variables[test.variables.count - 1]) }))
            }
            let output = TestOutput(
                rows: rows, cautions: source.weightCautions + ofWeighting + design.cautions, source: source.provenance,
                design: source.json(of: design), language: call.language)
            let text = output.text(call.format)
            timings.end("write")
            timings.print(for: call, rows: source.rowCount)
            return Outcome(
                text, problems: source.problems + source.toldOfWeight(call) + ofWeighting + design.cautions)
        } catch {
            return Outcome(problems: source.problems + [source.discreet(error)], exitCode: error.kind.exitCode)
        }
    }

    /// Tests count degrees of freedom in the domain, also under `--conform`, as R's do.
    private static func rules(_ call: Call) throws(Problem) -> EstimationOptions {
        var rules = try DesignOptions.rules(call)
        if !call.has("df") { rules.degreesOfFreedom = .design }
        rules.cutsDenominator = call.has("conform")
        return rules
    }

    /// The options that change numbers, in the order of their names; part of each row's id.
    static func canonical(_ call: Call, design: DesignSpecification, weighting: CallWeighting?) -> JSONText {
        let names =
            [
                "level", "df", "rake-residuals", "record", "conform", "rank-ties", "adjust", "where", "na",
                "domain-lonely", "fit", "ttest", "pairwise", "trend", "times", "shared-psu", "overlap", "encoding",
                "delimiter", "decimal", "sheet",
            ] + GeneralCalibration.companions.map(\.option)
        func list(_ words: [String]) -> JSONText { .array(words.map { .string($0) }) }
        var rules = names.filter(call.has).map { JSONText.array([.string($0), list(call.values($0))]) }
        if let weighting { rules.append(.array([.string(weighting.method.rawValue), list([weighting.sha256])])) }
        return .array(
            [
                .string("test"), list(design.strata), list(design.psu), list([design.weight ?? "", design.fpc ?? ""]),
                .bool(design.isNested), .string(design.lonelyPSU.rawValue), .array(rules),
            ] + (design.details.isEmpty ? [] : [.object(design.details)]) + [design.replicates?.json].compactMap { $0 })
    }

    /// What would be read, without reading it.
    private static func dryRun(
        _ call: Call, _ request: TestRequest, _ weighting: CallWeighting?
    ) throws(Problem) -> String {
        let design = try DesignOptions.specification(call, study: nil)
        let roles = request.roles(call, weighting: weighting)
        let columns = (design.columns + roles.numbers + roles.answers).uniqued.joined(separator: ", ")
        let targets = weighting.map { [$0.targets.file] } ?? []
        return DryRun.text(
            reading: call.operands.map { "\($0) (\(columns))" } + targets, writing: [call.value("output") ?? "-"],
            for: call)
    }
}
