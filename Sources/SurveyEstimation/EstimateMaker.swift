internal import SurveyDesign
internal import SurveyMath
internal import SurveyProblems

/// Turns the tally of one variable in one breakdown into estimates.
struct EstimateMaker {
    let design: SampleDesign
    let options: EstimationOptions
    /// Rows and weights of the whole base: what the design effect of a count compares with.
    let whole: (n: Int, weights: Double)
    /// Quantiles of t by degrees of freedom.
    private var quantiles: [Double: Double?] = [:]
    /// Degrees of freedom by group, where replicates give them.
    private var freedoms: [Double]?

    init(design: SampleDesign, options: EstimationOptions, whole: (n: Int, weights: Double)) {
        self.design = design
        self.options = options
        self.whole = whole
    }

    /// Estimates by group and answer, and the unit sums behind them if they are wanted.
    struct Block {
        var rows: [[Estimate]]
        var unitSums: LinearizedVariance.UnitSums?
    }

    /// The totals of one group for one estimator, and what follows from them.
    private struct Point {
        var value: Double?
        var spread: Double?
        /// What the rounding errors of the value are measured against.
        var size = 0.0
    }

    /// Estimates of one tally; `calibrated` gives the unit sums less calibration, where weights were calibrated.
    mutating func block(
        of variable: TallyVariable, measure: Measure, tally: Tally, workspace: TallyWorkspace,
        calibrated: ((LinearizedVariance.Gradients) -> CalibratedSums)? = nil, replicated: ReplicatedTally? = nil
    ) -> Block {
        let estimators = variable.estimated.map { variable.estimator(of: $0.answer) }
        let terms = estimators.map(\.sums.count).max() ?? 1
        var offsets: [Int] = []
        for estimator in estimators {
            let own = estimator.sums.map { variable.offset(of: $0) }
            offsets += own + [Int](repeating: 0, count: terms - own.count)
        }
        let groups = tally.index.groupCount
        var gradients = LinearizedVariance.Gradients(
            offsets: offsets, values: [Double](repeating: 0, count: groups * estimators.count * terms), terms: terms,
            estimators: estimators.count)
        var points: [Point] = []
        points.reserveCapacity(groups * estimators.count)
        for group in 0..<groups {
            for (position, estimator) in estimators.enumerated() {
                let totals = estimator.sums.map { tally.totals[group * tally.width + variable.offset(of: $0)] }
                var point = Point()
                if answered(tally, variable, group) > 0, let value = try? estimator.value(at: totals), value.isFinite,
                    let gradient = try? estimator.gradient(at: totals)
                {
                    point.size = estimator.size(of: value, at: totals)
                    // Values of 0 far from the others leave only rounding.
                    point.value = abs(value) < 1e-13 * point.size ? 0 : value
                    point.spread = (try? estimator.spread(at: totals, squares: tally.squares[group])) ?? nil
                    let first = (group * estimators.count + position) * terms
                    for (term, slope) in gradient.enumerated() { gradients.values[first + term] = slope }
                }
                points.append(point)
            }
        }
        let engine = LinearizedVariance(design: design, adjustsLonelyDomains: options.adjustsLonelyDomains)
        let keepsSums = options.keepsPSUSums(
            of: measure.variable, by: tally.index.labels.first?.map(\.variable) ?? [])
        var sums: LinearizedVariance.UnitSums?
        var dropped = [Int](repeating: 0, count: points.count)
        let variances: [Double?]
        let support: [LinearizedVariance.Support]
        if let replicated {
            let supports = engine.supports(of: tally)
            support = supports.map {
                LinearizedVariance.Support($0, engine: SampleVariance(design, adjustsLonelyDomains: false))
            }
            let spreads = replicated.spreads(
                of: variable, tally: tally, estimators: estimators, values: points.map(\.value), workspace: workspace)
            variances = spreads.map(\.variance)
            dropped = spreads.map(\.dropped)
            if keepsSums {
                sums = LinearizedVariance.UnitSums(sums: spreads.map(\.deviations), supports: supports)
                if options.keepsReplicates { sums?.changes = spreads.map(\.changes) }
            }
            freedoms = replicated.degreesOfFreedom(of: tally, options: options)
        } else if calibrated != nil || design.structure != nil {
            (variances, support, sums) = engine.variances(
                of: tally, gradients, calibrated: calibrated?(gradients), keepsSums: keepsSums)
        } else {
            (variances, support) = engine.variances(of: tally, gradients, scratch: workspace.variance)
            if keepsSums { sums = engine.unitSums(of: tally, gradients) }
        }
        var rows: [[Estimate]] = []
        rows.reserveCapacity(groups)
        for group in 0..<groups {
            rows.append(
                estimators.indices.map { position in
                    let at = group * estimators.count + position
                    return estimate(
                        variable, measure, tally, group: group, estimated: variable.estimated[position],
                        point: points[at], variance: variances[at], support: support[group], dropped: dropped[at])
                })
        }
        for position in points.indices where sums != nil && points[position].value == nil {
            let count = sums?.sums[position].count ?? 0
            sums?.sums[position] = [Double](repeating: .nan, count: count)
        }
        return Block(rows: rows, unitSums: sums)
    }

    private func answered(_ tally: Tally, _ variable: TallyVariable, _ group: Int) -> Int {
        let first = group * (variable.answerCount + 1)
        return tally.counts[first..<(first + variable.answerCount)].reduce(0, +)
    }

