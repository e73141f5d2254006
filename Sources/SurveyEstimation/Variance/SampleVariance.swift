internal import SurveyDesign
internal import SurveyMath

/// The covariance of estimates under any structure of a sample, from what each unit adds to each of them.
///
/// Every covariance is a scalar product of two vectors made of unit sums. For stages both are the centred sums of all
/// stages, one stage behind the other; for pairs of PSUs and phases the right one is Δ times the sums.
/// Source: Bellhouse (1985); Särndal, Swensson and Wretman (1992), §2.8, §4.2 and §9.2; Documentation/Methods.md, "Linearised variance".
struct SampleVariance {
    let design: SampleDesign
    let centring: PSUCentring

    init(_ design: SampleDesign, adjustsLonelyDomains: Bool) {
        self.design = design
        centring = PSUCentring(design, adjustsLonelyDomains: adjustsLonelyDomains)
    }

    /// One estimate, ready to be multiplied with others.
    struct Vector {
        private(set) var left: [Double]
        /// nil where it is the left one.
        private(set) var right: [Double]?

        init(left: [Double], right: [Double]? = nil) {
            self.left = left
            self.right = right
        }

        /// True if no variance can be below 0.
        var isDefinite: Bool { right == nil }

        /// A multiple of the vector.
        func scaled(by factor: Double) -> Vector {
            Vector(left: left.map { factor * $0 }, right: right?.map { factor * $0 })
        }

        /// Adds a multiple of another vector of the same sample.
        mutating func add(_ factor: Double, _ other: Vector) {
            for position in left.indices { left[position] += factor * other.left[position] }
            if var right, let added = other.right {
                for position in right.indices { right[position] += factor * added[position] }
                self.right = right
            }
        }

        /// The covariance of both; not-a-number where a variance is not defined.
        static func * (first: Vector, second: Vector) -> Double {
            ScalarProducts.product(first.left, second.right ?? second.left)
        }

        /// The variance; nil where it is not defined.
        var variance: Double? {
            let product = self * self
            return product.isFinite ? product : nil
        }
    }

    /// Makes ready what the units of the design add to an estimate.
    ///
    /// Numbers behind those of the units are what errors of the targets add; they stand as they are.
    func vector(_ sums: [Double], support: PSUSupport) -> Vector {
        vector(sums, scaling: centring.scaling(support))
    }

    /// Makes ready what the units of the design add to estimates, each with its support; `sums` are used up.
    func vectors(_ sums: inout [[Double]], supports: [PSUSupport]) -> [Vector] {
        precondition(sums.count == supports.count, "each estimate has a support")
        var known: (support: PSUSupport, scaling: PSUCentring.Scaling)?
        return sums.indices.map { position in
            let support = supports[position]
            let scaling = known.flatMap { $0.support == support ? $0.scaling : nil } ?? centring.scaling(support)
            known = (support, scaling)
            var own: [Double] = []
            swap(&own, &sums[position])
            return vector(own, scaling: scaling)
        }
    }

    private func vector(_ sums: consuming [Double], scaling: PSUCentring.Scaling) -> Vector {
        guard design.replicates == nil, sums.count > design.unitCount else { return ofUnits(sums, scaling: scaling) }
        let vector = ofUnits(Array(sums[..<design.unitCount]), scaling: scaling)
        let ofTargets = sums[design.unitCount...]
        return Vector(left: vector.left + ofTargets, right: vector.right.map { $0 + ofTargets })
    }

    private func ofUnits(_ sums: consuming [Double], scaling: PSUCentring.Scaling) -> Vector {
        // Deviations of replicates are centred and scaled already.
        if design.replicates != nil { return Vector(left: sums) }
        guard let structure = design.structure else { return Vector(left: centring.centred(sums, scaling)) }
        switch structure.form {
        case .tree(let tree):
            let psuSums = SampleVariance.added(sums, structure.firstUnits)
            var left = centring.centred(psuSums, scaling, fractions: tree.psuFractions)
            for level in tree.levels { add(level, sums, to: &left) }
            return Vector(left: left)
        case .pairs(let deltas): return Vector(left: sums, right: deltas.times(sums))
        case .phases(let phases):
            switch phases.form {
            case .full(let partitions): return Vector(left: sums, right: SampleVariance.times(partitions, sums))
            case .sum(let strata, let fractions):
                var left = centring.centred(SampleVariance.added(sums, structure.firstUnits), scaling)
                SampleVariance.add(strata, fractions, sums, to: &left)
                return Vector(left: left)
            }
        }
    }

    /// True if a stratum of the support went through the rule for lonely PSUs, at any stage.
    func usesLonelyRule(_ support: PSUSupport) -> Bool {
        if let structure = design.structure {
            switch structure.form {
            case .pairs, .phases: return false
            case .tree(let tree): if !tree.lonelyStrata.isEmpty { return true }
            }
        }
        return centring.strata.contains { stratum in
            guard !stratum.isCensus, stratum.psus.contains(where: support.isAnswered) else { return false }
            if case .ownMean = centring.rule(stratum, support) { return false }
            return true
        }
    }

    /// The sums of consecutive units.
    static func added(_ sums: [Double], _ starts: [Int]) -> [Double] {
        (0..<(starts.count - 1)).map { part in
            var sum = 0.0
            for unit in starts[part]..<starts[part + 1] { sum += sums[unit] }
            return sum
        }
    }

    /// The centred sums of a later stage; a single unit of several contributes 0.
    private func add(_ level: SamplingTree.Level, _ sums: [Double], to vector: inout [Double]) {
        let own = SampleVariance.added(sums, level.firstUnits)
        for (stratum, multiplier) in zip(level.strata, level.multipliers) {
            let n = Double(stratum.psuCount)
            guard n > 1, multiplier > 0 else { continue }
            let centre = CompensatedSum.of(Array(own[stratum.psus])) / n
            for unit in stratum.psus {
                let left = 1 - level.fractions[unit]
                let factor = left < 1e-7 ? 0 : multiplier * left * n / (n - 1)
                vector.append((own[unit] - centre) * factor.squareRoot())
            }
        }
    }

    /// Σ over partitions of c · (sum of the unit's part), by unit.
    private static func times(_ partitions: [SamplingPhases.Partition], _ sums: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: sums.count)
        for partition in partitions {
            var totals = [Double](repeating: 0, count: partition.factors.count)
            for (unit, part) in partition.partOfUnit.enumerated() { totals[Int(part)] += sums[unit] }
            for (unit, part) in partition.partOfUnit.enumerated() {
                result[unit] += partition.factors[Int(part)] * totals[Int(part)]
            }
        }
        return result
    }

    /// √((1 − f) n/(n − 1)) · (πz − Σz/n)/√π by stratum of the first phase.
    private static func add(
        _ strata: [SamplingPhases.FirstPhase], _ fractions: [Double], _ sums: [Double], to vector: inout [Double]
    ) {
        for stratum in strata where stratum.count > 1 {
            let centre = CompensatedSum.of(stratum.units.map { sums[$0] }) / stratum.count
            let factor = ((1 - stratum.fraction) * stratum.count / (stratum.count - 1)).squareRoot()
            for unit in stratum.units {
                let fraction = fractions[unit]
                vector.append(factor * (fraction * sums[unit] - centre) / fraction.squareRoot())
            }
        }
    }
}
