internal import CGSL

/// The distribution of the ratio of two mean squares.
public enum FDistribution {
    /// Returns the probability of a greater value; nil unless both degrees of freedom are positive and finite.
    public static func upperTail(_ f: Double, _ numerator: Double, _ denominator: Double) -> Double? {
        guard numerator > 0, denominator > 0, numerator.isFinite, denominator.isFinite else { return nil }
        return MathLibrary.checked { gsl_cdf_fdist_Q(f, numerator, denominator) }
    }
}
