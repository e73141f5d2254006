internal import SurveyEstimation
internal import SurveyProblems

/// What `estimate` is asked for, in names: statistics in the order given, and breakdowns.
struct StatisticsRequest {
    enum Statistic: Hashable {
        case count
        case total(String)
        case mean(String)
        /// Every answer, or these answers joined to one share.
        case share(String, answers: [String]?)
        case ratio(String, String)
        case quantiles(String, at: [Double])
        case variance(String)
        case standardDeviation(String)
        case correlation(String, String)
        case gini(String)
        case poverty(String, fraction: Double)
        case sensitive(SensitiveRequest)
    }

    let statistics: [Statistic]
    /// Variables of each breakdown; the whole is an empty list, first unless `--no-total`.
    let breakdowns: [[String]]
    /// What items of sets are shares of; nil if the call does not say.
    let setBase: SetBase?

    var asksForShares: Bool {
        statistics.contains {
            switch $0 {
            case .share, .poverty: true
            default: false
            }
        }
    }

    init(_ call: Call) throws(Problem) {
        var statistics: [Statistic] = []
        for (name, value) in call.given {
            switch name {
            case "count": statistics.append(.count)
            case "total": for name in try NameList.split(value, option: "total") { statistics.append(.total(name)) }
            case "mean": for name in try NameList.split(value, option: "mean") { statistics.append(.mean(name)) }
            case "share": statistics += try Self.shares(value)
            case "ratio":
                for pair in try NameList.split(value, option: "ratio") { statistics.append(try Self.ratio(pair)) }
            case "quantile": statistics.append(try Self.quantile(value))
            case "variance":
                for name in try NameList.split(value, option: name) { statistics.append(.variance(name)) }
            case "standard-deviation":
                for name in try NameList.split(value, option: name) { statistics.append(.standardDeviation(name)) }
            case "gini": for name in try NameList.split(value, option: name) { statistics.append(.gini(name)) }
            case "correlation": statistics.append(try Self.correlation(value))
            case "poverty": statistics += try Self.poverty(value)
            case "sensitive": statistics.append(.sensitive(try SensitiveRequest(value)))
            default: break
            }
        }
        guard !statistics.isEmpty else { throw .nothingAsked() }
        setBase = try call.choice("set-base", of: SetBase.self)
        // Asked twice is answered once: rows have ids, and no two are the same.
        self.statistics = Self.quantilesOnce(statistics.uniqued)
        var breakdowns: [[String]] = call.has("no-total") ? [] : [[]]
        for value in call.values("by") { breakdowns.append(try NameList.crossing(value, option: "by")) }
        guard !breakdowns.isEmpty else { throw .nothingLeft() }
        self.breakdowns = breakdowns.uniqued
    }

    private static func shares(_ value: String) throws(Problem) -> [Statistic] {
        guard let equals = value.lastIndex(of: "="), !value.hasSuffix("`") else {
            return try NameList.split(value, option: "share").map { .share($0, answers: nil) }
        }
        let name = try NameList.split(String(value[..<equals]), option: "share")
        guard name.count == 1 else { throw .severalBeforeEquals(value) }
        return [
            .share(name[0], answers: try NameList.split(String(value[value.index(after: equals)...]), option: "share"))
        ]
    }

    private static func ratio(_ pair: String) throws(Problem) -> Statistic {
        let parts = pair.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { throw .noRatio(pair) }
        return .ratio(parts[0], parts[1])
    }
}

extension Problem {
    static func nothingAsked() -> Problem {
        Problem(
            "command.nothing-asked", .usage, what: "No statistic is asked for",
            why: "\"saual estimate\" needs at least one of --share, --mean, --total, --ratio, --count, --quantile",
            fix: "add, for example, --share q1 --by region")
    }

    static func nothingLeft() -> Problem {
        Problem(
            "command.nothing-left", .usage, what: "Nothing is left to estimate",
            why: "--no-total leaves the whole out, and no --by names another group", fix: "add --by, or drop --no-total"
        )
    }

    static func severalBeforeEquals(_ value: String) -> Problem {
        Problem(
            "command.several-before-equals", .usage, what: "\"\(value)\" names several variables before \"=\"",
            why: "an answer set belongs to one variable", fix: "repeat --share for each variable")
    }

    static func noRatio(_ pair: String) -> Problem {
        Problem(
            "command.no-ratio", .usage, what: "\"\(pair)\" is not a ratio",
            why: "a ratio is written NUMERATOR/DENOMINATOR, two columns with one slash",
            fix: "write, for example, --ratio spend/income")
    }
}
