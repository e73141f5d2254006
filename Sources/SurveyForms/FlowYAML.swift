internal import SurveyYAML

/// Writes a tree of YAML on one line, as it stands in a cell of a form.
enum FlowYAML {
    static func text(_ node: YAMLNode) -> String {
        switch node.content {
        case .scalar(let text, let isQuoted):
            if !isQuoted, isBare(text) { return text }
            return isQuoted ? YAMLText.quoted(text) : bareCode(text)
        case .list(let nodes): return "[\(nodes.map(Self.text).joined(separator: ", "))]"
        case .map(let entries):
            return "{\(entries.map { "\(key($0.key)): \(Self.text($0.value))" }.joined(separator: ", "))}"
        }
    }

    /// The entries of a map as they stand between its braces.
    static func entries(_ entries: [YAMLEntry]) -> String {
        entries.map { "\(key($0.key)): \(text($0.value))" }.joined(separator: ", ")
    }

    static func key(_ text: String) -> String { isBare(text) ? text : YAMLText.quoted(text) }

    /// A scalar that was written without quotes reads the same with them, but for nothing and whole numbers.
    private static func bareCode(_ text: String) -> String {
        text.isEmpty || text == "~" || text == "null" ? "null" : YAMLText.quoted(text)
    }

    /// Words and whole numbers that mean themselves also inside brackets.
    private static func isBare(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 80 else { return false }
        let isWord =
            (first | 0x20 >= 0x61 && first | 0x20 <= 0x7A || first == 0x5F)
            && text.utf8.allSatisfy { byte in
                byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x5F
                    || byte == 0x2D
                    || byte == 0x20
            } && text.utf8.last != 0x20
        return isWord || YAMLText.code(text) == text
            || text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2E || $0 == 0x2D }
    }
}
