import SurveyEstimation
import SurveyTestSupport

/// Collects what differs.
struct Comparison {
    let tolerance: Double
    var mismatches: [String] = []

    init(tolerance: Double) { self.tolerance = tolerance }

    /// Compares with a number of the reference; what the reference does not have is not compared.
    mutating func callAsFunction(_ found: Double?, _ expected: JSONTree, _ what: String, scale: Double = 0) {
        guard let wanted = expected.double else { return }
        guard let found, isClose(found, wanted, tolerance: tolerance, scale: scale) else {
            mismatches.append("\(what): \(found.map { "\($0)" } ?? "none") is not \(wanted)")
            return
        }
    }

    /// The scale of a covariance: the standard error, or the estimate where that is 0 up to rounding.
    func scale(_ row: Estimate) -> Double {
        let (value, error) = (abs(row.value ?? 0), row.standardError ?? 0)
        return error > 1e-9 * value ? error : value
    }
}
