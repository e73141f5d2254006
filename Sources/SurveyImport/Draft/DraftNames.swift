/// Makes ids of questions from the names of columns, whatever they are.
struct DraftNames {
    /// Columns that can be ids as they are, and are.
    private let own: Set<String>
    private var taken: Set<String>
    /// How far the numbers behind a name have been counted, so that many columns of one name are not slow.
    private var counted: [String: Int] = [:]

    init(columns: [String]) {
        own = Set(columns.filter(DraftNames.isIdentifier))
        taken = own
    }

    /// The id of a column: its own name where that is one, else its letters in Latin; never one that is taken.
    mutating func id(ofColumn name: String) -> String { own.contains(name) ? name : id(of: name) }

    /// The id of something that is no column of this name, such as a group of columns.
    mutating func id(of name: String) -> String {
        let base = DraftNames.identifier(of: name)
        var id = base
        while !taken.insert(id).inserted {
            let number = counted[base, default: 1] + 1
            counted[base] = number
            id = "\(base)_\(number)"
        }
        return id
    }

    /// True if a name can be an id as it is.
    static func isIdentifier(_ name: String) -> Bool {
        guard let first = name.utf8.first, !isDigit(first), !reserved.contains(name) else { return false }
        return name.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == 0x5F }
    }

    /// Words that an expression would take for something else.
    private static let reserved: Set<String> = ["and", "or", "not", "in", "has", "true", "false"]

    /// Letters, digits and single underscores made of any name.
    static func identifier(of name: String) -> String {
        if isIdentifier(name) { return name }
        var result = ""
        for scalar in name.unicodeScalars.prefix(longest) {
            if let letters = latin(scalar) {
                result += letters
            } else if !result.isEmpty, result.last != "_" {
                result += "_"
            }
        }
        while result.last == "_" { result.removeLast() }
        guard let first = result.utf8.first else { return "column" }
        return isDigit(first) || reserved.contains(result) ? "q_" + result : result
    }

    /// A name in the pattern of questionnaires' ids, from the name of a file.
    static func questionnaire(of file: String) -> String {
        let name = file.split(separator: "/").last.map(String.init) ?? ""
        let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
        let fits = stem.utf8.allSatisfy { isLetter($0) || isDigit($0) || [0x2D, 0x2E, 0x5F].contains($0) }
        if fits, stem.utf8.count <= longest, let first = stem.utf8.first, isLetter(first) || isDigit(first) {
            return stem
        }
        let made = identifier(of: stem)
        return made == "column" ? "draft" : made
    }

    private static let longest = 60

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    /// One letter or digit in Latin; nil for signs and for letters of other scripts.
    private static func latin(_ scalar: Unicode.Scalar) -> String? {
        if scalar.isASCII {
            let byte = UInt8(scalar.value)
            return isLetter(byte) || isDigit(byte) ? String(scalar) : nil
        }
        let small = scalar.properties.lowercaseMapping
        guard let letters = small.unicodeScalars.first.flatMap({ cyrillic[$0] }) else { return nil }
        return small == String(scalar) ? letters : letters.prefix(1).uppercased() + letters.dropFirst()
    }

    /// Kazakh and Russian Cyrillic in Latin letters without marks, for names that only programs read.
    private static let cyrillic: [Unicode.Scalar: String] = [
        "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z",
        "и": "i", "й": "y", "к": "k", "қ": "q", "л": "l", "м": "m", "н": "n", "ң": "ng", "о": "o", "ө": "o", "п": "p",
        "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u", "ү": "u", "ф": "f", "х": "h", "һ": "h", "ц": "ts", "ч": "ch",
        "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "і": "i", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    ]
}
