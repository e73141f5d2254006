extension EstimationOptions {
    /// How a quantile is read off a weighted distribution; each rule stands in ``WeightedDistribution``.
    public enum QuantileRule: String, Sendable, CaseIterable {
        case math, school, hf1, hf2, hf3, hf4, hf5, hf6, hf7, hf8, hf9, shahvaish
        /// Linear between rows, with an interval around p itself: R survey before 4.1, `ties = "discrete"`.
        case interpolated
        /// The same between distinct values: R survey before 4.1, `ties = "rounded"`.
        case interpolatedDistinct = "interpolated-distinct"

        /// True for the rules whose interval lies around p, not around the share up to the quantile.
        var isCentredOnP: Bool { self == .interpolated || self == .interpolatedDistinct }
    }

    /// The interval of a quantile: Woodruff's by the interval of a share, the inverted test, or that of replicates.
    public enum QuantileInterval: String, Sendable, CaseIterable { case mean, logit, beta, asin, score, replicate }

    /// An end of a quantile's interval beyond the sample: left empty, or the extreme value of the sample.
    public enum OpenEnd: String, Sendable, CaseIterable { case empty, extreme }

    /// The interval of a correlation: on Fisher's scale, where it stays between −1 and 1, or plain.
    public enum CorrelationInterval: String, Sendable, CaseIterable { case fisher, mean }

    /// What a quantile is whose p lies below the first value's share; R survey 4.1 takes the second row.
    public enum BelowFirst: Sendable { case firstValue, secondRow }
}
