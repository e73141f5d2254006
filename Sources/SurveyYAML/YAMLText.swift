/// Writes texts as YAML that reads back as the same characters, whatever they are.
public enum YAMLText {
    /// A text in double quotes on one line; what is invisible, breaks lines or turns the direction of text is escaped.
    public static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default:
                if isPlain(scalar) {
                    result.unicodeScalars.append(scalar)
                } else {
                    result += escape(scalar.value)
                }
            }
        }
        return result + "\""
    }

    /// A code as key or value: whole numbers bare, as people write them, everything else in quotes.
    public static func code(_ text: String) -> String {
        let digits = text.utf8.drop { $0 == UInt8(ascii: "-") }
        let isWhole =
            !digits.isEmpty && digits.count <= 15 && text.utf8.count - digits.count <= 1
            && digits.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } && (digits.first != 0x30 || text == "0")
        return isWhole ? text : quoted(text)
    }

    private static func escape(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        let (letter, width) = value < 0x100 ? ("x", 2) : value < 0x1_0000 ? ("u", 4) : ("U", 8)
        return "\\" + letter + String(repeating: "0", count: width - digits.count) + digits
    }

    /// True for what may stand in quotes as it is (YAML 1.1, 5.1), without the separators and marks that nobody sees.
    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2028, 0x2029, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF: false
        case 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x1_0000...0x10_FFFF: true
        default: false
        }
    }
}
