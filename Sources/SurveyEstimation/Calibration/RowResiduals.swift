internal import SurveyDesign
internal import SurveyProblems
internal import SurveyWeighting

/// What the calibration of the weights leaves of the influence of each row, step by step.
///
///     Z ← Z − w_r·c_r(cell),   c_r from the regression of Z/w_r on the controls x with weights d_r/q_r
///
/// The same residuals as ``CalibrationResiduals``, for statistics whose influences are known row by row.
/// Source: Deville and Särndal (1992); Documentation/Methods.md, "Variance after calibration".
struct RowResiduals: Sendable {
    private struct Step: Sendable {
        let projection: CellProjection
        /// By row in use: its cell (or the number of cells outside), w_r, and d_r/(q_r w_r) (1/w_r for sweeps).
        let cells: [UInt32]
        let weights: [Double]
        let factors: [Double]
        let targetErrors: TargetErrors?
    }

    private let steps: [Step]

    init(
        _ record: CalibrationRecord, design: SampleDesign, residuals: EstimationOptions.RakeResiduals
    ) throws(Problem) {
        var steps: [Step] = []
        for step in record.steps {
            let cellCount = step.cellCount
            let costs = step.controls?.regressionCosts
            let isPlain = step.method == .rake && residuals == .sweeps
            var sums = [Double](repeating: 0, count: cellCount)
            var rows = sums
            for row in 0..<design.rowCount
            where design.psus[row] != SampleDesign.setAside && Int(step.cellOfRow[row]) < cellCount {
                let cell = Int(step.cellOfRow[row])
                sums[cell] += step.before[row] / (costs?[cell] ?? 1)
                if step.after[row] != 0 { rows[cell] += 1 }
            }
            steps.append(
                Step(
                    projection: try CellProjection(step, weights: sums, rows: rows, residuals: residuals),
                    cells: design.rows.map { min(step.cellOfRow[Int($0)], UInt32(cellCount)) },
                    weights: design.rows.map { step.after[Int($0)] },
                    factors: design.rows.map { row in
                        let (after, cell) = (step.after[Int(row)], Int(step.cellOfRow[Int(row)]))
                        guard after != 0, cell < cellCount else { return 0 }
                        return (isPlain ? 1 : step.before[Int(row)] / (costs?[cell] ?? 1)) / after
                    }, targetErrors: step.targetErrors))
        }
        self.steps = steps
    }

    /// The residuals of weight × influence of the rows in use, and what errors of the targets add to a variance.
    func residuals(of influence: [Double]) -> (rows: [Double], ofTargets: [Double]) {
        var z = influence
        var ofTargets: [Double] = []
        for step in steps {
            let outside = UInt32(step.projection.cellCount)
            var sums = [Double](repeating: 0, count: step.projection.cellCount)
            for position in z.indices where step.cells[position] < outside {
                sums[Int(step.cells[position])] += step.factors[position] * z[position]
            }
            let corrections = step.projection.corrections(sums)
            if let errors = step.targetErrors, let coefficients = step.projection.coefficients(sums) {
                ofTargets += errors.deviations(of: coefficients)
            }
            for position in z.indices where step.cells[position] < outside {
                z[position] -= step.weights[position] * corrections[Int(step.cells[position])]
            }
        }
        return (z, ofTargets)
    }
}
