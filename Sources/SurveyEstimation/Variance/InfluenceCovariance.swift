internal import SurveyDesign
internal import SurveyProblems
internal import SurveyWeighting

/// The covariance of statistics whose weighted influences are known row by row.
///
/// Calibration residuals are taken first, then rows are added up to PSUs in the order of the file.
/// Source: Documentation/Methods.md, "Linearised variance" and "Variance after calibration".
struct InfluenceCovariance {
    private let design: SampleDesign
    private let centring: PSUCentring
    private let residuals: RowResiduals?

    init(_ design: SampleDesign, options: EstimationOptions) throws(Problem) {
        self.design = design
        centring = PSUCentring(design, adjustsLonelyDomains: options.adjustsLonelyDomains)
        if let record = design.calibration, !record.steps.isEmpty, options.calibration == .use {
            residuals = try RowResiduals(record, design: design, residuals: options.rakeResiduals)
        } else {
            residuals = nil
        }
    }

    /// Returns the covariance of statistics, each given by weight × influence of the rows in use.
    func covariance(of influences: [[Double]], support: PSUSupport) -> CovarianceMatrix {
        CovarianceMatrix(influences: influences.map { centring.centred(psuSums(of: $0), support: support) })
    }

    /// True if a stratum of the support goes through the rule for lonely PSUs.
    func usesLonelyRule(_ support: PSUSupport) -> Bool {
        design.strata.contains { stratum in
            guard !stratum.isCensus, stratum.psus.contains(where: support.isAnswered) else { return false }
            if case .ownMean = centring.rule(stratum, support) { return false }
            return true
        }
    }

    /// What each PSU adds to a statistic.
    func psuSums(of influence: [Double]) -> [Double] {
        let z = residuals?.residuals(of: influence) ?? influence
        return (0..<design.psuCount).map { psu in
            var sum = 0.0
            for position in design.psuStarts[psu]..<design.psuStarts[psu + 1] { sum += z[position] }
            return sum
        }
    }
}
