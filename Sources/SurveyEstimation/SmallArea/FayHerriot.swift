internal import SurveyMath
public import SurveyProblems

/// Estimates for small areas from direct estimates and a regression on what is known of each area.
///
///     y = Xβ + u + e,  Var u = A,  Var e = D known        θ = γ y + (1 − γ) x'β,  γ = A/(A + D)
///
/// - Shapes: one direct estimate, variance and row of covariates an area. An area without a sample has no direct estimate
///   and gets x'β.
/// - Missing: an area may lack its direct estimate, never a covariate.
/// - Throws: ``Problem`` `estimation.few-areas`, `estimation.area-variance`, `estimation.area-covariate`.
/// - Source: Fay and Herriot (1979); Prasad and Rao (1990); Datta and Lahiri (2000); Rao and Molina (2015), ch. 6;
///   Documentation/Methods.md, "Small areas". Checked: Tests/Reference/small_area.json (own base-R implementation).
public struct FayHerriot: Sendable {
    /// How the variance between areas is found.
    public enum Method: String, Sendable, CaseIterable {
        case reml, ml
        case prasadRao = "prasad-rao"
        case fayHerriot = "fay-herriot"
    }

    /// What is known of an area.
    public struct Area: Sendable {
        public let name: String
        /// The direct estimate and its variance; nil for an area without a sample.
        public let direct: (estimate: Double, variance: Double)?
        /// Covariates, the intercept included.
        public let covariates: [Double]

        public init(name: String, direct: (estimate: Double, variance: Double)?, covariates: [Double]) {
            self.name = name
            self.direct = direct
            self.covariates = covariates
        }
    }

    /// What comes out for an area.
    public struct Estimate: Sendable {
        public let name: String
        public let direct: (estimate: Double, variance: Double)?
        public let value: Double
        public let synthetic: Double
        /// The weight of the direct estimate; 0 without a sample.
        public let shrinkage: Double
        public let meanSquaredError: Double
        /// Its parts: g1 of the model, g2 of β, g3 of A.
        public let parts: (g1: Double, g2: Double, g3: Double)
        /// (y − x'β)/√(A + D): the standardised residual; nil without a sample.
        public let residual: Double?
    }

    public let method: Method
    /// A, the variance between areas that covariates do not explain.
    public let variance: Double
    public let coefficients: [Double]
    /// Row after row.
    public let covariance: [Double]
    public let estimates: [Estimate]
    /// Steps until A settled; nil for the moment estimators that need none.
    public let steps: Int?

    public init(_ areas: [Area], method: Method = .reml) throws(Problem) {
        let sampled = areas.filter { $0.direct != nil }
        let width = areas.first?.covariates.count ?? 0
        guard width > 0, areas.allSatisfy({ $0.covariates.count == width && $0.covariates.allSatisfy(\.isFinite) })
        else {
            throw .areaCovariate(
                areas.first { $0.covariates.count != width || !$0.covariates.allSatisfy(\.isFinite) }?.name ?? "")
        }
        for area in sampled {
            guard let direct = area.direct, direct.estimate.isFinite, direct.variance.isFinite, direct.variance > 0
            else {
                throw .areaVariance(area.name, area.direct?.variance ?? .nan)
            }
        }
        guard sampled.count > width + 1 else { throw .fewAreas(sampled.count, needed: width + 2) }
        let data = AreaData(sampled)
        guard data.weighted(at: 0) != nil else { throw .areasDependent() }
        let (variance, steps) = try data.variance(by: method)
        guard let fit = data.weighted(at: variance) else { throw .areasDependent() }
        self.method = method
        self.variance = variance
        self.steps = steps
        coefficients = fit.coefficients
        covariance = fit.covariance
        let spread = data.varianceOfVariance(at: variance, by: method)
        let bias = data.bias(at: variance, by: method, fit: fit)
        estimates = areas.map { area in
            let synthetic = AreaData.product(area.covariates, fit.coefficients)
            let g = AreaData.quadratic(area.covariates, fit.covariance)
            guard let direct = area.direct else {
                return Estimate(
                    name: area.name, direct: nil, value: synthetic, synthetic: synthetic, shrinkage: 0,
                    meanSquaredError: variance + g, parts: (variance, g, 0), residual: nil)
            }
            let total = variance + direct.variance
            let shrinkage = variance / total
            let rest = direct.variance / total
            let parts = (
                g1: shrinkage * direct.variance, g2: rest * rest * g,
                g3: direct.variance * direct.variance / (total * total * total) * spread
            )
            return Estimate(
                name: area.name, direct: direct, value: shrinkage * direct.estimate + rest * synthetic,
                synthetic: synthetic, shrinkage: shrinkage,
                meanSquaredError: parts.g1 + parts.g2 + 2 * parts.g3 - rest * rest * bias, parts: parts,
                residual: (direct.estimate - synthetic) / total.squareRoot())
        }
    }
}

extension Problem {
    /// Too few areas for a model.
    static func fewAreas(_ count: Int, needed: Int) -> Problem {
        Problem(
            "estimation.few-areas", .computation, what: "\(count) areas are too few for the model",
            why: "the variance between areas needs at least \(needed) areas with a direct estimate",
            fix: "use fewer covariates, or direct estimates alone")
    }

    /// A direct estimate without a usable variance.
    static func areaVariance(_ name: String, _ variance: Double) -> Problem {
        Problem(
            "estimation.area-variance", .computation,
            what: "The direct estimate of area \"\(name)\" has no variance above 0",
            why: "the model weighs areas by it; found \(variance)",
            fix: "smooth the variances with --smooth-d deff, or leave the direct estimate of the area out")
    }

    /// An area without all covariates.
    static func areaCovariate(_ name: String) -> Problem {
        Problem(
            "estimation.area-covariate", .input, what: "Area \"\(name)\" lacks a covariate",
            why: "each area needs the same covariates, all of them numbers", fix: "complete the file of covariates")
    }

    /// Covariates that say the same thing twice.
    static func areasDependent() -> Problem {
        Problem(
            "estimation.areas-dependent", .computation, what: "The covariates of the areas depend on one another",
            why: "one is a combination of the others, so the regression has no single solution",
            fix: "drop a covariate")
    }
}
