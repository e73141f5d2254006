internal import CGSL
internal import Glibc

/// The normal distribution with mean 0 and variance 1.
public enum StandardNormal {
    /// Returns the value below which a share `p` lies; nil unless 0 < p < 1.
    public static func quantile(_ p: Double) -> Double? {
        guard p > 0, p < 1 else { return nil }
        return MathLibrary.checked { gsl_cdf_ugaussian_Pinv(p) }
    }

    /// Returns the probability of a greater value; stays exact far out, where 1 − P would be 0.
    ///
    /// Checked: mpmath 1.3.0, Tests/Reference/upper-tails.json.
    public static func upperTail(_ x: Double) -> Double? {
        x.isNaN ? nil : erfc(x * 0.5.squareRoot()) / 2
    }
}
