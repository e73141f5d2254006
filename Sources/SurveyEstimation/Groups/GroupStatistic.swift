public import SurveyData
public import SurveyProblems

/// A statistic of the rows of a group that is no function of a few totals: a variance, a correlation, an index of
/// inequality.
///
/// `EstimationRun` asks for it group by group: rows of the group that have every number are handed to
/// ``prepared(_:)``, whose influences then take the way of every other estimate through strata, PSUs, calibration and
/// lonely PSUs. A new statistic is one file with this protocol, and needs nothing else to have `--by`, `--where`,
/// standard errors and covariances.
public protocol GroupStatistic: Sendable {
    /// The columns of numbers that it reads; a row that lacks one of them has no answer.
    var columns: [Column] { get }
    /// What each estimate is of: an answer, a parameter, or nothing to tell apart.
    var labels: [EstimateLabel] { get }
    /// The scale of the interval.
    var scale: IntervalScale { get }

    /// Takes the numbers of the rows of one group, column after column.
    ///
    /// Numbers that the statistic has no meaning for stop the request; a group without a value is found in `values`.
    func prepared(_ numbers: [[Double]]) throws(Problem) -> any PreparedStatistic
}

/// A statistic with the rows of one group, sorted or summed as it needs.
public protocol PreparedStatistic: Sendable {
    /// The estimates at some weights, one a row; those of a replicate may be 0. Not finite where there is none.
    func values(weights: [Double]) throws(Problem) -> [Double]

    /// For each estimate the influence of each row: the derivative of the estimate by the row's weight.
    func influences(weights: [Double]) throws(Problem) -> [[Double]]

    /// What the variance of each estimate lacks besides the sampling of rows; `fractions` are the rows' sampling fractions.
    func addedVariances(weights: [Double], fractions: [Double]) -> [Double]
}

extension PreparedStatistic {
    public func addedVariances(weights: [Double], fractions: [Double]) -> [Double] { [] }
}

/// What tells one estimate of a statistic from the others.
public struct EstimateLabel: Sendable {
    public let answer: String?
    public let parameter: Estimate.Parameter?

    public init(answer: String? = nil, parameter: Estimate.Parameter? = nil) {
        self.answer = answer
        self.parameter = parameter
    }
}

/// Where an interval is symmetric about the estimate.
public enum IntervalScale: Sendable {
    /// On the scale of the estimate.
    case plain
    /// As that of a share, by the rule for shares.
    case share
    /// As that of a correlation.
    case correlation
}

extension GroupStatistic {
    public var labels: [EstimateLabel] { [EstimateLabel()] }
    public var scale: IntervalScale { .plain }

    var estimateCount: Int { labels.count }
}
