/// Finds where a continuous function crosses 0.
///
/// Source: Brent (1973), Algorithms for Minimization without Derivatives, chapter 4.
public enum Root {
    /// Returns a point between `low` and `high` at which the function is 0, to the precision of a Double.
    ///
    /// Nil if the ends have the same sign, if the function is undefined on the way, or after 200 steps.
    public static func between(_ low: Double, _ high: Double, of function: (Double) -> Double?) -> Double? {
        // b is the best point, a the one before, c the other end of the bracket; d and e are the last two steps.
        var (a, b) = (low, high)
        guard var fa = function(a), var fb = function(b) else { return nil }
        if fa == 0 { return a }
        if fb == 0 { return b }
        guard fa.sign != fb.sign else { return nil }
        var (c, fc) = (a, fa)
        var d = b - a
        var e = d
        for _ in 0..<200 {
            if fb.sign == fc.sign { (c, fc, d, e) = (a, fa, b - a, b - a) }
            if abs(fc) < abs(fb) { (a, b, c, fa, fb, fc) = (b, c, b, fb, fc, fb) }
            let tolerance = 2 * abs(b).ulp
            let middle = (c - b) / 2
            if abs(middle) <= tolerance || fb == 0 { return b }
            if abs(e) >= tolerance, abs(fa) > abs(fb) {
                let step = interpolation(a, b, c, fa, fb, fc, middle)
                if 2 * step.p < min(3 * middle * step.q - abs(tolerance * step.q), abs(e * step.q)) {
                    (e, d) = (d, step.p / step.q)
                } else {
                    (d, e) = (middle, middle)
                }
            } else {
                (d, e) = (middle, middle)
            }
            (a, fa) = (b, fb)
            b += abs(d) > tolerance ? d : (middle > 0 ? tolerance : -tolerance)
            guard let next = function(b) else { return nil }
            fb = next
        }
        return nil
    }

    /// The step p/q by inverse quadratic interpolation, or by the secant while only two points are known; p ≥ 0.
    private static func interpolation(
        _ a: Double, _ b: Double, _ c: Double, _ fa: Double, _ fb: Double, _ fc: Double, _ middle: Double
    ) -> (p: Double, q: Double) {
        let s = fb / fa
        var p: Double
        var q: Double
        if a == c {
            p = 2 * middle * s
            q = 1 - s
        } else {
            let (t, r) = (fa / fc, fb / fc)
            p = s * (2 * middle * t * (t - r) - (b - a) * (r - 1))
            q = (t - 1) * (r - 1) * (s - 1)
        }
        if p > 0 { q = -q } else { p = -p }
        return (p, q)
    }
}
