internal import SurveyProblems

/// One number with all that is needed to judge it.
public struct Estimate: Sendable {
    /// A condition that a reader must know; the raw value stands in machine formats.
    public enum Flag: String, Sendable, CaseIterable {
        /// The share is exactly 0 or 1; its interval is that of Korn and Graubard with the plain n.
        ///
        /// Of a quantile: it is the greatest number of its group.
        case edge
        /// The domain has no row in the base.
        case emptyDomain = "empty-domain"
        /// The estimate is not defined for this domain: a ratio whose denominator sums to 0, weights that sum to nothing.
        case undefined
        /// Fewer than one degree of freedom: no interval.
        case noDegreesOfFreedom = "no-df"
        /// The rule for lonely PSUs was applied in this domain's variance.
        case lonelyPSU = "lonely-psu"
        /// The weights hold negative values.
        case negativeWeight = "negative-weight"
        /// The estimate does not exist in some replicates, which its variance leaves out; of more than 5 % there is none.
        case droppedReplicates = "dropped-replicates"
        /// The share of a sensitive question lies below 0 or above 1.
        case outsideRange = "outside-0-1"
        /// An end of a quantile's interval lies beyond the values of the sample.
        case openEnd = "open-end"
        /// The estimate of the variance is below 0: there is no standard error.
        case negativeVariance = "negative-variance"
    }

    /// A number that is part of the question.
    public struct Parameter: Sendable, Equatable {
        /// As machine formats name it: `p`, `fraction`.
        public let name: String
        public let value: Double

        public init(name: String, value: Double) {
            self.name = name
            self.value = value
        }
    }

    /// The variable and the category of each variable of the breakdown; empty for the whole.
    public typealias By = [(variable: String, category: String)]

    public let statistic: StatisticKind
    public let variable: String
    /// The answer of a share, as its code.
    public let answer: String?
    public let by: By
    public let value: Double?
    public let standardError: Double?
    public let low: Double?
    public let high: Double?
    /// The method really used, after any fall-back: `logit`, `mean`, `beta`, `korn-graubard`.
    public let intervalMethod: String?
    public let level: Double
    /// Degrees of freedom; infinite for a normal interval.
    public let degreesOfFreedom: Double?
    /// Rows with this answer (shares), with an answer (means, totals, ratios), or in the domain (counts).
    public let n: Int
    /// Rows in the base with an answer and a weight other than 0.
    public let nBase: Int
    /// PSUs with a row of the base that has an answer.
    public let psus: Int
    /// Sum of the weights of these rows.
    public let sumWeights: Double
    public let effectiveN: Double?
    public let designEffect: Double?
    /// `wor` or `wr`.
    public let designEffectKind: String?
    public let flags: [Flag]
    /// What the statistic was asked at besides a variable: a quantile's p, a poverty line's fraction of the median.
    public var parameter: Parameter?

    /// What tells the figure from the others of a group: statistic, variable, answer, parameter.
    public var identity: [String] {
        [statistic.rawValue, variable, answer ?? ""]
            + (parameter.map { ["\($0.name)=\(JSONText.shortest($0.value))"] } ?? [])
    }

    /// Standard error over the absolute value of the estimate.
    public var coefficientOfVariation: Double? {
        guard let value, let standardError, value != 0 else { return nil }
        return standardError / abs(value)
    }

    public init(
        statistic: StatisticKind, variable: String, answer: String?, by: By, value: Double?, standardError: Double?,
        low: Double?, high: Double?, intervalMethod: String?, level: Double, degreesOfFreedom: Double?, n: Int,
        nBase: Int,
        psus: Int, sumWeights: Double, effectiveN: Double?, designEffect: Double?, designEffectKind: String?,
        flags: [Flag]
    ) {
        self.statistic = statistic
        self.variable = variable
        self.answer = answer
        self.by = by
        self.value = value
        self.standardError = standardError
        self.low = low
        self.high = high
        self.intervalMethod = intervalMethod
        self.level = level
        self.degreesOfFreedom = degreesOfFreedom
        self.n = n
        self.nBase = nBase
        self.psus = psus
        self.sumWeights = sumWeights
        self.effectiveN = effectiveN
        self.designEffect = designEffect
        self.designEffectKind = designEffectKind
        self.flags = flags
    }
}
