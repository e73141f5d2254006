internal import SurveyData
internal import SurveyDesign
internal import SurveyEstimation
internal import SurveyProblems
internal import SurveySchema

/// `--sensitive MODEL:V:KEY=VALUE…`: how a sensitive question was asked, or only its name where the questionnaire says it.
struct SensitiveRequest: Hashable {
    /// The columns of answers: one, or the two lists.
    let variables: [String]
    /// Nil takes the model of the questionnaire.
    let model: String?
    private let values: [String: Double]
    /// Columns named by keys: the groups of lists, the anchor.
    private let named: [String: String]

    /// The name of the row.
    var variable: String { variables.joined(separator: "/") }

    /// The numbers that the request reads; those of a question's own model are found when the source is open.
    var columns: [String] { variables + named.keys.sorted().compactMap { named[$0] } }

    private static let keys: [String: (numbers: [String], names: [String])] = [
        "list": (["treatment", "items"], ["by"]),
        "double-list": (["treatment"], ["by", "combine"]),
        "warner": (["p", "answer"], []),
        "forced": (["yes", "truth", "answer"], []),
        "unrelated": (["p", "q", "answer"], []),
        "crosswise": (["p", "answer", "anchor-p"], ["anchor"]),
        "triangular": (["p", "answer"], []),
    ]

    init(_ text: String) throws(Problem) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 1 else {
            variables = try NameList.split(text, option: "sensitive")
            guard variables.count == 1 else { throw .sensitiveForm(text, "one variable") }
            (model, values, named, isOptimal) = (nil, [:], [:], false)
            return
        }
        guard let known = Self.keys[parts[0]] else {
            throw .sensitiveForm(text, Self.keys.keys.sorted().joined(separator: ", "))
        }
        let isPair = parts[0] == "double-list"
        variables = isPair ? parts[1].split(separator: "/").map(String.init) : [parts[1]]
        guard variables.count == (isPair ? 2 : 1), !variables.contains("") else {
            throw .sensitiveForm(text, isPair ? "double-list:A/B:by=G:treatment=1" : parts[0] + ":V")
        }
        var (values, named) = ([String: Double](), [String: String]())
        for part in parts.dropFirst(2) {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard pair.count == 2, !pair[1].isEmpty, values[pair[0]] == nil, named[pair[0]] == nil else {
                throw .sensitiveForm(text, "KEY=VALUE")
            }
            if known.names.contains(pair[0]) {
                named[pair[0]] = pair[1]
            } else if known.numbers.contains(pair[0]), let number = Double(pair[1]), number.isFinite {
                values[pair[0]] = number
            } else {
                throw .sensitiveForm(text, (known.numbers + known.names).map { $0 + "=" }.joined(separator: ", "))
            }
        }
        let isAnchored = named["anchor"] != nil
        guard isAnchored == (values["anchor-p"] != nil) else { throw .sensitiveForm(text, "anchor=, anchor-p=") }
        let needed = (known.numbers + known.names).filter {
            !["answer", "items", "combine", "anchor", "anchor-p"].contains($0)
        }
        if let missing = needed.first(where: { values[$0] == nil && named[$0] == nil }) {
            throw .sensitiveForm(text, missing + "=")
        }
        if let combine = named["combine"], combine != "optimal" { throw .sensitiveForm(text, "combine=optimal") }
        isOptimal = named.removeValue(forKey: "combine") != nil
        (model, self.values, self.named) = (parts[0], values, named)
        try method(first: 0.5)?.check()
    }

    /// True if the lists of a double list are weighed by their variances.
    let isOptimal: Bool

    private func method(first: Double) -> SensitiveMethod? {
        func value(_ key: String) -> Double { values[key] ?? .nan }
        return switch model {
        case "list": .list
        case "double-list": .doubleList(first: first)
        case "warner": .warner(probability: value("p"))
        case "forced": .forced(yes: value("yes"), truth: value("truth"))
        case "unrelated": .unrelated(probability: value("p"), prevalence: value("q"))
        case "crosswise" where named["anchor"] != nil:
            .anchoredCrosswise(prevalence: value("p"), anchor: value("anchor-p"))
        case "crosswise": .crosswise(prevalence: value("p"))
        case "triangular": .triangular(prevalence: value("p"))
        default: nil
        }
    }

    /// The request with the model of the questionnaire in place of none.
    func resolved(_ questionnaire: Questionnaire?) throws(Problem) -> SensitiveRequest {
        guard model == nil else { return self }
        let question = questionnaire?.question(variable)
        switch question?.sensitive {
        case .crosswise(let prevalence):
            let code = question?.answers.first?.code ?? "1"
            return try SensitiveRequest("crosswise:\(variable):p=\(JSONText.shortest(prevalence)):answer=\(code)")
        case .list(let treatment):
            guard let by = question?.variants?.by else { throw .notSensitive(variable) }
            return try SensitiveRequest("list:\(variable):by=\(by):treatment=\(treatment)")
        case nil: throw .notSensitive(variable)
        }
    }

    /// The statistic in the columns of a source; `first` is the weight of the first of two lists.
    func statistic(_ source: AnalysisSource, first: Double = 0.5) throws(Problem) -> SensitiveStatistic {
        guard let method = method(first: first) else { throw .notSensitive(variable) }
        var columns: [Column] = []
        for name in variables + [named["anchor"], named["by"]].compactMap({ $0 }) {
            columns.append(try source.number(name))
        }
        return SensitiveStatistic(method, columns: columns, marked: values["treatment"] ?? values["answer"] ?? 1)
    }

    /// What a reader must know of the numbers: the test of a list, lots that a sampling fraction hides.
    func cautions(_ source: AnalysisSource, estimation: Estimation) throws(Problem) -> [Problem] {
        let design = estimation.design
        if model == "list", let items = values["items"] {
            guard items == items.rounded(), (1...50).contains(items) else {
                throw .sensitiveForm(variable, "items=1…50")
            }
            let answers = try means(source, estimation)
            let test = try ListExperimentTest(
                treatment: answers[0], control: answers[1], items: Int(items), estimation: estimation)
            return [.listTest(test, of: variable)]
        }
        guard model != "list", model != "double-list", !estimation.options.countsRandomisation else { return [] }
        let fraction = design.strata.map(\.samplingFraction).max() ?? 0
        return fraction > 0.1 ? [.randomisation(fraction)] : []
    }

    /// The weight of the first list with the smallest variance in the whole.
    func firstList(_ source: AnalysisSource, estimation: Estimation) throws(Problem) -> Double {
        isOptimal ? try estimation.optimalFirstList(means(source, estimation)) : 0.5
    }

    private func means(_ source: AnalysisSource, _ estimation: Estimation) throws(Problem) -> [[Double]] {
        let statistic = try statistic(source)
        var numbers: [[Double]] = []
        for column in statistic.columns { numbers.append(try NumberValues(column).values) }
        let rows = estimation.design.rowsInUse(where: source.domain)
        // A row that lacks one of the columns is in no mean.
        return try statistic.answers(
            numbers.map { column in
                rows.map { row in
                    guard let row, numbers.allSatisfy({ $0[row].isFinite }) else { return .nan }
                    return column[row]
                }
            })
    }

    static let options: [Option] = [
        .value(
            "sensitive", "MODEL:V:KEY=X…", repeatable: true,
            Phrase(
                "share with a sensitive property: list, double-list, warner, forced, unrelated, crosswise, triangular; "
                    + "a question whose questionnaire says how it was asked needs only V",
                ru: "доля с деликатным признаком: list, double-list, warner, forced, unrelated, crosswise, triangular; "
                    + "если вопросник говорит, как задан вопрос, достаточно V",
                kk:
                    "нәзік белгісі барлардың үлесі: list, double-list, warner, forced, unrelated, crosswise, triangular; "
                    + "сауалнамада сұрақтың қалай қойылғаны айтылса, V жеткілікті")),
        .flag(
            "randomisation-variance",
            Phrase(
                "count the variance of drawn lots that a sampling fraction hides",
                ru: "учесть дисперсию жребия, которую скрывает доля отбора",
                kk: "іріктеу үлесі жасыратын жеребе дисперсиясын ескеру")),
    ]
}

