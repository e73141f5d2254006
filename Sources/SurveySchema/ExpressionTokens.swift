internal import SurveyProblems

/// A word, number, text or sign of an expression, with its place in the text (in Unicode scalars, from 0).
struct ExpressionToken: Equatable {
    enum Kind: Equatable {
        /// A bare word: a keyword, a function or a name.
        case word(String)
        /// A name in backquotes, or with an item in brackets: never a keyword.
        case name(String)
        case number(Double)
        /// A text in quotes.
        case text(String)
        case sign(String)
        case end
    }

    let kind: Kind
    /// The characters as typed; empty at the end.
    let source: String
    let start: Int
    let end: Int
}

/// Cuts the text of an expression into tokens.
struct ExpressionTokens {
    static let mostCharacters = 10_000
    static let keywords: Set<String> = ["and", "or", "not", "in", "has", "true", "false"]
    /// Signs that people write from habit, and what stands for them here.
    private static let foreign: [(found: String, use: String)] = [
        ("==", "="), ("<>", "!="), ("&&", "and"), ("||", "or"), ("=<", "<="), ("=>", ">="), ("≤", "<="), ("≥", ">="),
        ("≠", "!="), ("−", "-"), ("×", "*"), ("“", "\""), ("”", "\""), ("«", "\""), ("»", "\""), ("&", "and"),
        ("|", "or"),
    ]
    private static let signs = ["!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ","]

    private let text: [Unicode.Scalar]
    private var at = 0

    static func of(_ text: String) throws(Problem) -> [ExpressionToken] {
        // The length in bytes is looked at first, so that a huge text is refused before it is taken apart.
        guard text.utf8.count <= 4 * mostCharacters else { throw .expressionTooLarge() }
        let scalars = Array(text.unicodeScalars)
        guard scalars.count <= mostCharacters else { throw .expressionTooLarge() }
        var reader = ExpressionTokens(text: scalars)
        var tokens: [ExpressionToken] = []
        while let token = try reader.next() { tokens.append(token) }
        tokens.append(ExpressionToken(kind: .end, source: "", start: scalars.count, end: scalars.count))
        return tokens
    }

    private init(text: [Unicode.Scalar]) { self.text = text }

    private mutating func next() throws(Problem) -> ExpressionToken? {
        while at < text.count, text[at].properties.isWhitespace { at += 1 }
        guard at < text.count else { return nil }
        let start = at
        let first = text[at]
        if ExpressionTokens.startsWord(first) { return try word(from: start) }
        if ExpressionTokens.isDigit(first) || (first == "." && digitStands(at: at + 1)) {
            return try number(from: start)
        }
        if first == "\"" || first == "'" {
            let text = try quoted(until: first)
            return token(.text(text), from: start)
        }
        if first == "`" {
            let name = try quoted(until: first)
            guard !name.isEmpty else { throw .expressionCharacter("``", at: start) }
            return token(.name(name), from: start)
        }
        if let habit = ExpressionTokens.foreign.first(where: { stands($0.found) }) {
            throw .expressionSign(habit.found, use: habit.use, at: start)
        }
        if let sign = ExpressionTokens.signs.first(where: { stands($0) }) {
            at += sign.unicodeScalars.count
            return token(.sign(sign), from: start)
        }
        if first == "!" { throw .expressionSign("!", use: "not", at: start) }
        throw .expressionCharacter(String(Character(first)), at: start)
    }

    /// Takes a word, and with it an item in brackets that follows without a blank: `channel[2]`, `channel["2"]`.
    private mutating func word(from start: Int) throws(Problem) -> ExpressionToken {
        while at < text.count, ExpressionTokens.startsWord(text[at]) || ExpressionTokens.isDigit(text[at]) { at += 1 }
        let word = string(start..<at)
        guard at < text.count, text[at] == "[", word != "in", word != "has" else {
            return token(.word(word), from: start)
        }
        if at + 1 < text.count, text[at + 1] == "\"" || text[at + 1] == "'" {
            at += 1
            let code = try quoted(until: text[at])
            guard at < text.count, text[at] == "]" else {
                throw .expressionOpen("[", at: start + word.unicodeScalars.count)
            }
            at += 1
            return token(.name("\(word)[\(code)]"), from: start)
        }
        var close = at + 1
        while close < text.count, text[close] != "]", text[close] != "[", text[close] != ",",
            !text[close].properties.isWhitespace
        {
            close += 1
        }
        guard close < text.count, text[close] == "]", close > at + 1 else { return token(.word(word), from: start) }
        at = close + 1
        return token(.name(string(start..<at)), from: start)
    }

    private mutating func number(from start: Int) throws(Problem) -> ExpressionToken {
        while digitStands(at: at) { at += 1 }
        if at < text.count, text[at] == ".", digitStands(at: at + 1) || at > start {
            at += 1
            while digitStands(at: at) { at += 1 }
        }
        if at < text.count, text[at] == "e" || text[at] == "E" {
            let signed = at + 1 < text.count && (text[at + 1] == "+" || text[at + 1] == "-")
            if digitStands(at: at + (signed ? 2 : 1)) {
                at += signed ? 2 : 1
                while digitStands(at: at) { at += 1 }
            }
        }
        while at < text.count,
            ExpressionTokens.startsWord(text[at]) || ExpressionTokens.isDigit(text[at]) || text[at] == "."
        {
            at += 1
        }
        let source = string(start..<at)
        guard let value = Double(source), value.isFinite, !source.contains("x"), !source.contains("X") else {
            throw .expressionNumber(source, at: start)
        }
        return token(.number(value), from: start)
    }

    /// Takes what stands between two quotes; the quote itself is written twice.
    private mutating func quoted(until quote: Unicode.Scalar) throws(Problem) -> String {
        let start = at
        var content = String.UnicodeScalarView()
        at += 1
        while at < text.count {
            if text[at] == quote {
                guard at + 1 < text.count, text[at + 1] == quote, quote != "`" else {
                    at += 1
                    return String(content)
                }
                at += 1
            }
            content.append(text[at])
            at += 1
        }
        throw .expressionOpen(String(Character(quote)), at: start)
    }

    private func token(_ kind: ExpressionToken.Kind, from start: Int) -> ExpressionToken {
        ExpressionToken(kind: kind, source: string(start..<at), start: start, end: at)
    }

    private func string(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: text[range])
        return String(view)
    }

