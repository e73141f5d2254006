public import SurveyProblems

/// A sample drawn from a frame.
public struct DrawnFrame: Sendable {
    /// The drawn rows, as they follow in the frame.
    public let units: [DrawnUnit]
    public let strata: [DrawnStratum]
    /// The probabilities of pairs of units of the first stage, in the order in which `units` first names them; nil unless
    /// they were asked for.
    public let pairs: [[Double]]?
    public let cautions: [Problem]
}
