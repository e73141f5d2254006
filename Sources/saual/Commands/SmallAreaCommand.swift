internal import SurveyData
internal import SurveyDesign
internal import SurveyEstimation
internal import SurveyFormats
internal import SurveyProblems
internal import SurveySchema

/// `saual small-area`: Fay–Herriot estimates of areas beside the direct ones.
enum SmallAreaCommand: Command {
    static let name = "small-area"
    static let summary = Phrase(
        "Estimates small areas by a Fay–Herriot model, beside the direct estimates",
        ru: "Оценивает малые территории моделью Фэя–Херриота рядом с прямыми оценками",
        kk: "Шағын аумақтарды Фэй–Херриот моделімен тікелей бағалармен қатар бағалайды")
    static let operands = "SOURCE"
    static let operandCount: (least: Int, most: Int?) = (1, 1)
    static let options: [Option] =
        model + CommonOptions.design + ReplicateOptions.options
        + EstimateCommand.rules.filter { ["level", "missing", "record", "conform", "na"].contains($0.name) }
        + CommonOptions.reading + [CommonOptions.format(["table", "json", "csv"])] + CommonOptions.output
        + [CommonOptions.asAsked, CommonOptions.dryRun]
    static let examples = [
        "saual small-area Datasets/envipe-morelos/envipe-morelos.saual:2025 --share victim_any=1 --by CVE_MUN"
    ]

    private static let model: [Option] = [
        .value(
            "share", "V=1",
            Phrase(
                "share of one answer set of V", ru: "доля одного набора ответов V",
                kk: "V-ның бір жауап жиынының үлесі")),
        .value("mean", "V", Phrase("mean of V", ru: "среднее значение V", kk: "V орташа мәні")),
        .value(
            "by", "AREA", Phrase("the areas", ru: "территории", kk: "аумақтар")),
        .value(
            "covariates", "FILE.csv",
            Phrase(
                "one row an area: its code in a column named as AREA, and numbers (default: an intercept alone)",
                ru: "по строке на территорию: код в столбце с именем AREA и числа (по умолчанию только константа)",
                kk: "әр аумаққа бір жол: AREA атты бағандағы код және сандар (әдепкіде тек тұрақты)")),
        .list(
            "terms", "COL",
            Phrase(
                "covariates to use (default: all columns)", ru: "какие столбцы брать (по умолчанию все)",
                kk: "қай бағандар алынады (әдепкіде бәрі)")),
        .value(
            "population", "COL",
            Phrase(
                "column of people by area (default: sums of weights)",
                ru: "столбец численности населения (по умолчанию суммы весов)",
                kk: "халық саны бағаны (әдепкіде салмақ қосындылары)")),
        .choice(
            "method", FayHerriot.Method.allCases.map(\.rawValue),
            Phrase(
                "estimator of the variance between areas (default: reml)",
                ru: "оценка дисперсии между территориями (по умолчанию reml)",
                kk: "аумақтар арасындағы дисперсия бағасы (әдепкісі: reml)")),
        .choice(
            "smooth-d", SmallAreas.Smoothing.allCases.map(\.rawValue),
            Phrase(
                "variances of direct estimates (default: deff for shares, none for means)",
                ru: "дисперсии прямых оценок (по умолчанию deff для долей, none для средних)",
                kk: "тікелей бағалар дисперсиясы (әдепкіде үлеске deff, орташаға none)")),
        .choice(
            "benchmark", SmallAreas.Benchmark.allCases.map(\.rawValue),
            Phrase(
                "agreement with the direct estimate of the whole (default: ratio for shares, difference for means)",
                ru: "согласование с прямой оценкой целого (по умолчанию ratio для долей, difference для средних)",
                kk: "тұтастың тікелей бағасымен келістіру (әдепкіде үлеске ratio, орташаға difference)")),
        .value(
            "where", "EXPR",
            Phrase(
                "domain; rows outside it keep their PSUs", ru: "группа; строки вне её остаются в плане выборки",
                kk: "топ; одан тыс жолдар іріктеме жоспарында қалады")),
    ]

