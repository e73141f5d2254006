internal import SurveyData
internal import SurveyEstimation
internal import SurveyProblems
internal import SurveyWeighting

/// What `model` is asked for: one formula, and what is to be made of the fit.
struct ModelRequest {
    let kind: Regression.Kind
    let formula: ModelFormula
    let link: ModelLink?
    let loop: ModelLoop
    /// The terms of each joint test.
    let testedTerms: [[String]]
    let testsLikelihood: Bool
    let marginVariables: [String]
    let addsSample: Bool

    init(_ call: Call) throws(Problem) {
        let kinds = Regression.Kind.allCases.filter { call.has($0.rawValue) }
        guard let kind = kinds.first, let text = call.value(kind.rawValue) else { throw .noFormula() }
        guard kinds.count == 1 else { throw .severalFormulas(kinds.map { "--\($0.rawValue)" }) }
        self.kind = kind
        var formula = try ModelFormula(parsing: text)
        if let offset = call.value("offset") {
            formula = formula.adding(offset: try NameList.one(offset, option: "offset"))
        }
        self.formula = formula
        let link = try call.choice("link", of: ModelLink.self)
        if let link, !kind.links.contains(link) { throw .linkOfKind(link.rawValue, kind: "--\(kind.rawValue)") }
        self.link = link
        loop = try call.choice("glm-loop", of: ModelLoop.self) ?? (call.has("conform") ? .r : .solution)
        var tested: [[String]] = []
        for value in call.values("test") { tested.append(try NameList.split(value, option: "test")) }
        testedTerms = tested.uniqued
        testsLikelihood = call.value("test-method") == "lrt"
        if call.has("test-method"), tested.isEmpty { throw .goesWith("test-method", "--test") }
        marginVariables = try call.list("margins").uniqued
        addsSample = call.has("margins-sample")
        if addsSample, marginVariables.isEmpty { throw .goesWith("margins-sample", "--margins") }
    }

    /// Every column that the request uses, by how it is used.
    func roles(_ call: Call, weighting: CallWeighting?) -> AnalysisSource.Roles {
        var roles = AnalysisSource.Roles(
            numbers: [], answers: weighting?.targets.variables ?? [], condition: call.value("where"))
        roles.plain = formula.variables
        switch formula.response {
        case .variable(let name): roles.plain.append(name)
        case .condition(let text): roles.response = text
        }
        return roles
    }

    /// The request in columns of a source.
    func regression(_ source: AnalysisSource) throws(Problem) -> Regression {
        let factors = formula.terms.flatMap(\.factors)
        var columns: [Column] = []
        for name in formula.variables {
            let asNumber = factors.contains { $0.name == name && !$0.isCategorical } || formula.offsets.contains(name)
            columns.append(try source.plain(name, asCategories: !asNumber))
        }
        let response: Regression.Response
        switch formula.response {
        case .condition: response = .condition(source.response ?? Truth(values: []))
        case .variable(let name):
            let isAnswer = kind == .ordinal || kind == .multinomial
            let column = try source.plain(name, asCategories: isAnswer)
            response = isAnswer ? .answers(column) : .numbers(column)
        }
        var regression = Regression(
            formula, kind: kind, link: link, response: response,
            variables: Table(rowCount: source.rowCount, columns: columns))
        regression.loop = loop
        return regression
    }

    func margins(of model: ModelResult, by estimation: Estimation) throws(Problem) -> [ModelMargins] {
        var margins: [ModelMargins] = []
        for name in marginVariables {
            margins.append(try estimation.margins(of: name, in: model, addsSample: addsSample))
        }
        return margins
    }

    func tests(of model: ModelResult) throws(Problem) -> [TestResult] {
        var tests: [TestResult] = []
        for labels in testedTerms {
            let terms = try model.terms(named: labels)
            if testsLikelihood {
                tests.append(
                    try TermTest.likelihoodRatio(
                        deviances: (try model.deviance(without: labels), model.deviance), covariance: terms.covariance,
                        naive: terms.naiveCovariance, degreesOfFreedom: terms.degreesOfFreedom, terms: labels))
            } else {
                tests.append(
                    try TermTest.wald(
                        beta: terms.values, covariance: terms.covariance, degreesOfFreedom: terms.degreesOfFreedom,
                        terms: labels))
            }
        }
        return tests
    }
}

extension Problem {
    static func noFormula() -> Problem {
        Problem(
            "command.no-formula", .usage, what: "No model is asked for",
            why: "\"saual model\" needs one of --linear, --logistic, --poisson, --gamma, --ordinal, --multinomial",
            fix: "add, for example, --logistic 'q1=1 ~ age + C(region)'")
    }

    static func severalFormulas(_ options: [String]) -> Problem {
        Problem(
            "command.several-formulas", .usage, what: "Several models are asked for at once",
            why: "one call fits one model; found \(options.joined(separator: ", "))", fix: "keep one of them")
    }

    static func linkOfKind(_ word: String, kind: String) -> Problem {
        Problem(
            "command.model-word", .usage, what: "\"\(word)\" does not go with \(kind)",
            why: "--link goes with --logistic and --ordinal; each has links of its own",
            fix: "drop it, or name another kind of model")
    }

    static func goesWith(_ option: String, _ other: String) -> Problem {
        Problem(
            "command.model-alone", .usage, what: "--\(option) has nothing to act on",
            why: "--\(option) goes with \(other); found none", fix: "add \(other), or drop --\(option)")
    }
}