    private func stands(_ sign: String) -> Bool {
        let wanted = Array(sign.unicodeScalars)
        return text.count - at >= wanted.count && text[at..<at + wanted.count].elementsEqual(wanted)
    }

    private func digitStands(at index: Int) -> Bool { index < text.count && ExpressionTokens.isDigit(text[index]) }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar >= "0" && scalar <= "9" }

    private static func startsWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.properties.isAlphabetic
    }
}

extension Problem {
    /// A text that is longer or nested deeper than an expression may be.
    static func expressionTooLarge() -> Problem {
        Problem(
            "schema.expression-size", .input, what: "The expression is too long or too deep",
            place: Place(position: 1),
            why:
                "at most \(ExpressionTokens.mostCharacters) characters and \(ExpressionParser.greatestDepth) levels are read",
            fix: "split it into derived variables")
    }

    /// A sign of another language.
    static func expressionSign(_ found: String, use: String, at offset: Int) -> Problem {
        Problem(
            "schema.expression-sign", .input, what: "\"\(found)\" is not used here", place: Place(position: offset + 1),
            why: "the expression language writes \"\(use)\"; found \"\(found)\"", fix: "write \(use)")
    }

    /// A character that means nothing here.
    static func expressionCharacter(_ found: String, at offset: Int) -> Problem {
        Problem(
            "schema.expression-character", .input, what: "\"\(found)\" means nothing here",
            place: Place(position: offset + 1), why: "no sign, number, name or text starts with \"\(found)\"",
            fix: "delete it, or put a text in quotes and an unusual name in backquotes")
    }

    /// A number that cannot be read.
    static func expressionNumber(_ found: String, at offset: Int) -> Problem {
        Problem(
            "schema.expression-number", .input, what: "\"\(found)\" is not a number",
            place: Place(position: offset + 1),
            why: "a number has digits and at most one point, such as 12.5; found \"\(found)\"",
            fix: "correct the number, or put a text in quotes")
    }

    /// A quote that is never closed.
    static func expressionOpen(_ quote: String, at offset: Int) -> Problem {
        Problem(
            "schema.expression-open", .input, what: "The quote \(quote) is not closed",
            place: Place(position: offset + 1),
            why: "a text or name ends with the quote that begins it; found none up to the end", fix: "add \(quote)")
    }
}
