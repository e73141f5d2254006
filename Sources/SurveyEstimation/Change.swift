/// The difference of one figure between two samples: two waves, or two groups of one.
public struct Change: Sendable {
    /// What the interval says of the difference.
    public enum Verdict: String, Sendable, CaseIterable {
        /// The interval lies above 0.
        case increase
        /// The interval lies below 0.
        case decrease
        /// The interval holds 0 and is narrow enough to say so.
        case noChangeShown = "no-change-shown"
        /// The interval is missing, or so wide that a change that matters would not be seen.
        case tooImprecise = "too-imprecise"
    }

    /// How two samples hang together.
    public enum Overlap: String, Sendable, CaseIterable {
        /// Drawn apart: no covariance.
        case independent
        /// PSUs of one label are the same; covariance through the shared ones.
        case exact
        /// As `exact`, by the correlation over the shared PSUs: never a negative variance.
        case correlation
        /// All PSUs as one sample.
        case stacked
    }

    /// How the degrees of freedom of a difference are found.
    public enum DegreesOfFreedom: Sendable, Equatable {
        /// PSUs less strata behind either estimate, shared ones counted once; of independent samples the sum of both.
        case design
        /// The same over the whole samples.
        case full
        case infinite
        case number(Double)
        /// (V₁ + V₂)² / (V₁²/ν₁ + V₂²/ν₂), for independent samples only.
        case satterthwaite

        /// Takes the rule of the estimates over.
        public init(_ rule: EstimationOptions.DegreesOfFreedom) {
            self =
                switch rule {
                case .design: .design
                case .full: .full
                case .infinite: .infinite
                case .number(let number): .number(number)
                }
        }
    }

    public let from: Estimate
    public let to: Estimate
    public let difference: Double?
    public let standardError: Double?
    public let low: Double?
    public let high: Double?
    public let level: Double
    public let degreesOfFreedom: Double?
    /// The correlation of the two estimates; 0 for independent samples.
    public let correlation: Double?
    /// The probability of a difference at least as large if there were none (two-sided t).
    public let p: Double?
    /// PSUs that are in both samples.
    public let sharedPSUs: Int
    /// Those of them that are the only shared one of their strata: no covariance can be found from one, and 0 is taken.
    public internal(set) var singleSharedPSUs = 0
    /// The half-width of the interval up to which "no change" can be said.
    public internal(set) var precision: Double?
    /// The overlap rule really used, after any fall-back.
    public let overlap: Overlap
    public let verdict: Verdict

    public init(
        from: Estimate, to: Estimate, difference: Double?, standardError: Double?, low: Double?, high: Double?,
        level: Double, degreesOfFreedom: Double?, correlation: Double?, p: Double?, sharedPSUs: Int, overlap: Overlap,
        verdict: Verdict
    ) {
        self.from = from
        self.to = to
        self.difference = difference
        self.standardError = standardError
        self.low = low
        self.high = high
        self.level = level
        self.degreesOfFreedom = degreesOfFreedom
        self.correlation = correlation
        self.p = p
        self.sharedPSUs = sharedPSUs
        self.overlap = overlap
        self.verdict = verdict
    }
}
