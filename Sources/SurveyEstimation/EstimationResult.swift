public import SurveyProblems

/// Estimates in the order in which they were asked for, with what a reader must know of all of them.
public struct EstimationResult: Sendable {
    /// By measure, breakdown, group and answer.
    public let rows: [Estimate]
    /// Cautions of the design and of the request.
    public let cautions: [Problem]
    /// The covariances of `rows`, if the options asked for them.
    public let covariance: CovarianceMatrix?

    public init(rows: [Estimate], cautions: [Problem], covariance: CovarianceMatrix? = nil) {
        self.rows = rows
        self.cautions = cautions
        self.covariance = covariance
    }
}