    static func run(_ call: Call) throws(Problem) -> Outcome {
        guard let area = call.value("by") else { throw .noAreas() }
        let path = call.value("covariates")
        if path == nil, let option = ["terms", "population"].first(where: call.has) { throw .noCovariates(option) }
        let request = try StatisticsRequest(call)
        guard request.statistics.count == 1, try NameList.crossing(area, option: "by").count == 1 else {
            throw .oneStatistic()
        }
        var isShare = false
        if case .share(_, let answers) = request.statistics[0] {
            guard answers != nil else { throw .oneStatistic() }
            isShare = true
        }
        let smoothing =
            try call.choice("smooth-d", of: SmallAreas.Smoothing.self) ?? (isShare ? .designEffect : .none)
        guard isShare || smoothing == .none else { throw .smoothingOfMean() }
        if call.has("dry-run") {
            return Outcome(
                DryRun.text(
                    reading: [call.operands[0]] + [path].compactMap { $0 }, writing: [call.value("output") ?? "-"],
                    for: call))
        }
        let source = try AnalysisSource.open(call.operands[0], roles: request.roles(call), call: call)
        do throws(Problem) {
            guard source.rowCount > 0 else { throw .noRows(call.operands[0]) }
            let (measures, breakdowns) = try request.typed(by: source)
            let design = try source.sample()
            let result = try Estimation(design: design, options: try DesignOptions.rules(call)).estimates(
                of: measures, by: breakdowns, where: source.domain)
            let direct = result.rows.filter { !$0.by.isEmpty }
            var (areas, terms, problems) = (direct.map(interceptOnly), [String](), [Problem]())
            if let path { (areas, terms, problems) = try covariates(path, area: area, call) }
            guard let whole = result.rows.first(where: { $0.by.isEmpty }) else { throw .noRows(call.operands[0]) }
            let found = try SmallAreas(
                direct: direct, whole: whole, areas: areas,
                method: try call.choice("method", of: FayHerriot.Method.self) ?? .reml, smoothing: smoothing,
                benchmark: try call.choice("benchmark", of: SmallAreas.Benchmark.self)
                    ?? (isShare ? .ratio : .difference))
            let labels = AnswerLabels(questionnaire: source.questionnaire, language: call.language)
            let output = SmallAreaOutput(
                areas: found, terms: terms, area: area, labels: found.rows.map { labels.answer($0.name, of: area) },
                isShare: isShare, cautions: source.weightCautions + result.cautions, source: source.provenance,
                design: source.json(of: design), language: call.language)
            return Outcome(
                output.text(call.format),
                problems: source.problems + source.toldOfWeight(call) + problems + result.cautions)
        } catch {
            return Outcome(problems: source.problems + [source.discreet(error)], exitCode: error.kind.exitCode)
        }
    }

    private static func interceptOnly(_ estimate: Estimate) -> SmallAreas.Area {
        SmallAreas.Area(name: estimate.by.last?.category ?? "", covariates: [1], population: nil)
    }

    /// The rows of the file of covariates; an intercept stands first.
    private static func covariates(
        _ path: String, area: String, _ call: Call
    ) throws(Problem) -> (areas: [SmallAreas.Area], terms: [String], problems: [Problem]) {
        let columns = try FormatCatalog.open(path, options: FormatOptions()).columns
        guard columns.contains(area) else { throw .noAreaColumn(area, file: path) }
        let population = call.value("population")
        var terms = try call.list("terms")
        if terms.isEmpty { terms = columns.filter { $0 != area && $0 != population } }
        let roles = AnalysisSource.Roles(
            numbers: terms + [population].compactMap { $0 }, answers: [area], condition: nil)
        let loaded = try RawSource(path, call: call).loaded(design: DesignSpecification(), roles: roles)
        let names = KeyCodes(try loaded.answers.column(area), in: .natural)
        var numbers: [[Double]] = []
        for term in terms { numbers.append(try NumberValues(loaded.numbers.column(term)).values) }
        let people = try population.map { (name) throws(Problem) in try NumberValues(loaded.numbers.column(name)).values
        }
        var areas: [SmallAreas.Area] = []
        var seen = Set<String>()
        for row in 0..<loaded.rowCount {
            let name = names.codes[row] == names.missing ? "" : names.labels[Int(names.codes[row])]
            guard !name.isEmpty, seen.insert(name).inserted else { throw .areaTwice(name, file: path) }
            areas.append(
                SmallAreas.Area(name: name, covariates: [1] + numbers.map { $0[row] }, population: people?[row]))
        }
        return (areas, terms, loaded.problems)
    }

}

extension Problem {
    static func noAreas() -> Problem {
        Problem(
            "command.no-areas", .usage, what: "--by is missing",
            why: "a model of areas needs the variable that tells the area of a row", fix: "add --by AREA")
    }

    static func noCovariates(_ option: String) -> Problem {
        Problem(
            "command.no-covariates", .usage, what: "--\(option) names columns of no file",
            why: "covariates are read from the file of --covariates", fix: "add --covariates FILE.csv")
    }

    static func oneStatistic() -> Problem {
        Problem(
            "command.one-statistic", .usage, what: "A model of areas takes one statistic and one variable of areas",
            why: "found none, several, or a share of every answer", fix: "write, for example, --share q1=1 --by region")
    }

    static func smoothingOfMean() -> Problem {
        Problem(
            "command.smoothing-of-mean", .usage, what: "--smooth-d deff goes with a share",
            why: "the variance of a mean does not follow from its value", fix: "drop --smooth-d")
    }

    static func noAreaColumn(_ name: String, file: String) -> Problem {
        Problem(
            "command.no-area-column", .input, what: "The file of covariates has no column \"\(name)\"",
            place: Place(file: file), why: "areas are matched by the column named as the variable of --by",
            fix: "name the column of the areas as in the data")
    }

    static func areaTwice(_ name: String, file: String) -> Problem {
        Problem(
            "command.area-twice", .input, what: "Area \"\(name)\" is empty or stands twice in the file of covariates",
            place: Place(file: file), why: "each area has one row", fix: "keep one row an area")
    }
}
