internal import SurveySchema

/// Finds a kind for each user-missing code of a file: by the words of its label, else one of its own.
struct MissingKindNames {
    private var own: [String] = []
    /// A questionnaire may have seven kinds of its own; the last is for all codes that come later.
    private static let mostOwn = 6
    private static let rest = "other-codes"

    private static let words: [(kind: String, parts: [String])] = [
        ("refused", ["refus", "declin", "отказ", "бас тарт"]),
        (
            "dont-know",
            [
                "don't know", "don’t know", "dont know", "do not know", "doesn't know", "not sure", "hard to say",
                "не знаю",
                "не знает", "затрудн", "білмей", "қиын", "no sabe",
            ]
        ),
        (
            "not-applicable",
            [
                "not applicable", "inapplicable", "does not apply", "inap", "n/a", "not asked", "skip", "неприменим",
                "не применим", "не задавал", "қатысы жоқ", "қойылма", "no aplica",
            ]
        ),
        (
            "no-answer",
            [
                "no answer", "no response", "not answered", "missing", "нет ответа", "не ответ", "пропуск", "жауап жоқ",
                "жауап бермеді", "no responde",
            ]
        ),
    ]

    /// The word of the kind of a code.
    mutating func name(ofCode code: String, label: LocalizedText) -> String {
        for entry in label.texts {
            let text = entry.text.lowercased()
            if text == "dk" { return "dont-know" }
            if text == "na" { return "no-answer" }
            for (kind, parts) in MissingKindNames.words where parts.contains(where: text.contains) { return kind }
        }
        let letters = code.lowercased().utf8.map { byte -> Character in
            switch byte {
            case 0x30...0x39, 0x61...0x7A: Character(Unicode.Scalar(byte))
            case 0x2D: "m"
            default: "-"
            }
        }
        let word = "code-" + String(letters.drop { $0 == "-" }.prefix(20))
        if own.contains(word) { return word }
        guard own.count < MissingKindNames.mostOwn else { return MissingKindNames.rest }
        own.append(word)
        return word
    }
}
