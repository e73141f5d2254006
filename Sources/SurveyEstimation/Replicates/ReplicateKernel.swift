internal import SurveyDesign

/// The loops over units: how much the sums of targets change in each replicate.
///
///     Σ_units (f_b − 1) · sums of the unit        for the replicates b of a block, side by side
///
/// Changes, not sums, are added up: they are small beside the totals, and keep their digits. With the gains of a repeated
/// calibration a unit's sums change by f_b·G_b − 1, G_b by calibration cell.
struct ReplicateKernel {
    let factors: ReplicateFactors

    /// Which calibration cell an entry belongs to, and to which total it is added.
    struct Cells {
        /// By target of the unit sums.
        let totalOfTarget: [UInt32]
        let cellOfTarget: [UInt32]
        let totalCount: Int
        /// nil where no calibration is repeated.
        let gains: ReplicateGains?
    }

    private static let lanes = ReplicateFactors.lanes
    private typealias Lanes = SIMD8<Double>
    private static let vectors = ReplicateFactors.lanes / 8

    /// Calls a function with the changes of each block: target × width × lanes.
    ///
    /// Blocks come in order; totals of whole ranges of units are added up once where consecutive replicates share them.
    func changes(
        of sums: UnitSums, blocks: Range<Int>, cells: Cells?,
        _ body: (_ block: Int, _ changes: UnsafePointer<Double>) -> Void
    ) {
        let targets = cells?.totalCount ?? sums.targetCount
        let count = max(1, targets * sums.width * ReplicateKernel.lanes)
        // SIMD vectors want their own alignment.
        let raw = UnsafeMutableRawPointer.allocate(
            byteCount: count * MemoryLayout<Double>.stride, alignment: MemoryLayout<SIMD8<Double>>.alignment)
        defer { raw.deallocate() }
        let changes = raw.bindMemory(to: Double.self, capacity: count)
        if case .deletions(let deletions) = factors.storage {
            var range: (units: Range<Int>, totals: [Double]) = (0..<0, [])
            let whole = cells == nil ? [] : sums.totals(of: 0..<sums.unitCount)
            for block in blocks {
                changes.update(repeating: 0, count: count)
                for (lane, replicate) in factors.replicates(ofBlock: block).enumerated() {
                    let deletion = deletions[replicate]
                    if deletion.units != range.units || range.totals.isEmpty {
                        range = (deletion.units, sums.totals(of: deletion.units))
                    }
                    let own = change(deletion, sums, range.totals)
                    add(own, whole, sums, cells, block: block, lane: lane, to: changes)
                }
                body(block, changes)
            }
            return
        }
        for block in blocks {
            changes.update(repeating: 0, count: count)
            add(sums, block: block, cells, to: changes)
            body(block, changes)
        }
    }

    /// What one replicate of a jackknife changes, by target and width.
    private func change(_ deletion: ReplicateFactors.Deletion, _ sums: UnitSums, _ range: [Double]) -> [Double] {
        var change = range.map { $0 * (deletion.others - 1) }
        // A unit that was taken out of the sample is nowhere.
        guard deletion.unit >= 0 else { return change }
        for entry in sums.starts[deletion.unit]..<sums.starts[deletion.unit + 1] {
            let first = Int(sums.targets[entry]) * sums.width
            for place in 0..<sums.width {
                change[first + place] += (deletion.own - deletion.others) * sums.sums[entry * sums.width + place]
            }
        }
        return change
    }

    private func add(
        _ change: [Double], _ whole: [Double], _ sums: UnitSums, _ cells: Cells?, block: Int, lane: Int,
        to changes: UnsafeMutablePointer<Double>
    ) {
        let lanes = ReplicateKernel.lanes
        guard let cells else {
            for place in change.indices { changes[place * lanes + lane] = change[place] }
            return
        }
        for target in 0..<sums.targetCount {
            let gain = cells.gains?.value(cell: Int(cells.cellOfTarget[target]), block: block, lane: lane) ?? 1
            let first = Int(cells.totalOfTarget[target]) * sums.width
            for place in 0..<sums.width {
                let at = target * sums.width + place
                changes[(first + place) * lanes + lane] += gain * change[at] + (gain - 1) * whole[at]
            }
        }
    }

    private func add(_ sums: UnitSums, block: Int, _ cells: Cells?, to changes: UnsafeMutablePointer<Double>) {
        let (width, vectors) = (sums.width, ReplicateKernel.vectors)
        let scratch = UnsafeMutablePointer<Lanes>.allocate(capacity: 2 * vectors)
        defer { scratch.deallocate() }
        let moved = scratch + vectors
        let totals = UnsafeMutableRawPointer(changes).assumingMemoryBound(to: Lanes.self)
        let gains = cells?.gains
        let (totalOfTarget, cellOfTarget) = (cells?.totalOfTarget ?? [], cells?.cellOfTarget ?? [])
        // Pointers are taken once: counting references for every entry would cost more than the sums.
        withExtendedLifetime(gains) {
            let gainsOfBlock = gains?.lanes(cell: 0, block: block)
            sums.starts.withUnsafeBufferPointer { starts in
                sums.targets.withUnsafeBufferPointer { targets in
                    totalOfTarget.withUnsafeBufferPointer { totalOfTarget in
                        cellOfTarget.withUnsafeBufferPointer { cellOfTarget in
                            for unit in 0..<sums.unitCount where starts[unit] < starts[unit &+ 1] {
                                let lanes = UnsafeMutableRawPointer(scratch).assumingMemoryBound(to: Double.self)
                                factors.changes(block: block, unit: unit, into: lanes)
                                for entry in starts[unit]..<starts[unit &+ 1] {
                                    var own = UnsafePointer(scratch)
                                    var target = Int(targets[entry])
                                    if let gainsOfBlock {
                                        let gain = gainsOfBlock + Int(cellOfTarget[target]) &* vectors
                                        // (1 + change)·G − 1
                                        for vector in 0..<vectors {
                                            moved[vector] = scratch[vector] * gain[vector] + (gain[vector] - 1)
                                        }
                                        own = UnsafePointer(moved)
                                    }
                                    if !totalOfTarget.isEmpty { target = Int(totalOfTarget[target]) }
                                    for place in 0..<width {
                                        let sum = sums.sums[entry &* width &+ place]
                                        if sum == 0 { continue }
                                        let into = totals + (target &* width &+ place) &* vectors
                                        for vector in 0..<vectors { into[vector] += own[vector] * sum }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
