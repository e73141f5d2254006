internal import SurveyMath
public import SurveyProblems

/// Direct estimates of many areas, each drawn towards what its covariates let expect.
///
/// - Shapes: one direct estimate an area of the sample, one row of covariates an area of the population.
/// - Missing: an area without a usable direct estimate (no rows, one row, no variance) gets the synthetic one, and says so.
/// - Throws: ``Problem`` `estimation.area-without-covariates`, and those of ``FayHerriot``.
/// - Source: Documentation/Methods.md, "Small areas".
public struct SmallAreas: Sendable {
    /// How the variances of direct estimates are made.
    public enum Smoothing: String, Sendable, CaseIterable {
        /// D = pooled design effect × p(1 − p)/n with p the synthetic share: for shares only.
        case designEffect = "deff"
        /// The estimated variances as they are.
        case none
    }

    /// How the areas are brought into line with the direct estimate of the whole.
    public enum Benchmark: String, Sendable, CaseIterable { case ratio, difference, none }

    /// What an area is.
    public struct Area: Sendable {
        public let name: String
        public let covariates: [Double]
        /// People in it; nil takes the sum of the sample's weights.
        public let population: Double?

        public init(name: String, covariates: [Double], population: Double?) {
            self.name = name
            self.covariates = covariates
            self.population = population
        }
    }

    /// One area's figures.
    public struct Row: Sendable {
        public let name: String
        /// Nil for an area without rows.
        public let direct: Estimate?
        /// The variance D that the model used; nil if the direct estimate did not enter.
        public let variance: Double?
        public let model: FayHerriot.Estimate
        /// The model's value moved so that areas agree with the whole; the same without a benchmark.
        public let value: Double
    }

    public let fit: FayHerriot
    public let rows: [Row]
    /// The direct estimate of the whole.
    public let whole: Estimate
    public let smoothing: Smoothing
    public let benchmark: Benchmark
    /// The design effect of all areas together, where variances are smoothed by it.
    public let pooledDesignEffect: Double?

    /// Passes of smoothing: the synthetic share makes D, and D the synthetic share.
    private static let passes = 2

    public init(
        direct: [Estimate], whole: Estimate, areas: [Area], method: FayHerriot.Method, smoothing: Smoothing,
        benchmark: Benchmark
    ) throws(Problem) {
        let known = Set(areas.map(\.name))
        let names = direct.map { $0.by.last?.category ?? "" }
        let missing = names.filter { !known.contains($0) }
        guard missing.isEmpty else { throw .areaWithoutCovariates(missing) }
        let estimates = Dictionary(zip(names, direct), uniquingKeysWith: { first, _ in first })
        let usable = estimates.filter {
            $0.value.nBase > 1 && ($0.value.standardError ?? 0) > 0 && $0.value.value != nil
        }
        var pooled: Double?
        var variances = usable.compactMapValues { estimate in estimate.standardError.map { $0 * $0 } }
        if smoothing == .designEffect {
            let effects = estimates.values.compactMap { estimate in
                estimate.designEffect.flatMap { $0 > 0 ? ($0, Double(estimate.nBase)) : nil }
            }
            let rows = CompensatedSum.of(effects.map(\.1).sorted())
            guard rows > 0, let share = whole.value, share > 0, share < 1 else { throw .nothingToSmooth() }
            let effect = CompensatedSum.of(effects.map { $0.0 * $0.1 }.sorted()) / rows
            pooled = effect
            // A share of 0 or 1 has a variance too once it is smoothed.
            let answered = estimates.filter { $0.value.nBase > 1 && $0.value.value != nil }
            variances = answered.mapValues { effect * share * (1 - share) / Double($0.nBase) }
        }
        var fit = try SmallAreas.fitted(areas, estimates, variances, method)
        if let pooled {
            for _ in 0..<SmallAreas.passes {
                let synthetic = Dictionary(
                    fit.estimates.map { ($0.name, $0.synthetic) }, uniquingKeysWith: { first, _ in first })
                for (name, estimate) in estimates where variances[name] != nil {
                    // Half an answer away from the ends: a regression can leave 0…1.
                    let edge = 0.5 / Double(estimate.nBase)
                    let share = min(1 - edge, max(edge, synthetic[name] ?? 0.5))
                    variances[name] = pooled * share * (1 - share) / Double(estimate.nBase)
                }
                fit = try SmallAreas.fitted(areas, estimates, variances, method)
            }
        }
        let weights = areas.map { $0.population ?? estimates[$0.name]?.sumWeights ?? 0 }
        let total = CompensatedSum.of(weights)
        let sum = CompensatedSum.of(zip(fit.estimates, weights).map { $0.value * $1 })
        guard total > 0, let wanted = whole.value else { throw .nothingToSmooth() }
        let target = wanted * total
        if benchmark == .ratio, !(sum > 0 && target > 0) { throw .ratioBenchmark(sum / total, wanted) }
        rows = fit.estimates.map { model in
            let value: Double =
                switch benchmark {
                case .ratio: model.value * target / sum
                case .difference: model.value + (target - sum) / total
                case .none: model.value
                }
            return Row(
                name: model.name, direct: estimates[model.name], variance: variances[model.name], model: model,
                value: value)
        }
        self.fit = fit
        self.whole = whole
        self.smoothing = smoothing
        self.benchmark = benchmark
        pooledDesignEffect = pooled
    }

    private static func fitted(
        _ areas: [Area], _ estimates: [String: Estimate], _ variances: [String: Double], _ method: FayHerriot.Method
    ) throws(Problem) -> FayHerriot {
        try FayHerriot(
            areas.map { area in
                var direct: (estimate: Double, variance: Double)?
                if let variance = variances[area.name], let value = estimates[area.name]?.value {
                    direct = (value, variance)
                }
                return FayHerriot.Area(name: area.name, direct: direct, covariates: area.covariates)
            }, method: method)
    }
}

extension Problem {
    /// Areas of the sample that the file of covariates does not know.
    static func areaWithoutCovariates(_ names: [String]) -> Problem {
        Problem(
            "estimation.area-without-covariates", .input, what: "\(names.count) areas have no covariates",
            why: "each area of the sample needs a row of covariates; none found for \(list: names)",
            fix: "complete the file of covariates, with the codes of the data")
    }

    /// A whole of which nothing can be said.
    static func nothingToSmooth() -> Problem {
        Problem(
            "estimation.nothing-to-smooth", .computation, what: "The whole has no share between 0 and 1",
            why:
                "variances are smoothed and areas are benchmarked by the whole, and all its answers are equal or missing",
            fix: "use --smooth-d none, or another question")
    }

    /// A ratio of numbers that are not positive.
    static func ratioBenchmark(_ model: Double, _ direct: Double) -> Problem {
        Problem(
            "estimation.ratio-benchmark", .computation, what: "The areas cannot be benchmarked by a ratio",
            why: "both means must be above 0; found \(model) for the areas and \(direct) for the whole",
            fix: "use --benchmark difference")
    }
}
