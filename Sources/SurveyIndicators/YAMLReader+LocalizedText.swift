internal import SurveyProblems
package import SurveySchema
package import SurveyYAML

extension YAMLReader {
    /// Takes a text in several languages (a map by language) or, where one language is required, a plain text.
    ///
    /// Every required language must be there and must not be empty; further languages of Saual may stand beside them.
    package func localizedText(_ node: YAMLNode, in required: [Language]) -> LocalizedText? {
        if let text = node.scalar {
            guard required.count <= 1 else {
                report(.missingTranslations(required.map(\.rawValue)), at: node.mark)
                return nil
            }
            return LocalizedText([(required.first ?? .english, text)])
        }
        guard let map = openMap(node) else { return nil }
        let known = required + Language.spoken.filter { !required.contains($0) }
        var texts: [(language: Language, text: String)] = []
        for entry in map.entries {
            let language = Language(rawValue: entry.key)
            guard known.contains(language) else {
                report(.unknownWord(entry.key, known: known.map(\.rawValue)), at: entry.keyMark)
                continue
            }
            if !entry.value.isNull, let text = text(entry.value), !text.isEmpty { texts.append((language, text)) }
        }
        let missing = required.filter { language in
            !texts.contains { $0.language == language }
                && !map.entries.contains { $0.key == language.rawValue && $0.value.scalar == nil }
        }
        if !missing.isEmpty { report(.missingTranslations(missing.map(\.rawValue)), at: node.mark) }
        return LocalizedText(texts)
    }
}

extension Problem {
    /// A text that is not there in a language that it must have.
    static func missingTranslations(_ languages: [String]) -> Problem {
        Problem(
            "indicators.missing-translation", .input, what: "A text is missing in \(list: languages)",
            why: "every text that readers see must be there in each language of the file; missing: \(list: languages)",
            fix: "add a line for each: \(list: languages.map { "\($0): …" })")
    }
}
