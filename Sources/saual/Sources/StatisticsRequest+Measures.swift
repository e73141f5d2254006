internal import SurveyData
internal import SurveyEstimation
internal import SurveyProblems
internal import SurveySchema
internal import SurveyWeighting

extension StatisticsRequest {
    /// Every column that the request uses, by how it is used.
    func roles(
        _ call: Call, weighting: CallWeighting? = nil, standard: CallStandard? = nil
    ) -> AnalysisSource.Roles {
        var roles = AnalysisSource.Roles(
            numbers: [], answers: breakdowns.joined() + (weighting?.targets.variables ?? []),
            condition: call.value("where"))
        roles.answers += standard?.variables ?? []
        if let weighting, weighting.method == .calibrate {
            roles.numbers += weighting.targets.numericVariables + [weighting.general.cost].compactMap { $0 }
            roles.answers += [weighting.general.cluster].compactMap { $0 }
        }
        for statistic in statistics {
            switch statistic {
            case .count: break
            case .total(let name), .mean(let name): roles.numbers.append(name)
            case .share(let name, _): roles.answers.append(name)
            case .ratio(let top, let bottom), .correlation(let top, let bottom): roles.numbers += [top, bottom]
            case .quantiles(let name, _), .variance(let name), .standardDeviation(let name), .gini(let name),
                .poverty(let name, _):
                roles.numbers.append(name)
            case .sensitive(let request): roles.numbers += request.columns
            }
        }
        return roles
    }

    /// The request in columns of a source.
    func typed(by source: AnalysisSource) throws(Problem) -> (measures: [Measure], breakdowns: [Breakdown]) {
        try checkSetBase(source)
        var measures: [Measure] = []
        for statistic in statistics {
            if case .share(let name, nil) = statistic, let set = try items(of: name, source) {
                measures += set
            } else {
                measures.append(try StatisticsRequest.measure(statistic, source))
            }
        }
        var typed: [Breakdown] = []
        for names in breakdowns {
            var columns: [Column] = []
            for name in names { columns.append(try source.groups(name)) }
            typed.append(Breakdown(by: columns))
        }
        return (measures, typed)
    }

    /// The items of a multiple-response set over the base of the call; nil for a variable that is none.
    private func items(of name: String, _ source: AnalysisSource) throws(Problem) -> [Measure]? {
        let column = try source.answers(name)
        guard column.kind == .set, let question = source.questionnaire?.question(name) else { return nil }
        return try Measure.items(
            of: name, set: column, items: try source.items(of: question), codes: question.answers.map(\.code),
            over: setBase ?? .cases)
    }

    /// Refuses a base of sets where no set is asked for.
    func checkSetBase(_ source: AnalysisSource) throws(Problem) {
        guard setBase != nil else { return }
        for case .share(let name, _) in statistics {
            if try source.answers(name).kind == .set { return }
        }
        throw .setBaseWithoutSet()
    }

    private static func measure(_ statistic: Statistic, _ source: AnalysisSource) throws(Problem) -> Measure {
        switch statistic {
        case .count: return Measure(statistic: .count, variable: "", content: .rows)
        case .total(let name):
            return Measure(statistic: .total, variable: name, content: .total(try source.number(name)))
        case .mean(let name): return Measure(statistic: .mean, variable: name, content: .mean(try source.number(name)))
        case .ratio(let top, let bottom):
            return Measure(
                statistic: .ratio, variable: "\(top)/\(bottom)",
                content: .ratio(try source.number(top), try source.number(bottom)))
        case .quantiles(let name, let probabilities):
            return Measure(
                statistic: .quantile, variable: name,
                content: .quantiles(of: try source.number(name), at: probabilities))
        case .variance(let name):
            return Measure(.variance, of: name, Covariance(of: try source.number(name)))
        case .standardDeviation(let name):
            return Measure(.standardDeviation, of: name, StandardDeviation(of: try source.number(name)))
        case .gini(let name): return Measure(.gini, of: name, Gini(of: try source.number(name)))
        case .poverty(let name, let fraction):
            return Measure(.poverty, of: name, PovertyRate(of: try source.number(name), fraction: fraction))
        case .correlation(let first, let second):
            return Measure(
                .correlation, of: "\(first)*\(second)",
                Correlation(of: try source.number(first), and: try source.number(second)))
        case .sensitive(let request):
            return Measure(
                .sensitive, of: request.variable, try request.resolved(source.questionnaire).statistic(source))
        case .share(let name, let answers):
            let column = try source.answers(name)
            if column.kind == .set {
                throw .answersOfSet(name)
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
}

extension Problem {
    static func setBaseWithoutSet() -> Problem {
        Problem(
            "command.set-base-without-set", .usage, what: "--set-base has nothing to work on",
            why: "it says what the items of a multiple-response set are shares of, and no set is asked for",
            fix: "add --share with the name of a set, or drop --set-base")
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
