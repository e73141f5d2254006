public import Foundation
public import FoundationXML

/// Every number that stands in the number cells of a page, as a plain decimal text such as `-1.8`.
public final class TableNumbers: NSObject, XMLParserDelegate {
    public private(set) var cells: [String] = []
    private var depth = 0
    private var text: String?

    public init(_ page: String) {
        super.init()
        let parser = XMLParser(data: Data(page.utf8))
        parser.delegate = self
        _ = parser.parse()
    }

    public func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        if text != nil {
            depth += 1
            text? += " "
        } else if name == "td", attributes["class"]?.split(separator: " ").contains("number") == true {
            text = ""
            depth = 0
        }
    }

    public func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        guard let found = text else { return }
        if depth == 0 {
            cells.append(found)
            text = nil
        } else {
            depth -= 1
        }
    }

    public func parser(_ parser: XMLParser, foundCharacters string: String) { text? += string }

    /// The numbers of a text in a language: signs, groups of digits and decimals.
    public static func numbers(in text: String, language: String) -> [String] {
        let (point, group): (Character, Character) = language == "en" ? (".", ",") : (",", "\u{202F}")
        var found: [String] = []
        var number = ""
        var isNegative = false
        func end() {
            while number.last == "." { number.removeLast() }
            if !number.isEmpty {
                found.append((isNegative && number.contains { "123456789".contains($0) } ? "-" : "") + number)
            }
            number = ""
        }
        var before: Character = " "
        for character in text {
            if "0123456789".contains(character) {
                if number.isEmpty { isNegative = before == "\u{2212}" }
                number.append(character)
            } else if character == point, !number.isEmpty {
                number.append(".")
            } else if character != group || number.isEmpty {
                end()
            }
            before = character
        }
        end()
        return found
    }
}
