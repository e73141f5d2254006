internal import SurveyDesign

extension LinearizedVariance {
    /// What each PSU adds to each estimate, before any centring, and the PSUs behind each group.
    struct PSUSums {
        /// Group × estimator, each by PSU.
        var sums: [[Double]]
        /// By group.
        var supports: [PSUSupport]
    }

    /// Returns gradient · sums of every PSU for all groups × estimators: groups × estimators × PSUs numbers.
    func psuSums(of tally: Tally, _ gradients: Gradients) -> PSUSums {
        let (groups, estimators) = (tally.index.groupCount, gradients.estimators)
        var sums = [[Double]](
            repeating: [Double](repeating: 0, count: design.psuCount), count: groups * estimators)
        gradients.values.withUnsafeBufferPointer { values in
            gradients.offsets.withUnsafeBufferPointer { offsets in
                let influence = Influence(tally, values, offsets, gradients)
                eachCell(of: tally) { cell, psu, group in
                    guard tally.marks[cell] & Tally.answered != 0 else { return }
                    for estimator in 0..<estimators {
                        sums[group * estimators + estimator][psu] = influence(cell, group, estimator)
                    }
                }
            }
        }
        return PSUSums(sums: sums, supports: supports(of: tally))
    }

    /// The variances of sums less calibration, in place of those without it; returns the sums if they are kept.
    func calibrated(
        _ source: CalibratedSums, _ tally: Tally, keepsSums: Bool, _ variances: inout [Double?]
    ) -> PSUSums? {
        let centring = PSUCentring(design, adjustsLonelyDomains: adjustsLonelyDomains)
        let estimators = variances.count / max(1, tally.index.groupCount)
        let cells = CellsByGroup(tally.index)
        var kept = PSUSums(sums: [], supports: [])
        for group in 0..<tally.index.groupCount {
            var marks = [UInt8](repeating: 0, count: design.psuCount)
            for position in cells.starts[group]..<cells.starts[group + 1] {
                marks[cells.units[position]] = tally.marks[cells.cells[position]]
            }
            let support = PSUSupport(marks: marks)
            for estimator in 0..<estimators {
                let sums = source.sums(group: group, estimator: estimator)
                let centred = centring.centred(sums, support: support)
                variances[group * estimators + estimator] = PSUCentring.product(centred, centred)
                if keepsSums { kept.sums.append(sums) }
            }
            if keepsSums { kept.supports.append(support) }
        }
        return keepsSums ? kept : nil
    }

    /// The PSUs behind each group.
    func supports(of tally: Tally) -> [PSUSupport] {
        var marks = [[UInt8]](
            repeating: [UInt8](repeating: 0, count: design.psuCount), count: tally.index.groupCount)
        eachCell(of: tally) { cell, psu, group in marks[group][psu] = tally.marks[cell] }
        return marks.map { PSUSupport(marks: $0) }
    }

    private func eachCell(of tally: Tally, _ body: (_ cell: Int, _ psu: Int, _ group: Int) -> Void) {
        for psu in 0..<design.psuCount {
            for cell in tally.index.firstCells[psu]..<tally.index.firstCells[psu + 1] {
                body(cell, psu, Int(tally.index.groupOfCell[cell]))
            }
        }
    }
}
