internal import SurveyDesign
internal import SurveyProblems
internal import SurveyWeighting

/// What the calibration of the weights takes off the influence of each PSU, step by step.
///
///     Z ← Z − w_r·c_r(cell),   c_r from the regression of Z/w_r on the controls x with weights d_r/q_r
///
/// d_r and w_r are the weights before and after the step. Rows of one calibration cell have the same x and get one
/// correction, so nothing here is longer than the table.
/// Source: Deville and Särndal (1992); Documentation/Methods.md, "Variance after calibration".
struct CalibrationResiduals: Sendable {
    /// One step of the calibration, ready for any influence.
    struct Step: Sendable {
        /// The rows in use, grouped by calibration cell, with the weight d_r·w/w_r.
        let cells: SampleDesign
        /// For each row of `cells` its position among the rows of the design.
        let positions: [Int]
        let projection: CellProjection
        /// Unit × cell: Σ w_r.
        let psus: CrossedSums
        /// For each earlier step s: cell × cell of s, Σ (d_r/w_r)·w_s.
        let earlier: [CrossedSums]
        /// The errors of the step's targets.
        let targetErrors: TargetErrors?
    }

    let steps: [Step]

    /// Prepares the record of a design.
    init(
        _ record: CalibrationRecord, design: SampleDesign, residuals: EstimationOptions.RakeResiduals
    ) throws(Problem) {
        var positionOfRow = [Int](repeating: -1, count: design.rowCount)
        for (position, row) in design.rows.enumerated() { positionOfRow[Int(row)] = position }
        let weightOfRow = design.weightOfRow
        let isSampled = design.psus.numbers.map { $0 != SampleDesign.setAside }
        var steps: [Step] = []
        for (number, step) in record.steps.enumerated() {
            let cellCount = step.cellCount
            let costs = step.controls?.regressionCosts
            let isPlain = step.method == .rake && residuals == .sweeps
            var sums = [Double](repeating: 0, count: cellCount)
            var rows = sums
            // d_r/(q_r w_r), 0 where the row is outside the step.
            var factors = [Double](repeating: 0, count: design.rowCount)
            for row in 0..<design.rowCount where isSampled[row] && Int(step.cellOfRow[row]) < cellCount {
                let cell = Int(step.cellOfRow[row])
                let base = step.before[row] / (costs?[cell] ?? 1)
                sums[cell] += base
                guard step.after[row] != 0 else { continue }
                rows[cell] += 1
                factors[row] = (isPlain ? 1 : base) / step.after[row]
            }
            func grouped(_ weights: [Double]) -> SampleDesign {
                CalibrationResiduals.grouped(step.cellOfRow, count: cellCount, weights: weights, isSampled: isSampled)
            }
            let cells = grouped(factors.indices.map { factors[$0] * weightOfRow[$0] })
            steps.append(
                Step(
                    cells: cells, positions: cells.rows.map { positionOfRow[Int($0)] },
                    projection: try CellProjection(step, weights: sums, rows: rows, residuals: residuals),
                    psus: CalibrationResiduals.psus(record, step: number, design: design),
                    earlier: record.steps[..<number].enumerated().map { earlier, other in
                        let alive = CalibrationResiduals.weights(record, step: earlier, before: number)
                        return CrossedSums(
                            grouped(factors.indices.map { factors[$0] * alive[$0] }), columnOfRow: other.cellOfRow,
                            columnCount: other.cellCount)
                    }, targetErrors: step.targetErrors))
        }
        self.steps = steps
    }

    /// The weights after a step, 0 where a later step before `end` dropped the row.
    private static func weights(_ record: CalibrationRecord, step: Int, before end: Int) -> [Double] {
        var weights = record.steps[step].after
        for later in record.steps[(step + 1)..<max(end, step + 1)] {
            for row in weights.indices where later.after[row] == 0 { weights[row] = 0 }
        }
        return weights
    }

    private static func psus(_ record: CalibrationRecord, step: Int, design: SampleDesign) -> CrossedSums {
        let grouped = SampleDesign(
            specification: design.specification, strata: design.strata, psus: design.psus,
            weightOfRow: weights(record, step: step, before: record.steps.count), structure: design.structure)
        return CrossedSums(
            grouped, columnOfRow: record.steps[step].cellOfRow,
            columnCount: record.steps[step].cellCount)
    }

    /// Rows grouped by calibration cell, as a sample whose PSUs are the cells.
    private static func grouped(
        _ cellOfRow: [UInt32], count: Int, weights: [Double], isSampled: [Bool]
    ) -> SampleDesign {
        SampleDesign(
            specification: DesignSpecification(),
            strata: [Stratum(label: "", firstPSU: 0, psuCount: count, population: .unknown)],
            psus: RowPSUs(
                cellOfRow.indices.map {
                    isSampled[$0] && Int(cellOfRow[$0]) < count ? cellOfRow[$0] : SampleDesign.setAside
                }), weightOfRow: weights)
    }

    /// The cells of a breakdown inside the calibration cells, for each step.
    func indexes(of groups: Groups) -> [CellIndex] {
        steps.map { CellIndex(groups.reordered($0.positions), design: $0.cells) }
    }
}
