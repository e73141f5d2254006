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
}
