internal import SurveyMath

extension SampleDesign {
    /// Degrees of freedom of replicates: the rank of their weights over the rows of some PSUs, less one, or their number
    /// less one; nil for a design without replicates.
    ///
    /// The rank is that of the replicates as they were drawn or given, before any fit to totals is repeated: the fit adds
    /// differences between them but no information.
    ///
    /// - Shapes: PSU numbers in ascending order.
    /// - Source: R survey 4.1-1 `degf`; Documentation/Methods.md, "Replicates".
    package func replicateFreedom(ofPSUs psus: [Int]) -> Double? {
        guard let replicates else { return nil }
        switch replicates.plan.degreesOfFreedom {
        case .count: return Double(replicates.count - 1)
        case .rank: return Double(rank(of: replicates, psus: psus) - 1)
        }
    }

    /// True if the rank takes more than counting PSUs.
    package var replicateRankIsSolved: Bool {
        guard let replicates else { return false }
        return !isCounted(replicates)
    }

    /// Up to so many operations the rank of random replicates is solved for; above, the chance that fewer are independent
    /// than could be is nil.
    private static let solvedSize = 200_000
    /// Rows of given replicates that are looked at, for each replicate.
    private static let rowsForEach = 64

    private func rank(of replicates: ReplicateWeights, psus: [Int]) -> Int {
        guard !psus.isEmpty else { return 0 }
        if isCounted(replicates) {
            let most = mostIndependent(replicates, psus: psus)
            let smaller = min(psus.count, replicates.count)
            let isSmall = psus.count * replicates.count < SampleDesign.solvedSize / smaller
            guard replicates.plan.method?.isRandom == true, isSmall else { return most }
        }
        if case .rows(let columns, let areWeights) = replicates.factors.storage {
            return rank(ofRows: columns, areWeights: areWeights, psus: psus)
        }
        let units = units(of: replicates.factors, psus: psus)
        var factors: [Double] = []
        factors.reserveCapacity(units.count * replicates.count)
        for replicate in 0..<replicates.count {
            for unit in units { factors.append(replicates.factors.factor(replicate: replicate, unit: unit)) }
        }
        return units.isEmpty ? 0 : MatrixRank.ofColumns(factors, rows: units.count)
    }

    /// True for methods whose factors have a rank that follows from strata and PSUs.
    private func isCounted(_ replicates: ReplicateWeights) -> Bool {
        guard case .made(let method, _, _) = replicates.plan.source, replicates.factors.unitOfRow == nil else {
            return false
        }
        switch method {
        case .jk1, .brr, .fay, .bootstrap, .multistage, .half, .cantyDavison: return true
        case .jkn:
            let rule = specification.lonelyPSU
            return !strata.contains(where: \.isLonely) || rule == .certainty || rule == .average
        case .jk2, .sdr: return false
        }
    }

    /// The dimension of what the factors of some PSUs can be.
    ///
    /// In a stratum they add up to the same in every replicate, so that one PSU follows from the others if all are there.
    /// The constant is a dimension of its own, unless it is among the others: where no stratum is whole.
    private func mostIndependent(_ replicates: ReplicateWeights, psus: [Int]) -> Int {
        var isPaired = false
        switch replicates.plan.method {
        case .brr, .fay: isPaired = true
        default: break
        }
        var (dimension, hasConstant) = (0, false)
        var position = 0
        var stratum = 0
        while position < psus.count {
            let psu = psus[position]
            while !strata[stratum].psus.contains(psu) { stratum += 1 }
            let whole = strata[stratum]
            let end = isPaired ? psu / 2 * 2 + 2 : whole.psus.upperBound
            var count = 0
            while position < psus.count, psus[position] < end {
                count += 1
                position += 1
            }
            if isPaired {
                dimension += 1
                if count == 2 { hasConstant = true }
            } else if whole.psuCount == 1 || whole.isCensus {
                hasConstant = true
            } else if count == whole.psuCount {
                dimension += count - 1
                hasConstant = true
            } else {
                dimension += count
            }
        }
        return min(replicates.count, dimension + (hasConstant ? 1 : 0))
    }

    private func units(of factors: ReplicateFactors, psus: [Int]) -> [Int] {
        guard let unitOfRow = factors.unitOfRow else { return psus }
        var isThere = [Bool](repeating: false, count: factors.unitCount)
        let rows = rows
        for psu in psus {
            for position in psuStarts[psu]..<psuStarts[psu + 1] { isThere[Int(unitOfRow[Int(rows[position])])] = true }
        }
        return isThere.indices.filter { isThere[$0] }
    }

    /// Of very many rows some are looked at, spread over the file.
    private func rank(ofRows columns: [[Double]], areWeights: Bool, psus: [Int]) -> Int {
        var positions: [Int] = []
        for psu in psus { positions += psuStarts[psu]..<psuStarts[psu + 1] }
        let most = SampleDesign.rowsForEach * columns.count
        if positions.count > most {
            let all = positions
            positions = (0..<most).map { all[$0 * all.count / most] }
        }
        guard !positions.isEmpty else { return 0 }
        var values: [Double] = []
        values.reserveCapacity(positions.count * columns.count)
        for column in columns {
            for position in positions {
                values.append(column[Int(rows[position])] * (areWeights ? 1 : weights[position]))
            }
        }
        return MatrixRank.ofColumns(values, rows: positions.count)
    }
}
