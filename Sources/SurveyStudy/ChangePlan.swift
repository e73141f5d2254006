public import SurveyEstimation

/// Which changes between waves a study computes, and how.
public struct ChangePlan: Sendable {
    /// How the samples of the waves hang together.
    public let overlap: Change.Overlap
    /// The earlier and the later wave of each pair, in the order in which they are reported.
    public let pairs: [(from: String, to: String)]
    /// The half-width up to which "no change" can be said, for figures in percent: 0.05 is 5 percentage points.
    public let precision: Double?

    public init(overlap: Change.Overlap, pairs: [(from: String, to: String)], precision: Double?) {
        self.overlap = overlap
        self.pairs = pairs
        self.precision = precision
    }
}
