public import SurveyMath

/// Contrasts of one result, each tested against 0 and all of them together.
public struct ContrastResult: Sendable {
    /// One contrast.
    public struct Row: Sendable {
        /// Statistic `contrast`, the text of the expression as its variable; interval ± t, or on the log scale.
        public let estimate: Estimate
        /// Its test against 0, against 1 where the interval is on the log scale; nil where there is none.
        public internal(set) var test: TestResult?
    }

    public internal(set) var rows: [Row]
    /// J V J'; not-a-number where a contrast is not defined.
    public let covariance: Matrix
    /// Whether all contrasts are 0 together: F on (k, ν); nil of one contrast, or where it cannot be computed.
    public let joint: TestResult?
}
