public import SurveyDesign

/// One estimate of one sample, with all that its comparison with an estimate of another sample needs.
public struct ChangeSide: Sendable {
    public let estimate: Estimate
    /// By unit of `design` (PSU where sampling has one stage), the sum of weighted influences before centring; not-a-number where undefined.
    ///
    /// With replicates, by replicate, the deviation times the root of its scale.
    public let influence: [Double]
    /// The PSUs behind the estimate: they make the degrees of freedom.
    public let support: PSUSupport
    public let design: SampleDesign

    public init(estimate: Estimate, influence: [Double], support: PSUSupport, design: SampleDesign) {
        precondition(
            influence.count == design.replicates?.count ?? design.unitCount, "one influence a unit or replicate")
        self.estimate = estimate
        self.influence = influence
        self.support = support
        self.design = design
    }

    /// Takes one row of a result whose options kept the influences.
    public init(_ result: EstimationResult, row: Int) {
        guard let design = result.design else { preconditionFailure("the options keep influences") }
        self.init(
            estimate: result.rows[row], influence: result.influences[row], support: result.supports[row],
            design: design)
    }
}
