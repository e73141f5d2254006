internal import CGSL
internal import Glibc

/// The beta distribution on 0…1 with two positive shapes.
public enum BetaDistribution {
    /// Returns the probability of a value up to `x`.
    public static func lowerTail(_ x: Double, _ a: Double, _ b: Double) -> Double? {
        guard a > 0, b > 0, a.isFinite, b.isFinite else { return nil }
        return MathLibrary.checked { gsl_cdf_beta_P(min(max(x, 0), 1), a, b) }
    }

    /// Returns the value below which a share `p` lies.
    ///
    /// GSL's inverse returned no number for one in fifty realistic shapes (version 2.7.1); wherever it fails, or its
    /// value does not give `p` back to 1e-12, the equation is solved by Brent's method instead.
    public static func quantile(_ p: Double, _ a: Double, _ b: Double) -> Double? {
        guard p > 0, p < 1, a > 0, b > 0, a.isFinite, b.isFinite else { return nil }
        if let x = MathLibrary.checked({ gsl_cdf_beta_Pinv(p, a, b) }), let back = lowerTail(x, a, b),
            abs(back - p) <= 1e-12
        {
            return x
        }
        return solvedQuantile(p, a, b)
    }

    /// The same by root finding alone; 0 where the value is too small for a Double.
    ///
    /// Works on log x, since a small shape puts quantiles hundreds of powers of ten below 1.
    static func solvedQuantile(_ p: Double, _ a: Double, _ b: Double) -> Double? {
        let least = Double.leastNormalMagnitude
        guard let lowest = lowerTail(least, a, b) else { return nil }
        if lowest >= p { return 0 }
        return Root.between(log(least), 0) { logarithm in lowerTail(exp(logarithm), a, b).map { $0 - p } }.map {
            exp($0)
        }
    }
}
