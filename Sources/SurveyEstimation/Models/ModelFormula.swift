public import SurveyProblems

/// A regression in model notation: `y ~ x1 + C(x2) + x1:x2`.
///
/// `+` adds a term, `:` crosses, `*` adds both and their crossing, `-` takes a term away, `-1` or `0` the intercept, and
/// brackets group. `C(x)` takes the values of x as categories, `offset(x)` adds x to the linear predictor with the
/// coefficient 1. A name that is no plain identifier stands in backquotes.
///
/// - Source: Wilkinson and Rogers (1973), Applied Statistics 22, 392–399.
public struct ModelFormula: Sendable, Equatable {
    /// One variable of a term.
    public struct Factor: Sendable, Hashable {
        public let name: String
        /// Written as `C(name)`.
        public let isCategorical: Bool

        public var label: String { isCategorical ? "C(\(name))" : name }
    }

    /// A product of variables; empty for the intercept.
    public struct Term: Sendable, Hashable {
        public let factors: [Factor]

        public var label: String {
            factors.isEmpty ? ModelFormula.intercept : factors.map(\.label).joined(separator: ":")
        }

        /// True if both name the same product, in whatever order.
        func isSame(as other: Term) -> Bool { Set(factors) == Set(other.factors) }
    }

    /// What stands before the tilde.
    public enum Response: Sendable, Equatable {
        case variable(String)
        /// A condition, as written: 1 where it holds, 0 where it does not.
        case condition(String)
    }

    /// The name that the intercept has in results.
    public static let intercept = "(Intercept)"

    public let source: String
    public let response: Response
    public let hasIntercept: Bool
    /// Without the intercept; main effects first, then products of two, and so on, else in the order of writing.
    public let terms: [Term]
    /// The variables of `offset(…)`.
    public let offsets: [String]

    /// The variables on the right, each once, in the order of first use.
    public var variables: [String] {
        var seen: Set<String> = []
        return (terms.flatMap(\.factors).map(\.name) + offsets).filter { seen.insert($0).inserted }
    }

    /// Parses a text.
    ///
    /// - Throws: ``Problem`` `estimation.formula-syntax`, `estimation.formula-response`, `estimation.formula-empty`,
    ///   `estimation.formula-too-large`, with the character in `place.position`, from 1 (Unicode scalars).
    public init(parsing text: String) throws(Problem) {
        var parser = try ModelFormulaParser(text)
        self = try parser.formula()
    }

    init(source: String, response: Response, hasIntercept: Bool, terms: [Term], offsets: [String]) {
        self.source = source
        self.response = response
        self.hasIntercept = hasIntercept
        self.terms = terms
        self.offsets = offsets
    }

    /// The term that a label names, with its variables in any order; C(…) may be left out where it is clear.
    public func term(named label: String) -> Term? {
        let wanted = Set(label.split(separator: ":").map { $0.filter { !$0.isWhitespace } })
        return terms.first { Set($0.factors.map(\.label)) == wanted }
            ?? terms.first { Set($0.factors.map(\.name)) == wanted }
    }

    /// The formula without some of its terms.
    func leavingOut(_ left: [Term]) -> ModelFormula {
        ModelFormula(
            source: source, response: response, hasIntercept: hasIntercept,
            terms: terms.filter { term in !left.contains { $0.isSame(as: term) } }, offsets: offsets)
    }

    /// The formula with one more offset.
    public func adding(offset name: String) -> ModelFormula {
        ModelFormula(
            source: source, response: response, hasIntercept: hasIntercept, terms: terms, offsets: offsets + [name])
    }

    /// The formula with one more term.
    public func adding(_ name: String, isCategorical: Bool) -> ModelFormula {
        let term = Term(factors: [Factor(name: name, isCategorical: isCategorical)])
        guard !terms.contains(where: { $0.isSame(as: term) }) else { return self }
        let single = terms.prefix { $0.factors.count == 1 }
        return ModelFormula(
            source: source, response: response, hasIntercept: hasIntercept,
            terms: single + [term] + terms.dropFirst(single.count), offsets: offsets)
    }
}
