internal import SurveyDesign
internal import SurveyWeighting

/// The unit sums of estimates less what calibration takes off them.
///
/// Calibration spreads an influence over the whole sample: a PSU without rows in the group has one too. So each estimate
/// has one vector of all units here, made one after the other.
struct CalibratedSums {
    private let residuals: CalibrationResiduals
    private let gradients: LinearizedVariance.Gradients
    private let tally: Tally
    private let tallies: [Tally]
    private let cells: CellsByGroup
    private let stepCells: [CellsByGroup]
    private let unitCount: Int

    init(
        _ residuals: CalibrationResiduals, tally: Tally, tallies: [Tally], gradients: LinearizedVariance.Gradients,
        unitCount: Int
    ) {
        self.residuals = residuals
        self.tally = tally
        self.tallies = tallies
        self.gradients = gradients
        self.unitCount = unitCount
        cells = CellsByGroup(tally.index)
        stepCells = tallies.map { CellsByGroup($0.index) }
    }

    /// The sums of all units for one group and estimator.
    func sums(group: Int, estimator: Int) -> [Double] {
        var sums = influence(tally, cells, group, estimator, count: unitCount)
        var corrections: [[Double]] = []
        var ofTargets: [Double] = []
        for (number, step) in residuals.steps.enumerated() {
            var own = influence(
                tallies[number], stepCells[number], group, estimator, count: step.projection.cellCount)
            for (earlier, correction) in zip(step.earlier, corrections) {
                earlier.subtract(times: correction, from: &own)
            }
            let correction = step.projection.corrections(own)
            step.psus.subtract(times: correction, from: &sums)
            corrections.append(correction)
            if let errors = step.targetErrors, let coefficients = step.projection.coefficients(own) {
                ofTargets += errors.deviations(of: coefficients)
            }
        }
        return sums + ofTargets
    }

    /// gradient · sums of the cells of a group, by unit.
    private func influence(
        _ tally: Tally, _ cells: CellsByGroup, _ group: Int, _ estimator: Int, count: Int
    ) -> [Double] {
        var result = [Double](repeating: 0, count: count)
        gradients.values.withUnsafeBufferPointer { values in
            gradients.offsets.withUnsafeBufferPointer { offsets in
                let influence = LinearizedVariance.Influence(tally, values, offsets, gradients)
                for position in cells.starts[group]..<cells.starts[group + 1] {
                    let cell = cells.cells[position]
                    guard tally.marks[cell] & Tally.answered != 0 else { continue }
                    result[cells.units[position]] = influence(cell, group, estimator)
                }
            }
        }
        return result
    }
}
