public import Foundation
public import FoundationXML

/// Reads a page as XML and collects what a reader sees or hears.
public final class PageReader: NSObject, XMLParserDelegate {
    public private(set) var elements: [String: Int] = [:]
    public private(set) var ids: [String] = []
    public private(set) var links: [String] = []
    public private(set) var attributes: Set<String> = []
    /// Visible text and texts of attributes, without code, styles and parts in another language.
    public private(set) var words = ""
    /// Every text and every attribute but the geometry of drawings, from which no figure can be read to its digits.
    public private(set) var everything = ""
    private static let geometry: Set<String> = [
        "d", "transform", "points", "cx", "cy", "r", "x", "y", "width", "height", "viewBox",
    ]
    public private(set) var isWellFormed = false
    private var silent = 0
    private var stack: [Bool] = []

    public init(_ page: String) {
        super.init()
        let parser = XMLParser(data: Data(page.utf8))
        parser.delegate = self
        isWellFormed = parser.parse()
    }

    public func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes values: [String: String]
    ) {
        elements[name, default: 0] += 1
        attributes.formUnion(values.keys)
        everything += values.filter { !PageReader.geometry.contains($0.key) }.values.joined(separator: " ") + " "
        if let id = values["id"] { ids.append(id) }
        if let link = values["href"] { links.append(link) }
        let isSilent =
            name == "style" || name == "script" || name == "code" || (name == "span" && values["lang"] != nil)
        stack.append(isSilent)
        if isSilent { silent += 1 }
        if silent == 0 {
            let spoken = [
                "title", "aria-label", "data-up", "data-down", "data-none", "data-filter", "data-filtered",
            ]
            for name in spoken {
                words += " " + (values[name] ?? "") + " "
            }
        }
    }

    public func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        if stack.popLast() == true { silent -= 1 }
        words += " "
        everything += " "
    }

    public func parser(_ parser: XMLParser, foundCharacters string: String) {
        if silent == 0 { words += string }
        everything += string
    }
}
