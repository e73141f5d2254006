public import SurveyProblems

/// A formula of estimates: + − × ÷, powers, log, exp, sqrt, numbers and names of estimates.
public struct ContrastExpression: Sendable {
    /// The text as it was written.
    public let text: String
    /// The names in it, each once, in the order of their first use.
    public let names: [EstimateName]
    private let root: Node

    private indirect enum Node: Sendable {
        case number(Double)
        /// A position in `names`.
        case name(Int)
        case negated(Node)
        case operation(Character, Node, Node)
        case function(Function, Node)
    }

    private enum Function: String { case log, exp, sqrt }

    /// Nested parentheses and signs that an expression may have.
    private static let deepest = 200
    /// Words that an expression may have.
    private static let longest = 4000

    /// Reads an expression.
    ///
    /// - Throws: ``Problem`` `estimation.wrong-contrast`.
    public init(_ text: String) throws(Problem) {
        var parser = Parser(text: text, tokens: try ContrastTokens.of(text))
        // A long sum or product is a deep tree: its length is bounded with its depth.
        if parser.tokens.count > ContrastExpression.longest {
            throw parser.wrong(parser.tokens[ContrastExpression.longest])
        }
        root = try parser.sum(depth: 0)
        if let rest = parser.next { throw parser.wrong(rest) }
        self.text = text
        names = parser.names
    }

    /// Σ coefficient × name.
    public init(linear terms: [(name: EstimateName, coefficient: Double)], text: String) {
        self.text = text
        names = terms.map(\.name)
        var root = Node.number(0)
        for (position, term) in terms.enumerated() {
            root = .operation("+", root, .operation("*", .number(term.coefficient), .name(position)))
        }
        self.root = root
    }

    /// The value at estimates, one for each of `names`, and its derivative by each.
    ///
    /// Not-a-number where it is not defined: the logarithm of what is not above 0, a division by 0.
    public func evaluated(at estimates: [Double]) -> (value: Double, gradient: [Double]) {
        precondition(estimates.count == names.count, "one estimate a name")
        let result = evaluated(root, estimates)
        return (result.value, result.slopes)
    }

    private func evaluated(_ node: Node, _ estimates: [Double]) -> DualNumber {
        let none = [Double](repeating: 0, count: estimates.count)
        switch node {
        case .number(let value): return DualNumber(value, slopes: none)
        case .name(let position):
            var slopes = none
            slopes[position] = 1
            return DualNumber(estimates[position], slopes: slopes)
        case .negated(let inner):
            let value = evaluated(inner, estimates)
            return value.mapped(-value.value, slope: -1)
        case .operation(let sign, let left, let right):
            let (a, b) = (evaluated(left, estimates), evaluated(right, estimates))
            return switch sign {
            case "+": a + b
            case "-": a - b
            case "*": a * b
            case "/": a / b
            default: a.power(b)
            }
        case .function(let function, let inner):
            let value = evaluated(inner, estimates)
            return switch function {
            case .log: value.logarithm
            case .exp: value.exponential
            case .sqrt: value.squareRoot
            }
        }
    }

    private struct Parser {
        let text: String
        let tokens: [(token: ContrastTokens.Token, position: Int)]
        var at = 0
        var names: [EstimateName] = []

        init(text: String, tokens: [(token: ContrastTokens.Token, position: Int)]) {
            (self.text, self.tokens) = (text, tokens)
        }

        var next: (token: ContrastTokens.Token, position: Int)? { at < tokens.count ? tokens[at] : nil }

        func wrong(_ found: (token: ContrastTokens.Token, position: Int)?) -> Problem {
            guard let found else { return .wrongContrast(text, position: text.count + 1, reason: "…") }
            let word: String =
                switch found.token {
                case .number(let value): JSONText.shortest(value)
                case .name(let name, _): name
                case .sign(let sign): String(sign)
                }
            return .wrongContrast(text, position: found.position, reason: word)
        }

        mutating func take(_ sign: Character) -> Bool {
            guard next?.token == .sign(sign) else { return false }
            at += 1
            return true
        }

        mutating func expect(_ sign: Character) throws(Problem) {
            if !take(sign) { throw wrong(next) }
        }

        mutating func sum(depth: Int) throws(Problem) -> Node {
            guard depth < ContrastExpression.deepest else { throw wrong(next) }
            var node = try product(depth: depth)
            while true {
                if take("+") {
                    node = .operation("+", node, try product(depth: depth))
                } else if take("-") {
                    node = .operation("-", node, try product(depth: depth))
                } else {
                    return node
                }
            }
        }

        mutating func product(depth: Int) throws(Problem) -> Node {
            var node = try sign(depth: depth)
            while true {
                if take("*") {
                    node = .operation("*", node, try sign(depth: depth))
                } else if take("/") {
                    node = .operation("/", node, try sign(depth: depth))
                } else {
                    return node
                }
            }
        }

        /// A minus binds less than a power: −a^2 is −(a^2).
        mutating func sign(depth: Int) throws(Problem) -> Node {
            guard depth < ContrastExpression.deepest else { throw wrong(next) }
            if take("-") { return .negated(try sign(depth: depth + 1)) }
            if take("+") { return try sign(depth: depth + 1) }
            let base = try atom(depth: depth)
            if take("^") { return .operation("^", base, try sign(depth: depth + 1)) }
            return base
        }

        mutating func atom(depth: Int) throws(Problem) -> Node {
            guard let found = next else { throw wrong(nil) }
            at += 1
            switch found.token {
            case .number(let value): return .number(value)
            case .sign("("):
                let inner = try sum(depth: depth + 1)
                try expect(")")
                return inner
            case .name(let word, let isQuoted):
                if !isQuoted, take("(") {
                    if let function = Function(rawValue: word) {
                        let inner = try sum(depth: depth + 1)
                        try expect(")")
                        return .function(function, inner)
                    }
                    guard let statistic = StatisticKind(rawValue: word), let inner = next else { throw wrong(found) }
                    // The number of people has no variable.
                    let variable = statistic == .count && inner.token == .sign(")") ? "" : try name()
                    try expect(")")
                    return .name(try estimate(variable, statistic: statistic))
                }
                return .name(try estimate(word, statistic: nil))
            default: throw wrong(found)
            }
        }

        mutating func name() throws(Problem) -> String {
            guard let found = next, case .name(let word, _) = found.token else { throw wrong(next) }
            at += 1
            return word
        }

        /// Reads what follows the variable, and numbers the name.
        mutating func estimate(_ variable: String, statistic: StatisticKind?) throws(Problem) -> Int {
            var answer: String?
            if take("[") {
                answer = try name()
                // Answers that were joined are one estimate: s01[1,2].
                while take(",") { answer = (answer ?? "") + "," + (try name()) }
                try expect("]")
            }
            var groups: [EstimateName.Group]?
            if take("{") {
                var found: [EstimateName.Group] = []
                repeat {
                    let word = try name()
                    if take("=") {
                        found.append(EstimateName.Group(variable: word, category: try name()))
                    } else {
                        found.append(EstimateName.Group(variable: nil, category: word))
                    }
                } while take(",")
                try expect("}")
                groups = found
            }
            let name = EstimateName(statistic: statistic, variable: variable, answer: answer, groups: groups)
            if let known = names.firstIndex(of: name) { return known }
            names.append(name)
            return names.count - 1
        }
    }
}
