/// The distribution of the ratio of two mean squares.
public enum FDistribution {
    /// Returns the probability of a greater value, also where it is very small; nil unless both degrees of freedom are
    /// positive and those of the numerator finite.
    ///
    /// With infinitely many degrees of freedom below, f times those above is chi-square.
    /// Checked: mpmath 1.3.0, Tests/Reference/upper-tails.json.
    public static func upperTail(_ f: Double, _ numerator: Double, _ denominator: Double) -> Double? {
        guard numerator > 0, denominator > 0, numerator.isFinite, !f.isNaN else { return nil }
        if denominator.isInfinite {
            return ChiSquareDistribution.upperTail(f * numerator, degreesOfFreedom: numerator)
        }
        if f <= 0 { return 1 }
        let ratio = numerator / denominator * f
        if ratio.isInfinite { return 0 }
        return IncompleteBeta.lower(1 / (1 + ratio), ratio / (1 + ratio), denominator / 2, numerator / 2)
    }
}
