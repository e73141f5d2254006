/// Makes names that a format allows out of any names, all different.
struct NameShortener {
    /// The rules of a format.
    struct Rules {
        /// Bytes and characters that a name may have.
        var mostBytes: Int
        var mostCharacters: Int
        /// Signs besides letters, digits and `_`.
        var signs: String
        /// True if letters beyond ASCII are allowed.
        var allowsLetters: Bool
        /// True if `a` and `A` are one name.
        var ignoresCase: Bool
        /// Words, in lower case, that are no names.
        var reserved: Set<String>
        /// Signs with which a name may also begin.
        var firstSigns: String
    }

    private let rules: Rules
    private var taken: Set<String> = []

    init(_ rules: Rules) { self.rules = rules }

    /// The names of all columns, as they are where that is allowed and each only once.
    static func names(_ names: [String], _ rules: Rules) -> [String] {
        var shortener = NameShortener(rules)
        var result = [String?](repeating: nil, count: names.count)
        for (index, name) in names.enumerated() where shortener.allows(name) {
            if shortener.taken.insert(shortener.key(name)).inserted { result[index] = name }
        }
        return result.enumerated().map { index, name in name ?? shortener.made(of: names[index]) }
    }

    private func key(_ name: String) -> String { rules.ignoresCase ? name.lowercased() : name }

    private func allows(_ name: String) -> Bool {
        guard !name.isEmpty, name.utf8.count <= rules.mostBytes, name.unicodeScalars.count <= rules.mostCharacters,
            !rules.reserved.contains(name.lowercased()), name.last != "."
        else { return false }
        return name.unicodeScalars.enumerated().allSatisfy { position, scalar in
            position == 0 ? canBegin(scalar) : canFollow(scalar)
        }
    }

    private func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return (0x61...0x7A).contains(scalar.value | 0x20) }
        return rules.allowsLetters && scalar.properties.isAlphabetic
    }

    private func canBegin(_ scalar: Unicode.Scalar) -> Bool {
        isLetter(scalar) || rules.firstSigns.unicodeScalars.contains(scalar)
    }

    private func canFollow(_ scalar: Unicode.Scalar) -> Bool {
        isLetter(scalar) || (0x30...0x39).contains(scalar.value) || scalar == "_"
            || rules.signs.unicodeScalars.contains(scalar)
    }

    private mutating func made(of name: String) -> String {
        var base = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            if base.isEmpty, !canBegin(scalar) {
                base.append("v")
                if scalar == "_" || !canFollow(scalar) { continue }
            }
            base.append(canFollow(scalar) ? scalar : "_")
        }
        if base.isEmpty { base.append("v") }
        var text = cut(String(base), keeping: 0)
        while text.last == "." || text.last == "_", text.count > 1 { text.removeLast() }
        if rules.reserved.contains(text.lowercased()) { text = cut(text, keeping: 1) + "_" }
        var candidate = text
        var number = 1
        while !taken.insert(key(candidate)).inserted {
            number += 1
            let suffix = "_\(number)"
            candidate = cut(text, keeping: suffix.utf8.count) + suffix
        }
        return candidate
    }

    /// The beginning of a text that leaves room for so many bytes.
    private func cut(_ text: String, keeping room: Int) -> String {
        var result = String.UnicodeScalarView()
        var bytes = 0
        for scalar in text.unicodeScalars {
            bytes += UTF8.width(scalar)
            if bytes > rules.mostBytes - room || result.count >= rules.mostCharacters - room { break }
            result.append(scalar)
        }
        return String(result)
    }
}

/// Cuts texts at the end of a character.
enum TextCut {
    static func bytes(_ text: String, most: Int) -> [UInt8] {
        let bytes = Array(text.utf8)
        guard bytes.count > most else { return bytes }
        var end = most
        while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return Array(bytes[..<end])
    }
}
