/// The metadata file, as it is written.
extension TripleSDefinition {
    /// The elements of version 2.0, with the data delimited by commas under a line of names.
    package var xml: String {
        var xml = XMLText()
        xml.begin(
            "sss",
            [("version", "2.0")] + (languages.isEmpty ? [] : [("languages", languages.joined(separator: " "))]))
        xml.begin("survey")
        if !name.isEmpty { xml.element("name", [], name) }
        if !surveyVersion.isEmpty { xml.element("version", [], surveyVersion) }
        if !title.isEmpty { xml.texts("title", [], TripleSDefinition.parts(title), child: "text") }
        xml.begin("record", [("ident", "A"), ("format", "csv"), ("skip", "1")])
        for (index, variable) in variables.enumerated() { TripleSDefinition.write(variable, index, &xml) }
        xml.end()
        xml.end()
        xml.end()
        return xml.text
    }

    private static func parts(_ text: Text) -> [(language: String, text: String)] {
        [(language: "", text: text.own)] + text.others
    }

    private static func write(_ variable: Variable, _ index: Int, _ xml: inout XMLText) {
        var attributes = [("ident", String(index + 1)), ("type", variable.kind.rawValue)]
        if let use = variable.use { attributes.append(("use", use)) }
        if variable.isLiteral { attributes.append(("format", "literal")) }
        xml.begin("variable", attributes)
        for remark in variable.remarks { xml.remark(remark) }
        xml.element("name", [], variable.name)
        xml.texts("label", [], parts(variable.label), child: "text")
        xml.element("position", [("start", String(variable.start))])
        if let filter = variable.filter { xml.element("filter", [], filter) }
        if let spread = variable.spread {
            xml.element("spread", [("subfields", String(spread.count)), ("width", String(spread.width))])
        }
        if let size = variable.size { xml.element("size", [], String(size)) }
        switch variable.kind {
        case .single, .multiple, .quantity: writeValues(of: variable, &xml)
        case .character, .logical, .date, .time: break
        }
        xml.end()
    }

    private static func writeValues(of variable: Variable, _ xml: inout XMLText) {
        xml.begin("values")
        if let range = variable.range { xml.element("range", [("from", range.from), ("to", range.to)]) }
        for value in variable.values {
            xml.texts(
                "value", [("code", value.code)] + (value.score.map { [("score", $0)] } ?? []), parts(value.label),
                child: "text", remark: value.remarks.first)
        }
        xml.end()
    }
}
