internal import Glibc
internal import SurveyMath

/// Puts a value in the place of what a tally estimated, with the interval that goes with it.
struct EstimateFinish {
    private let options: EstimationOptions
    private var quantiles: [Double: Double?] = [:]

    init(_ options: EstimationOptions) { self.options = options }

    /// The quantile of t for the level of the options.
    mutating func t(_ freedom: Double) -> Double? {
        if let known = quantiles[freedom] { return known }
        let found = StudentT.quantile((1 + options.level) / 2, degreesOfFreedom: freedom)
        quantiles[freedom] = .some(found)
        return found
    }

    /// The estimate with another value and the standard error of the row.
    mutating func finished(
        _ row: Estimate, value: Double?, label: EstimateLabel, scale: IntervalScale, addedVariance: Double = 0
    ) -> Estimate {
        var parts = EstimateParts(row)
        (parts.answer, parts.parameter) = (label.answer, label.parameter)
        (parts.low, parts.high, parts.method) = (nil, nil, nil)
        parts.value = value
        guard let value else {
            parts.withdraw()
            return parts.estimate(like: row)
        }
        if row.statistic == .sensitive, !(0...1).contains(value) { parts.add(.outsideRange) }
        if addedVariance != 0, let error = parts.error {
            parts.error = max(0, error * error + addedVariance).squareRoot()
        }
        let isEdge = scale.isShare && (value == 0 || value == 1) && row.nBase > 0
        if isEdge {
            (parts.error, parts.effect, parts.effectiveN) = (0, nil, nil)
            parts.add(.edge)
        }
        guard let error = parts.error, let freedom = row.degreesOfFreedom, freedom >= 1, let t = t(freedom) else {
            return parts.estimate(like: row)
        }
        var limits: (low: Double, high: Double, method: String)?
        switch scale {
        case .plain: limits = (value - t * error, value + t * error, "mean")
        case .correlation where options.correlationInterval == .mean || abs(value) >= 1 || error == 0:
            limits = (value - t * error, value + t * error, "mean")
        case .correlation:
            let centre = atanh(value)
            let margin = t * error / (1 - value * value)
            limits = (tanh(centre - margin), tanh(centre + margin), "fisher")
        case .share:
            let interval = ShareInterval(
                share: value, variance: error * error, n: row.nBase, degreesOfFreedom: freedom, level: options.level,
                t: t, clipsArcsine: options.clipsArcsine, edgeDesignEffect: options.edgeDesignEffect)
            limits = isEdge ? interval.edgeLimits() : interval.limits(by: options.shareInterval)
        }
        if let limits, limits.low.isFinite, limits.high.isFinite {
            (parts.low, parts.high, parts.method) = (limits.low, limits.high, limits.method)
        }
        return parts.estimate(like: row)
    }
}

extension IntervalScale {
    fileprivate var isShare: Bool { if case .share = self { true } else { false } }
}

/// What differs between the estimate of a tally and the one that is made of it.
struct EstimateParts {
    var answer: String?
    var parameter: Estimate.Parameter?
    var value: Double?
    var error: Double?
    var low: Double?
    var high: Double?
    var method: String?
    var n: Int
    var effectiveN: Double?
    var effect: Double?
    var flags: [Estimate.Flag]

    init(_ row: Estimate) {
        (answer, parameter, value, error) = (row.answer, row.parameter, row.value, row.standardError)
        (low, high, method, n) = (row.low, row.high, row.intervalMethod, row.n)
        (effectiveN, effect, flags) = (row.effectiveN, row.designEffect, row.flags)
    }

    mutating func add(_ flag: Estimate.Flag) {
        if !flags.contains(flag) { flags.append(flag) }
    }

    /// There is no value, and nothing that belongs to one.
    mutating func withdraw() {
        (value, error, low, high, method) = (nil, nil, nil, nil, nil)
        (effectiveN, effect) = (nil, nil)
        flags.removeAll { $0 == .edge }
        if !flags.contains(.emptyDomain) { add(.undefined) }
    }

    func estimate(like row: Estimate) -> Estimate {
        var estimate = Estimate(
            statistic: row.statistic, variable: row.variable, answer: answer, by: row.by, value: value,
            standardError: error, low: low, high: high, intervalMethod: method, level: row.level,
            degreesOfFreedom: row.degreesOfFreedom, n: n, nBase: row.nBase, psus: row.psus,
            sumWeights: row.sumWeights, effectiveN: effectiveN, designEffect: effect,
            designEffectKind: effect == nil ? nil : row.designEffectKind, flags: flags)
        estimate.parameter = parameter
        return estimate
    }
}
