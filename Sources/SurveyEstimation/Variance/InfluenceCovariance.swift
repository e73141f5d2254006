internal import SurveyDesign
internal import SurveyProblems
internal import SurveyWeighting

/// The covariance of statistics whose weighted influences are known row by row.
///
/// Calibration residuals are taken first, then rows are added up to units in the order of the file.
/// Source: Documentation/Methods.md, "Linearised variance" and "Variance after calibration".
struct InfluenceCovariance {
    private let design: SampleDesign
    private let variance: SampleVariance
    private let residuals: RowResiduals?

    init(_ design: SampleDesign, options: EstimationOptions) throws(Problem) {
        self.design = design
        variance = SampleVariance(design, adjustsLonelyDomains: options.adjustsLonelyDomains)
        if let record = design.calibration, !record.steps.isEmpty, options.calibration == .use {
            residuals = try RowResiduals(record, design: design, residuals: options.rakeResiduals)
        } else {
            residuals = nil
        }
    }

    /// Returns the covariance of the estimates of a statistic.
    func covariance(of statistic: some RowStatistic, support: PSUSupport) throws(Problem) -> CovarianceMatrix {
        var sums =
            residuals == nil
            ? try statistic.unitSums(weights: design.weights, starts: design.unitStarts)
            : try statistic.influences(weights: design.weights).map(unitSums)
        let supports = [PSUSupport](repeating: support, count: sums.count)
        return CovarianceMatrix(variance.vectors(&sums, supports: supports))
    }

    /// True if a stratum of the support goes through the rule for lonely PSUs.
    func usesLonelyRule(_ support: PSUSupport) -> Bool { variance.usesLonelyRule(support) }

    /// What each unit adds to a statistic.
    func unitSums(of influence: [Double]) -> [Double] {
        let found = residuals?.residuals(of: influence)
        return SampleVariance.added(found?.rows ?? influence, design.unitStarts) + (found?.ofTargets ?? [])
    }
}
