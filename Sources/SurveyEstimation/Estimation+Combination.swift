internal import SurveyDesign
internal import SurveyMath

extension Estimation {
    /// Estimates Σ c·θ over rows of one result: a composite of several shares, a difference of two groups.
    ///
    ///     z(PSU) = Σ c·z_part(PSU)        V = Σ over parts c c' cov(part, part')
    ///
    /// With replicates the covariances of the parts are those of their replicates.
    ///
    /// - Shapes: positions of rows in the result, each with its coefficient. Parts may have different bases and groups:
    ///   PSUs that they share are in the covariance. The interval is ± t on the degrees of freedom of all PSUs behind the
    ///   parts together; n, base, PSUs and sum of weights are those of the smallest part; no design effect.
    /// - Missing: not computable where a part is not; the parts' flags come along.
    /// - Source: Documentation/Methods.md, "Combinations and changes".
    ///   Checked: R survey 4.1-1 `svycontrast`, Tests/Reference/contrasts.json and combinations.json.
    public func combination(
        of result: EstimationResult, terms: [(row: Int, coefficient: Double)], statistic: StatisticKind,
        variable: String, answer: String? = nil, by: Estimate.By
    ) -> Estimate {
        combinationSide(of: result, terms: terms, statistic: statistic, variable: variable, answer: answer, by: by)
            .estimate
    }

    /// The same, ready to be compared with a combination of another sample.
    public func combinationSide(
        of result: EstimationResult, terms: [(row: Int, coefficient: Double)], statistic: StatisticKind,
        variable: String, answer: String? = nil, by: Estimate.By
    ) -> ChangeSide {
        precondition(!terms.isEmpty, "a combination has parts")
        precondition(
            terms.allSatisfy { !result.influences[$0.row].isEmpty || result.design?.psuCount == 0 },
            "the influences of every part were kept")
        guard let design = result.design else { preconditionFailure("the options keep influences") }
        let variance = SampleVariance(design, adjustsLonelyDomains: options.adjustsLonelyDomains)
        var influence = [Double](repeating: 0, count: design.replicates?.count ?? design.unitCount)
        var vector: SampleVariance.Vector?
        var support = result.supports[terms[0].row]
        for term in terms {
            let own = result.influences[term.row]
            for unit in influence.indices { influence[unit] += term.coefficient * own[unit] }
            let part = variance.vector(own, support: result.supports[term.row])
            if vector == nil { vector = part.scaled(by: term.coefficient) } else { vector?.add(term.coefficient, part) }
            support = support.union(result.supports[term.row])
        }
        let estimate = combined(
            terms.map { (result.rows[$0.row], $0.coefficient) }, variance: vector?.variance,
            freedom: degreesOfFreedom(support, design), statistic: statistic, variable: variable, answer: answer, by: by
        )
        return ChangeSide(estimate: estimate, influence: influence, support: support, design: design)
    }

    private func degreesOfFreedom(_ support: PSUSupport, _ design: SampleDesign) -> Double {
        if design.replicates != nil, [.design, .full].contains(options.degreesOfFreedom) {
            let isCounted = options.degreesOfFreedom == .design ? support.isInBase : PSUSupport(inUse: design).isInBase
            return design.replicateFreedom(ofPSUs: (0..<design.psuCount).filter(isCounted)) ?? 0
        }
        return switch options.degreesOfFreedom {
        case .design: Double(support.degreesOfFreedom(in: design.strata))
        case .full: Double(design.degreesOfFreedom)
        case .infinite: .infinity
        case .number(let number): number
        }
    }

    private func combined(
        _ parts: [(estimate: Estimate, coefficient: Double)], variance: Double?, freedom: Double,
        statistic: StatisticKind, variable: String, answer: String?, by: Estimate.By
    ) -> Estimate {
        var value: Double? = 0
        var size = 0.0
        var flags: [Estimate.Flag] = []
        for (part, coefficient) in parts {
            value = value.flatMap { sum in part.value.map { sum + coefficient * $0 } }
            size = max(size, abs(coefficient * (part.value ?? 0)), abs(coefficient) * (part.standardError ?? 0))
            flags += part.flags.filter { $0 != .noDegreesOfFreedom && !flags.contains($0) }
        }
        if let found = value { value = found.isFinite ? (abs(found) < 1e-13 * size ? 0 : found) : nil }
        var error = value == nil ? nil : variance.flatMap { $0 < 0 ? nil : $0.squareRoot() }
        if let found = error, found < 1e-12 * size { error = 0 }
        let isEmpty = parts.contains { $0.estimate.nBase == 0 }
        if !isEmpty, value == nil, !flags.contains(.undefined) { flags.append(.undefined) }
        if value != nil, let variance, variance < 0, !flags.contains(.negativeVariance) {
            flags.append(.negativeVariance)
        }
        if !isEmpty, freedom < 1 { flags.append(.noDegreesOfFreedom) }
        var limits: (low: Double, high: Double)?
        if let value, let error, freedom >= 1,
            let t = StudentT.quantile((1 + options.level) / 2, degreesOfFreedom: freedom)
        {
            let (low, high) = (value - t * error, value + t * error)
            if low.isFinite, high.isFinite { limits = (low, high) }
        }
        let estimates = parts.map(\.estimate)
        return Estimate(
            statistic: statistic, variable: variable, answer: answer, by: by, value: value, standardError: error,
            low: limits?.low, high: limits?.high, intervalMethod: limits == nil ? nil : "mean", level: options.level,
            degreesOfFreedom: isEmpty ? nil : freedom, n: estimates.map(\.n).min() ?? 0,
            nBase: estimates.map(\.nBase).min() ?? 0, psus: estimates.map(\.psus).min() ?? 0,
            sumWeights: estimates.map(\.sumWeights).min() ?? 0, effectiveN: nil, designEffect: nil,
            designEffectKind: nil, flags: flags)
    }
}
