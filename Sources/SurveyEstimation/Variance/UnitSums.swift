internal import SurveyDesign

extension LinearizedVariance {
    /// What each unit adds to each estimate, before any centring, and the PSUs behind each group.
    struct UnitSums {
        /// Group × estimator, each by unit.
        var sums: [[Double]]
        /// By group.
        var supports: [PSUSupport]
        /// Group × estimator, each by replicate, the change of the estimate; empty where they are not kept.
        var changes: [[Double]] = []
    }

    /// Cells whose sums are taken together.
    private static var cellsAtOnce: Int { 64 }

    /// Returns gradient · sums of every unit for all groups × estimators: groups × estimators × units numbers.
    func unitSums(of tally: Tally, _ gradients: Gradients) -> UnitSums {
        let (groups, estimators) = (tally.index.groupCount, gradients.estimators)
        var sums = [[Double]](
            repeating: [Double](repeating: 0, count: design.unitCount), count: groups * estimators)
        let cells = CellsByGroup(tally.index)
        gradients.values.withUnsafeBufferPointer { values in
            gradients.offsets.withUnsafeBufferPointer { offsets in
                let influence = Influence(tally, values, offsets, gradients)
                for group in 0..<groups {
                    let end = cells.starts[group + 1]
                    // The sums of a few cells stay in the first cache while all estimators take from them.
                    for first in stride(from: cells.starts[group], to: end, by: LinearizedVariance.cellsAtOnce) {
                        let positions = first..<min(first + LinearizedVariance.cellsAtOnce, end)
                        for estimator in 0..<estimators {
                            sums[group * estimators + estimator].withUnsafeMutableBufferPointer { sums in
                                for position in positions {
                                    let cell = cells.cells[position]
                                    if tally.marks[cell] & Tally.answered == 0 { continue }
                                    sums[cells.units[position]] = influence(cell, group, estimator)
                                }
                            }
                        }
                    }
                }
            }
        }
        return UnitSums(sums: sums, supports: supports(of: tally))
    }

    /// The variances that follow from the sums of units, one group after the other; returns the sums if they are kept.
    ///
    /// This is the way for samples with more than one stage, and for calibrated weights: `source` then gives the sums.
    func variances(
        of tally: Tally, _ gradients: Gradients, calibrated source: CalibratedSums?, keepsSums: Bool
    ) -> (variances: [Double?], support: [Support], kept: UnitSums?) {
        let engine = SampleVariance(design, adjustsLonelyDomains: adjustsLonelyDomains)
        let cells = CellsByGroup(tally.index)
        let estimators = gradients.estimators
        let supports = supports(of: tally)
        var variances: [Double?] = []
        var kept = UnitSums(sums: [], supports: keepsSums ? supports : [])
        for (group, support) in supports.enumerated() {
            for estimator in 0..<estimators {
                let sums =
                    source?.sums(group: group, estimator: estimator)
                    ?? self.sums(of: tally, cells, gradients, group: group, estimator: estimator)
                variances.append(engine.vector(sums, support: support).variance)
                if keepsSums { kept.sums.append(sums) }
            }
        }
        return (variances, supports.map { Support($0, engine: engine) }, keepsSums ? kept : nil)
    }

    /// gradient · sums of every unit for one group and estimator.
    private func sums(
        of tally: Tally, _ cells: CellsByGroup, _ gradients: Gradients, group: Int, estimator: Int
    ) -> [Double] {
        var sums = [Double](repeating: 0, count: design.unitCount)
        gradients.values.withUnsafeBufferPointer { values in
            gradients.offsets.withUnsafeBufferPointer { offsets in
                let influence = Influence(tally, values, offsets, gradients)
                for position in cells.starts[group]..<cells.starts[group + 1] {
                    let cell = cells.cells[position]
                    guard tally.marks[cell] & Tally.answered != 0 else { continue }
                    sums[cells.units[position]] = influence(cell, group, estimator)
                }
            }
        }
        return sums
    }

    /// The PSUs behind each group.
    func supports(of tally: Tally) -> [PSUSupport] {
        var marks = [[UInt8]](
            repeating: [UInt8](repeating: 0, count: design.psuCount), count: tally.index.groupCount)
        for psu in 0..<design.psuCount {
            let units = design.units(of: psu)
            for cell in tally.index.firstCells[units.lowerBound]..<tally.index.firstCells[units.upperBound] {
                marks[Int(tally.index.groupOfCell[cell])][psu] |= tally.marks[cell]
            }
        }
        return marks.map { PSUSupport(marks: $0) }
    }
}

extension LinearizedVariance.Support {
    /// Counts the PSUs and strata of a support.
    init(_ support: PSUSupport, engine: SampleVariance) {
        for stratum in engine.design.strata {
            let inBase = stratum.psus.count(where: support.isInBase)
            guard inBase > 0 else { continue }
            psus += inBase
            strata += 1
            let answered = stratum.psus.count(where: support.isAnswered)
            answeredPSUs += answered
            guard answered > 0 else { continue }
            answeredStrata += 1
            if engine.centring.rule(stratum, support) != .leftOut { usableStrata += 1 }
        }
        isLonely = engine.usesLonelyRule(support)
    }
}
