internal import SurveyEstimation
internal import SurveyProblems

/// Statistics of how one variable is distributed, or two together.
extension StatisticsRequest {
    /// `V:P,P…` as the quantiles of one variable.
    static func quantile(_ value: String) throws(Problem) -> Statistic {
        guard let (name, list) = try parameter(of: value, option: "quantile"), !list.isEmpty else {
            throw .quantileWithoutP(value)
        }
        var probabilities: [Double] = []
        for text in list.split(separator: ",", omittingEmptySubsequences: false) {
            guard let p = Double(text), (0...1).contains(p) else { throw .wrongP(String(text), of: value) }
            // Asked twice is answered once.
            if !probabilities.contains(p) { probabilities.append(p) }
        }
        return .quantiles(name, at: probabilities)
    }

    /// The same without the quantiles of a variable that an earlier option asks for.
    static func quantilesOnce(_ statistics: [Statistic]) -> [Statistic] {
        var asked: [String: [Double]] = [:]
        return statistics.compactMap { statistic in
            guard case .quantiles(let name, let probabilities) = statistic else { return statistic }
            let fresh = probabilities.filter { asked[name]?.contains($0) != true }
            asked[name, default: []] += fresh
            return fresh.isEmpty ? nil : .quantiles(name, at: fresh)
        }
    }

    /// `V` or `V:FRACTION`.
    static func poverty(_ value: String) throws(Problem) -> [Statistic] {
        guard let (name, text) = try parameter(of: value, option: "poverty") else {
            return try NameList.split(value, option: "poverty").map {
                .poverty($0, fraction: PovertyRate.usualFraction)
            }
        }
        guard let fraction = Double(text), fraction > 0, fraction.isFinite else {
            throw .wrongPovertyLine(text, of: value)
        }
        return [.poverty(name, fraction: fraction)]
    }

    /// `A,B`.
    static func correlation(_ value: String) throws(Problem) -> Statistic {
        let names = try NameList.split(value, option: "correlation")
        guard names.count == 2, names[0] != names[1] else { throw .noPair(value) }
        return .correlation(names[0], names[1])
    }

    /// What stands before and after the last colon outside backquotes; nil without one.
    private static func parameter(of value: String, option: String) throws(Problem) -> (name: String, text: String)? {
        guard let colon = value.lastIndex(of: ":"), !value[colon...].contains("`") else { return nil }
        let names = try NameList.split(String(value[..<colon]), option: option)
        guard names.count == 1 else { throw .severalBeforeColon(value, option: option) }
        return (names[0], String(value[value.index(after: colon)...]))
    }

    /// Refuses an option of a statistic that is not asked for.
    func checkOptions(_ call: Call) throws(Problem) {
        func asks(_ isWanted: (Statistic) -> Bool) -> Bool { statistics.contains(where: isWanted) }
        if let interval = call.value("ci"), !asksForShares { throw .intervalOfNoShare(interval) }
        if call.has("edge-deff"), !asksForShares, !asks({ if case .quantiles = $0 { true } else { false } }) {
            throw .optionOfNoStatistic("edge-deff", statistic: "share")
        }
        for option in ["quantile-rule", "quantile-ci", "open-end"] where call.has(option) {
            guard asks({ if case .quantiles = $0 { true } else { false } }) else {
                throw .optionOfNoStatistic(option, statistic: "quantile")
            }
        }
        if call.has("randomisation-variance"), !asks({ if case .sensitive = $0 { true } else { false } }) {
            throw .optionOfNoStatistic("randomisation-variance", statistic: "sensitive")
        }
        if call.has("correlation-ci"), !asks({ if case .correlation = $0 { true } else { false } }) {
            throw .optionOfNoStatistic("correlation-ci", statistic: "correlation")
        }
    }

    /// The options of these statistics that change numbers.
    static let ruleNames = ["edge-deff", "quantile-rule", "quantile-ci", "open-end", "correlation-ci"]

    static let distributionOptions: [Option] = [
        .value(
            "quantile", "V:P,…", repeatable: true,
            Phrase(
                "quantiles of V, as V:0.25,0.5", ru: "квантили V, например V:0.25,0.5",
                kk: "V квантильдері, мысалы V:0.25,0.5")),
        .value("variance", "V", repeatable: true, Phrase("variance of V", ru: "дисперсия V", kk: "V дисперсиясы")),
        .value(
            "standard-deviation", "V", repeatable: true,
            Phrase("standard deviation of V", ru: "стандартное отклонение V", kk: "V стандартты ауытқуы")),
        .value(
            "correlation", "A,B", repeatable: true,
            Phrase("correlation of A and B", ru: "корреляция A и B", kk: "A мен B корреляциясы")),
        .value(
            "gini", "V", repeatable: true,
            Phrase("Gini index of V", ru: "индекс Джини для V", kk: "V бойынша Джини индексі")),
        .value(
            "poverty", "V[:F]", repeatable: true,
            Phrase(
                "share below F of the median of V (default: 0.6)", ru: "доля ниже F медианы V (по умолчанию 0.6)",
                kk: "V медианасының F бөлігінен төмендердің үлесі (әдепкісі: 0.6)")),
    ]

