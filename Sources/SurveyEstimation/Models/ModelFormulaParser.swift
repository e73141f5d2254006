internal import SurveyProblems

/// Parses model notation by recursive descent, weakest first: `+` and `-`, `*`, `:`, a name or brackets.
struct ModelFormulaParser {
    private enum Kind: Equatable {
        case word(String)
        /// In backquotes: never a function.
        case name(String)
        case number(String)
        case sign(Unicode.Scalar)
        case end
    }

    private struct Token {
        let kind: Kind
        let text: String
        /// The character in the text, from 0.
        let start: Int
    }

    /// What stands between two signs: terms, and what it says of the intercept.
    private struct Part {
        var terms: [ModelFormula.Term] = []
        var intercept: Bool?
        var offsets: [String] = []
        var start = 0
    }

    static let mostCharacters = 10_000
    static let mostTerms = 500
    static let mostFactors = 6
    private static let greatestDepth = 32

    private let source: String
    private let response: ModelFormula.Response
    private var tokens: [Token] = []
    private var at = 0
    private var depth = 0
    /// Variables in the order of first use; products name theirs in this order, as R does.
    private var order: [ModelFormula.Factor] = []

    init(_ text: String) throws(Problem) {
        guard text.utf8.count <= 4 * ModelFormulaParser.mostCharacters else { throw .formulaTooLarge() }
        let scalars = Array(text.unicodeScalars)
        guard scalars.count <= ModelFormulaParser.mostCharacters else { throw .formulaTooLarge() }
        guard let tilde = ModelFormulaParser.tilde(in: scalars) else {
            throw .formulaSyntax(expected: "~", found: "", text: text, at: scalars.count)
        }
        source = text
        response = try ModelFormulaParser.response(Array(scalars[..<tilde]), text: text)
        tokens = try ModelFormulaParser.tokens(of: scalars, from: tilde + 1, text: text)
    }

    mutating func formula() throws(Problem) -> ModelFormula {
        let part = try sum()
        guard current.kind == .end else { throw unexpected(expecting: "+ - * :") }
        guard part.terms.count <= ModelFormulaParser.mostTerms else { throw .formulaTooLarge() }
        let hasIntercept = part.intercept ?? true
        guard hasIntercept || !part.terms.isEmpty else { throw .formulaEmpty(source) }
        let terms = part.terms.map { term in
            ModelFormula.Term(
                factors: term.factors.sorted {
                    (order.firstIndex(of: $0) ?? order.count) < (order.firstIndex(of: $1) ?? order.count)
                })
        }
        let places = terms.indices.sorted { (terms[$0].factors.count, $0) < (terms[$1].factors.count, $1) }
        return ModelFormula(
            source: source, response: response, hasIntercept: hasIntercept, terms: places.map { terms[$0] },
            offsets: part.offsets)
    }

    // MARK: Characters

    /// The tilde that parts the sides: the first outside quotes.
    private static func tilde(in scalars: [Unicode.Scalar]) -> Int? {
        var quote: Unicode.Scalar?
        for (position, scalar) in scalars.enumerated() {
            if let open = quote {
                if scalar == open { quote = nil }
            } else if scalar == "`" || scalar == "'" || scalar == "\"" {
                quote = scalar
            } else if scalar == "~" {
                return position
            }
        }
        return nil
    }

    private static func response(_ scalars: [Unicode.Scalar], text: String) throws(Problem) -> ModelFormula.Response {
        var side = scalars[...]
        while let first = side.first, first.properties.isWhitespace { side.removeFirst() }
        while let last = side.last, last.properties.isWhitespace { side.removeLast() }
        guard let first = side.first else { throw .formulaResponse(text) }
        var words = String.UnicodeScalarView()
        words.append(contentsOf: side)
        if first == "`", side.dropFirst().firstIndex(of: "`") == side.indices.last, side.count > 2 {
            return .variable(String(String(words).dropFirst().dropLast()))
        }
        if isNameStart(first), side.allSatisfy(isNamePart) { return .variable(String(words)) }
        return .condition(String(words))
    }

