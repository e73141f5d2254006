internal import SurveyProblems

/// Texts of a study as they may stand in an R script and in the files that it reads: plain ASCII that needs no quoting.
///
/// Names, codes and open answers come from strangers. Every byte but those of a short list is written `%XX`, in the script
/// and in the files alike, so that two texts are equal in R exactly if their bytes are, whatever the locale, and no text can
/// end a string, a line or a cell.
enum RText {
    /// The bytes that stand for themselves.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: ":"),
            UInt8(ascii: "/"), UInt8(ascii: "["), UInt8(ascii: "]"):
            true
        default: false
        }
    }

    private static let digits = Array("0123456789ABCDEF".utf8)

    /// The text in bytes that need no quotes.
    static func encoded(_ text: String) -> String {
        if text.utf8.allSatisfy(isPlain) { return text }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isPlain(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A string of R.
    static func string(_ text: String) -> String { "\"\(encoded(text))\"" }

    /// A vector of strings of R.
    static func strings(_ texts: [String]) -> String {
        texts.isEmpty ? "character()" : "c(\(texts.map(string).joined(separator: ", ")))"
    }

    /// A number of R, read back with the same bits as far as R's reader is exact.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NA" }
        if value.isInfinite { return value < 0 ? "-Inf" : "Inf" }
        return JSONText.shortest(value == 0 ? 0 : value)
    }

    static func numbers(_ values: [Double]) -> String { "c(\(values.map(number).joined(separator: ", ")))" }

    static func truth(_ value: Bool) -> String { value ? "TRUE" : "FALSE" }

    /// The categories of a group as one text; `*` is no plain byte, so no two groups collide.
    static func key(_ texts: [String]) -> String { texts.map(encoded).joined(separator: "*") }
}
