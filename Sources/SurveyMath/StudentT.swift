internal import CGSL

/// Student's t distribution; with infinitely many degrees of freedom it is the standard normal one.
public enum StudentT {
    /// Returns the value below which a share `p` lies; nil unless 0 < p < 1 and the degrees of freedom are positive.
    public static func quantile(_ p: Double, degreesOfFreedom: Double) -> Double? {
        guard p > 0, p < 1, degreesOfFreedom > 0 else { return nil }
        if degreesOfFreedom.isInfinite { return StandardNormal.quantile(p) }
        return MathLibrary.checked { gsl_cdf_tdist_Pinv(p, degreesOfFreedom) }
    }

    /// Returns the probability of a greater value; below 1e-16 only six digits hold.
    public static func upperTail(_ t: Double, degreesOfFreedom: Double) -> Double? {
        guard degreesOfFreedom > 0 else { return nil }
        if degreesOfFreedom.isInfinite { return StandardNormal.upperTail(t) }
        return MathLibrary.checked { gsl_cdf_tdist_Q(t, degreesOfFreedom) }
    }
}
