internal import SurveyDesign
internal import SurveyMath
internal import SurveyProblems
internal import SurveyWeighting
internal import Synchronization

/// Variances by replicates, for every statistic.
///
///     V = s Σ_b r_b (θ_b − c)²        c: mean of θ_b over r_b > 0, or the estimate of the full sample
///
/// A function of totals needs the sums by unit and group once; its replicates are weighted sums of those. A statistic of
/// rows is computed again with the weights of each replicate. A replicate in which an estimate does not exist is dropped
/// from its variance, with a flag; of more than 5 % there is no variance.
///
/// - Source: Wolter (2007), chapters 3 to 5; Documentation/Methods.md, "Replicates".
final class ReplicateEngine: Sendable {
    let design: SampleDesign
    let replicates: ReplicateWeights
    let units: ReplicateUnits
    let calibration: RepeatedCalibration?
    let threads: Int
    private let ranks = Mutex<[[Int]: Double]>([:])

    init?(_ design: SampleDesign, options: EstimationOptions) throws(Problem) {
        guard let replicates = design.replicates else { return nil }
        self.design = design
        self.replicates = replicates
        threads = options.threads ?? Workers.processors
        units = ReplicateUnits(design, replicates.factors)
        // Columns that came with the data hold nothing of non-respondents, so that their step cannot be done again on them.
        let whole = design.calibration
        let recorded = replicates.factors.isByRow ? whole.map { CalibrationRecord(steps: $0.steps) } : whole
        if let record = recorded, !record.isEmpty, options.calibration == .use, replicates.plan.recalibrates {
            calibration = try RepeatedCalibration(
                record, design: design, replicates: replicates, rule: options.replicateRaking, threads: threads)
        } else {
            calibration = nil
        }
    }

    /// Cells of a breakdown by unit and calibration cell, where these are not PSUs alone.
    struct Index: Sendable {
        let cells: CellIndex
        /// By group of `cells`: the group of the breakdown, and the calibration cell.
        let groupOfTarget: [UInt32]
        let cellOfTarget: [UInt32]
    }

    /// The cells of a breakdown; nil where its own cells serve.
    func index(of groups: Groups) -> Index? {
        guard !replicates.factors.isByRow, units.positions != nil || calibration != nil else { return nil }
        let ordered = units.positions.map { groups.reordered($0) } ?? groups
        let cells = units.design.rows.map { calibration?.cellOfRow[Int($0)] ?? 0 }
        let crossed = ordered.crossed(with: cells, of: calibration?.cellCount ?? 1)
        return Index(
            cells: CellIndex(crossed.groups, design: units.design), groupOfTarget: crossed.pairs.map(\.first),
            cellOfTarget: crossed.pairs.map(\.second))
    }

    /// Degrees of freedom of the rows of some PSUs, in ascending order.
    func degreesOfFreedom(ofPSUs psus: [Int]) -> Double {
        guard design.replicateRankIsSolved else { return design.replicateFreedom(ofPSUs: psus) ?? 0 }
        if let known = ranks.withLock({ $0[psus] }) { return known }
        let found = design.replicateFreedom(ofPSUs: psus) ?? 0
        ranks.withLock { $0[psus] = found }
        return found
    }

    /// The same for the rows of the whole sample.
    var fullDegreesOfFreedom: Double {
        degreesOfFreedom(ofPSUs: (0..<design.psuCount).filter { design.psuStarts[$0 + 1] > design.psuStarts[$0] })
    }

    /// By the rule of the options, for the PSUs behind an estimate.
    func degreesOfFreedom(_ support: PSUSupport, options: EstimationOptions) -> Double {
        switch options.degreesOfFreedom {
        case .design: degreesOfFreedom(ofPSUs: (0..<design.psuCount).filter(support.isInBase))
        case .full: fullDegreesOfFreedom
        case .infinite: .infinity
        case .number(let number): number
        }
    }

    /// The weight of each row in use in a replicate, in the order of the design; 0 for all where its fit failed.
    func weights(replicate: Int) -> [Double] {
        let (block, lane) = replicate.quotientAndRemainder(dividingBy: ReplicateFactors.lanes)
        let factors = replicates.factors
        let first = design.calibration?.steps.first?.before
        var weights = design.weights
        if case .rows(let columns, let areWeights) = factors.storage {
            let column = columns[replicate]
            for (position, row) in design.rows.enumerated() {
                let divisor = areWeights ? (calibration == nil ? weights[position] : first?[Int(row)] ?? 1) : 1
                weights[position] *= column[Int(row)] / divisor
            }
        } else if let unitOfRow = factors.unitOfRow {
            for (position, row) in design.rows.enumerated() {
                weights[position] *= factors.factor(replicate: replicate, unit: Int(unitOfRow[Int(row)]))
            }
        } else {
            for psu in 0..<design.psuCount {
                let factor = factors.factor(replicate: replicate, unit: psu)
                for position in design.psuStarts[psu]..<design.psuStarts[psu + 1] { weights[position] *= factor }
            }
        }
        if let calibration {
            for (position, row) in design.rows.enumerated() {
                weights[position] *= calibration.gains.value(
                    cell: Int(calibration.cellOfRow[Int(row)]), block: block, lane: lane)
            }
        }
        return weights
    }

    func isFailed(_ replicate: Int) -> Bool { calibration?.failed[replicate] == true }

    /// What the replicates of one estimate say.
    struct Spread: Sendable {
        /// √(s r_b)(θ_b − c) by replicate: products of two estimates' vectors are their covariance.
        ///
        /// Not-a-number where too many replicates have no estimate.
        let deviations: [Double]
        /// θ_b − θ by replicate, not-a-number where there is none.
        let changes: [Double]
        /// Replicates without an estimate.
        let dropped: Int

        var variance: Double? {
            let sum = CompensatedSum.of(deviations.map { $0 * $0 })
            return sum.isFinite ? sum : nil
        }
    }

    /// Centres and scales θ_b − θ of each replicate, not-a-number where there is none.
    func spread(of changes: [Double]) -> Spread {
        ReplicateEngine.spread(
            of: changes.indices.map { isFailed($0) ? .nan : changes[$0] }, replicates: replicates)
    }

    /// The same where the changes of replicates that failed are no numbers already.
    static func spread(of changes: [Double], replicates: ReplicateWeights) -> Spread {
        let isKept = changes.map(\.isFinite)
        let kept = isKept.count { $0 }
        let (dropped, count) = (changes.count - kept, changes.count)
        guard kept > 0, dropped <= count / 20 else {
            return Spread(
                deviations: [Double](repeating: .nan, count: count), changes: changes, dropped: dropped)
        }
        var centre = 0.0
        if !replicates.plan.centresOnEstimate {
            let counted = changes.indices.filter { isKept[$0] && replicates.scales[$0] > 0 }
            centre = counted.isEmpty ? 0 : CompensatedSum.of(counted.map { changes[$0] }) / Double(counted.count)
        }
        // The scale is that of all replicates: those that are left stand in for those that were dropped.
        let scale = replicates.scale * Double(count) / Double(kept)
        return Spread(
            deviations: changes.indices.map {
                isKept[$0] ? (scale * replicates.scales[$0]).squareRoot() * (changes[$0] - centre) : 0
            }, changes: changes, dropped: dropped)
    }
}
