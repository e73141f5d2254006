public import SurveyData
internal import SurveyMath
public import SurveyProblems

/// Estimates the population correlation of two numeric questions.
///
///     r = s_ab/√(s_aa s_bb)        influence = (z_a z_b − r(z_a² + z_b²)/2)/Σw,  z_a = (a − ā)/σ_a with divisor Σw
///
/// - Shapes: rows of a group in, one number between −1 and 1 out.
/// - Missing: a row needs both numbers.
/// - Throws: ``Problem`` `estimation.empty-domain` if weights sum to nothing. Undefined for a constant.
/// - Source: delta method; Documentation/Methods.md, "Influence values". Checked: R survey 4.1-1 `svycontrast` of
///   `svyvar`, Tests/Reference/inequality.json, and `withReplicates`, Tests/Reference/replicates.json.
public struct Correlation: GroupStatistic {
    public let columns: [Column]
    public var scale: IntervalScale { .correlation }

    public init(of first: Column, and second: Column) { columns = [first, second] }

    public func prepared(_ numbers: [[Double]]) throws(Problem) -> any PreparedStatistic {
        PreparedCorrelation(first: Deviations(numbers[0]), second: Deviations(numbers[1]))
    }
}

private struct PreparedCorrelation: PreparedStatistic {
    let first: Deviations
    let second: Deviations

    private struct Scores {
        let a: [Double]
        let b: [Double]
        let r: Double
        let total: Double
    }

    private func scores(_ weights: [Double]) throws(Problem) -> Scores {
        let total = try positiveTotal(weights)
        let (a, b) = (
            try standardized(first, weights, total: total), try standardized(second, weights, total: total)
        )
        let r = CompensatedSum.of(a.indices.map { weights[$0] * a[$0] * b[$0] }) / total
        return Scores(a: a, b: b, r: min(1, max(-1, r)), total: total)
    }

    private func standardized(
        _ deviations: Deviations, _ weights: [Double], total: Double
    ) throws(Problem) -> [Double] {
        let centred = deviations.centred(weights, total: total)
        let square = CompensatedSum.of(zip(centred, weights).map { $0 * $0 * $1 }) / total
        guard square > 0 else { throw .constantVariable() }
        return centred.map { $0 / square.squareRoot() }
    }

    func values(weights: [Double]) throws(Problem) -> [Double] { [try scores(weights).r] }

    func influences(weights: [Double]) throws(Problem) -> [[Double]] {
        let scores = try scores(weights)
        return [
            scores.a.indices.map { row in
                let (a, b) = (scores.a[row], scores.b[row])
                return (a * b - scores.r * (a * a + b * b) / 2) / scores.total
            }
        ]
    }
}

extension Problem {
    /// A statistic that needs numbers that differ.
    static func constantVariable() -> Problem {
        Problem(
            "estimation.constant-variable", .computation, what: "A correlation of a constant is asked for",
            why: "both variables need at least two different values in the domain; found one",
            fix: "name another variable, or widen the domain")
    }
}
