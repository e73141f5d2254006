public import SurveySchema

/// A named measure as its YAML entry defines it, checked against the questionnaire.
public struct IndicatorDefinition: Sendable {
    /// What is computed.
    public enum Formula: Sendable {
        /// The share of the base for which the condition is true.
        case share(Expression)
        case mean(Expression)
        case ratio(Expression, Expression)
    }

    /// Whom the figure speaks of; there is no default.
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
    public let unit: String
    /// The law, handbook or paper that defines the figure.
    public let source: LocalizedText
    /// The variables of each breakdown asked for, beside the whole.
    public let breakdowns: [[String]]

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
        self.source = source
        self.breakdowns = breakdowns
    }
}

extension IndicatorDefinition {
    /// Every variable that the figure needs, each once: formula, base, domain and breakdowns.
    public var variables: [String] {
        var names: [String]
        switch formula {
        case .share(let expression), .mean(let expression): names = expression.names
        case .ratio(let numerator, let denominator): names = numerator.names + denominator.names
        }
        if let name = base.variable { names.append(name) }
        names += domain?.names ?? []
        names += breakdowns.flatMap { $0 }
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}
