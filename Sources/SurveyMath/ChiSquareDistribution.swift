internal import Glibc

/// The distribution of a sum of squares of standard normal numbers.
public enum ChiSquareDistribution {
    /// Returns the probability of a greater value, also where it is very small; nil unless the degrees of freedom are
    /// positive and finite.
    ///
    /// Source: DLMF (Olver et al. 2010), 8.7.1 below the mean and 8.9.2 above it.
    ///   Checked: mpmath 1.3.0, Tests/Reference/upper-tails.json.
    public static func upperTail(_ value: Double, degreesOfFreedom: Double) -> Double? {
        guard degreesOfFreedom > 0, degreesOfFreedom.isFinite, !value.isNaN else { return nil }
        if value <= 0 { return 1 }
        if value.isInfinite { return 0 }
        let (a, x) = (degreesOfFreedom / 2, value / 2)
        let front =
            exp(-StirlingSeries.deviance(a, x) - StirlingSeries.correction(a)) * (a / (2 * .pi)).squareRoot()
        return x < a + 1 ? lowerSeries(a, x).map { 1 - front * $0 } : upperFraction(a, x).map { front * $0 }
    }

    /// Σ xⁿ / (a (a + 1) … (a + n)).
    private static func lowerSeries(_ a: Double, _ x: Double) -> Double? {
        var term = 1 / a
        var sum = term
        for step in 1...2_000_000 {
            term *= x / (a + Double(step))
            sum += term
            if term < sum * 1e-17 { return sum }
        }
        return nil
    }

    /// 1/(x + 1 − a − 1·(1 − a)/(x + 3 − a − …)).
    private static func upperFraction(_ a: Double, _ x: Double) -> Double? {
        let tiny = 1e-300
        var b = x + 1 - a
        var c = 1 / tiny
        var d = 1 / (abs(b) < tiny ? tiny : b)
        var fraction = d
        for step in 1...2_000_000 {
            let n = Double(step)
            let numerator = -n * (n - a)
            b += 2
            d = numerator * d + b
            d = 1 / (abs(d) < tiny ? tiny : d)
            c = b + numerator / c
            c = abs(c) < tiny ? tiny : c
            fraction *= d * c
            if abs(d * c - 1) < 1e-16 { return fraction }
        }
        return nil
    }
}
