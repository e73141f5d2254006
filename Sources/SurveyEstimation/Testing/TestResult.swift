/// A test of a hypothesis about a population, with what is needed to judge it.
public struct TestResult: Sendable {
    /// What was tested.
    public enum Kind: String, Sendable, CaseIterable {
        case independence, fit, t, rank, pairwise, trend, term
        /// Several contrasts at once.
        case joint
    }

    /// What the statistic is compared with.
    public enum Distribution: String, Sendable, CaseIterable {
        case f, t
        case chiSquare = "chisq"
        /// A weighted sum of chi-squares, over a mean square where the degrees of freedom are finite.
        case mixture
    }

    public let kind: Kind
    /// The rule, as its option names it: `f`, `wald`, `van-der-waerden`; empty where there is one only.
    public let method: String
    public let variables: [String]
    /// The groups that are compared: the first is the one that the others are held against.
    public var groups: [String] = []
    public let distribution: Distribution
    public let statistic: Double
    /// Degrees of freedom; of t the only ones.
    public let df1: Double
    public var df2: Double?
    /// The probability of a statistic at least as far out if the hypothesis were true.
    public let p: Double
    /// The same after several tests were made at once.
    public var adjustedP: Double?
    /// The difference, mean or slope that is tested, with its error and interval.
    public var estimate: Double?
    public var standardError: Double?
    public var low: Double?
    public var high: Double?
    public var level: Double?
    /// Rows with answers.
    public var n: Int?
    /// The weights of the mixture of chi-squares that the statistic follows, greatest first.
    public var weights: [Double] = []

    public init(
        _ kind: Kind, method: String = "", variables: [String], distribution: Distribution, statistic: Double,
        df1: Double, df2: Double? = nil, p: Double
    ) {
        self.kind = kind
        self.method = method
        self.variables = variables
        self.distribution = distribution
        self.statistic = statistic
        self.df1 = df1
        self.df2 = df2
        self.p = p
    }
}
