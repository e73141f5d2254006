/// A checked expression of the one small language for routing, domains, derived variables and indicators.
///
/// Parse it with `Expression(parsing:in:)`; evaluate it over a table in SurveyData.
public struct Expression: Sendable {
    /// The text as the author wrote it.
    public let source: String
    public let root: ExpressionNode

    public init(source: String, root: ExpressionNode) {
        self.source = source
        self.root = root
    }
}

/// What kind of value a name or an expression has.
public enum ValueType: Sendable, Equatable {
    /// True, false or unknown.
    case truth
    case number
    /// Compared as text, byte by byte: keys, regions, open answers.
    case text
    case date
    /// One answer of a list; codes are compared as they stand in the list.
    case answer(codes: [String])
    /// A multiple-response set.
    case set(codes: [String])
}

/// The names that an expression may use, with their types.
public protocol ExpressionScope {
    /// The type of a name, nil if there is no such name.
    func type(of name: String) -> ValueType?
    /// All names, for suggestions.
    var names: [String] { get }
}

/// One node of a type-checked expression.
public indirect enum ExpressionNode: Sendable {
    public enum Comparison: String, Sendable { case equal = "=", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">=" }
    public enum Arithmetic: String, Sendable { case add = "+", subtract = "-", multiply = "*", divide = "/" }

    case truth(Bool)
    case number(Double)
    case text(String)
    /// A variable by its name, with its type.
    case name(String, ValueType)
    case not(ExpressionNode)
    case and([ExpressionNode])
    case or([ExpressionNode])
    /// Numbers or dates, compared by value; texts by bytes (= and != only).
    case compare(Comparison, ExpressionNode, ExpressionNode)
    /// An answer or text variable is (not) one of these codes; `codes` for answers are checked to exist.
    case member(of: String, codes: [String], negated: Bool)
    /// A multiple-response set holds at least one of these answers.
    case has(set: String, codes: [String])
    /// The variable has no answer of any kind.
    case missing(String)
    /// The question was put to this row.
    case asked(String)
    /// The question has a valid answer.
    case answered(String)
    case arithmetic(Arithmetic, ExpressionNode, ExpressionNode)
    /// How many of these conditions are true (unknown ones do not count).
    case count([ExpressionNode])
    /// True if any condition is true.
    case any([ExpressionNode])
}
