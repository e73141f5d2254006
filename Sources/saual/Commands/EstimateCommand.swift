internal import SurveyData
internal import SurveyDesign
internal import SurveyEstimation
internal import SurveyProblems
internal import SurveySchema
internal import SurveyStore

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
        statistics + CommonOptions.design + rules + CommonOptions.reading
        + [CommonOptions.format(["table", "json", "ndjson", "csv", "markdown"])] + CommonOptions.output
        + [CommonOptions.asAsked, CommonOptions.dryRun, CommonOptions.timings]
    static let examples = [
        "saual estimate Datasets/envipe-morelos/data/envipe_morelos_2021_2025.csv --strata ANIO_ESTADISTICO*EST_DIS "
            + "--psu UPM_DIS --nest --weight FAC_ELE --share AP7_3_05=1 --by ANIO_ESTADISTICO",
        "saual estimate Datasets/envipe-morelos/envipe-morelos.saual:2025 --share victim_any --by SEXO --format csv",
    ]

    private static let statistics: [Option] = [
        .value(
            "share", "V", repeatable: true,
            Phrase(
                "share of every answer of V, or of V=1,2 together",
                ru: "доля каждого ответа V или ответов V=1,2 вместе",
                kk: "V әр жауабының үлесі немесе V=1,2 жауаптарының ортақ үлесі")),
        .value("mean", "V", repeatable: true, Phrase("mean of V", ru: "среднее значение V", kk: "V орташа мәні")),
        .value("total", "V", repeatable: true, Phrase("total of V", ru: "сумма V", kk: "V қосындысы")),
        .value(
            "ratio", "A/B", repeatable: true,
            Phrase("ratio of two totals", ru: "отношение двух сумм", kk: "екі қосындының қатынасы")),
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

    private static let rules: [Option] = [
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
            "df", "design|full|inf|N",
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
            "conform", ["r-survey-4.1"],
            Phrase(
                "every rule as R survey 4.1 has it", ru: "все правила как в R survey 4.1",
                kk: "барлық ереже R survey 4.1-дегідей")),
        .flag(
            "covariance",
            Phrase(
                "add the covariance matrix of the rows (json)", ru: "добавить матрицу ковариаций строк (json)",
                kk: "жолдардың ковариация матрицасын қосу (json)")),
        .list(
            "na", "TEXT",
            Phrase(
                "cells that mean no answer (raw files)", ru: "ячейки, означающие отсутствие ответа (исходные файлы)",
                kk: "жауап жоқтығын білдіретін ұяшықтар (бастапқы файлдар)")),
    ]

    static func run(_ call: Call) throws(Problem) -> Outcome {
        var timings = Timings()
        let request = try StatisticsRequest(call)
        let rules = try DesignOptions.rules(call)
        if call.has("covariance"), call.format != "json" { throw .covarianceNeedsJSON() }
        if let interval = call.value("ci"), !request.asksForShares { throw .intervalOfNoShare(interval) }
        if call.has("dry-run") { return Outcome(try dryRun(call, request)) }
        let source = try AnalysisSource.open(call.operands[0], roles: roles(of: request, call), call: call)
        do throws(Problem) {
            guard source.rowCount > 0 else { throw .noRows(call.operands[0]) }
            return try computed(request, rules, source, call, &timings)
        } catch {
            // What reading found says why the numbers cannot be had: cells that are no weights, rows set aside.
            return Outcome(problems: source.problems + [source.discreet(error)], exitCode: error.kind.exitCode)
        }
    }

    private static func computed(
        _ request: StatisticsRequest, _ rules: EstimationOptions, _ source: AnalysisSource, _ call: Call,
        _ timings: inout Timings
    ) throws(Problem) -> Outcome {
        var measures: [Measure] = []
        for statistic in request.statistics { measures.append(try measure(statistic, source)) }
        var breakdowns: [Breakdown] = []
        for names in request.breakdowns {
            var columns: [Column] = []
            for name in names { columns.append(try source.groups(name)) }
            breakdowns.append(Breakdown(by: columns))
        }
        timings.end("read and type")
        let design = try SampleDesign(source.design, table: source.designTable)
        timings.end("design")
        let result = try Estimation(design: design, options: rules).estimates(
            of: measures, by: breakdowns, where: source.domain)
        timings.end("estimate")
        let labels = Labels(questionnaire: source.questionnaire, language: call.language)
        let canonicalRequest = canonical(call, design: source.design)
        var rows: [EstimateRow] = []
        for estimate in result.rows {
            let place = estimate.by.map { JSONText.array([.string($0.variable), .string($0.category)]) }
            let figure = [estimate.statistic.rawValue, estimate.variable, estimate.answer ?? ""].map {
                JSONText.string($0)
            }
            let text = JSONText.array([.string(source.identity), canonicalRequest, .array(figure), .array(place)]).line
            rows.append(
                EstimateRow(
                    estimate: estimate, id: String(try SHA256.hex(of: Array(text.utf8)).prefix(12)),
                    answer: estimate.answer.map { labels.answer($0, of: estimate.variable) } ?? "",
                    by: estimate.by.map { labels.answer($0.category, of: $0.variable) }))
        }
        let output = EstimateOutput(
            rows: rows, cautions: result.cautions, source: source.provenance, design: designJSON(source.design, design),
            covariance: result.covariance.map { matrix in
                (0..<matrix.size).map { row in (0..<matrix.size).map { matrix[row, $0] } }
            }, language: call.language)
        let text = output.text(call.format)
        timings.end("write")
        timings.print(for: call, rows: source.rowCount)
        return Outcome(text, problems: source.problems + result.cautions)
    }

    /// Every column that the request uses, by how it is used.
    private static func roles(of request: StatisticsRequest, _ call: Call) -> AnalysisSource.Roles {
        var roles = AnalysisSource.Roles(
            numbers: [], answers: request.breakdowns.joined().map { $0 }, condition: call.value("where"))
        for statistic in request.statistics {
            switch statistic {
            case .count: break
            case .total(let name), .mean(let name): roles.numbers.append(name)
            case .share(let name, _): roles.answers.append(name)
            case .ratio(let top, let bottom): roles.numbers += [top, bottom]
            }
        }
        return roles
    }

    private static func measure(_ statistic: StatisticsRequest.Statistic, _ source: AnalysisSource) throws(Problem)
        -> Measure
    {
        switch statistic {
        case .count: return Measure(statistic: .count, variable: "", content: .rows)
        case .total(let name):
            return Measure(statistic: .total, variable: name, content: .total(try source.number(name)))
        case .mean(let name): return Measure(statistic: .mean, variable: name, content: .mean(try source.number(name)))
        case .ratio(let top, let bottom):
            return Measure(
                statistic: .ratio, variable: "\(top)/\(bottom)",
                content: .ratio(try source.number(top), try source.number(bottom)))
        case .share(let name, let answers):
            let column = try source.answers(name)
            if column.kind == .set {
                guard answers == nil else { throw .answersOfSet(name) }
                guard let question = source.questionnaire?.question(name) else { throw .answersOfSet(name) }
                let codes = question.answers.map(\.code)
                return Measure(
                    statistic: .share, variable: name,
                    content: .items(set: column, items: try source.items(of: question), codes: codes))
            }
            var only: [Int]?
            if let answers {
                only = []
                for code in answers {
                    guard let index = column.dictionary.firstIndex(of: code) else {
                        throw .unknownAnswer(code, of: name, known: column.dictionary)
                    }
                    only?.append(index)
                }
            }
            return Measure(statistic: .share, variable: name, content: .shares(of: column, only: only?.uniqued))
        }
    }

    /// The options that change numbers, in the order of their names; part of each row's id.
    private static func canonical(_ call: Call, design: DesignSpecification) -> JSONText {
        let names = [
            "ci", "level", "df", "missing", "complete", "deff", "conform", "where", "na", "domain-lonely", "encoding",
            "delimiter", "decimal",
        ]
        func list(_ words: [String]) -> JSONText { .array(words.map { .string($0) }) }
        let rules = names.filter(call.has).map { JSONText.array([.string($0), list(call.values($0))]) }
        let lonely = design.lonelyPSU.rawValue
        return .array([
            list(design.strata), list(design.psu), list([design.weight ?? "", design.fpc ?? ""]),
            .bool(design.isNested),
            list([lonely]), .array(rules),
        ])
    }

    private static func designJSON(_ names: DesignSpecification, _ design: SampleDesign) -> JSONText {
        func list(_ names: [String]) -> JSONText { .array(names.map { .string($0) }) }
        var fields: [(String, JSONText)] = [("strata", list(names.strata)), ("psu", list(names.psu))]
        if let fpc = names.fpc { fields.append(("fpc", .string(fpc))) }
        if let weight = names.weight { fields.append(("weight", .string(weight))) }
        fields += [
            ("nest", .bool(names.isNested)), ("lonely_psu", .string(names.lonelyPSU.rawValue)),
            ("n_strata", .integer(design.strata.count)), ("n_psus", .integer(design.psuCount)),
            ("df", .integer(design.degreesOfFreedom)),
            ("sum_weights", .number(design.sumWeights)),
        ]
        return .object(fields)
    }

    /// What would be read, without reading it.
    private static func dryRun(_ call: Call, _ request: StatisticsRequest) throws(Problem) -> String {
        let design = try DesignOptions.specification(call, study: nil)
        let roles = roles(of: request, call)
        let columns = (design.columns + roles.numbers + roles.answers).uniqued.joined(separator: ", ")
        let target = call.value("output") ?? "-"
        return DryRun.text(reading: ["\(call.operands[0]) (\(columns))"], writing: [target], for: call)
    }
}

/// Labels of answers in one language after their codes; the codes alone where there are none.
private struct Labels {
    let questionnaire: Questionnaire?
    let language: Language

    func answer(_ code: String, of variable: String) -> String {
        let answers =
            questionnaire?.question(variable)?.answers ?? questionnaire?.derivedVariable(variable)?.answers ?? []
        guard let label = answers.first(where: { $0.code == code })?.label.text(in: language), label != code else {
            return code
        }
        return "\(code) \(label)"
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

    static func answersOfSet(_ name: String) -> Problem {
        Problem(
            "command.answers-of-set", .usage, what: "\"\(name)\" is a multiple-response set",
            why: "every item of a set has its share; answers of it are not joined here",
            fix: "write --share \(name), or --share with the name of one item")
    }

    static func unknownAnswer(_ code: String, of name: String, known: [String]) -> Problem {
        Problem(
            "command.unknown-answer", .usage, what: "\"\(name)\" has no answer \"\(code)\"",
            why: "its answers are \(list: known)", fix: "use one of these codes, as written")
    }
}
