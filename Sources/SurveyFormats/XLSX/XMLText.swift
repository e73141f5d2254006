/// Writes XML line by line; texts and attributes are escaped, and what XML cannot hold is left out.
package struct XMLText {
    package private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    private var open: [String] = []

    package init() {}

    package mutating func begin(_ name: String, _ attributes: [(String, String)] = []) {
        text += indent + "<\(name)\(XMLText.list(attributes))>\n"
        open.append(name)
    }

    package mutating func end() {
        guard let name = open.popLast() else { return }
        text += indent + "</\(name)>\n"
    }

    package mutating func element(_ name: String, _ attributes: [(String, String)] = [], _ content: String? = nil) {
        guard let content else {
            text += indent + "<\(name)\(XMLText.list(attributes))/>\n"
            return
        }
        text += indent + "<\(name)\(XMLText.list(attributes))>\(XMLText.escaped(content))</\(name)>\n"
    }

    /// An element that is made of texts in several languages: the first as its own, the others as `child` elements, and at
    /// its end, where there is one, a remark of ours that other programs pass over.
    mutating func texts(
        _ name: String, _ attributes: [(String, String)] = [], _ texts: [(language: String, text: String)],
        child: String, remark: String? = nil
    ) {
        let first = texts.first.map { XMLText.escaped($0.text) } ?? ""
        let others = texts.dropFirst().map {
            "<\(child) xml:lang=\"\(XMLText.escaped($0.language))\">\(XMLText.escaped($0.text))</\(child)>"
        }
        text +=
            indent + "<\(name)\(XMLText.list(attributes))>\(first)\(others.joined())"
            + (remark.map(XMLText.instruction) ?? "") + "</\(name)>\n"
    }

    /// A remark of ours, as a processing instruction.
    mutating func remark(_ text: String) { self.text += indent + XMLText.instruction(text) + "\n" }

    /// Letters, digits, spaces and `-` are all that a remark has; others could end it.
    private static func instruction(_ text: String) -> String {
        let plain = text.utf8.filter {
            $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2D || $0 == 0x20
        }
        return "<?saual \(String(decoding: plain, as: UTF8.self))?>"
    }

    private var indent: String { String(repeating: "  ", count: open.count) }

    private static func list(_ attributes: [(String, String)]) -> String {
        attributes.map { " \($0)=\"\(escaped($1))\"" }.joined()
    }

    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            case "\r": result += "&#13;"
            default:
                // XML 1.0, 2.2: control characters and two code points cannot stand in a document.
                if scalar.value >= 0x20, scalar.value != 0xFFFE, scalar.value != 0xFFFF {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result
    }
}
