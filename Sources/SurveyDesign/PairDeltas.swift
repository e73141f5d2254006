internal import SurveyProblems

/// Δ_ij = (π_ij − π_i π_j)/π_ij for pairs of PSUs, in blocks outside of which it is 0.
package struct PairDeltas: Sendable {
    /// PSUs that depend on each other.
    package struct Block: Sendable {
        package let psus: [Int]
        /// Row after row.
        package let deltas: [Double]

        package init(psus: [Int], deltas: [Double]) {
            self.psus = psus
            self.deltas = deltas
        }
    }

    package let blocks: [Block]
    package let variance: PPSVariance

    package init(blocks: [Block], variance: PPSVariance) {
        self.blocks = blocks
        self.variance = variance
    }

    /// The vector M z for which the covariance of two estimates is z₁ · M z₂.
    ///
    /// Horvitz–Thompson Σ_j Δ_ij z_j; Yates–Grundy Σ_j Δ_ij (z_j − z_i).
    package func times(_ sums: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: sums.count)
        for block in blocks {
            for (row, psu) in block.psus.enumerated() {
                var sum = 0.0
                for (column, other) in block.psus.enumerated() {
                    let value = variance == .yatesGrundy ? sums[other] - sums[psu] : sums[other]
                    sum += block.deltas[row * block.psus.count + column] * value
                }
                result[psu] = sum
            }
        }
        return result
    }

    /// PSUs of one block: 4096² differences are 128 MB.
    static let mostPSUs = 4096

    /// Takes joint probabilities as they are; `positions` gives the row of each PSU.
    init(_ joint: JointProbabilities, positions: [Int], dropsSmall: Bool, variance: PPSVariance) throws(Problem) {
        guard positions.count <= PairDeltas.mostPSUs else { throw .tooManyPairs(psus: positions.count) }
        let least = dropsSmall ? (joint.values.min() ?? 0) / 10_000 : 0
        var deltas: [Double] = []
        deltas.reserveCapacity(positions.count * positions.count)
        for row in positions {
            for column in positions {
                let pair = joint[row, column]
                let delta = (pair - joint[row, row] * joint[column, column]) / pair
                deltas.append(row == column ? 1 - joint[row, row] : abs(delta) < least ? 0 : delta)
            }
        }
        self.init(blocks: [Block(psus: Array(positions.indices), deltas: deltas)], variance: variance)
    }

    /// Approximates joint probabilities inside strata from those of the PSUs.
    ///
    /// Source: Overton (1985); Hartley and Rao (1962); Documentation/Methods.md, "Unequal probabilities".
    init(_ strata: [Stratum], fractions: [Double], _ specification: DesignSpecification) {
        var blocks: [Block] = []
        for stratum in strata {
            let own = Array(fractions[stratum.psus])
            let n = Double(own.count)
            let squares = specification.sumSquaredProbabilities ?? own.reduce(0, +)
            var deltas = [Double](repeating: 0, count: own.count * own.count)
            for (row, first) in own.enumerated() {
                for (column, second) in own.enumerated() {
                    let delta: Double
                    if row == column {
                        // A lonely PSU that counts as certain adds nothing.
                        delta = own.count == 1 ? 0 : 1 - first
                    } else if first == 1, second == 1 {
                        delta = 0
                    } else if specification.pps == .overton {
                        delta = 1 - (n - (first + second) / 2) / (n - 1)
                    } else {
                        delta = 1 - (n - first - second + squares / n) / (n - 1)
                    }
                    deltas[row * own.count + column] = delta
                }
            }
            blocks.append(Block(psus: Array(stratum.psus), deltas: deltas))
        }
        self.init(blocks: blocks, variance: specification.ppsVariance)
    }
}
