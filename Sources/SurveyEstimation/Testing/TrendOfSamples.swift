internal import SurveyMath
public import SurveyProblems

extension Change {
    /// Tests whether one figure of several samples rises or falls in a straight line over time.
    ///
    ///     slope = Σ c θ,  c = (x − x̄)/Σ(x − x̄)²        V = Σ c² V_t + 2 Σ c c' C_tt'        t = slope/SE
    ///
    /// C comes from the PSUs that two samples share, by the same rule as a change between them. Two samples have the t
    /// of their change. ν is Σν_t of independent samples, else the greatest of the pairs' degrees of freedom.
    ///
    /// - Shapes: one point in time for each sample, in any order.
    /// - Missing: a sample without the figure is refused.
    /// - Throws: ``Problem`` `estimation.one-time`, `estimation.not-computable`, `estimation.no-variation`,
    ///   `estimation.too-few-degrees`, `estimation.no-psu-labels`.
    /// - Source: as the trend over groups of one sample; Documentation/Methods.md, "Combinations and changes" for C.
    public static func trend(
        of samples: [ChangeSide], times: [Double], overlap: Overlap, degreesOfFreedom rule: DegreesOfFreedom = .design,
        adjustsLonelyDomains: Bool = false
    ) throws(Problem) -> TestResult {
        precondition(samples.count == times.count, "one point in time a sample")
        guard Set(times).count > 1, times.allSatisfy(\.isFinite) else { throw .oneTime() }
        let coefficients = GroupEstimates.slope(times)
        let variable = samples.first?.estimate.variable ?? ""
        var (slope, variance, size) = (0.0, 0.0, 0.0)
        for (sample, c) in zip(samples, coefficients) {
            guard let value = sample.estimate.value, let error = sample.estimate.standardError else {
                throw .notComputable(variable)
            }
            slope += c * value
            variance += c * c * error * error
            size = max(size, abs(c * value))
        }
        var freedom = samples.compactMap(\.estimate.degreesOfFreedom).reduce(0, +)
        if overlap != .independent {
            freedom = 0
            for later in samples.indices.dropFirst() {
                for earlier in 0..<later {
                    let change = try between(
                        samples[earlier], samples[later], overlap: overlap, degreesOfFreedom: rule,
                        adjustsLonelyDomains: adjustsLonelyDomains)
                    freedom = max(freedom, change.degreesOfFreedom ?? 0)
                    let errors =
                        (samples[earlier].estimate.standardError ?? 0) * (samples[later].estimate.standardError ?? 0)
                    variance +=
                        2 * coefficients[earlier] * coefficients[later] * (change.correlation ?? 0) * errors
                }
            }
        } else if case .number(let number) = rule {
            freedom = number
        }
        var test = try TTest(
            estimate: slope, variance: variance, size: size, degreesOfFreedom: freedom,
            level: samples[0].estimate.level, variable: variable
        ).result(.trend, variables: [variable])
        test.groups = times.map(JSONText.shortest)
        test.n = samples.map(\.estimate.nBase).reduce(0, +)
        return test
    }
}

extension Problem {
    /// A trend without two different points in time.
    static func oneTime() -> Problem {
        Problem(
            "estimation.one-time", .usage, what: "A trend needs two points in time",
            why: "a line goes through at least 2 different times; found fewer",
            fix: "name samples of different waves, or write their times with --times")
    }
}
