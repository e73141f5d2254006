internal import SurveyData
public import SurveyProblems

/// The weights of a sample again and again: a variance is how much an estimate moves between them.
///
///     V = s Σ_b r_b (θ_b − c)²        c: mean of θ_b over r_b > 0, or the estimate of the full sample
///
/// Factors belong to units (PSUs, or the lowest units that are drawn); rows follow their unit.
///
/// - Source: Wolter (2007), Introduction to Variance Estimation, chapters 3 to 5; Documentation/Methods.md, "Replicates".
///   Checked: R survey 4.1-1 `as.svrepdesign` and `svrepdesign`, Tests/Reference/replicates.json.
public struct ReplicateWeights: Sendable {
    public let plan: ReplicatePlan
    public let count: Int
    /// The scale s.
    public let scale: Double
    /// The scale r of each replicate.
    public let scales: [Double]
    /// What a reader must know of them.
    public let cautions: [Problem]
    package let factors: ReplicateFactors

    init(
        _ plan: ReplicatePlan, factors: ReplicateFactors, scale: Double, scales: [Double]? = nil,
        cautions: [Problem] = []
    ) {
        self.plan = plan
        self.factors = factors
        count = factors.count
        self.scale = scale
        self.scales = scales ?? [Double](repeating: 1, count: factors.count)
        self.cautions = cautions
    }

    /// The most replicates that may be asked for.
    public static let greatestCount = 100_000
    /// The most factors that are kept.
    static let greatestSize = 1 << 31

    /// Makes or reads the replicates of a design.
    ///
    /// - Shapes: `table` has the rows of the design.
    /// - Throws: ``Problem`` `design.replicates-…`: what the method cannot be used for, and what is missing.
    init(_ plan: ReplicatePlan, for design: SampleDesign, table: Table) throws(Problem) {
        switch plan.source {
        case .given(let given): self = try ReplicateWeights.given(given, plan, for: design, table: table)
        case .made(let method, let count, let seed):
            self = try ReplicateWeights.made(method, count: count, seed: seed, plan, for: design)
        }
    }

    private static func made(
        _ method: ReplicateMethod, count: Int?, seed: UInt64?, _ plan: ReplicatePlan, for design: SampleDesign
    ) throws(Problem) -> ReplicateWeights {
        if let count {
            guard !method.hasOwnCount else { throw .ownReplicateCount(method.name) }
            guard count >= 2, count <= greatestCount else { throw .replicateCount(count) }
        }
        if method.isRandom, seed == nil { throw .noReplicateSeed(method.name) }
        let wanted = count ?? ReplicatePlan.defaultCount
        try checkLonely(method, design)
        if let made = try unequal(method, plan, design, count: wanted, seed: seed ?? 0) { return made }
        var made: ReplicateWeights
        switch method {
        case .jk1: made = try jk1(plan, design)
        case .jkn: made = try jkn(plan, design)
        case .jk2: made = try jk2(plan, design)
        case .brr: made = try balanced(plan, design, rho: 0, count: count)
        case .fay(let rho): made = try balanced(plan, design, rho: rho, count: count)
        case .sdr: made = try successiveDifferences(plan, design, count: count)
        case .bootstrap: made = try bootstrap(plan, design, count: wanted, seed: seed ?? 0)
        case .cantyDavison: made = try cantyDavison(plan, design, count: wanted, seed: seed ?? 0)
        case .multistage, .half:
            made = try staged(plan, design, isHalf: method == .half, count: wanted, seed: seed ?? 0)
        }
        guard method.dropsPopulations, design.strata.contains(where: { $0.samplingFraction > 0 }) else { return made }
        made = ReplicateWeights(
            plan, factors: made.factors, scale: made.scale, scales: made.scales,
            cautions: made.cautions + [.populationsDropped(method.name)])
        return made
    }

    /// The bootstrap of PSUs drawn with unequal probabilities; nil for other samples.
    private static func unequal(
        _ method: ReplicateMethod, _ plan: ReplicatePlan, _ design: SampleDesign, count: Int, seed: UInt64
    ) throws(Problem) -> ReplicateWeights? {
        guard let form = design.structure?.form else { return nil }
        if case .tree(let tree) = form {
            guard let fractions = tree.psuFractions else { return nil }
            if method == .bootstrap {
                return try bootstrap(plan, design, fractions: fractions, count: count, seed: seed)
            }
        }
        throw .replicatesOfPairs(method.name)
    }

    /// Refuses a single PSU of a stratum where the design or the method has no rule for it.
    private static func checkLonely(_ method: ReplicateMethod, _ design: SampleDesign) throws(Problem) {
        let lonely = design.strata.filter(\.isLonely)
        guard !lonely.isEmpty else { return }
        let rule = design.specification.lonelyPSU
        switch (method, rule) {
        case (.jkn, .certainty), (.jkn, .average), (.jkn, .adjust), (.jkn, .adjustZero): return
        case (.bootstrap, .certainty), (.multistage, .certainty), (.half, .certainty), (.cantyDavison, .certainty):
            return
        case (.brr, _), (.fay, _), (.jk2, _), (.jk1, _): return  // have problems of their own
        case (.sdr, .certainty): return
        case (_, .fail):
            throw .replicatesLonely(
                method.name, strata: lonely.map(\.label),
                rules: method == .jkn ? "certainty, average, adjust" : "certainty")
        default: throw .replicatesLonelyRule(method.name, rule: rule.rawValue)
        }
    }

    /// The scale of a bootstrap made here: deviations from the mean of R replicates have R − 1 degrees of freedom.
    static func bootstrapScale(_ plan: ReplicatePlan, count: Int) -> Double {
        1 / Double(plan.centresOnEstimate ? count : count - 1)
    }

    static func checkSize(count: Int, units: Int, bytes: Int) throws(Problem) {
        let (numbers, overflows) = ReplicateFactors.size(count: count, units: 1).multipliedReportingOverflow(by: units)
        guard !overflows, numbers <= greatestSize / bytes else { throw .replicatesTooLarge(count, units: units) }
    }

    /// The replicates of the PSUs that stay when rows are taken out.
    func keeping(_ psus: [Int]) -> ReplicateWeights {
        ReplicateWeights(
            plan, factors: factors.keeping(psus), scale: scale, scales: scales, cautions: cautions)
    }
}
