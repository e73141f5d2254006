internal import SurveyYAML

/// Reads XPath of forms as expressions of questionnaires, as far as they mean the same.
struct XPathReader {
    /// Why a text has no counterpart: the word or sign at which reading stopped.
    struct Failure: Error { let word: String }

    /// A part of an expression with its kind.
    enum Term {
        case truth(String)
        case number(String)
        case literal(String)
        case variable(FormVariable)
        /// The result of `if`: a condition, and what it gives.
        indirect case choice(String, Term, Term)
    }

    /// Looks up `${name}`.
    private let lookup: (String) -> FormVariable?
    /// What `.` means.
    private let own: FormVariable?
    private var tokens: [XPathToken]
    private var at = 0
    private var depth = 0

    private init(_ text: String, own: FormVariable?, lookup: @escaping (String) -> FormVariable?) throws(Failure) {
        guard let tokens = XPathToken.all(of: text) else { throw Failure(word: String(text.prefix(40))) }
        self.tokens = tokens
        self.own = own
        self.lookup = lookup
    }

    /// A condition.
    static func condition(
        _ text: String, own: FormVariable? = nil, lookup: @escaping (String) -> FormVariable?
    ) throws(Failure) -> String {
        var reader = try XPathReader(text, own: own, lookup: lookup)
        let term = try reader.or()
        try reader.end()
        return try reader.truth(term)
    }

    /// Whatever a calculation gives.
    static func term(
        _ text: String, lookup: @escaping (String) -> FormVariable?
    ) throws(Failure) -> Term {
        var reader = try XPathReader(text, own: nil, lookup: lookup)
        let term = try reader.or()
        try reader.end()
        return term
    }

    /// The limits of `. >= a and . <= b`; nil if the constraint says anything else.
    static func range(_ text: String) -> (least: String?, greatest: String?)? {
        guard let tokens = XPathToken.all(of: text) else { return nil }
        var limits: (least: String?, greatest: String?) = (nil, nil)
        var at = 0
        let plain = tokens.filter { $0 != .sign("(") && $0 != .sign(")") }
        while at < plain.count {
            if at > 0 {
                guard plain[at] == .word("and") else { return nil }
                at += 1
            }
            guard at + 2 < plain.count, plain[at] == .sign("."), case .sign(let sign) = plain[at + 1] else {
                return nil
            }
            var value = ""
            at += 2
            if plain[at] == .sign("-") {
                value = "-"
                at += 1
            }
            guard at < plain.count, case .number(let digits) = plain[at] else { return nil }
            value += digits
            at += 1
            switch sign {
            case ">=" where limits.least == nil: limits.least = value
            case "<=" where limits.greatest == nil: limits.greatest = value
            default: return nil
            }
        }
        return limits.least == nil && limits.greatest == nil ? nil : limits
    }

    // MARK: Levels, weakest first

    private mutating func or() throws(Failure) -> Term {
        depth += 1
        defer { depth -= 1 }
        guard depth < 40 else { throw Failure(word: "(") }
        let first = try and()
        guard tokens.indices.contains(at), tokens[at] == .word("or") else { return first }
        var parts = [try truth(first)]
        while take(.word("or")) { parts.append(try truth(try and())) }
        return .truth("(\(parts.joined(separator: " or ")))")
    }

    private mutating func and() throws(Failure) -> Term {
        let first = try equality()
        guard tokens.indices.contains(at), tokens[at] == .word("and") else { return first }
        var parts = [try truth(first)]
        while take(.word("and")) { parts.append(try truth(try equality())) }
        return .truth("(\(parts.joined(separator: " and ")))")
    }

    private mutating func equality() throws(Failure) -> Term {
        let left = try sum()
        guard case .sign(let sign)? = tokens.indices.contains(at) ? tokens[at] : nil,
            ["=", "!=", "<", "<=", ">", ">="].contains(sign)
        else { return left }
        at += 1
        return .truth(try comparison(left, sign, try sum()))
    }

    private mutating func sum() throws(Failure) -> Term {
        var left = try product()
        while case .sign(let sign)? = tokens.indices.contains(at) ? tokens[at] : nil, sign == "+" || sign == "-" {
            at += 1
            left = .number("(\(try number(left)) \(sign) \(try number(try product())))")
        }
        return left
    }

    private mutating func product() throws(Failure) -> Term {
        var left = try signed()
        while tokens.indices.contains(at), tokens[at] == .sign("*") || tokens[at] == .word("div") {
            let sign = tokens[at] == .sign("*") ? "*" : "/"
            at += 1
            left = .number("(\(try number(left)) \(sign) \(try number(try signed())))")
        }
        if tokens.indices.contains(at), tokens[at] == .word("mod") { throw Failure(word: "mod") }
        return left
    }

    private mutating func signed() throws(Failure) -> Term {
        guard take(.sign("-")) else { return try primary() }
        return .number("-\(try number(try primary()))")
    }

    private mutating func primary() throws(Failure) -> Term {
        guard tokens.indices.contains(at) else { throw Failure(word: "…") }
        let token = tokens[at]
        at += 1
        switch token {
        case .reference(let name):
            guard let variable = lookup(name) else { throw Failure(word: "${\(name)}") }
            return .variable(variable)
        case .text(let text): return .literal(text)
        case .number(let digits):
            guard Double(digits) != nil else { throw Failure(word: digits) }
            return .number(digits)
        case .sign("."):
            guard let own else { throw Failure(word: ".") }
            return .variable(own)
        case .sign("("):
            let inner = try or()
            try expect(.sign(")"))
            return inner
        case .word(let word) where take(.sign("(")): return try call(word)
        case .word(let word), .sign(let word): throw Failure(word: word)
        }
    }

