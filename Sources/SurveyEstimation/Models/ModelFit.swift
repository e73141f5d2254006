internal import SurveyMath

/// Where a fit ended: coefficients of the orthogonal columns and the sums there.
struct ModelFit: Sendable {
    /// On the scale that the model computes in; `ModelCore.coefficients(of:)` gives those of the columns.
    var parameters: [Double]
    /// The inverse of the information, on the same scale.
    var inverse: Matrix
    var deviance: Double
    /// The parameters whose working weights made the information; the solution itself unless R's loop is repeated.
    var working: [Double]
    var steps: Int
}

/// When the fit of a model ends, and where its information is taken.
public enum ModelLoop: String, Sendable, CaseIterable {
    /// The coefficients move less than 1e-12 of their size; the information is that of the solution.
    case solution
    /// R's rule: the deviance changes less than 1e-8 of itself; the information is that of the last step before.
    case r
}
