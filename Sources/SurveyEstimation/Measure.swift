public import SurveyData

/// One thing asked of the data: a statistic of a variable, in a base.
public struct Measure: Sendable {
    /// The values that a measure works on.
    public enum Content: Sendable {
        /// The rows themselves: the estimated number of people.
        case rows
        /// The share of each answer of a coded column; `only` joins some answers (indexes) to one share.
        case shares(of: Column, only: [Int]?)
        /// The share of each item of a multiple-response set; `set` tells who answered, `items` are its 0/1 columns.
        case items(set: Column, items: [Column], codes: [String])
        /// The share of rows whose condition is true among those where it is known.
        case condition(Truth)
        case mean(Column)
        case total(Column)
        case ratio(Column, Column)
    }

    public let statistic: StatisticKind
    /// The name that results carry: `s01`, `spend/income`, an indicator's id.
    public let variable: String
    public let content: Content
    /// Rows of the base; nil means every row of the domain.
    public let base: Truth?

    public init(statistic: StatisticKind, variable: String, content: Content, base: Truth? = nil) {
        self.statistic = statistic
        self.variable = variable
        self.content = content
        self.base = base
    }
}

/// Groups for which a measure is computed: the crossing of coded columns; none is the whole.
public struct Breakdown: Sendable {
    public let columns: [Column]

    public init(by columns: [Column] = []) { self.columns = columns }
}

/// The rules by which estimates are made; each has its default from Documentation/Methods.md.
public struct EstimationOptions: Sendable {
    /// The interval of shares.
    public enum ShareInterval: String, Sendable, CaseIterable { case logit, mean, beta, kornGraubard = "korn-graubard" }
    /// Which rows count for the degrees of freedom.
    public enum DegreesOfFreedom: Sendable, Equatable { case design, full, infinite, number(Double) }
    /// What a missing answer does: `domain` keeps its PSU, `listwise` drops the row first, `error` stops.
    public enum Missing: String, Sendable, CaseIterable { case domain, listwise, error }
    /// Which rows must be complete when several variables are asked: `each` its own, `all` every one.
    public enum Complete: String, Sendable, CaseIterable { case each, all }
    public enum DesignEffect: String, Sendable, CaseIterable { case automatic = "auto", withoutReplacement = "wor", withReplacement = "wr" }

    public var level = 0.95
    public var shareInterval = ShareInterval.logit
    public var degreesOfFreedom = DegreesOfFreedom.design
    public var missing = Missing.domain
    public var complete = Complete.each
    public var designEffect = DesignEffect.automatic
    /// Centres lonely PSUs that arise inside a domain by the design's rule.
    public var adjustsLonelyDomains = false

    public init() {}
}