    private static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar == "_" || scalar == "."
    }

    private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        isNameStart(scalar) || scalar.properties.numericType != nil
    }

    private static func tokens(
        of scalars: [Unicode.Scalar], from first: Int, text: String
    ) throws(Problem) -> [Token] {
        var tokens: [Token] = []
        var position = first
        func string(_ range: Range<Int>) -> String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[range])
            return String(view)
        }
        while position < scalars.count {
            let start = position
            let scalar = scalars[position]
            if scalar.properties.isWhitespace {
                position += 1
            } else if ("0"..."9").contains(scalar) {
                while position < scalars.count, isNamePart(scalars[position]) { position += 1 }
                tokens.append(
                    Token(kind: .number(string(start..<position)), text: string(start..<position), start: start))
            } else if isNameStart(scalar) {
                while position < scalars.count, isNamePart(scalars[position]) { position += 1 }
                tokens.append(
                    Token(kind: .word(string(start..<position)), text: string(start..<position), start: start))
            } else if scalar == "`" {
                guard let end = scalars[(start + 1)...].firstIndex(of: "`"), end > start + 1 else {
                    throw .formulaSyntax(expected: "`", found: "`", text: text, at: start)
                }
                position = end + 1
                tokens.append(
                    Token(kind: .name(string((start + 1)..<end)), text: string(start..<position), start: start))
            } else if "+-*:()".unicodeScalars.contains(scalar) {
                position += 1
                tokens.append(Token(kind: .sign(scalar), text: String(scalar), start: start))
            } else {
                throw .formulaSyntax(expected: "+ - * : ( )", found: String(scalar), text: text, at: start)
            }
        }
        tokens.append(Token(kind: .end, text: "", start: scalars.count))
        return tokens
    }

    // MARK: Terms

    private var current: Token { tokens[min(at, tokens.count - 1)] }

    private mutating func take(_ sign: Unicode.Scalar) -> Bool {
        guard current.kind == .sign(sign) else { return false }
        at += 1
        return true
    }

    private func unexpected(expecting expected: String) -> Problem {
        .formulaSyntax(expected: expected, found: current.text, text: source, at: current.start)
    }

    private mutating func sum() throws(Problem) -> Part {
        var whole = Part()
        var isTaken = take("-")
        repeat {
            let part = try product()
            if isTaken {
                whole.terms.removeAll { term in part.terms.contains { $0.isSame(as: term) } }
                if let says = part.intercept { whole.intercept = !says }
                guard part.offsets.isEmpty else {
                    throw .formulaSyntax(expected: "+", found: "offset", text: source, at: part.start)
                }
            } else {
                whole.terms = ModelFormulaParser.joined(whole.terms, part.terms)
                whole.intercept = part.intercept ?? whole.intercept
                whole.offsets += part.offsets
            }
            guard whole.terms.count <= ModelFormulaParser.mostTerms else { throw .formulaTooLarge() }
            isTaken = take("-")
        } while isTaken || take("+")
        return whole
    }

    private mutating func product() throws(Problem) -> Part {
        var left = try crossing()
        while current.kind == .sign("*") {
            try onlyTerms(left)
            at += 1
            let right = try crossing()
            try onlyTerms(right)
            left.terms = ModelFormulaParser.joined(
                ModelFormulaParser.joined(left.terms, right.terms), try crossed(left.terms, right.terms))
        }
        return left
    }

    private mutating func crossing() throws(Problem) -> Part {
        var left = try value()
        while current.kind == .sign(":") {
            try onlyTerms(left)
            at += 1
            let right = try value()
            try onlyTerms(right)
            left.terms = try crossed(left.terms, right.terms)
        }
        return left
    }

    private mutating func value() throws(Problem) -> Part {
        var part = Part()
        part.start = current.start
        switch current.kind {
        case .number("0"): part.intercept = false
        case .number("1"): part.intercept = true
        case .name(let name): part.terms = [term(name, isCategorical: false)]
        case .word(let word):
            at += 1
            guard take("(") else {
                part.terms = [term(word, isCategorical: false)]
                return part
            }
            guard word == "C" || word == "offset" else {
                throw .formulaSyntax(expected: "C( offset(", found: word + "(", text: source, at: part.start)
            }
            switch current.kind {
            case .word(let name), .name(let name):
                at += 1
                if word == "C" {
                    part.terms = [term(name, isCategorical: true)]
                } else {
                    part.offsets = [name]
                }
            default: throw unexpected(expecting: "x C(x) (")
            }
            guard take(")") else { throw unexpected(expecting: ")") }
            return part
        case .sign("("):
            depth += 1
            guard depth <= ModelFormulaParser.greatestDepth else { throw .formulaTooLarge() }
            at += 1
            part = try sum()
            guard current.kind == .sign(")") else { throw unexpected(expecting: ")") }
            depth -= 1
        default: throw unexpected(expecting: "x C(x) (")
        }
        at += 1
        return part
    }

    /// Refuses to cross an intercept or an offset with anything.
    private func onlyTerms(_ part: Part) throws(Problem) {
        guard part.intercept == nil, part.offsets.isEmpty, !part.terms.isEmpty else {
            throw unexpected(expecting: "+")
        }
    }

    private mutating func term(_ name: String, isCategorical: Bool) -> ModelFormula.Term {
        let factor = ModelFormula.Factor(name: name, isCategorical: isCategorical)
        if !order.contains(factor) { order.append(factor) }
        return ModelFormula.Term(factors: [factor])
    }

    private static func joined(_ left: [ModelFormula.Term], _ right: [ModelFormula.Term]) -> [ModelFormula.Term] {
        var terms = left
        for term in right where !terms.contains(where: { $0.isSame(as: term) }) { terms.append(term) }
        return terms
    }

    private func crossed(
        _ left: [ModelFormula.Term], _ right: [ModelFormula.Term]
    ) throws(Problem) -> [ModelFormula.Term] {
        guard left.count * right.count <= ModelFormulaParser.mostTerms else { throw .formulaTooLarge() }
        var terms: [ModelFormula.Term] = []
        for first in left {
            for second in right {
                var factors = first.factors
                for factor in second.factors where !factors.contains(factor) { factors.append(factor) }
                guard factors.count <= ModelFormulaParser.mostFactors else { throw .formulaTooLarge() }
                terms = ModelFormulaParser.joined(terms, [ModelFormula.Term(factors: factors)])
            }
        }
        return terms
    }
}

