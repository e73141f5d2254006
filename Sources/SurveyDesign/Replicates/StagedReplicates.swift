internal import SurveyMath
internal import SurveyProblems

extension ReplicateWeights {
    /// Replicates that draw at every stage.
    static func staged(
        _ plan: ReplicatePlan, _ design: SampleDesign, isHalf: Bool, count: Int, seed: UInt64
    ) throws(Problem) -> ReplicateWeights {
        try staged(plan, ReplicateStages(design), isHalf: isHalf, count: count, seed: seed)
    }

    static func staged(
        _ plan: ReplicatePlan, _ stages: ReplicateStages, isHalf: Bool, count: Int, seed: UInt64
    ) throws(Problem) -> ReplicateWeights {
        let units = stages.unitCount(stages.stages.count - 1)
        try checkSize(count: count, units: units, bytes: 8)
        let lanes = ReplicateFactors.lanes
        var factors = [Double](repeating: 1, count: ReplicateFactors.size(count: count, units: units))
        for replicate in 0..<count {
            var random = RandomStream(seed: seed, for: .bootstrap, number: replicate)
            let own = isHalf ? halves(stages, &random) : products(stages, &random)
            let (block, lane) = replicate.quotientAndRemainder(dividingBy: lanes)
            for unit in 0..<units { factors[(block * units + unit) * lanes + lane] = own[unit] }
        }
        return ReplicateWeights(
            plan,
            factors: ReplicateFactors(.dense(factors), count: count, unitCount: units, unitOfRow: stages.unitOfRow),
            scale: bootstrapScale(plan, count: count))
    }

    /// Π over stages of 1 − c + c·(1 − λ + λ·n/(n − 1)·m): λ = √(1 − f), c = √(F/(2 − F)), F = Π f of the stages above.
    ///
    /// The plain product, c = 1, would count the draw of the stages above again: with few units left out there its
    /// variance is 41 % too large.
    private static func products(_ stages: ReplicateStages, _ random: inout RandomStream) -> [Double] {
        var above = [1.0]
        var fractions = [1.0]
        for groups in stages.stages {
            let count = groups.last?.units.upperBound ?? 0
            var factors = [Double](repeating: 1, count: count)
            var own = [Double](repeating: 0, count: count)
            for group in groups {
                let n = group.units.count
                let fraction = fractions[group.parent]
                let c = (fraction / (2 - fraction)).squareRoot()
                let lambda = max(0, 1 - group.fraction).squareRoot()
                if n > 1 {
                    var drawn = [Int](repeating: 0, count: n)
                    for _ in 1..<n { drawn[random.integer(below: n)] += 1 }
                    let each = lambda * Double(n) / Double(n - 1)
                    for (place, unit) in group.units.enumerated() {
                        let factor = 1 - lambda + each * Double(drawn[place])
                        factors[unit] = above[group.parent] * (1 - c + c * factor)
                    }
                } else {
                    for unit in group.units { factors[unit] = above[group.parent] }
                }
                for unit in group.units { own[unit] = fraction * group.fraction }
            }
            (above, fractions) = (factors, own)
        }
        return above
    }

    /// 1 + Σ over stages of (Π over stages above of √(n/n*)·δ)·λ((n/n*)δ − 1), n* = ⌊n/2⌋ units drawn without replacement,
    /// δ = 1 for those, λ = √(F n*(1 − f)/(n − n*)), F = Π f of the stages above.
    ///
    /// Source: Preston (2009), Survey Methodology 35, 227–234. Checked: R survey 4.1-1 `mrbweights`.
    private static func halves(_ stages: ReplicateStages, _ random: inout RandomStream) -> [Double] {
        var sums = [1.0]
        var weights = [1.0]
        var fractions = [1.0]
        for groups in stages.stages {
            let count = groups.last?.units.upperBound ?? 0
            var ownSums = [Double](repeating: 1, count: count)
            var ownWeights = [Double](repeating: 0, count: count)
            var own = [Double](repeating: 0, count: count)
            for group in groups {
                let (n, half) = (group.units.count, group.units.count / 2)
                let (sum, weight, fraction) = (sums[group.parent], weights[group.parent], fractions[group.parent])
                for unit in group.units { (ownSums[unit], own[unit]) = (sum, fraction * group.fraction) }
                guard half > 0, weight > 0 else { continue }
                let (all, drawn) = (Double(n), Double(half))
                let lambda = (fraction * drawn * max(0, 1 - group.fraction) / (all - drawn)).squareRoot()
                // The first places of a shuffle are the units drawn.
                var order = Array(group.units)
                for place in 0..<half { order.swapAt(place, place + random.integer(below: n - place)) }
                for (place, unit) in order.enumerated() {
                    let isDrawn = place < half
                    ownSums[unit] += weight * lambda * (isDrawn ? all / drawn - 1 : -1)
                    ownWeights[unit] = isDrawn ? weight * (all / drawn).squareRoot() : 0
                }
            }
            (sums, weights, fractions) = (ownSums, ownWeights, own)
        }
        return sums
    }
}
