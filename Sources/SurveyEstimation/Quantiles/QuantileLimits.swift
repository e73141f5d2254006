/// The ends of a quantile's interval.
///
///     [Q(p_L), Q(p_U)],  p_L and p_U the interval of the share of the weight up to the quantile;  SE = (U − L)/(2t)
///
/// An end below 0 or above 1 is beyond the sample: open. A quantile that is the greatest number of its group has the
/// interval of Korn and Graubard for a share of 1.
/// Source: Woodruff (1952); Documentation/Methods.md, "Quantiles".
struct QuantileLimits {
    /// Ends that were found otherwise; nil is open.
    struct Ends {
        var low: Double?
        var high: Double?
    }

    private let options: EstimationOptions

    init(_ options: EstimationOptions) { self.options = options }

    /// Sets interval and standard error of a quantile; `row` is the share up to it.
    func setEnds(
        of parts: inout EstimateParts, _ row: Estimate, p: Double, t: Double, _ distribution: WeightedDistribution,
        tested: Ends?
    ) {
        let found: (ends: Ends, method: String)
        if let tested {
            found = (tested, EstimationOptions.QuantileInterval.score.rawValue)
        } else {
            guard let shares = shares(row, p: p, t: t) else { return }
            var ends = ends(shares, distribution)
            // The greatest number bounds the quantile only if its share is surely p and more.
            if hasEdge(row), shares.low < p { ends.high = nil }
            found = (ends, shares.method)
        }
        var (low, high) = (found.ends.low, found.ends.high)
        if low == nil || high == nil {
            parts.add(.openEnd)
            if options.openEnd == .extreme {
                low = low ?? distribution.values.first
                high = high ?? distribution.values.last
            }
        }
        (parts.low, parts.high, parts.method) = (low, high, found.method)
        guard let low, let high else { return }
        let error = (high - low) / (2 * t)
        parts.error = error.isFinite ? error : nil
    }

    /// The interval of the share up to the quantile, or for the rules of earlier versions that of p with its variance.
    private func shares(_ row: Estimate, p: Double, t: Double) -> (low: Double, high: Double, method: String)? {
        guard let share = row.value, let error = row.standardError, let freedom = row.degreesOfFreedom else {
            return nil
        }
        let interval = ShareInterval(
            share: options.quantileRule.isCentredOnP ? p : share, variance: error * error, n: row.nBase,
            degreesOfFreedom: freedom, level: row.level, t: t, clipsArcsine: options.clipsArcsine,
            edgeDesignEffect: options.edgeDesignEffect)
        if hasEdge(row) { return interval.edgeLimits() }
        let method: EstimationOptions.ShareInterval =
            switch options.quantileInterval {
            case .mean, .score, .replicate: .mean
            case .logit: .logit
            case .beta: .beta
            case .asin: .asin
            }
        return interval.limits(by: method)
    }

    /// True if the quantile is the greatest number of its group, where the share's variance is 0 and says nothing.
    private func hasEdge(_ row: Estimate) -> Bool {
        row.flags.contains(.edge) && options.quantilesHaveEdges && !options.quantileRule.isCentredOnP
    }

    private func ends(_ shares: (low: Double, high: Double, method: String), _ distribution: WeightedDistribution)
        -> Ends
    {
        let rule = options.quantileRule
        func value(_ p: Double) -> Double? { distribution.quantile(p, by: rule, belowFirst: options.belowFirst) }
        // The rules of earlier versions are flat beyond the sample.
        return Ends(
            low: shares.low < 0 && !rule.isCentredOnP ? nil : value(shares.low),
            high: shares.high > 1 && !rule.isCentredOnP ? nil : value(shares.high))
    }
}