extension StatisticsRequest {
    /// Weighs the lists of double lists by their variances, and returns what a reader must know of sensitive questions.
    func weighLists(
        of measures: inout [Measure], _ source: AnalysisSource, _ estimation: Estimation
    ) throws(Problem) -> [Problem] {
        var cautions: [Problem] = []
        for (position, statistic) in statistics.enumerated() {
            guard case .sensitive(let asked) = statistic else { continue }
            let request = try asked.resolved(source.questionnaire)
            cautions += try request.cautions(source, estimation: estimation).filter { !cautions.contains($0) }
            guard request.isOptimal else { continue }
            let first = try request.firstList(source, estimation: estimation)
            measures[position] = Measure(
                .sensitive, of: request.variable, try request.statistic(source, first: first))
        }
        return cautions
    }
}

extension SampleDesign {
    /// The row of the table of each row in use, nil outside a domain.
    fileprivate func rowsInUse(where domain: Truth?) -> [Int?] {
        rows.map { row in domain.map { $0.values[Int(row)] == Truth.yes } == false ? nil : Int(row) }
    }
}

extension Problem {
    static func sensitiveForm(_ text: String, _ expected: String) -> Problem {
        Problem(
            "command.sensitive-form", .usage, what: "\"--sensitive \(text)\" could not be read",
            why: "expected \(expected)",
            fix: "write, for example, --sensitive crosswise:z:p=0.25 or list:count:by=arm:treatment=2")
    }

    static func notSensitive(_ name: String) -> Problem {
        Problem(
            "command.not-sensitive", .usage,
            what: "The questionnaire does not say how the answer to \"\(name)\" is hidden",
            why: "without a colon the model is taken from sensitive: of the question, which has none",
            fix: "write the model, for example --sensitive crosswise:\(name):p=0.25")
    }
}
