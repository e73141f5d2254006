public import SurveyProblems

/// A checked expression of the one small language for routing, domains, derived variables and indicators.
///
/// Parse it with `Expression(parsing:in:expecting:)`; evaluate it over a table in SurveyData.
public struct Expression: Sendable {
    /// What an expression must give where it stands.
    public enum Expectation: Sendable {
        /// A condition: routing, domains, shares.
        case truth
        /// A number: means, ratios, derived numbers. Scale questions count as numbers.
        case number
        /// Either of the two.
        case either
    }

    /// The text as the author wrote it.
    public let source: String
    public let root: ExpressionNode

    public init(source: String, root: ExpressionNode) {
        self.source = source
        self.root = root
    }

    /// Parses a text and checks its names, answer codes and types.
    ///
    /// - Throws: the first ``Problem``; its `place.position` is the character in `text`, from 1 (Unicode scalars).
    public init(
        parsing text: String, in scope: some ExpressionScope, expecting expectation: Expectation = .either
    ) throws(Problem) {
        self = try Expression.checked(text, in: scope, expecting: expectation).get()
    }

    /// Parses and checks a text like the initialiser, and returns everything that is wrong with it.
    ///
    /// A text that cannot be parsed gives one problem; one that can gives a problem for each wrong name, code and type.
    public static func checked(
        _ text: String, in scope: some ExpressionScope, expecting expectation: Expectation = .either
    ) -> Checked<Expression> {
        do {
            return checked(try ExpressionParser.syntax(of: text), text: text, in: scope, expecting: expectation)
        } catch {
            return Checked(value: nil, problems: [error])
        }
    }

    /// The nodes that one expression may become when its rosters are written out.
    static let mostSteps = 200_000

    /// Checks a text that has been parsed.
    static func checked(
        _ syntax: ExpressionSyntax, text: String, in scope: some ExpressionScope, expecting expectation: Expectation
    ) -> Checked<Expression> {
        var steps = mostSteps
        return checked(syntax, text: text, in: scope, expecting: expectation, steps: &steps)
    }

    /// Checks a text that has been parsed in at most so many steps, which are taken off.
    static func checked(
        _ syntax: ExpressionSyntax, text: String, in scope: some ExpressionScope, expecting expectation: Expectation,
        steps: inout Int
    ) -> Checked<Expression> {
        var checker = ExpressionChecker(text: text, scope: scope, steps: steps)
        var (syntax, source) = (syntax, text)
        if let item = scope.item {
            let rosters = Set(syntax.freeNames.map(\.name).filter { scope.roster($0)?.list == item.list })
            if !rosters.isEmpty {
                source = syntax.text(text, boundTo: item.code, rosters)
                syntax = syntax.bound(to: item.code, rosters)
            }
        }
        let root = checker.root(syntax, expecting: expectation)
        steps = checker.steps
        guard let root, checker.problems.isEmpty else { return Checked(value: nil, problems: checker.problems) }
        return Checked(value: Expression(source: source, root: root), problems: [])
    }

    /// The variables that the expression needs, each once, in the order of first use.
    public var names: [String] {
        var names: [String] = []
        var seen: Set<String> = []
        root.visitNames { if seen.insert($0).inserted { names.append($0) } }
        return names
    }
}

/// What kind of value a name or an expression has.
public enum ValueType: Sendable, Equatable {
    /// True, false or unknown.
    case truth
    case number
    /// Compared as text, byte by byte: keys, open answers.
    case text
    case date
    /// One answer of a list; codes are compared as they stand in the list.
    case answer(codes: [String])
    /// One answer of a list whose codes are all whole numbers: compared as an answer, and usable as a number.
    case scale(codes: [String])
    /// A multiple-response set.
    case set(codes: [String])
}

/// The names that an expression may use, with their types.
public protocol ExpressionScope {
    /// The type of a name, nil if there is no such name.
    func type(of name: String) -> ValueType?
    /// All names, for suggestions.
    var names: [String] { get }
    /// The roster of a name, nil if the name is none; its items are names of their own, such as `gave[01]`.
    func roster(_ name: String) -> Roster?
    /// The item that a bare roster of its list means; nil where a roster stands in `any(…)` and `count(…)` only.
    var item: ListItem? { get }
}

extension ExpressionScope {
    public func roster(_ name: String) -> Roster? { nil }
    public var item: ListItem? { nil }
}

/// One node of a type-checked expression.
public indirect enum ExpressionNode: Sendable {
    public enum Comparison: String, Sendable {
        case equal = "="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }
    public enum Arithmetic: String, Sendable {
        case add = "+"
        case subtract = "-"
        case multiply = "*"
        case divide = "/"
    }

    case truth(Bool)
    /// A number; beside a date, its days since 1970-01-01.
    case number(Double)
    /// A variable by its name, with its type.
    case name(String, ValueType)
    case not(ExpressionNode)
    case and([ExpressionNode])
    case or([ExpressionNode])
    /// Numbers or dates by value; two answer or text variables by the bytes of their texts (= and != only).
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
    /// True if any condition is true; else unknown if any is unknown.
    case any([ExpressionNode])

    /// Calls `body` with each variable named in the tree, in the order of writing.
    func visitNames(_ body: (String) -> Void) {
        switch self {
        case .truth, .number: return
        case .name(let name, _), .member(of: let name, _, _), .has(set: let name, _), .missing(let name),
            .asked(let name),
            .answered(let name):
            body(name)
        case .not(let node): node.visitNames(body)
        case .and(let nodes), .or(let nodes), .count(let nodes), .any(let nodes):
            for node in nodes { node.visitNames(body) }
        case .compare(_, let left, let right), .arithmetic(_, let left, let right):
            left.visitNames(body)
            right.visitNames(body)
        }
    }
}
