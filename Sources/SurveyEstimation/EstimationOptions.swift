/// The rules by which estimates are made; each has its default from Documentation/Methods.md.
public struct EstimationOptions: Sendable {
    /// The interval of shares.
    public enum ShareInterval: String, Sendable, CaseIterable {
        case logit, mean, asin, wilson, beta
        case kornGraubard = "korn-graubard"
        case likelihood
    }
    /// Which rows count for the degrees of freedom.
    public enum DegreesOfFreedom: Sendable, Equatable { case design, full, infinite, number(Double) }
    /// What a missing answer does: `domain` keeps its PSU, `listwise` drops the row first, `error` stops.
    public enum Missing: String, Sendable, CaseIterable { case domain, listwise, error }
    /// Which rows must be complete when several variables are asked: `each` its own, `all` every one.
    public enum Complete: String, Sendable, CaseIterable { case each, all }
    /// What a variance is compared with: simple random sampling without or with replacement; `auto` takes `wor` where the
    /// weights sum to at least twice the number of rows, else `wr`.
    public enum DesignEffect: String, Sendable, CaseIterable {
        case automatic = "auto"
        case withoutReplacement = "wor"
        case withReplacement = "wr"
    }

    /// How influences lose what raking controls: by regression on all margins, or by ten sweeps of plain means over them.
    ///
    /// The sweeps are those of R survey; both agree where base weights are equal.
    public enum RakeResiduals: String, Sendable, CaseIterable { case projection, sweeps }
    /// What the record of a calibration is for: `use` puts it into the variance, `ignore` takes the weights as fixed.
    public enum CalibrationUse: String, Sendable, CaseIterable { case use, ignore }

    /// How a raking is repeated on a replicate: until its margins are met, or by as many sweeps as the full sample took (R).
    public enum ReplicateRaking: String, Sendable, CaseIterable { case converged, sweeps }

    public var level = 0.95
    public var shareInterval = ShareInterval.logit
    public var degreesOfFreedom = DegreesOfFreedom.design
    public var missing = Missing.domain
    public var complete = Complete.each
    public var designEffect = DesignEffect.automatic
    public var rakeResiduals = RakeResiduals.projection
    public var calibration = CalibrationUse.use
    public var replicateRaking = ReplicateRaking.converged
    /// Centres lonely PSUs that arise inside a domain by the design's rule.
    public var adjustsLonelyDomains = false
    /// Adds the variance of drawn lots to estimates of sensitive questions where the sampling fraction hides it.
    public var countsRandomisation = false
    /// Keeps the covariances of all rows, at the cost of rows × rows × PSUs.
    public var keepsCovariance = false
    /// Keeps what each PSU adds to each row, at the cost of rows × PSUs numbers: what combinations and changes need.
    public var keepsInfluences = false
    /// Keeps by how much each replicate changes each row, at the cost of rows × replicates numbers, where influences are
    /// kept: what functions of estimates by replicate need.
    public var keepsReplicates = false
    /// Which influences are kept, by the name of the measure and the variables of the breakdown; nil keeps all.
    ///
    /// The rows of the others have empty influences.
    public var influencesOf: (@Sendable (_ measure: String, _ breakdown: [String]) -> Bool)?
    /// Cuts the degrees of freedom below a mixture of chi-squares to a whole number in its saddlepoint approximation, as
    /// R survey 4.1 does.
    public var cutsDenominator = false
    /// Threads that share the measures, nil for one a processor; no number depends on it.
    public var threads: Int?

    public var quantileRule = QuantileRule.math
    public var quantileInterval = QuantileInterval.mean
    /// The degrees of freedom of quantiles where they differ from the others; R counts those of the domain.
    public var quantileDegreesOfFreedom: DegreesOfFreedom?
    public var openEnd = OpenEnd.empty
    public var correlationInterval = CorrelationInterval.fisher
    public var belowFirst = BelowFirst.firstValue
    /// Keeps the arcsine interval inside 0…1, where the scale ends; R does not.
    public var clipsArcsine = true
    /// Where a share is exactly 0 or 1, its interval is that of n over this many independent rows.
    public var edgeDesignEffect = 1.0
    /// Gives a quantile that is the greatest number of its group an interval; R gives it one of width 0.
    public var quantilesHaveEdges = true

    public init() {}

    /// True if the sums by PSU are kept of a measure in a breakdown.
    func keepsPSUSums(of measure: String, by breakdown: [String]) -> Bool {
        keepsCovariance || keepsInfluences && influencesOf?(measure, breakdown) ?? true
    }
}
