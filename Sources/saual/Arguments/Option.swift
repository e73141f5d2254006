/// One option of a command: its name, what it takes, and what it does in words.
struct Option: Sendable {
    enum Kind: Sendable, Equatable {
        case flag
        /// One value; the placeholder stands in the help.
        case value(String)
        /// One of these words.
        case choice([String])
        /// Names separated by commas; a name with a comma or space stands in backquotes.
        case list(String)
    }

    let name: String
    let letter: Character?
    let kind: Kind
    let isRepeatable: Bool
    let help: Phrase

    static func flag(_ name: String, letter: Character? = nil, _ help: Phrase) -> Option {
        Option(name: name, letter: letter, kind: .flag, isRepeatable: false, help: help)
    }

    static func value(
        _ name: String, _ placeholder: String, letter: Character? = nil, repeatable: Bool = false, _ help: Phrase
    ) -> Option {
        Option(name: name, letter: letter, kind: .value(placeholder), isRepeatable: repeatable, help: help)
    }

    static func choice(_ name: String, _ words: [String], _ help: Phrase) -> Option {
        Option(name: name, letter: nil, kind: .choice(words), isRepeatable: false, help: help)
    }

    static func list(_ name: String, _ placeholder: String, _ help: Phrase) -> Option {
        Option(name: name, letter: nil, kind: .list(placeholder), isRepeatable: true, help: help)
    }

    /// How the option is written in help: `--strata COL[,COL…]`.
    var usage: String {
        let start = (letter.map { "-\($0), " } ?? "") + "--\(name)"
        switch kind {
        case .flag: return start
        case .value(let placeholder): return "\(start) \(placeholder)"
        case .choice(let words): return "\(start) \(words.joined(separator: "|"))"
        case .list(let placeholder): return "\(start) \(placeholder)[,\(placeholder)…]"
        }
    }
}
