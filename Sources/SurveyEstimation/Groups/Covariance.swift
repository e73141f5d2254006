public import SurveyData
internal import SurveyMath
public import SurveyProblems

/// Estimates the population covariance of two numeric questions; of a question with itself, its variance.
///
///     s = n/(n − 1) · Σ w(a − ā)(b − b̄)/Σw        influence = (n/(n − 1)·(a − ā)(b − b̄) − s)/Σw
///
/// n is the number of rows, also at the weights of a replicate. That means depend on the weights too is of no account:
/// the derivative of s by a mean is 0.
///
/// - Shapes: rows of a group in, one number in units of a·b out.
/// - Missing: a row needs both numbers; its PSU still counts in the variance.
/// - Throws: ``Problem`` `estimation.empty-domain` if weights sum to nothing or there are fewer than two rows.
/// - Source: Documentation/Methods.md, "Influence values". Checked: R survey 4.1-1 `svyvar`, Tests/Reference/variance.json.
public struct Covariance: GroupStatistic {
    public let columns: [Column]

    public init(of first: Column, and second: Column) { columns = [first, second] }

    /// The variance of one question.
    public init(of column: Column) { columns = [column] }

    public func prepared(_ numbers: [[Double]]) throws(Problem) -> any PreparedStatistic {
        PreparedCovariance(first: Deviations(numbers[0]), second: Deviations(numbers[numbers.count - 1]))
    }
}

struct PreparedCovariance: PreparedStatistic {
    let first: Deviations
    let second: Deviations

    /// n/(n − 1)·(a − ā)(b − b̄) of each row, and Σw.
    private func products(_ weights: [Double]) throws(Problem) -> (values: [Double], total: Double) {
        guard weights.count > 1 else { throw .emptyDomain() }
        let total = try positiveTotal(weights)
        let factor = Double(weights.count) / Double(weights.count - 1)
        let (a, b) = (first.centred(weights, total: total), second.centred(weights, total: total))
        return (zip(a, b).map { factor * $0 * $1 }, total)
    }

    func values(weights: [Double]) throws(Problem) -> [Double] {
        let (products, total) = try products(weights)
        return [CompensatedSum.of(zip(products, weights).map { $0 * $1 }) / total]
    }

    func influences(weights: [Double]) throws(Problem) -> [[Double]] {
        let (products, total) = try products(weights)
        let value = CompensatedSum.of(zip(products, weights).map { $0 * $1 }) / total
        return [products.map { ($0 - value) / total }]
    }
}
