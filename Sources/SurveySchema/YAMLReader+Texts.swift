internal import SurveyProblems
public import SurveyYAML

extension YAMLReader {
    /// Takes a text in several languages, `{kk: …, ru: …, en: …}`, or one plain text where there is one language only.
    ///
    /// Reports each language of `languages` that is missing or empty, and each that is not among them. An empty
    /// `languages` (they could not be read) accepts all.
    public func localizedText(_ node: YAMLNode, languages: [Language]) -> LocalizedText? {
        if let plain = node.scalar {
            guard languages.count < 2 else {
                report(.missingTranslation(languages), at: node.mark)
                return nil
            }
            guard !plain.isEmpty, !node.isNull else {
                report(.missingTranslation(languages), at: node.mark)
                return nil
            }
            return LocalizedText([(languages.first ?? .english, plain)])
        }
        guard let map = openMap(node) else { return nil }
        var texts: [(language: Language, text: String)] = []
        var present: Set<Language> = []
        for entry in map.entries {
            let language = Language(rawValue: entry.key)
            guard languages.isEmpty || languages.contains(language) else {
                report(.undeclaredLanguage(entry.key, declared: languages), at: entry.keyMark)
                continue
            }
            guard !entry.value.isNull, entry.value.scalar != "" else { continue }
            guard present.insert(language).inserted else { continue }
            guard let text = text(entry.value) else { continue }
            texts.append((language, text))
        }
        let absent = languages.filter { !present.contains($0) }
        if !absent.isEmpty { report(.missingTranslation(absent), at: map.mark) }
        return absent.isEmpty ? LocalizedText(texts) : nil
    }

    /// Takes an expression and reports everything wrong with it where its author typed it.
    public func expression(
        _ node: YAMLNode, in scope: some ExpressionScope, expecting expectation: Expression.Expectation
    ) -> Expression? {
        guard let text = text(node) else { return nil }
        let checked = Expression.checked(text, in: scope, expecting: expectation)
        for problem in checked.problems { report(problem, within: node) }
        return checked.value
    }
}

extension YAMLMap {
    /// The text in several languages under a key.
    public func localizedText(_ key: String, languages: [Language], required: Bool = false) -> LocalizedText? {
        node(key, required: required).flatMap { reader.localizedText($0, languages: languages) }
    }
}

extension Problem {
    /// Languages of the file in which a text is not written.
    static func missingTranslation(_ absent: [Language]) -> Problem {
        Problem(
            "schema.missing-translation", .input, what: "A text is missing in \(list: absent)",
            why: "every text must be there in each language of the file; missing: \(list: absent)",
            fix: "add \(list: absent.map { "\($0): …" })")
    }

    /// A language that the file does not declare.
    static func undeclaredLanguage(_ found: String, declared: [Language]) -> Problem {
        Problem(
            "schema.undeclared-language", .input, what: "Language \"\(found)\" is not declared",
            why: "the languages of this file are \(list: declared); found \"\(found)\"",
            fix: "delete the text, or add \(found) to the languages")
    }
}
