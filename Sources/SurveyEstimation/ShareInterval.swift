internal import Glibc
internal import SurveyMath

/// Intervals for a share, in the scale where they stay between 0 and 1.
///
/// Source: Korn and Graubard (1998) for `beta`; Parker et al. (2017) for `korn-graubard`;
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
        }
    }

    /// The interval of a share of exactly 0 or 1, where the variance says nothing: that of n independent rows.
    func edgeLimits() -> (low: Double, high: Double, method: String)? {
        named(beta(size: Double(n)), EstimationOptions.ShareInterval.kornGraubard.rawValue)
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
