internal import SurveyProblems

/// Reads the small part of XML that gnuplot writes: elements, attributes and plain text, without entities of its own.
struct SVGReader {
    /// One element with its own text, which gnuplot never mixes with elements that matter.
    struct Element {
        let name: String
        let attributes: [(name: String, value: String)]
        var children: [Element] = []
        var text = ""
    }

    private var rest: Substring
    private static let deepest = 32

    init(_ text: String) { rest = text[...] }

    /// Returns the element `svg`.
    mutating func root() throws(Problem) -> Element {
        guard let start = rest.firstRange(of: "<svg") else { throw .unknownDrawing(part: "") }
        rest = rest[start.lowerBound...]
        var open: [Element] = []
        while let sign = rest.firstIndex(of: "<") {
            if !open.isEmpty { open[open.count - 1].text += rest[..<sign] }
            rest = rest[rest.index(after: sign)...]
            if rest.hasPrefix("!--") {
                guard let end = rest.firstRange(of: "-->") else { throw .unknownDrawing(part: "<!--") }
                rest = rest[end.upperBound...]
                continue
            }
            guard let end = rest.firstIndex(of: ">") else { break }
            let tag = rest[..<end]
            rest = rest[rest.index(after: end)...]
            let isEmpty = tag.hasSuffix("/")
            if tag.hasPrefix("/") {
                guard let closed = open.popLast(), tag.dropFirst() == closed.name else {
                    throw .unknownDrawing(part: String(tag))
                }
                guard !open.isEmpty else { return closed }
                open[open.count - 1].children.append(closed)
            } else {
                let element = try SVGReader.element(isEmpty ? tag.dropLast() : tag)
                guard open.count < SVGReader.deepest else { throw .unknownDrawing(part: element.name) }
                if !isEmpty {
                    open.append(element)
                } else if !open.isEmpty {
                    open[open.count - 1].children.append(element)
                }
            }
        }
        throw .unknownDrawing(part: open.last?.name ?? "svg")
    }

    /// Reads the name and the attributes of a tag; values stand in single or double quotes.
    private static func element(_ tag: Substring) throws(Problem) -> Element {
        var rest = tag
        func skipSpaces() { rest = rest.drop(while: \.isWhitespace) }
        let name = String(rest.prefix { !$0.isWhitespace })
        guard let first = name.first, first.isLetter else { throw .unknownDrawing(part: name) }
        rest = rest.dropFirst(name.count)
        var attributes: [(name: String, value: String)] = []
        skipSpaces()
        while !rest.isEmpty {
            let key = String(rest.prefix { $0 != "=" && !$0.isWhitespace })
            rest = rest.dropFirst(key.count)
            skipSpaces()
            guard !key.isEmpty, rest.first == "=" else { throw .unknownDrawing(part: String(tag)) }
            rest = rest.dropFirst()
            skipSpaces()
            guard let quote = rest.first, quote == "'" || quote == "\"" else {
                throw .unknownDrawing(part: String(tag))
            }
            rest = rest.dropFirst()
            guard let end = rest.firstIndex(of: quote) else { throw .unknownDrawing(part: String(tag)) }
            attributes.append((key, String(rest[..<end])))
            rest = rest[rest.index(after: end)...]
            skipSpaces()
        }
        return Element(name: name, attributes: attributes)
    }
}
