public import SurveyData

/// A regression that is asked for: its formula, kind, response and variables.
public struct Regression: Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        case linear, logistic, poisson, gamma, ordinal, multinomial

        /// The links that a kind takes, the usual one first.
        public var links: [ModelLink] {
            switch self {
            case .linear: [.identity]
            case .logistic, .ordinal: [.logit, .probit, .cloglog]
            case .poisson, .gamma: [.log]
            case .multinomial: [.logit]
            }
        }

        /// The family of a generalised linear model; nil for ordinal and multinomial ones.
        var family: ModelFamily? {
            switch self {
            case .linear: .gaussian
            case .logistic: .binomial
            case .poisson: .poisson
            case .gamma: .gamma
            case .ordinal, .multinomial: nil
            }
        }
    }

    /// What is explained, by row of the table.
    public enum Response: Sendable {
        /// Numbers; for a logistic regression between 0 and 1.
        case numbers(Column)
        /// Answers, in the order of their categories.
        case answers(Column)
        /// 1 where the condition holds, 0 where it does not; unknown is missing.
        case condition(Truth)
    }

    public let formula: ModelFormula
    public let kind: Kind
    public let link: ModelLink
    public let response: Response
    /// The variables of the formula and its offsets: columns of answers and texts are categories, others numbers.
    public let variables: Table
    public var loop = ModelLoop.solution

    /// Makes a request; without a link the usual one of the kind.
    public init(_ formula: ModelFormula, kind: Kind, link: ModelLink? = nil, response: Response, variables: Table) {
        self.formula = formula
        self.kind = kind
        self.link = link ?? kind.links[0]
        self.response = response
        self.variables = variables
    }
}
