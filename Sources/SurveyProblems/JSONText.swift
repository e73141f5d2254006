/// A JSON value whose object fields keep their order; numbers are written so that reading them gives the same bits.
public indirect enum JSONText: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSONText])
    case object([(String, JSONText)])

    /// An optional number: absent and not-finite values become null.
    public static func optional(_ value: Double?) -> JSONText {
        guard let value, value.isFinite else { return .null }
        return .number(value)
    }

    /// One line of JSON without spaces.
    public var line: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .number(let value): text += value.isFinite ? JSONText.shortest(value) : "null"
        case .string(let value): JSONText.quote(value, to: &text)
        case .array(let values):
            text += "["
            for (position, value) in values.enumerated() {
                if position > 0 { text += "," }
                value.write(to: &text)
            }
            text += "]"
        case .object(let fields):
            text += "{"
            for (position, field) in fields.enumerated() {
                if position > 0 { text += "," }
                JSONText.quote(field.0, to: &text)
                text += ":"
                field.1.write(to: &text)
            }
            text += "}"
        }
    }

    /// The shortest decimal text that reads back as the same number; whole numbers lose their `.0`.
    public static func shortest(_ value: Double) -> String {
        let text = value.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private static func quote(_ value: String, to text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            default:
                // Line separators break scripts, and "<" could close a script element that embeds this text.
                if scalar.value < 0x20 || scalar.value == 0x7F || scalar == "<" || scalar.value == 0x2028
                    || scalar.value == 0x2029
                {
                    let digits = String(scalar.value, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    text.unicodeScalars.append(scalar)
                }
            }
        }
        text += "\""
    }

    public static func == (left: JSONText, right: JSONText) -> Bool { left.line == right.line }
}

extension Problem {
    /// The problem as one JSON object; absent fields are left out.
    public func json(in language: String = "en") -> JSONText {
        let words = ProblemTexts.words(of: self, in: language)
        var fields: [(String, JSONText)] = [
            ("code", .string(code)), ("severity", .string(severity.rawValue)), ("what", .string(words.what)),
        ]
        if let file = place.file { fields.append(("file", .string(file))) }
        if let line = place.line { fields.append(("line", .integer(line))) }
        if let position = place.position { fields.append(("position", .integer(position))) }
        if !place.rows.isEmpty { fields.append(("rows", .array(place.rows.map { .integer($0) }))) }
        if let total = place.rowsTotal { fields.append(("rows_total", .integer(total))) }
        if let column = place.column { fields.append(("column", .string(column))) }
        if let variable = place.variable { fields.append(("variable", .string(variable))) }
        if let detail = place.detail { fields.append(("detail", .string(detail))) }
        fields.append(("why", .string(words.why)))
        fields.append(("fix", .string(words.fix)))
        return .object(fields)
    }
}
