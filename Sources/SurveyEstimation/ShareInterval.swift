internal import Glibc
internal import SurveyMath

/// Intervals for a share, in the scale where they stay between 0 and 1.
///
/// Source: Korn and Graubard (1998) for `beta`; Parker et al. (2017) for `korn-graubard`; Wilson (1927) for `wilson`;
/// Rao and Scott (1984) for the scaled `likelihood`;
/// Documentation/Methods.md, "Intervals for a share".
struct ShareInterval {
    let share: Double
    let variance: Double
    /// Rows with an answer in the domain.
    let n: Int
    let degreesOfFreedom: Double
    let level: Double
    /// The quantile of t with the estimate's degrees of freedom.
    let t: Double
    /// Ends the arcsine scale at 0 and π/2.
    var clipsArcsine = true
    /// What n is divided by where the share is 0 or 1.
    var edgeDesignEffect = 1.0

    /// Returns the limits and the method really used, nil where the method is not defined.
    func limits(by method: EstimationOptions.ShareInterval) -> (low: Double, high: Double, method: String)? {
        // Negative weights can push a share out of 0…1, where only the plain interval exists.
        guard share >= 0, share <= 1 else { return named(wald, "mean") }
        guard variance > 0 else {
            return method == .kornGraubard
                ? named(beta(size: Double(n)), method.rawValue) : (share, share, method.rawValue)
        }
        return switch method {
        case .mean: named(wald, method.rawValue)
        case .logit: named(logit, method.rawValue)
        case .beta: named(effectiveSize.flatMap(beta(size:)), method.rawValue)
        case .kornGraubard: named(effectiveSize.flatMap { beta(size: min(Double(n), $0)) }, method.rawValue)
        case .asin: named(arcsine, method.rawValue)
        case .wilson: named(wilson, method.rawValue)
        case .likelihood: named(likelihood, method.rawValue)
        }
    }

    /// The interval of a share of exactly 0 or 1, where the variance says nothing: that of independent rows.
    func edgeLimits() -> (low: Double, high: Double, method: String)? {
        named(beta(size: Double(n) / edgeDesignEffect), EstimationOptions.ShareInterval.kornGraubard.rawValue)
    }

    private func named(_ limits: (low: Double, high: Double)?, _ method: String) -> (
        low: Double, high: Double, method: String
    )? {
        limits.map { ($0.low, $0.high, method) }
    }

    private var wald: (low: Double, high: Double)? {
        let margin = t * variance.squareRoot()
        return (share - margin, share + margin)
    }

    private var logit: (low: Double, high: Double)? {
        let centre = log(share / (1 - share))
        let margin = t * variance.squareRoot() / (share * (1 - share))
        return (1 / (1 + exp(margin - centre)), 1 / (1 + exp(-centre - margin)))
    }

    /// On the scale where the variance of a binomial share does not depend on it.
    private var arcsine: (low: Double, high: Double)? {
        let centre = asin(share.squareRoot())
        let margin = t * variance.squareRoot() / (2 * (share * (1 - share)).squareRoot())
        func back(_ angle: Double) -> Double {
            let root = sin(clipsArcsine ? min(max(angle, 0), .pi / 2) : angle)
            return root * root
        }
        return (back(centre - margin), back(centre + margin))
    }

    /// The score interval with the effective sample size p(1 − p)/v.
    private var wilson: (low: Double, high: Double)? {
        let size = share * (1 - share) / variance
        let square = t * t
        let centre = share + square / (2 * size)
        let margin = t * (share * (1 - share) / size + square / (4 * size * size)).squareRoot()
        let scale = 1 + square / size
        return ((centre - margin) / scale, (centre + margin) / scale)
    }

    /// The shares q whose likelihood ratio, scaled by the design effect, is within t².
    ///
    ///     2n [p log(p/q) + (1 − p) log((1 − p)/(1 − q))] = t² · n v/(p(1 − p)) · n/(n − 1)
    ///
    /// Solved on the logit scale to the precision of a Double.
    private var likelihood: (low: Double, high: Double)? {
        guard n > 1 else { return nil }
        let count = Double(n)
        let target = t * t * count * variance / (share * (1 - share)) * count / (count - 1)
        let centre = log(share / (1 - share))
        func excess(_ logit: Double) -> Double {
            // −log(1 + e^−x) and −log(1 + e^x), the logarithms of q and 1 − q, without overflow.
            let yes = min(logit, 0) - log1p(exp(-abs(logit)))
            let no = -max(logit, 0) - log1p(exp(-abs(logit)))
            return 2 * count * (share * (log(share) - yes) + (1 - share) * (log1p(-share) - no)) - target
        }
        let furthest = 700.0
        func end(_ side: Double) -> Double? {
            let outside = centre + side * furthest
            // A likelihood that never falls so low leaves the end at 0 or 1.
            guard excess(outside) > 0 else { return side < 0 ? 0 : 1 }
            return Root.between(centre, outside, of: excess).map { 1 / (1 + exp(-$0)) }
        }
        guard let low = end(-1), let high = end(1) else { return nil }
        return (low, high)
    }

    /// The effective sample size p(1 − p)/v, corrected for the degrees of freedom.
    private var effectiveSize: Double? {
        guard n > 1, let plain = StudentT.quantile((1 + level) / 2, degreesOfFreedom: Double(n - 1)) else { return nil }
        let ratio = plain / t
        return share * (1 - share) / variance * ratio * ratio
    }

    /// The exact binomial interval with `size` trials, in beta quantiles.
    private func beta(size: Double) -> (low: Double, high: Double)? {
        let (yes, no) = (size * share, size * (1 - share))
        let tail = (1 - level) / 2
        guard
            let low = yes > 0 ? BetaDistribution.quantile(tail, yes, no + 1) : 0,
            let high = no > 0 ? BetaDistribution.quantile(1 - tail, yes + 1, no) : 1
        else { return nil }
        return (low, high)
    }
}
