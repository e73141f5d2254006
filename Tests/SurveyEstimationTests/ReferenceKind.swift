import SurveyEstimation
import SurveyProblems
import SurveyTestSupport

/// How the statistics of the collection are checked, by `kind`.
///
/// A check returns what differs; it throws ``NotSupported`` where an option of the case is not there.
enum ReferenceKind {
    static let checks: [String: @Sendable (ReferenceCase) throws -> [String]] = [
        "mean": rows, "total": rows, "ratio": ratio, "by": rows,
        "kish": kish,
        "ciprop": proportion,
        "table": table, "ftable": rows,
        "contrast": contrast,
        "difference_in_means": difference,
        "wave_difference": waveDifference,
        "randomized_response": randomizedResponse,
        "fay_herriot": fayHerriot,
        "quantile": quantile, "quantile_old": oldQuantile, "var": variance,
        "glm": generalized, "olr": ordinal, "predmeans": margins, "marginal_means": margins,
        "chisq": independence, "gofchisq": fit, "ttest": tTest, "ranktest": rankTest, "regtermtest": termTest,
        "weights": weights, "nonresponse_adjust": nonresponseAdjustment,
    ]

    /// What came of a case.
    enum Outcome: Equatable {
        case equal
        case different([String])
        case notSupported(String)
    }

    static func outcome(of reference: ReferenceCase) throws -> Outcome {
        let kind = reference.statistic["kind"].string ?? ""
        guard let check = checks[kind] else { return .notSupported(kind) }
        let isRefused = reference.expected["error"].bool == true
        do {
            let mismatches = try check(reference)
            if isRefused { return .different(["was not refused"]) }
            return mismatches.isEmpty ? .equal : .different(mismatches)
        } catch let missing as NotSupported {
            return .notSupported(missing.reason)
        } catch let problem as Problem {
            return isRefused ? .equal : .different([problem.what.description + "; " + problem.why.description])
        }
    }
}
