public import SurveyProblems

/// The design effect that a plan expects: how much greater than that of a simple random sample of the same size the variance is.
///
/// deff = other · (1 + cv²) · (1 + (m − 1) · ρ): clusters of m interviews alike by ρ, weights that vary by cv, and what is known
/// of the rest (below 1 for stratification that helps).
///
/// Source: Kish (1965), Survey Sampling, 5.4 and 11.7; the product is his approximation (Kish 1987).
public struct PlannedDesignEffect: Sendable, Equatable {
    /// The interviews of one cluster.
    public var interviewsPerCluster: Double?
    /// The correlation of answers inside a cluster.
    public var intraclassCorrelation = 0.0
    /// The coefficient of variation of the weights.
    public var weightVariation = 0.0
    /// The design effect apart from clusters and weights.
    public var other = 1.0

    public init() {}

    /// The whole effect.
    public var value: Double {
        other * (1 + weightVariation * weightVariation)
            * (1 + ((interviewsPerCluster ?? 1) - 1) * intraclassCorrelation)
    }

    /// Refuses numbers that make no effect.
    ///
    /// - Throws: ``Problem`` `sampling.out-of-range`, `sampling.no-clusters`.
    public func check() throws(Problem) {
        try SamplingRange.positive.check(other, "deff")
        try SamplingRange.notNegative.check(weightVariation, "weight-cv")
        try SamplingRange.fraction.check(intraclassCorrelation, "rho")
        if let interviewsPerCluster { try SamplingRange.counting.check(interviewsPerCluster, "take") }
        if interviewsPerCluster == nil, intraclassCorrelation > 0 { throw .noClusters() }
        try SamplingRange.positive.check(value, "deff")
    }
}

extension Problem {
    /// A correlation inside clusters that are not there.
    static func noClusters() -> Problem {
        Problem(
            "sampling.no-clusters", .usage, what: "--rho needs --take",
            why: "answers are alike inside clusters, whose number of interviews is not given",
            fix: "add --take with the interviews of one cluster")
    }
}
