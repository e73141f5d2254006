public import SurveyProblems

/// A statistic that needs the rows themselves: a quantile, a regression, an index of inequality.
///
/// Arrays have one entry for each row in use, in the order of the design: PSU after PSU. What is a function of a few
/// totals is an ``Estimator`` instead, and is served by the tally without another look at the rows.
public protocol RowStatistic: Sendable {
    /// True for each row that the statistic reads: these rows make the degrees of freedom and the PSUs behind it.
    var base: [Bool] { get }

    /// The estimates at some weights; those of a replicate may be 0.
    func values(weights: [Double]) throws(Problem) -> [Double]

    /// For each estimate the weight times the influence of each row, 0 outside the base.
    func influences(weights: [Double]) throws(Problem) -> [[Double]]

    /// For each estimate the sums of ``influences(weights:)`` over units of consecutive rows; `starts` has where each unit
    /// begins, and the end. A statistic that has them without its influences says so; the others are added up.
    func unitSums(weights: [Double], starts: [Int]) throws(Problem) -> [[Double]]
}

extension RowStatistic {
    public func unitSums(weights: [Double], starts: [Int]) throws(Problem) -> [[Double]] {
        try influences(weights: weights).map { SampleVariance.added($0, starts) }
    }
}