extension Problem {
    /// A character or word that cannot stand where it does.
    static func formulaSyntax(expected: String, found: String, text: String, at offset: Int) -> Problem {
        Problem(
            "estimation.formula-syntax", .usage, what: "The formula cannot be read at character \(offset + 1)",
            place: Place(position: offset + 1, detail: text),
            why: "\(expected) may stand here; found \"\(found)\"",
            fix: "write it as in y ~ x1 + C(x2) + x1:x3, with unusual names in backquotes")
    }

    /// Nothing before the tilde.
    static func formulaResponse(_ text: String) -> Problem {
        Problem(
            "estimation.formula-response", .usage, what: "The formula explains nothing",
            place: Place(position: 1, detail: text), why: "what is explained stands before the tilde; found nothing",
            fix: "write the variable or condition before it, as in y ~ x or q01=1 ~ x")
    }

    /// Neither intercept nor terms.
    static func formulaEmpty(_ text: String) -> Problem {
        Problem(
            "estimation.formula-empty", .usage, what: "The formula has neither an intercept nor a term",
            place: Place(detail: text), why: "at least one coefficient is needed; found none",
            fix: "drop the -1, or add a term")
    }

    /// More than one model can be made of.
    static func formulaTooLarge() -> Problem {
        let parser = ModelFormulaParser.self
        return Problem(
            "estimation.formula-too-large", .usage, what: "The formula is too large",
            why:
                "at most \(parser.mostCharacters) characters, \(parser.mostTerms) terms, products of \(parser.mostFactors)",
            fix: "name fewer terms")
    }
}
