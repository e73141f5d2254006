public import SurveyData
public import SurveyProblems

/// Estimates the population standard deviation of a numeric question.
///
///     σ = √s²        influence = that of s² / 2σ
///
/// - Shapes: rows of a group in, one number in the question's unit out.
/// - Missing, Throws: as ``Covariance``; the influence of a constant is 0.
/// - Source: delta method; Documentation/Methods.md, "Influence values".
///   Checked: R survey 4.1-1 `svycontrast(svyvar(), quote(sqrt()))`, Tests/Reference/inequality.json.
public struct StandardDeviation: GroupStatistic {
    public let columns: [Column]

    public init(of column: Column) { columns = [column] }

    public func prepared(_ numbers: [[Double]]) throws(Problem) -> any PreparedStatistic {
        PreparedDeviation(variance: PreparedCovariance(first: Deviations(numbers[0]), second: Deviations(numbers[0])))
    }
}

private struct PreparedDeviation: PreparedStatistic {
    let variance: PreparedCovariance

    func values(weights: [Double]) throws(Problem) -> [Double] {
        // A negative variance, which negative weights can make, has no root: not-a-number.
        try variance.values(weights: weights).map { $0.squareRoot() }
    }

    func influences(weights: [Double]) throws(Problem) -> [[Double]] {
        let deviation = try values(weights: weights)[0]
        return try variance.influences(weights: weights).map { influence in
            influence.map { deviation > 0 ? $0 / (2 * deviation) : 0 }
        }
    }
}
