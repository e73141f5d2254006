public import SurveyProblems

extension Expression {
    /// Reads a text that is one name and nothing else: `gave`, `gave[01]`, `gave["01"]`, `` `two words` ``.
    ///
    /// - Throws: ``Problem`` `schema.expression-…` if the text is no name; its `place.position` is the character, from 1.
    public static func name(parsing text: String) throws(Problem) -> String {
        let tokens = try ExpressionTokens.of(text)
        guard let first = tokens.first else { throw .notOneName(text) }
        guard tokens.count == 2 else { throw .notOneName(text) }
        switch first.kind {
        case .name(let name): return name
        case .word(let word) where !ExpressionTokens.keywords.contains(word): return word
        default: throw .notOneName(text)
        }
    }

    /// A name as an expression writes it: plain words and items of plain codes alone, other items with their code in
    /// quotes, any other name in backquotes.
    public static func written(_ name: String) -> String {
        if let tokens = try? ExpressionTokens.of(name), tokens.count == 2, let first = tokens.first {
            switch first.kind {
            case .word(let word) where word == name && !ExpressionTokens.keywords.contains(word): return name
            case .name(let read) where read == name: return name
            default: break
            }
        }
        guard name.contains("`") || name.hasSuffix("]"), let open = name.firstIndex(of: "["), name.hasSuffix("]") else {
            return "`\(name)`"
        }
        let code = name[name.index(after: open)...].dropLast()
        return "\(name[..<open])[\"\(code.replacing("\"", with: "\"\""))\"]"
    }
}

extension Problem {
    /// Something else where one name must stand.
    static func notOneName(_ text: String) -> Problem {
        Problem(
            "schema.not-one-name", .input, what: "\"\(text)\" is not one name", place: Place(position: 1),
            why: "the name of one question, item or derived variable must stand here; found \"\(text)\"",
            fix: "write a name such as gave, gave[01] or `two words`")
    }
}
