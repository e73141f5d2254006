internal import SurveySchema

/// XHTML-compatible markup under construction: every element is closed, every text and attribute is escaped.
struct Markup {
    private(set) var text = ""
    let language: Language

    init(language: Language) { self.language = language }

    /// An element with its attributes, and whatever `content` puts into it.
    mutating func element(
        _ name: StaticString, _ attributes: KeyValuePairs<String, String> = [:], _ content: (inout Markup) -> Void
    ) {
        open(name, attributes)
        text += ">"
        content(&self)
        text += "</\(name)>"
    }

    /// An element that holds one text.
    mutating func element(_ name: StaticString, _ attributes: KeyValuePairs<String, String> = [:], text content: String)
    {
        element(name, attributes) { $0.write(content) }
    }

    /// An element without content, such as `meta`.
    mutating func void(_ name: StaticString, _ attributes: KeyValuePairs<String, String> = [:]) {
        open(name, attributes)
        text += " />"
    }

    /// Text that a reader sees.
    mutating func write(_ content: String) { text += Markup.escaped(content) }

    /// A text of the user, marked with its language where it is not the report's.
    mutating func write(_ content: LocalizedText, else fallback: String = "") {
        guard let found = content.text(in: language) else { return write(fallback) }
        guard content[language] == nil, let first = content.texts.first?.language else { return write(found) }
        let other = content[.english] == nil ? first : .english
        element("span", ["lang": other.rawValue], text: found)
    }

    /// A sentence whose places hold code: column names, expressions.
    mutating func write(_ template: String, code values: [String]) {
        var rest = template[...]
        while let place = rest.firstRange(of: "{1}") {
            write(String(rest[..<place.lowerBound]))
            for (position, value) in values.enumerated() {
                if position > 0 { write(", ") }
                element("code", text: value)
            }
            rest = rest[place.upperBound...]
        }
        write(String(rest))
    }

    /// A sentence into whose places `{1}`, `{2}`… markup is written.
    mutating func write(_ template: String, places: [(inout Markup) -> Void]) {
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            write(String(rest[..<open]))
            if let number = Int(rest[rest.index(after: open)..<close]), places.indices.contains(number - 1) {
                places[number - 1](&self)
            }
            rest = rest[rest.index(after: close)...]
        }
        write(String(rest))
    }

    /// Begins a new line of the source, so that differences between two reports can be read.
    mutating func newLine() { text += "\n" }

    /// Markup that is known to be well formed: the style sheet and cleaned drawings.
    mutating func writeMarkup(_ markup: String) { text += markup }

    private mutating func open(_ name: StaticString, _ attributes: KeyValuePairs<String, String>) {
        text += "<\(name)"
        for (key, value) in attributes { text += " \(key)=\"\(Markup.escaped(value))\"" }
    }

    /// Replaces what markup would take for its own, and characters that XML forbids.
    static func escaped(_ content: String) -> String {
        var result = ""
        result.reserveCapacity(content.utf8.count)
        for scalar in content.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\t", "\n", "\r": result += " "
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
