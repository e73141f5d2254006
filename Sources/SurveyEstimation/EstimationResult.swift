public import SurveyDesign
public import SurveyProblems

/// Estimates in the order in which they were asked for, with what a reader must know of all of them.
public struct EstimationResult: Sendable {
    /// By measure, breakdown, group and answer.
    public let rows: [Estimate]
    /// Cautions of the design and of the request.
    public let cautions: [Problem]
    /// The covariances of `rows`, if the options asked for them.
    public let covariance: CovarianceMatrix?
    /// For each row the sum of weighted influences of each unit of `design` (PSU where sampling has
    /// one stage), before centring.
    ///
    /// Calibration residuals are already taken; not-a-number where the estimate is undefined. Empty unless the options
    /// asked for it.
    public internal(set) var influences: [[Double]] = []
    /// For each row by how much each replicate changes the estimate, not-a-number in replicates that do not have it.
    ///
    /// Empty unless the options asked for it, and for rows whose variance is not that of their own replicates.
    public internal(set) var replicateChanges: [[Double]] = []
    /// For each row the PSUs behind it; empty unless the options asked for influences.
    public internal(set) var supports: [PSUSupport] = []
    /// The sample whose PSUs the influences speak of: without the rows that `listwise` took out.
    public internal(set) var design: SampleDesign?

    public init(rows: [Estimate], cautions: [Problem], covariance: CovarianceMatrix? = nil) {
        self.rows = rows
        self.cautions = cautions
        self.covariance = covariance
    }
}
