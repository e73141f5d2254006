public import SurveyMath
public import SurveyProblems

/// One coefficient of a model with all that is needed to judge it.
public struct ModelCoefficient: Sendable {
    /// `(Intercept)`, `age`, `C(education)3`, `age:sex2`; a threshold of an ordinal model as `1|2`.
    public let term: String
    /// The category of a multinomial model, against the first.
    public let answer: String?
    /// nil for a column that depends on columns before it.
    public let value: Double?
    public let standardError: Double?
    public let t: Double?
    public let p: Double?
    public let low: Double?
    public let high: Double?
}

/// How well a model would predict, by the design: the deviance with the price of its parameters.
///
/// - Source: Lumley and Scott (2015), Journal of Survey Statistics and Methodology 3, 1–18.
public struct ModelCriterion: Sendable {
    /// Parameters, each counted with its design effect.
    public let effectiveParameters: Double
    public let value: Double
    /// The mean of the design effects of the parameters.
    public let meanEffect: Double
}

/// A fitted model.
public struct ModelResult: Sendable {
    public let kind: Regression.Kind
    public let link: ModelLink
    public let formula: ModelFormula
    /// One for each column of the formula (and category); thresholds last.
    public let coefficients: [ModelCoefficient]
    /// The coefficients that have a value, as positions in `coefficients`.
    public let kept: [Int]
    /// Of the kept ones.
    public let values: [Double]
    public let covariance: Matrix
    /// The inverse of the information with weights of mean 1: what independent rows would give, apart from dispersion.
    public let naiveCovariance: Matrix
    /// Design degrees of freedom + 1 − coefficients (ordinal: − slopes), or as the options say.
    public let degreesOfFreedom: Double
    public let designDegreesOfFreedom: Double
    public let level: Double
    /// With weights of mean 1.
    public let deviance: Double
    /// The deviance of the intercept alone; nil for ordinal and multinomial models.
    public let nullDeviance: Double?
    /// The variance of Pearson's residuals; nil for ordinal and multinomial models.
    public let dispersion: Double?
    public let criterion: ModelCriterion?
    /// Complete rows, and the rows of the domain that lack something.
    public let n: Int
    public let incomplete: Int
    public let psus: Int
    public let sumWeights: Double
    public let isLonely: Bool
    public let cautions: [Problem]

    /// What margins and term tests are computed from.
    let model: any FittedModel
    /// The answers of an ordinal or multinomial response, in their order; empty for one mean.
    public let answers: [String]
    /// For each kept coefficient the term of the formula, nil for intercepts and thresholds.
    let terms: [Int?]
    /// The complete rows, as rows of the table.
    let rows: [UInt32]

    /// nil for ordinal and multinomial models.
    var generalized: FittedRegression<GeneralizedLinearModel>? { model as? FittedRegression<GeneralizedLinearModel> }

    /// The fitted means by complete row, with the row of the table; nil for ordinal and multinomial models.
    public var fitted: [(row: Int, mean: Double)]? {
        generalized.map { model in
            let means = model.solver.means(at: model.fit.parameters)
            let frame = model.solver.matrix.frame
            return rows.enumerated().map { (Int($1), means[frame.matrixRow(of: $0)]) }
        }
    }
}
