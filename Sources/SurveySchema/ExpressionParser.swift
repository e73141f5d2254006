internal import SurveyProblems

/// An expression as it was written, before its names and types are looked up.
struct ExpressionSyntax {
    indirect enum Kind {
        case truth(Bool)
        /// A number, and how it was typed: a code `07` is not `7`.
        case number(Double, String)
        case text(String)
        case name(String)
        case negative(ExpressionSyntax)
        case not(ExpressionSyntax)
        case and([ExpressionSyntax])
        case or([ExpressionSyntax])
        case compare(ExpressionNode.Comparison, ExpressionSyntax, ExpressionSyntax)
        case arithmetic(ExpressionNode.Arithmetic, ExpressionSyntax, ExpressionSyntax)
        case member(ExpressionSyntax, of: [ExpressionSyntax], negated: Bool)
        case has(ExpressionSyntax, [ExpressionSyntax])
        case call(String, [ExpressionSyntax])
    }

    let kind: Kind
    /// The characters it takes in the text, from 0.
    let range: Range<Int>
    /// The height of the tree; bounded, since trees are walked by recursion.
    let height: Int

    /// True for a number, a text or a truth value as written.
    var isConstant: Bool {
        switch kind {
        case .truth, .number, .text: true
        case .negative(let inner): if case .number = inner.kind { true } else { false }
        default: false
        }
    }

    var isText: Bool { if case .text = kind { true } else { false } }

    /// The constant as an answer code: numbers as typed, texts without their quotes.
    var codeText: String? {
        switch kind {
        case .number(_, let typed): typed
        case .text(let text): text
        case .negative(let inner): if case .number(_, let typed) = inner.kind { "-" + typed } else { nil }
        default: nil
        }
    }

    /// The constant as a truth value: `true`, `false`, `1`, `0`.
    var truthValue: Bool? {
        switch kind {
        case .truth(let value): value
        case .number(let number, _): number == 1 ? true : number == 0 ? false : nil
        default: nil
        }
    }

    /// Every name used, in the order of writing.
    var names: [String] {
        switch kind {
        case .truth, .number, .text: []
        case .name(let name): [name]
        case .negative(let inner), .not(let inner): inner.names
        case .and(let parts), .or(let parts), .call(_, let parts): parts.flatMap(\.names)
        case .compare(_, let left, let right), .arithmetic(_, let left, let right): left.names + right.names
        case .member(let subject, let items, _), .has(let subject, let items): subject.names + items.flatMap(\.names)
        }
    }
}

/// Parses by recursive descent, weakest first: `or`, `and`, `not`, comparison, `+ -`, `* /`, sign, value.
struct ExpressionParser {
    /// Levels of brackets, signs and `not`.
    static let greatestDepth = 64
    /// Height of a tree: a long sum is a tall tree without a bracket.
    private static let greatestHeight = 256
    static let functions = ["any", "answered", "asked", "count", "missing"]

    private let tokens: [ExpressionToken]
    private var at = 0
    private var depth = 0

    static func syntax(of text: String) throws(Problem) -> ExpressionSyntax {
        var parser = ExpressionParser(tokens: try ExpressionTokens.of(text))
        let syntax = try parser.or()
        guard parser.current.kind == .end else {
            throw .expressionExpected(["and", "or", "in", "has", "=", "<", "+"], found: parser.current)
        }
        return syntax
    }

    private init(tokens: [ExpressionToken]) { self.tokens = tokens }

    private var current: ExpressionToken { tokens[min(at, tokens.count - 1)] }

    private mutating func take(word: String) -> Bool {
        guard current.kind == .word(word) else { return false }
        at += 1
        return true
    }

    private mutating func take(sign: String) -> Bool {
        guard current.kind == .sign(sign) else { return false }
        at += 1
        return true
    }

    private mutating func expect(sign: String, or others: [String] = []) throws(Problem) {
        guard take(sign: sign) else { throw .expressionExpected(others + [sign], found: current) }
    }

    private func made(_ kind: ExpressionSyntax.Kind, from start: Int, over parts: [ExpressionSyntax]) throws(Problem)
        -> ExpressionSyntax
    {
        let height = 1 + (parts.map(\.height).max() ?? 0)
        guard height <= ExpressionParser.greatestHeight else { throw .expressionTooLarge() }
        let end = at > 0 ? tokens[at - 1].end : start
        return ExpressionSyntax(kind: kind, range: start..<max(start, end), height: height)
    }

    /// Parses something nested and counts its level.
    private mutating func nested(
        _ parse: (inout ExpressionParser) throws(Problem) -> ExpressionSyntax
    ) throws(Problem) -> ExpressionSyntax {
        depth += 1
        guard depth <= ExpressionParser.greatestDepth else { throw .expressionTooLarge() }
        let syntax = try parse(&self)
        depth -= 1
        return syntax
    }

    private mutating func or() throws(Problem) -> ExpressionSyntax {
        let start = current.start
        var parts = [try and()]
        while take(word: "or") { parts.append(try and()) }
        return parts.count == 1 ? parts[0] : try made(.or(parts), from: start, over: parts)
    }

    private mutating func and() throws(Problem) -> ExpressionSyntax {
        let start = current.start
        var parts = [try not()]
        while take(word: "and") { parts.append(try not()) }
        return parts.count == 1 ? parts[0] : try made(.and(parts), from: start, over: parts)
    }

    private mutating func not() throws(Problem) -> ExpressionSyntax {
        let start = current.start
        guard take(word: "not") else { return try comparison() }
        let inner = try nested { (parser: inout ExpressionParser) throws(Problem) in try parser.not() }
        return try made(.not(inner), from: start, over: [inner])
    }

