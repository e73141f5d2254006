internal import CGSL

/// Student's t distribution; with infinitely many degrees of freedom it is the standard normal one.
public enum StudentT {
    /// Returns the value below which a share `p` lies; nil unless 0 < p < 1 and the degrees of freedom are positive.
    public static func quantile(_ p: Double, degreesOfFreedom: Double) -> Double? {
        guard p > 0, p < 1, degreesOfFreedom > 0 else { return nil }
        if degreesOfFreedom.isInfinite { return StandardNormal.quantile(p) }
        return MathLibrary.checked { gsl_cdf_tdist_Pinv(p, degreesOfFreedom) }
    }

    /// Returns the probability of a greater value, also where it is very small.
    ///
    /// Checked: mpmath 1.3.0, Tests/Reference/upper-tails.json.
    public static func upperTail(_ t: Double, degreesOfFreedom: Double) -> Double? {
        guard degreesOfFreedom > 0, !t.isNaN else { return nil }
        if degreesOfFreedom.isInfinite { return StandardNormal.upperTail(t) }
        if t < 0 { return upperTail(-t, degreesOfFreedom: degreesOfFreedom).map { 1 - $0 } }
        let ratio = t * (t / degreesOfFreedom)
        if ratio.isInfinite { return 0 }
        return IncompleteBeta.lower(1 / (1 + ratio), ratio / (1 + ratio), degreesOfFreedom / 2, 0.5).map { $0 / 2 }
    }

    /// Returns the probability of a value at least as far from 0, on either side.
    public static func bothTails(_ t: Double, degreesOfFreedom: Double) -> Double? {
        upperTail(abs(t), degreesOfFreedom: degreesOfFreedom).map { min(1, 2 * $0) }
    }
}
