/// Cuts XPath of forms into its words.
enum XPathToken: Equatable {
    case reference(String)
    case text(String)
    case number(String)
    case word(String)
    case sign(String)

    /// The most tokens of an expression.
    static let limit = 5000

    /// The tokens of a text; nil where a sign has no meaning or a quote has no end.
    static func all(of text: String) -> [XPathToken]? {
        var tokens: [XPathToken] = []
        var rest = Substring(text)
        while let first = rest.first {
            if tokens.count > limit { return nil }
            if first.isWhitespace {
                rest.removeFirst()
            } else if rest.hasPrefix("${") {
                guard let end = rest.firstIndex(of: "}") else { return nil }
                tokens.append(
                    .reference(FormBook.trimmed(String(rest[rest.index(rest.startIndex, offsetBy: 2)..<end]))))
                rest = rest[rest.index(after: end)...]
            } else if "'\"‘’“”".contains(first) {
                let close: Set<Character> =
                    "'\"".contains(first) ? [first] : "‘’".contains(first) ? ["‘", "’"] : ["“", "”"]
                rest.removeFirst()
                guard let end = rest.firstIndex(where: close.contains) else { return nil }
                tokens.append(.text(String(rest[..<end])))
                rest = rest[rest.index(after: end)...]
            } else if first.isASCII, first.isNumber || first == "." && rest.dropFirst().first?.isNumber == true {
                let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
                tokens.append(.number(String(digits)))
                rest = rest.dropFirst(digits.count)
            } else if first.isLetter || first == "_" {
                let word = rest.prefix { $0.isLetter || $0.isNumber || "_-:".contains($0) }
                tokens.append(.word(String(word)))
                rest = rest.dropFirst(word.count)
            } else if let sign = ["<=", ">=", "!=", ".."].first(where: { rest.hasPrefix($0) }) {
                tokens.append(.sign(sign))
                rest = rest.dropFirst(sign.count)
            } else if "=<>+-*(),.|/".contains(first) {
                tokens.append(.sign(String(first)))
                rest.removeFirst()
            } else {
                return nil
            }
        }
        return tokens
    }
}