    static let distributionRules: [Option] = [
        .value(
            "edge-deff", "D",
            Phrase(
                "design effect of the interval of shares of 0 and 100 % (default: 1)",
                ru: "эффект плана выборки в интервале долей 0 и 100 % (по умолчанию 1)",
                kk: "0 және 100 % үлестердің аралығындағы іріктеме жоспарының әсері (әдепкісі: 1)")),
        .choice(
            "quantile-rule", EstimationOptions.QuantileRule.allCases.map(\.rawValue),
            Phrase(
                "how quantiles are read off (default: math)", ru: "правило квантиля (по умолчанию math)",
                kk: "квантиль ережесі (әдепкісі: math)")),
        .choice(
            "quantile-ci", EstimationOptions.QuantileInterval.allCases.map(\.rawValue),
            Phrase(
                "interval of quantiles (default: mean)", ru: "интервал квантилей (по умолчанию mean)",
                kk: "квантильдер аралығы (әдепкісі: mean)")),
        .choice(
            "open-end", EstimationOptions.OpenEnd.allCases.map(\.rawValue),
            Phrase(
                "an end of it beyond the sample (default: empty)",
                ru: "его конец за пределами выборки (по умолчанию empty)",
                kk: "оның іріктемеден тыс шеті (әдепкісі: empty)")),
        .choice(
            "correlation-ci", EstimationOptions.CorrelationInterval.allCases.map(\.rawValue),
            Phrase(
                "interval of correlations (default: fisher)", ru: "интервал корреляций (по умолчанию fisher)",
                kk: "корреляциялар аралығы (әдепкісі: fisher)")),
    ]
}

extension DesignOptions {
    /// The rules of quantiles and their like.
    static func setDistributionRules(_ rules: inout EstimationOptions, _ call: Call) throws(Problem) {
        if call.has("conform") {
            rules.belowFirst = .secondRow
            rules.quantilesHaveEdges = false
            rules.clipsArcsine = false
            rules.correlationInterval = .mean
            if !call.has("df") { rules.quantileDegreesOfFreedom = .design }
        }
        if let rule = try call.choice("quantile-rule", of: EstimationOptions.QuantileRule.self) {
            rules.quantileRule = rule
        }
        if let interval = try call.choice("quantile-ci", of: EstimationOptions.QuantileInterval.self) {
            rules.quantileInterval = interval
        }
        if let end = try call.choice("open-end", of: EstimationOptions.OpenEnd.self) { rules.openEnd = end }
        if let interval = try call.choice("correlation-ci", of: EstimationOptions.CorrelationInterval.self) {
            rules.correlationInterval = interval
        }
        rules.countsRandomisation = call.has("randomisation-variance")
        if let effect = try call.number("edge-deff") {
            guard effect > 0, effect.isFinite else { throw .wrongEdgeEffect(call.value("edge-deff") ?? "") }
            rules.edgeDesignEffect = effect
        }
    }
}

extension Problem {
    static func quantileWithoutP(_ value: String) -> Problem {
        Problem(
            "command.quantile-without-p", .usage, what: "\"\(value)\" does not say which quantile",
            why: "--quantile takes a variable, a colon and numbers between 0 and 1; found \"\(value)\"",
            fix: "write, for example, --quantile income:0.5 for the median")
    }

    static func wrongP(_ text: String, of value: String) -> Problem {
        Problem(
            "command.wrong-p", .usage, what: "\"\(text)\" in \"\(value)\" is no place of a quantile",
            why: "a quantile stands at a number between 0 and 1; found \"\(text)\"",
            fix: "write, for example, 0.25 for the first quartile")
    }

    static func wrongPovertyLine(_ text: String, of value: String) -> Problem {
        Problem(
            "command.wrong-poverty-line", .usage, what: "\"\(text)\" in \"\(value)\" is no poverty line",
            why: "the line is a fraction of the median above 0; found \"\(text)\"",
            fix: "write, for example, --poverty income:0.6")
    }

    static func severalBeforeColon(_ value: String, option: String) -> Problem {
        Problem(
            "command.several-before-colon", .usage, what: "\"\(value)\" names several variables before \":\"",
            why: "what stands behind the colon belongs to one variable", fix: "repeat --\(option) for each variable")
    }

    static func noPair(_ value: String) -> Problem {
        Problem(
            "command.no-pair", .usage, what: "\"\(value)\" is not a pair of variables",
            why: "a correlation is of two different variables; found \"\(value)\"",
            fix: "write, for example, --correlation income,spend")
    }

    static func optionOfNoStatistic(_ option: String, statistic: String) -> Problem {
        Problem(
            "command.option-of-no-statistic", .usage, what: "--\(option) changes nothing here",
            why: "it is a rule of --\(statistic), which is not asked for",
            fix: "add --\(statistic), or drop --\(option)")
    }

    static func wrongEdgeEffect(_ text: String) -> Problem {
        Problem(
            "command.wrong-edge-effect", .usage, what: "\"\(text)\" is no design effect",
            why: "--edge-deff takes a number above 0; found \"\(text)\"", fix: "write, for example, --edge-deff 1.5")
    }
}
