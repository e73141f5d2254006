import SurveyData
import SurveyEstimation
import SurveyTestSupport
import Testing

/// Tests of hypotheses, under the rules of the preset: midranks by row order, cut denominators.
extension ReferenceKind {
    private static func estimation(_ reference: ReferenceCase) throws -> Estimation {
        var options = EstimationOptions()
        options.rakeResiduals = .sweeps
        options.cutsDenominator = true
        options.adjustsLonelyDomains = reference.design["adjust_domain_lonely"].bool ?? false
        return Estimation(design: try reference.sample(), options: options)
    }

    static func independence(_ reference: ReferenceCase) throws -> [String] {
        let (statistic, expected) = (reference.statistic, reference.expected)
        let name = try #require(statistic["statistic"].string)
        let found = try estimation(reference).independence(
            of: try reference.data.table.column(statistic["rows"].string ?? ""),
            and: try reference.data.table.column(statistic["cols"].string ?? ""),
            statistic: try #require(IndependenceStatistic(rawValue: name.lowercased())), where: try reference.domain())
        var compare = Comparison(tolerance: reference.tolerance)
        compare(found.statistic, expected["statistic"], "statistic")
        compare(found.p, expected["p_value"], "p")
        if expected["parameter"]["ndf"] != .null {
            compare(found.df1, expected["parameter"]["ndf"], "ndf")
            compare(found.df2, expected["parameter"]["ddf"], "ddf")
        }
        if expected["parameter"]["df"] != .null { compare(found.df1, expected["parameter"]["df"], "df") }
        if expected["ddf"] != .null { compare(found.df2, expected["ddf"], "ddf") }
        for (position, weight) in expected["lambda"].array.enumerated() {
            compare(found.weights[position], weight, "lambda")
        }
        return compare.mismatches
    }

    static func fit(_ reference: ReferenceCase) throws -> [String] {
        let expected = reference.expected
        let found = try estimation(reference).fit(
            of: try reference.data.table.column(reference.statistic["variable"].string ?? ""),
            to: reference.statistic["p"].array.compactMap(\.double), where: try reference.domain())
        var compare = Comparison(tolerance: reference.tolerance)
        compare(found.statistic, expected["statistic"], "statistic")
        compare(found.df1, expected["df"], "df")
        compare(found.p, expected["p_value"], "p")
        let greatest = found.weights.first ?? 0
        for (position, weight) in expected["lambda"].array.enumerated() {
            compare(found.weights[position], weight, "lambda", scale: greatest)
        }
        let scale = found.weights.map { $0 * $0 }.reduce(0, +) / found.weights.reduce(0, +)
        compare(scale, expected["scale"], "scale")
        return compare.mismatches
    }

    static func tTest(_ reference: ReferenceCase) throws -> [String] {
        let (statistic, expected) = (reference.statistic, reference.expected)
        let tested = TestedVariable(try reference.data.table.column(statistic["response"].string ?? ""))
        let estimation = try estimation(reference)
        let found =
            if let group = statistic["group"].string {
                try estimation.tTest(
                    of: tested, by: try reference.data.table.column(group), where: try reference.domain())
            } else {
                try estimation.tTest(of: tested, value: 0, where: try reference.domain())
            }
        var compare = Comparison(tolerance: reference.tolerance)
        compare(found.statistic, expected["statistic"], "t")
        compare(found.df1, expected["df"], "df")
        compare(found.estimate, expected["estimate"], "estimate")
        compare(found.p, expected["p_value"], "p")
        compare(found.low, expected["ci"][0], "low")
        compare(found.high, expected["ci"][1], "high")
        return compare.mismatches
    }

    static func rankTest(_ reference: ReferenceCase) throws -> [String] {
        let (statistic, expected) = (reference.statistic, reference.expected)
        let scores: [String: RankScore] = [
            "wilcoxon": .wilcoxon, "vanderWaerden": .vanDerWaerden, "median": .median, "KruskalWallis": .kruskal,
        ]
        let found = try estimation(reference).rankTest(
            of: try reference.data.table.column(statistic["response"].string ?? ""),
            by: try reference.data.table.column(statistic["group"].string ?? ""),
            score: try #require(scores[statistic["test"].string ?? ""]), ties: .rowOrder,
            where: try reference.domain())
        var compare = Comparison(tolerance: reference.tolerance)
        compare(found.p, expected["p_value"], "p")
        if expected["t"] != .null {
            compare(found.statistic, expected["t"], "t")
            compare(found.df1, expected["df"], "df")
            compare(found.estimate, expected["estimate"][0], "estimate")
        } else {
            compare(found.statistic * found.df1, expected["chisq"], "chisq")
            compare(found.df1, expected["df"], "df")
            compare(found.df2, expected["ddf"], "ddf")
        }
        return compare.mismatches
    }

}
