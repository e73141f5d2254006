internal import SurveySchema

/// Says in which other languages texts stand that are not there in the language of the output.
enum FallbackNote {
    /// One line, or nothing where every text is there in the language.
    static func line(_ texts: [LocalizedText], in language: Language) -> String? {
        var others: [String] = []
        for text in texts where !text.isEmpty && text[language] == nil {
            let used = text[.english] != nil ? Language.english : text.texts.first?.language
            if let used, !others.contains(used.rawValue) { others.append(used.rawValue) }
        }
        guard !others.isEmpty else { return nil }
        let list = others.joined(separator: ", ")
        return switch language {
        case .russian: "Нет текста на этом языке: показан на \(list)."
        case .kazakh: "Бұл тілде мәтін жоқ: \(list) тілінде көрсетілді."
        default: "No text in this language: shown in \(list)."
        }
    }
}