    private mutating func comparison() throws(Problem) -> ExpressionSyntax {
        let start = current.start
        let left = try sum()
        if case .sign(let sign) = current.kind, let comparison = ExpressionNode.Comparison(rawValue: sign) {
            at += 1
            let right = try sum()
            return try made(.compare(comparison, left, right), from: start, over: [left, right])
        }
        if current.kind == .word("not"), tokens.indices.contains(at + 1), tokens[at + 1].kind == .word("in") {
            at += 2
            let items = try list()
            return try made(.member(left, of: items, negated: true), from: start, over: [left] + items)
        }
        if take(word: "in") {
            let items = try list()
            return try made(.member(left, of: items, negated: false), from: start, over: [left] + items)
        }
        if take(word: "has") {
            let items = current.kind == .sign("[") ? try list() : [try signed()]
            return try made(.has(left, items), from: start, over: [left] + items)
        }
        return left
    }

    /// Takes `[a, b, …]` with at least one entry.
    private mutating func list() throws(Problem) -> [ExpressionSyntax] {
        try expect(sign: "[")
        var items: [ExpressionSyntax] = []
        repeat { items.append(try signed()) } while take(sign: ",")
        try expect(sign: "]", or: [","])
        return items
    }

    private mutating func sum() throws(Problem) -> ExpressionSyntax {
        let start = current.start
        var left = try product()
        while case .sign(let sign) = current.kind, sign == "+" || sign == "-" {
            at += 1
            let right = try product()
            left = try made(.arithmetic(sign == "+" ? .add : .subtract, left, right), from: start, over: [left, right])
        }
        return left
    }

    private mutating func product() throws(Problem) -> ExpressionSyntax {
        let start = current.start
        var left = try signed()
        while case .sign(let sign) = current.kind, sign == "*" || sign == "/" {
            at += 1
            let right = try signed()
            left = try made(
                .arithmetic(sign == "*" ? .multiply : .divide, left, right), from: start, over: [left, right])
        }
        return left
    }

    private mutating func signed() throws(Problem) -> ExpressionSyntax {
        let start = current.start
        guard take(sign: "-") else { return try value() }
        let inner = try nested { (parser: inout ExpressionParser) throws(Problem) in try parser.signed() }
        return try made(.negative(inner), from: start, over: [inner])
    }

    private mutating func value() throws(Problem) -> ExpressionSyntax {
        let token = current
        switch token.kind {
        case .number(let number):
            at += 1
            return try made(.number(number, token.source), from: token.start, over: [])
        case .text(let text):
            at += 1
            return try made(.text(text), from: token.start, over: [])
        case .name(let name):
            at += 1
            return try made(.name(name), from: token.start, over: [])
        case .word("true"), .word("false"):
            at += 1
            return try made(.truth(token.source == "true"), from: token.start, over: [])
        case .word(let word) where !["and", "or", "not", "in", "has"].contains(word):
            at += 1
            return current.kind == .sign("(")
                ? try call(word, at: token) : try made(.name(word), from: token.start, over: [])
        case .sign("("):
            at += 1
            let inner = try nested { (parser: inout ExpressionParser) throws(Problem) in try parser.or() }
            try expect(sign: ")")
            return ExpressionSyntax(kind: inner.kind, range: token.start..<tokens[at - 1].end, height: inner.height)
        default: throw .expressionOperand(found: token)
        }
    }

    private mutating func call(_ name: String, at token: ExpressionToken) throws(Problem) -> ExpressionSyntax {
        guard ExpressionParser.functions.contains(name) else { throw .unknownFunction(name, at: token.start) }
        try expect(sign: "(")
        var arguments: [ExpressionSyntax] = []
        repeat {
            arguments.append(try nested { (parser: inout ExpressionParser) throws(Problem) in try parser.or() })
        } while take(sign: ",")
        try expect(sign: ")", or: [","])
        return try made(.call(name, arguments), from: token.start, over: arguments)
    }
}

extension Problem {
    /// A token where one of a few others must stand; at the end of the text the token found is empty.
    static func expressionExpected(_ expected: [String], found token: ExpressionToken) -> Problem {
        let near = NearestNames.of(token.source, among: expected)
        return Problem(
            "schema.expression-expected", .input, what: "\"\(token.source)\" cannot stand here",
            place: Place(position: token.start + 1),
            why: "one of \(expected.joined(separator: " ")) may stand here; found \"\(token.source)\"",
            fix: "write \((near.isEmpty ? expected : near).joined(separator: ", "))")
    }

    /// No value where one must stand.
    static func expressionOperand(found token: ExpressionToken) -> Problem {
        Problem(
            "schema.expression-operand", .input, what: "A value is missing before \"\(token.source)\"",
            place: Place(position: token.start + 1),
            why: "a name, a number, a text in quotes or a bracket must stand here; found \"\(token.source)\"",
            fix: "complete the expression; put a name that is also a keyword in backquotes")
    }

    /// A function that does not exist.
    static func unknownFunction(_ name: String, at offset: Int) -> Problem {
        let near = NearestNames.of(name, among: ExpressionParser.functions)
        return Problem(
            "schema.unknown-function", .input, what: "Function \"\(name)\" does not exist",
            place: Place(position: offset + 1),
            why: "the functions are \(ExpressionParser.functions.joined(separator: ", ")); found \"\(name)\"",
            fix: "write \((near.isEmpty ? ExpressionParser.functions : near).joined(separator: ", "))")
    }
}
