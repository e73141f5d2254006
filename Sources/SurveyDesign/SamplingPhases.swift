/// A sample drawn from the rows of a first sample; PSUs and strata of the design are those of the second phase.
package struct SamplingPhases: Sendable {
    /// Pairs of units in one part of a partition, each with the part's factor: Σ_part c (Σ x)(Σ y).
    package struct Partition: Sendable {
        /// By unit.
        package let partOfUnit: [UInt32]
        package let factors: [Double]

        package init(partOfUnit: [UInt32], factors: [Double]) {
            self.partOfUnit = partOfUnit
            self.factors = factors
        }
    }

    /// One stratum of the first phase, for the sum of both variances.
    package struct FirstPhase: Sendable {
        package let units: [Int]
        /// Rows of the stratum in the first phase.
        package let count: Double
        package let fraction: Double

        package init(units: [Int], count: Double, fraction: Double) {
            self.units = units
            self.count = count
            self.fraction = fraction
        }
    }

    package enum Form: Sendable {
        /// Δ₁ + Δ₂ − Δ₁Δ₂ as partitions.
        case full([Partition])
        /// n₁/(n₁ − 1) Σ (πz − Σz/n₁)²/π by stratum of the first phase, and the variance of the second.
        case sum([FirstPhase], phaseTwo: [Double])
    }

    package let form: Form

    package init(form: Form) { self.form = form }
}
