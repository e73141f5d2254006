internal import SurveyProblems

/// A drawing that may stand in a report: known shapes and attributes only, no ids, no links, no scripts.
///
/// gnuplot never sees a text of the user: labels are numbers between signs (`@7@`), and only here, in the finished
/// drawing, each is replaced by its text, escaped.
struct CleanSVG: Sendable {
    let markup: String

    /// Cleans a drawing, puts the labels in and gives it a name and a description for those who do not see it.
    init(_ drawing: String, labels: [String], name: String, description: String) throws(Problem) {
        var reader = SVGReader(drawing)
        let root = try reader.root()
        guard let box = root.attributes.first(where: { $0.name == "viewBox" })?.value else {
            throw .unknownDrawing(part: "svg")
        }
        var text = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"\(Markup.escaped(box))\" role=\"img\" "
        text += "aria-label=\"\(Markup.escaped(description))\"><title>\(Markup.escaped(name))</title>"
        for child in root.children { try CleanSVG.write(child, color: "black", labels: labels, to: &text) }
        markup = text + "</svg>"
    }

    private static let shapes: Set<String> = ["g", "path", "rect", "circle", "polygon", "text"]
    private static let dropped: Set<String> = ["title", "desc", "defs"]
    private static let attributes: Set<String> = [
        "transform", "fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray", "d",
        "points", "x", "y", "width", "height", "cx", "cy", "r", "font-family", "font-size", "font-weight", "font-style",
        "text-anchor", "fill-opacity", "stroke-opacity", "opacity", "shape-rendering",
    ]

    private static func write(
        _ element: SVGReader.Element, color: String, labels: [String], to text: inout String
    ) throws(Problem) {
        if dropped.contains(element.name) { return }
        if element.name == "use" { return try writePoint(element, color: color, to: &text) }
        guard shapes.contains(element.name) else { throw .unknownDrawing(part: element.name) }
        let color = element.attributes.first { $0.name == "color" }?.value ?? color
        var inner = ""
        for child in element.children { try write(child, color: color, labels: labels, to: &inner) }
        let content = collapsed(element.text)
        if element.name == "text" {
            guard content.first == "@", content.last == "@", let place = Int(content.dropFirst().dropLast()),
                labels.indices.contains(place)
            else { throw .unknownDrawing(part: content) }
            inner = Markup.escaped(labels[place])
        } else if !content.isEmpty {
            throw .unknownDrawing(part: content)
        }
        if element.name == "g", inner.isEmpty { return }
        text += "<\(element.name)"
        for attribute in element.attributes where attributes.contains(attribute.name) {
            var value = collapsed(attribute.value)
            if attribute.name == "font-family" {
                // gnuplot 5.4 leaves the weight in the name of the family.
                if value.hasSuffix(":Bold") { text += " font-weight=\"bold\"" }
                value = "DejaVu Sans, Noto Sans, Verdana, sans-serif"
            }
            if value.contains("(#") || value.contains(":") { throw .unknownDrawing(part: value) }
            if value == "currentColor" { value = color }
            text += " \(attribute.name)=\"\(Markup.escaped(value))\""
        }
        text += inner.isEmpty ? "/>" : ">\(inner)</\(element.name)>"
    }

    /// Draws gnuplot's filled point as a circle of its own, so that no definition must be shared.
    private static func writePoint(
        _ element: SVGReader.Element, color: String, to text: inout String
    ) throws(Problem) {
        let values = Dictionary(element.attributes.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        guard values["xlink:href"] == "#gpPt6", let transform = values["transform"] else {
            throw .unknownDrawing(part: "use")
        }
        let numbers = transform.split { !"0123456789.-".contains($0) }.compactMap { Double($0) }
        guard numbers.count == 3 else { throw .unknownDrawing(part: transform) }
        let fill = Markup.escaped(collapsed(values["color"] ?? color))
        text +=
            "<circle cx=\"\(numbers[0])\" cy=\"\(numbers[1])\" r=\"\(numbers[2])\" fill=\"\(fill)\" stroke=\"none\"/>"
    }

    private static func collapsed(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension Problem {
    /// A drawing holds something that a report does not let in.
    static func unknownDrawing(part: String) -> Problem {
        Problem(
            "report.unknown-drawing", .finding, severity: .caution, what: "A chart was left out",
            why: "a drawing may hold plain shapes and labels only; found \"\(part.prefix(80))\"",
            fix: "send us the version of gnuplot that made it")
    }
}
