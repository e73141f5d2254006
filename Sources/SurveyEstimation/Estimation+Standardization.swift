public import SurveyData
internal import SurveyDesign
public import SurveyProblems
public import SurveyWeighting

extension Estimation {
    /// Returns directly standardised estimates: in every group the classes have the shares of a standard population.
    ///
    /// For each measure and breakdown the weights of the rows with an answer are post-stratified to class × group, and the
    /// variance is that of post-stratified weights. Rows outside `domain` take no part in that.
    ///
    /// - Shapes: as ``estimates(of:by:where:)``; `classes` are the variables of the standard.
    /// - Missing: rows without an answer have weight 0; rows with one but without a class are an error.
    /// - Throws: as ``estimates(of:by:where:)``, and `weighting.…` of the first measure that cannot be standardised.
    /// - Source: Documentation/Methods.md, "Standardised means and rates".
    public func standardizedEstimates(
        of measures: [Measure], by breakdowns: [Breakdown], where domain: Truth? = nil,
        to standard: Standardization, classes: [WeightingVariable]
    ) throws(Problem) -> EstimationResult {
        precondition(!options.keepsCovariance && !options.keepsInfluences, "each estimate has weights of its own")
        var rows: [Estimate] = []
        var cautions: [Problem] = []
        for measure in measures {
            let values = try MeasuredValues(measure, item: nil, rowCount: design.rowCount)
            let used = design.weightOfRow.indices.map { row in
                domain?.holds(row) != false && measure.base?.holds(row) != false && values.isAnswered(row)
            }
            for breakdown in breakdowns {
                var domains: [WeightingVariable] = []
                for column in breakdown.columns { domains.append(try WeightingVariable(column)) }
                let weights = design.weightOfRow.enumerated().map { used[$0] ? $1 : 0 }
                let checked = standard.fitted(weights, classes: classes, domains: domains)
                let fit = try checked.get()
                let made = SampleDesign(
                    specification: design.specification, strata: design.strata, psus: design.psus,
                    psuLabels: design.psuLabels, weightOfRow: fit.weights, cautions: design.cautions,
                    calibration: CalibrationRecord(
                        steps: (design.calibration?.steps ?? []) + [fit.step],
                        adjustments: design.calibration?.adjustments ?? []))
                let result = try Estimation(design: made, options: options).estimates(
                    of: [measure], by: [breakdown], where: domain)
                rows += result.rows
                for caution in checked.problems + result.cautions where !cautions.contains(caution) {
                    cautions.append(caution)
                }
            }
        }
        return EstimationResult(rows: rows, cautions: cautions)
    }
}
