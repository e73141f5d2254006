/// Names of questions as forms allow them, and the languages of their columns.
enum FormNames {
    /// The most languages of a questionnaire that is read: each text is written in every one of them.
    static let mostLanguages = 40

    /// A name that XML takes: Latin letters, digits, `_`, `-`, `.`, not beginning with a digit.
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first) || first == 0x5F else { return false }
        return text.utf8.allSatisfy {
            isLetter($0) || $0 >= 0x30 && $0 <= 0x39 || $0 == 0x5F || $0 == 0x2D || $0 == 0x2E
        }
    }

    /// An id of the questionnaire: letters, digits and `_`.
    static func isIdentifier(_ text: String) -> Bool { isName(text) && !text.contains("-") && !text.contains(".") }

    /// The name with everything that an id may not have as `_`.
    static func identifier(_ text: String) -> String {
        let plain = String(
            text.unicodeScalars.map { scalar in
                let byte = scalar.isASCII ? UInt8(scalar.value) : 0x5F
                return isLetter(byte) || byte >= 0x30 && byte <= 0x39 ? Character(scalar) : "_"
            })
        return plain.utf8.first.map { isLetter($0) || $0 == 0x5F } == true ? plain : "_" + plain
    }

    private static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

    private static let languages: [(code: String, names: [String])] = [
        ("kk", ["Қазақша", "Kazakh", "Казахский", "Қазақ тілі", "Қазақ"]), ("ru", ["Русский", "Russian", "Орысша"]),
        ("en", ["English", "Английский", "Ағылшынша"]), ("es", ["Español", "Spanish"]), ("fr", ["Français", "French"]),
        ("ky", ["Кыргызча", "Kyrgyz"]), ("uz", ["Oʻzbekcha", "Uzbek"]), ("de", ["Deutsch", "German"]),
        ("pt", ["Português", "Portuguese"]), ("ar", ["العربية", "Arabic"]),
    ]

    /// How a language is named in the head of a column: `Қазақша (kk)`.
    static func heading(_ code: String) -> String {
        let name = languages.first { $0.code == code }?.names.first ?? code
        return "\(name) (\(code))"
    }

    /// The code in the head of a column: that in brackets, that of a name, or the word itself if it can be one.
    static func code(_ heading: String) -> String? {
        if let open = heading.lastIndex(of: "("), heading.hasSuffix(")") {
            let code = heading[heading.index(after: open)...].dropLast().prefix { $0 != "-" && $0 != "_" }.lowercased()
            if isCode(code) { return code }
        }
        if let known = languages.first(where: { $0.names.contains { $0.lowercased() == heading.lowercased() } }) {
            return known.code
        }
        let word = heading.lowercased()
        return isCode(word) ? word : nil
    }

    /// The code of a language as XML names it, `en-GB` or `en`; nil if it has none of two or three letters.
    static func code(ofTag tag: String) -> String? {
        let code = String(tag.prefix { $0 != "-" && $0 != "_" }).lowercased()
        return isCode(code) ? code : nil
    }

    private static func isCode(_ text: String) -> Bool {
        (2...3).contains(text.utf8.count) && text.utf8.allSatisfy { $0 >= 0x61 && $0 <= 0x7A }
    }
}