    private mutating func estimate(
        _ variable: TallyVariable, _ measure: Measure, _ tally: Tally, group: Int,
        estimated: (answer: Int, label: String?), point: Point, variance: Double?, support: LinearizedVariance.Support,
        dropped: Int
    ) -> Estimate {
        let base = answered(tally, variable, group)
        var isShare = false
        if case .answers = variable.content { isShare = estimatesShare(measure) }
        let n = isShare ? tally.counts[group * (variable.answerCount + 1) + estimated.answer] : base
        let weights = tally.totals[group * tally.width + variable.offset(of: .weights)]
        let isEdge = isShare && base > 0 && (n == 0 || n == base) && point.value != nil
        let value = isEdge ? (n == 0 ? 0 : 1) : point.value
        let freedom = freedoms?[group] ?? degreesOfFreedom(support)
        var flags: [Estimate.Flag] = []
        if base == 0 { flags.append(.emptyDomain) } else if point.value == nil { flags.append(.undefined) }
        if isEdge { flags.append(.edge) }
        if base > 0, freedom < 1 { flags.append(.noDegreesOfFreedom) }
        if design.replicates == nil, support.isLonely { flags.append(.lonelyPSU) }
        if design.hasNegativeWeights { flags.append(.negativeWeight) }
        if dropped > 0, point.value != nil, !isEdge { flags.append(.droppedReplicates) }
        // A variance over pairs of PSUs can be negative; below the scale of the estimate that is rounding.
        var error = isEdge ? 0 : value == nil ? nil : variance.flatMap { $0 < 0 ? nil : $0.squareRoot() }
        if let found = error, !isEdge {
            let scale = max(
                value == 0 ? point.size : abs(value ?? 0), weights * (point.spread ?? 0).squareRoot())
            error = found.isFinite ? (found < 1e-12 * scale ? 0 : found) : nil
        }
        // A variance that overflows or is lost below the smallest number is not computable either, and says so.
        if value != nil, let variance, error == nil { flags.append(variance < 0 ? .negativeVariance : .undefined) }
        let limits = interval(isShare: isShare, isEdge: isEdge, value: value, error: error, n: base, freedom: freedom)
        let effect = designEffect(measure, point: point, error: isEdge ? nil : error, n: base, weights: weights)
        return Estimate(
            statistic: measure.statistic, variable: measure.variable, answer: estimated.label,
            by: tally.index.labels[group],
            value: value, standardError: error, low: limits?.low, high: limits?.high, intervalMethod: limits?.method,
            level: options.level, degreesOfFreedom: base > 0 ? freedom : nil, n: n, nBase: base,
            psus: support.answeredPSUs, sumWeights: weights,
            effectiveN: measure.statistic == .count
                ? nil : effect.flatMap { $0.value > 0 ? Double(base) / $0.value : nil },
            designEffect: effect?.value, designEffectKind: effect?.kind, flags: flags)
    }

    private func estimatesShare(_ measure: Measure) -> Bool {
        switch measure.content {
        case .shares, .items, .condition, .quantiles: true
        case .rows, .mean, .total, .ratio, .statistic: false
        }
    }

    private func degreesOfFreedom(_ support: LinearizedVariance.Support) -> Double {
        switch options.degreesOfFreedom {
        case .design: Double(support.psus - support.strata)
        case .full: Double(design.degreesOfFreedom)
        case .infinite: .infinity
        case .number(let number): number
        }
    }

    private mutating func interval(
        isShare: Bool, isEdge: Bool, value: Double?, error: Double?, n: Int, freedom: Double
    ) -> (low: Double, high: Double, method: String)? {
        guard let value, let error, freedom >= 1, let t = quantile(freedom) else { return nil }
        if isShare {
            let interval = ShareInterval(
                share: value, variance: error * error, n: n, degreesOfFreedom: freedom, level: options.level, t: t,
                clipsArcsine: options.clipsArcsine, edgeDesignEffect: options.edgeDesignEffect)
            return isEdge ? interval.edgeLimits() : interval.limits(by: options.shareInterval)
        }
        let limits = (value - t * error, value + t * error)
        return limits.0.isFinite && limits.1.isFinite ? (limits.0, limits.1, "mean") : nil
    }

    private mutating func quantile(_ freedom: Double) -> Double? {
        if let known = quantiles[freedom] { return known }
        let found = StudentT.quantile((1 + options.level) / 2, degreesOfFreedom: freedom)
        quantiles[freedom] = .some(found)
        return found
    }

    /// v / v_srs with v_srs = W² S²(u)/n, times 1 − n/W without replacement.
    ///
    /// Source: Kish (1965), §8.2; Documentation/Methods.md, "Design effect".
    private func designEffect(
        _ measure: Measure, point: Point, error: Double?, n: Int, weights: Double
    ) -> (value: Double, kind: String)? {
        var (rows, weights, spread) = (n, weights, point.spread)
        if case .rows = measure.content {
            // A count is the total of "belongs to the group" over the whole base.
            let share = whole.weights > 0 ? weights / whole.weights : 1
            (rows, weights) = (whole.n, whole.weights)
            spread = max(0, share * (1 - share))
        }
        guard let error, let spread, rows > 1, weights > 0 else { return nil }
        let kind =
            switch options.designEffect {
            case .automatic: weights >= 2 * Double(rows) ? "wor" : "wr"
            case .withoutReplacement: "wor"
            case .withReplacement: "wr"
            }
        let count = Double(rows)
        let simple = weights * weights * spread * count / (count - 1) * (1 / count - (kind == "wor" ? 1 / weights : 0))
        let effect = error * error / simple
        return simple > 0 && effect.isFinite ? (effect, kind) : nil
    }
}
