internal import SurveyEstimation
internal import SurveyMath

/// Judges whether a share is precise enough to be shown, by the presentation standard of the NCHS.
///
///     n* = min(n, p(1 − p)/v)      m = min(n, p(1 − p)/v · (t_{n−1}/t_ν)²)
///     low = BetaInv(0.025; mp, m(1 − p) + 1)      high = BetaInv(0.975; mp + 1, m(1 − p))      width c = high − low
///
/// Hidden if n or n* is below 30, or c ≥ 0.30, or c > 0.05 and c/p > 1.30. Where c > 0.05 and c/(1 − p) > 1.30 the share is
/// shown and its complement is not to be trusted. At p = 0 and p = 1, and with fewer than 8 degrees of freedom, a person
/// should look at it; at p = 0 and 1 the rules of width are not applied.
///
/// - Missing: a share without standard error or degrees of freedom is not precise.
/// - Source: Parker et al. (2017), National Center for Health Statistics (NCHS) Data Presentation Standards for
///   Proportions, Vital and Health Statistics 2(175); interval of Korn and Graubard (1998).
struct ShareStandard {
    let isPrecise: Bool
    let notes: [IndicatorResult.Note]

    private static let leastN = 30.0
    private static let leastDegreesOfFreedom = 8.0
    private static let precise = 0.05
    private static let imprecise = 0.30
    private static let greatestRelativeWidth = 1.30

    init(_ estimate: Estimate) {
        guard let p = estimate.value, p >= 0, p <= 1 else {
            isPrecise = false
            notes = []
            return
        }
        let n = Double(estimate.nBase)
        if p == 0 || p == 1 {
            isPrecise = n >= ShareStandard.leastN
            notes = [.review]
            return
        }
        guard let error = estimate.standardError, let freedom = estimate.degreesOfFreedom, freedom > 0,
            let width = ShareStandard.width(p: p, variance: error * error, n: n, degreesOfFreedom: freedom)
        else {
            isPrecise = false
            notes = []
            return
        }
        let effective = error > 0 ? min(n, p * (1 - p) / (error * error)) : n
        let review: [IndicatorResult.Note] = freedom < ShareStandard.leastDegreesOfFreedom ? [.review] : []
        if n < ShareStandard.leastN || effective < ShareStandard.leastN {
            isPrecise = false
            notes = []
        } else if width <= ShareStandard.precise {
            isPrecise = true
            notes = review
        } else if width >= ShareStandard.imprecise || width / p > ShareStandard.greatestRelativeWidth {
            isPrecise = false
            notes = []
        } else {
            isPrecise = true
            let complement = width / (1 - p) > ShareStandard.greatestRelativeWidth
            notes = (complement ? [.complementImprecise] : []) + review
        }
    }

    /// The width of the 95 % interval of Korn and Graubard.
    static func width(p: Double, variance: Double, n: Double, degreesOfFreedom: Double) -> Double? {
        guard n > 1 else { return nil }
        let simple = StudentT.quantile(0.975, degreesOfFreedom: n - 1)
        let design = StudentT.quantile(0.975, degreesOfFreedom: degreesOfFreedom)
        guard let simple, let design else { return nil }
        let ratio = simple / design
        let m = variance > 0 ? min(n, p * (1 - p) / variance * ratio * ratio) : n
        let low = BetaDistribution.quantile(0.025, m * p, m * (1 - p) + 1)
        let high = BetaDistribution.quantile(0.975, m * p + 1, m * (1 - p))
        guard let low, let high else { return nil }
        return high - low
    }
}
