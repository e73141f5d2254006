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
        "with_replicates": withReplicates,
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
        /// R's own limits cannot be reproduced: they are not equal, and not wrong.
        case noTarget([String])
    }

    /// True for limits that R survey 4.1 finds by an inexact search: `score` intervals of quantiles (either side of a
    /// step, then through the unweighted share) and `likelihood` intervals of shares (an interpolated profile).
    private static func isNoTarget(_ reference: ReferenceCase, _ mismatches: [String]) -> Bool {
        let isSearched =
            reference.statistic["interval_type"].string == "score"
            || reference.statistic["method"].string == "likelihood"
        return isSearched
            && mismatches.allSatisfy { mismatch in
                ["low", "lower", "high", "upper", "se"].contains {
                    mismatch.contains("\($0): ") || mismatch.contains(" \($0) ")
                }
            }
    }

    static func outcome(of reference: ReferenceCase) throws -> Outcome {
        let kind = reference.statistic["kind"].string ?? ""
        guard let check = checks[kind] else { return .notSupported(kind) }
        let isRefused = reference.expected["error"].bool == true
        do {
            let mismatches = try check(reference)
            if isRefused { return .different(["was not refused"]) }
            if mismatches.isEmpty { return .equal }
            return isNoTarget(reference, mismatches) ? .noTarget(mismatches) : .different(mismatches)
        } catch let missing as NotSupported {
            return .notSupported(missing.reason)
        } catch let problem as Problem {
            return isRefused ? .equal : .different([problem.what.description + "; " + problem.why.description])
        }
    }
}
