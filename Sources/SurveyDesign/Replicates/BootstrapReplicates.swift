internal import SurveyMath
internal import SurveyProblems

extension ReplicateWeights {
    /// Rao and Wu's bootstrap: n − 1 PSUs of a stratum drawn with replacement, m times each;
    /// 1 − λ + λ·n/(n − 1)·m with λ = √(1 − f).
    ///
    /// Source: Rao and Wu (1988), Journal of the American Statistical Association 83, 231–241; Rao, Wu and Yue (1992).
    static func bootstrap(
        _ plan: ReplicatePlan, _ design: SampleDesign, count: Int, seed: UInt64
    ) throws(Problem) -> ReplicateWeights {
        var low = [Double](repeating: 1, count: design.psuCount)
        var step = [Double](repeating: 0, count: design.psuCount)
        for stratum in design.strata where stratum.psuCount > 1 && !stratum.isCensus {
            let n = Double(stratum.psuCount)
            let lambda = (1 - stratum.samplingFraction).squareRoot()
            for psu in stratum.psus { (low[psu], step[psu]) = (1 - lambda, lambda * n / (n - 1)) }
        }
        let codes = try drawn(design, count: count, seed: seed) { stratum, random, draw in
            guard stratum.psuCount > 1 else { return }
            for _ in 1..<stratum.psuCount { draw(random.integer(below: stratum.psuCount)) }
        }
        return ReplicateWeights(
            plan, factors: coded(codes, count: count, low: low, step: step),
            scale: bootstrapScale(plan, count: count))
    }

    /// The same for PSUs drawn with probabilities π: λ = √(1 − π), and the factors of a stratum rescaled to add up to n.
    ///
    /// Source: Beaumont and Émond (2022), Stats 5, 339–357.
    static func bootstrap(
        _ plan: ReplicatePlan, _ design: SampleDesign, fractions: [Double], count: Int, seed: UInt64
    ) throws(Problem) -> ReplicateWeights {
        let units = design.psuCount
        try checkSize(count: count, units: units, bytes: 8)
        let lanes = ReplicateFactors.lanes
        var factors = [Double](repeating: 1, count: ReplicateFactors.size(count: count, units: units))
        for replicate in 0..<count {
            var random = RandomStream(seed: seed, for: .bootstrap, number: replicate)
            let (block, lane) = replicate.quotientAndRemainder(dividingBy: lanes)
            for stratum in design.strata where stratum.psuCount > 1 {
                let n = stratum.psuCount
                var drawn = [Int](repeating: 0, count: n)
                for _ in 1..<n { drawn[random.integer(below: n)] += 1 }
                let own = stratum.psus.map { psu in
                    let lambda = max(0, 1 - fractions[psu]).squareRoot()
                    return 1 - lambda + lambda * Double(n) / Double(n - 1) * Double(drawn[psu - stratum.firstPSU])
                }
                let sum = CompensatedSum.of(own)
                // All PSUs with a probability of 0 to be left out, and only those drawn: nothing to rescale by.
                let scale = sum > 0 ? Double(n) / sum : 1
                for (psu, factor) in zip(stratum.psus, own) {
                    factors[(block * units + psu) * lanes + lane] = factor * scale
                }
            }
        }
        return ReplicateWeights(
            plan, factors: ReplicateFactors(.dense(factors), count: count, unitCount: units),
            scale: bootstrapScale(plan, count: count))
    }

    /// n PSUs of a stratum drawn with replacement; with a population size from the sample repeated to it, without.
    ///
    /// s = ñ/((ñ − 1)(R − 1)), ñ the harmonic mean of n.
    ///
    /// Source: Canty and Davison (1999), The Statistician 48, 379–391.
    static func cantyDavison(
        _ plan: ReplicatePlan, _ design: SampleDesign, count: Int, seed: UInt64
    ) throws(Problem) -> ReplicateWeights {
        let scale = try cantyDavisonScale(plan, design, count: count)
        let codes = try drawn(design, count: count, seed: seed) { stratum, random, draw in
            let n = stratum.psuCount
            guard stratum.samplingFraction > 0 else {
                for _ in 0..<n { draw(random.integer(below: n)) }
                return
            }
            let population = (Double(n) / stratum.samplingFraction).rounded()
            let size = max(n, population < 0x1p62 ? Int(population) : 1 << 62)
            // The sample in a random order, again and again; the last round is cut where the population ends.
            var order = Array(0..<n)
            for last in stride(from: n - 1, to: 0, by: -1) { order.swapAt(last, random.integer(below: last + 1)) }
            // Floyd's draw of n places without replacement.
            var places = Set<Int>(minimumCapacity: n)
            for place in (size - n)..<size {
                let found = random.integer(below: place + 1)
                let taken = places.insert(found).inserted ? found : place
                places.insert(taken)
                draw(order[taken % n])
            }
        }
        return ReplicateWeights(
            plan,
            factors: coded(
                codes, count: count, low: [Double](repeating: 0, count: design.psuCount),
                step: [Double](repeating: 1, count: design.psuCount)), scale: scale)
    }

    /// The scale of R replicates by Canty and Davison.
    static func cantyDavisonScale(
        _ plan: ReplicatePlan, _ design: SampleDesign, count: Int
    ) throws(Problem) -> Double {
        let reciprocals = CompensatedSum.of(design.strata.map { 1 / Double($0.psuCount) })
        let mean = Double(design.strata.count) / reciprocals
        guard mean > 1 else { throw .nothingToReplicate("canty-davison") }
        return mean / (mean - 1) * bootstrapScale(plan, count: count)
    }

    /// How often each PSU was drawn in each replicate, stratum after stratum, from the stream of the replicate.
    private static func drawn(
        _ design: SampleDesign, count: Int, seed: UInt64,
        _ draws: (_ stratum: Stratum, _ random: inout RandomStream, _ draw: (_ place: Int) -> Void) -> Void
    ) throws(Problem) -> [UInt8] {
        let units = design.psuCount
        try checkSize(count: count, units: units, bytes: 1)
        let lanes = ReplicateFactors.lanes
        var codes = [UInt8](repeating: 0, count: ReplicateFactors.size(count: count, units: units))
        codes.withUnsafeMutableBufferPointer { codes in
            for first in stride(from: 0, to: count, by: lanes) {
                var streams = (first..<min(count, first + lanes)).map {
                    RandomStream(seed: seed, for: .bootstrap, number: $0)
                }
                // A stratum after the other for a block of replicates: its codes stay near.
                for stratum in design.strata {
                    let start = (first / lanes * units + stratum.firstPSU) * lanes
                    for lane in streams.indices {
                        draws(stratum, &streams[lane]) { place in
                            let at = start &+ place &* lanes &+ lane
                            // A unit drawn more than 255 times is rarer than anything: one chance in 10^500.
                            if codes[at] < .max { codes[at] &+= 1 }
                        }
                    }
                }
            }
        }
        return codes
    }
}
