internal import SurveyDesign

extension LinearizedVariance {
    /// What each PSU adds to each estimate, before any centring, and the PSUs behind each group.
    struct PSUSums {
        /// Group × estimator, each by PSU.
        var sums: [[Double]]
        /// By group.
        let supports: [PSUSupport]
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
        var marks = [[UInt8]](repeating: [UInt8](repeating: 0, count: design.psuCount), count: groups)
        eachCell(of: tally) { cell, psu, group in marks[group][psu] = tally.marks[cell] }
        return PSUSums(sums: sums, supports: marks.map { PSUSupport(marks: $0) })
    }

    private func eachCell(of tally: Tally, _ body: (_ cell: Int, _ psu: Int, _ group: Int) -> Void) {
        for psu in 0..<design.psuCount {
            for cell in tally.index.firstCells[psu]..<tally.index.firstCells[psu + 1] {
                body(cell, psu, Int(tally.index.groupOfCell[cell]))
            }
        }
    }
}
