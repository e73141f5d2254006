/// Brings names of regions and districts into one form, so that spellings that mean the same compare as equal.
enum RegionText {
    /// Trimmed, in small letters, with е for ё, one hyphen for every dash, and one space for each run of spaces, dots and
    /// underscores.
    static func folded(_ text: some StringProtocol) -> String {
        var result = ""
        var hasGap = false
        for character in text.lowercased() {
            if character.isWhitespace || character == "." || character == "_" {
                hasGap = true
                continue
            }
            let isDash =
                character == "-" || character == "‐" || character == "‑" || character == "–" || character == "—"
            if hasGap, !result.isEmpty, !isDash, result.last != "-" { result.append(" ") }
            hasGap = false
            result.append(isDash ? "-" : character == "ё" ? "е" : character)
        }
        return result
    }

    /// A folded text with Latin letters in place of the Cyrillic ones that look like them.
    static func skeleton(_ folded: String) -> String { String(folded.map { latin[$0] ?? $0 }) }

    /// Cyrillic letters that look like Latin ones, small or as capitals (В and B, Н and H, У and Y).
    private static let latin: [Character: Character] = [
        "а": "a", "в": "b", "с": "c", "е": "e", "н": "h", "һ": "h", "і": "i", "ј": "j", "к": "k", "м": "m", "о": "o",
        "р": "p", "ѕ": "s", "т": "t", "х": "x", "у": "y",
    ]

    /// The forms under which a district may be named: as written, without what stands in brackets, that alone, and each
    /// without the words for city and district.
    static func districtForms(of name: String) -> Set<String> {
        var forms: Set<String> = [folded(name)]
        if let open = name.firstIndex(of: "("), let close = name.lastIndex(of: ")"), open < close {
            forms.insert(folded(String(name[..<open]) + String(name[name.index(after: close)...])))
            forms.insert(folded(name[name.index(after: open)..<close]))
        }
        for form in forms {
            let words = form.split(separator: " ").filter { !designators.contains(String($0)) }
            forms.insert(words.joined(separator: " "))
        }
        forms.remove("")
        return forms
    }

    private static let designators: Set<String> = [
        "г", "гор", "город", "район", "р-н", "қаласы", "қ", "ауданы", "аудан", "city", "district",
    ]
}
