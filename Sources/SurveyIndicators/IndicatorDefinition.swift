public import SurveySchema

/// A named measure as its YAML entry defines it, checked against the questionnaire.
public struct IndicatorDefinition: Sendable {
    /// What is computed.
    public enum Formula: Sendable {
        /// The share of the base for which the condition is true.
        case share(Expression)
        case mean(Expression)
        case ratio(Expression, Expression)
        /// The number that a share p of the base is up to: 0.5 is the median.
        case quantile(Expression, p: Double)
        /// A linear combination of other indicators: a plain mean of k has coefficients 1/k.
        case composite([Part])
        /// Points for the value of another indicator, by steps.
        case score(of: String, ScoreScale)
    }

    /// One term of a composite.
    public struct Part: Sendable, Equatable {
        public let indicator: String
        public let coefficient: Double

        public init(indicator: String, coefficient: Double) {
            self.indicator = indicator
            self.coefficient = coefficient
        }
    }

    /// The indicators that one entry stands for, one for each stage of a funnel, item of a roster or answer of a list.
    public struct Family: Sendable {
        public enum Kind: String, Sendable { case funnel, items, answers }

        /// The id of the entry, before `[` in the ids of its members.
        public let id: String
        public let kind: Kind
        public let name: LocalizedText
        /// The member's own part of the name: the stage, item or answer.
        public let member: LocalizedText

        public init(id: String, kind: Kind, name: LocalizedText, member: LocalizedText) {
            self.id = id
            self.kind = kind
            self.name = name
            self.member = member
        }
    }

    /// A planned value, or a range that is met from its nearer end; in units of the estimate (shares 0…1).
    public struct Plan: Sendable, Equatable {
        public let least: Double
        public let greatest: Double

        public init(least: Double, greatest: Double) {
            self.least = least
            self.greatest = greatest
        }
    }

    /// A value that someone else has printed.
    public struct Published: Sendable {
        public let wave: String
        /// In units of the estimate (shares 0…1).
        public let value: Double
        /// As it was printed.
        public let printed: String
        /// The status printed beside it, as printed.
        public let status: String?
        public let source: LocalizedText
        /// The date of the copy, ISO 8601.
        public let vintage: String?

        public init(
            wave: String, value: Double, printed: String, status: String?, source: LocalizedText, vintage: String?
        ) {
            self.wave = wave
            self.value = value
            self.printed = printed
            self.status = status
            self.source = source
            self.vintage = vintage
        }
    }

    /// Whom the figure speaks of; there is no default.
    ///
    /// A composite has the bases of its parts, and `everyone` stands here.
    public enum Base: Sendable, Equatable {
        case everyone
        /// Everyone to whom the question was put; don't know and refused are in the base.
        case asked(String)
        /// Everyone with a valid answer to the question, or for whom the derived variable has a value.
        case answered(String)
    }

    public enum Direction: String, Sendable, CaseIterable { case up, down }

    public let id: String
    public let version: String
    public let name: LocalizedText
    public let formula: Formula
    public let base: Base
    /// A further condition on the base (`where:`).
    public let domain: Expression?
    public let direction: Direction?
    /// What the figure counts in: `percent`, `mean`, `points`, `tenge` or the like.
    public internal(set) var unit: String
    /// True if values lie on the scale 0…1 and people read them as percent.
    ///
    /// A share and a ratio in percent do; a mean in percent is of numbers that are percents already; a composite is as its parts.
    public internal(set) var isFraction: Bool
    /// The law, handbook or paper that defines the figure.
    public let source: LocalizedText
    /// The variables of each breakdown asked for, beside the whole.
    public var breakdowns: [[String]]
    public var family: Family?
    /// True if the figure is also given with all undetermined answers as no and as yes.
    public var hasBounds = false
    /// The plan by wave.
    public var plans: [(wave: String, plan: Plan)] = []
    public var published: [Published] = []
    public var publishedChanges: [PublishedChange] = []
    /// The waves whose figures cannot be compared with those of earlier ones, and why.
    public var breaks: [(wave: String, reason: LocalizedText)] = []

    public init(
        id: String, version: String, name: LocalizedText, formula: Formula, base: Base, domain: Expression?,
        direction: Direction?, unit: String, source: LocalizedText, breakdowns: [[String]]
    ) {
        self.id = id
        self.version = version
        self.name = name
        self.formula = formula
        self.base = base
        self.domain = domain
        self.direction = direction
        self.unit = unit
        switch formula {
        case .share, .ratio: isFraction = unit == "percent"
        case .mean, .quantile, .composite, .score: isFraction = false
        }
        self.source = source
        self.breakdowns = breakdowns
    }
}

extension IndicatorDefinition {
    /// The indicators that this one is made of; none for one that is made of answers.
    public var parts: [Part] {
        switch formula {
        case .share, .mean, .ratio, .quantile: []
        case .composite(let parts): parts
        case .score(let id, _): [Part(indicator: id, coefficient: 1)]
        }
    }

    /// Every variable that the figure needs, each once: formula, base, domain and breakdowns.
    public var variables: [String] {
        var names: [String]
        switch formula {
        case .share(let expression), .mean(let expression), .quantile(let expression, _): names = expression.names
        case .ratio(let numerator, let denominator): names = numerator.names + denominator.names
        case .composite, .score: names = []
        }
        if let name = base.variable { names.append(name) }
        names += domain?.names ?? []
        names += breakdowns.flatMap { $0 }
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}
