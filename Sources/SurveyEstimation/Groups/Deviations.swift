internal import SurveyMath
internal import SurveyProblems

/// Numbers less one of them, which keeps digits and makes a constant exactly 0.
struct Deviations {
    private let values: [Double]

    init(_ numbers: [Double]) {
        let centre = numbers.first ?? 0
        values = numbers.map { $0 - centre }
    }

    var count: Int { values.count }

    /// Less the weighted mean.
    func centred(_ weights: [Double], total: Double) -> [Double] {
        let mean = CompensatedSum.of(zip(values, weights).map { $0 * $1 }) / total
        return values.map { $0 - mean }
    }
}

/// Σw, where it is something to divide by.
func positiveTotal(_ weights: [Double]) throws(Problem) -> Double {
    let total = CompensatedSum.of(weights)
    guard total > 0, total.isFinite else { throw .emptyDomain() }
    return total
}