    private mutating func call(_ name: String) throws(Failure) -> Term {
        var arguments: [Term] = []
        if !take(.sign(")")) {
            repeat { arguments.append(try or()) } while take(.sign(","))
            try expect(.sign(")"))
        }
        switch (name, arguments.count) {
        case ("true", 0): return .truth("true")
        case ("false", 0): return .truth("false")
        case ("not", 1): return .truth("not \(bracketed(try truth(arguments[0])))")
        case ("selected", 2):
            guard case .variable(let variable) = arguments[0], let code = text(arguments[1]) else { break }
            guard variable.codes.contains(code) else { throw Failure(word: code) }
            return .truth(
                variable.kind == .multiple
                    ? "\(word(variable)) has \(quoted(code))" : "\(word(variable)) = \(quoted(code))")
        case ("count-selected", 1):
            guard case .variable(let variable) = arguments[0], variable.kind == .multiple, !variable.codes.isEmpty
            else {
                break
            }
            return .number(
                "count(\(variable.codes.map { "\(word(variable)) has \(quoted($0))" }.joined(separator: ", ")))")
        case ("if", 3): return .choice(try truth(arguments[0]), arguments[1], arguments[2])
        case ("number", 1): return .number(try number(arguments[0]))
        case ("string", 1): return arguments[0]
        case ("date", 1):
            if case .literal = arguments[0] { return arguments[0] }
        case ("string-length", 1):
            if case .variable(let variable) = arguments[0], take(.sign(">")), take(.number("0")) {
                return .truth("answered(\(word(variable)))")
            }
        default: break
        }
        throw Failure(word: "\(name)()")
    }

    // MARK: Meaning

    private func comparison(_ left: Term, _ sign: String, _ right: Term) throws(Failure) -> String {
        if case .variable(let variable) = right, case .variable = left {
            return "\(try operand(left)) \(sign) \(word(variable))"
        }
        if case .variable = right {
            let turned = ["<": ">", "<=": ">=", ">": "<", ">=": "<="][sign] ?? sign
            return try comparison(right, turned, left)
        }
        if case .variable(let variable) = left, let value = text(right) {
            return try comparison(variable, sign, value)
        }
        return "\(try number(left)) \(sign) \(try number(right))"
    }

    private func comparison(_ variable: FormVariable, _ sign: String, _ value: String) throws(Failure) -> String {
        let name = word(variable)
        if value.isEmpty {
            guard sign == "=" || sign == "!=" else { throw Failure(word: sign) }
            return sign == "=" ? "missing(\(name))" : "answered(\(name))"
        }
        switch variable.kind {
        case .single, .derived:
            if variable.codes.isEmpty, variable.kind == .derived, Double(value) != nil {
                return "\(name) \(sign) \(value)"
            }
            guard variable.codes.contains(value) else { throw Failure(word: value) }
            return "\(name) \(sign) \(quoted(value))"
        case .multiple:
            // The cell of a set is its codes with spaces between: equal to one code means that one alone.
            throw Failure(word: "${\(variable.id)} \(sign)")
        case .number:
            guard Double(value) != nil else { throw Failure(word: value) }
            return "\(name) \(sign) \(value)"
        case .date, .text: return "\(name) \(sign) \(YAMLText.quoted(value))"
        }
    }

    private func operand(_ term: Term) throws(Failure) -> String {
        guard case .variable(let variable) = term else { return try number(term) }
        if variable.kind == .multiple { throw Failure(word: "${\(variable.id)}") }
        return word(variable)
    }

    private func truth(_ term: Term) throws(Failure) -> String {
        guard case .truth(let text) = term else { throw Failure(word: shown(term)) }
        return text
    }

    func number(_ term: Term) throws(Failure) -> String {
        switch term {
        case .number(let text): return text
        case .literal(let text) where Double(text) != nil: return text
        case .variable(let variable)
        where variable.kind == .number || variable.kind == .derived && variable.codes.isEmpty:
            return word(variable)
        case .variable(let variable) where variable.kind == .single && variable.codes.allSatisfy({ Int($0) != nil }):
            return word(variable)
        default: throw Failure(word: shown(term))
        }
    }

    private func text(_ term: Term) -> String? {
        switch term {
        case .literal(let text): text
        case .number(let text): text
        default: nil
        }
    }

    private func shown(_ term: Term) -> String {
        switch term {
        case .truth(let text), .number(let text): text
        case .literal(let text): "'\(text)'"
        case .variable(let variable): "${\(variable.id)}"
        case .choice: "if()"
        }
    }

    private func bracketed(_ text: String) -> String {
        text.hasPrefix("(") || text.hasPrefix("answered(") || text.hasPrefix("missing(") ? text : "(\(text))"
    }

    private func word(_ variable: FormVariable) -> String {
        ["and", "or", "not", "in", "has", "true", "false"].contains(variable.id) ? "`\(variable.id)`" : variable.id
    }

    private func quoted(_ code: String) -> String { YAMLText.code(code) }

    private mutating func take(_ token: XPathToken) -> Bool {
        guard tokens.indices.contains(at), tokens[at] == token else { return false }
        at += 1
        return true
    }

    private mutating func expect(_ token: XPathToken) throws(Failure) {
        guard take(token) else { throw failure() }
    }

    private func end() throws(Failure) {
        guard at == tokens.count else { throw failure() }
    }

    private func failure() -> Failure {
        guard tokens.indices.contains(at) else { return Failure(word: "…") }
        switch tokens[at] {
        case .reference(let text), .text(let text), .number(let text), .word(let text), .sign(let text):
            return Failure(word: text)
        }
    }
}
