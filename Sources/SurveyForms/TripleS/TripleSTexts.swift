internal import SurveyFormats
internal import SurveyYAML

/// The texts of a triple-S definition in the languages of a questionnaire.
///
/// A text names its language or none. What names none is in the language that the file says (`xml:lang`, version 3.0); else in the
/// one of its `languages` that no text names; else, if it is more than a copy, in a language of its own, `und`.
struct TripleSTexts {
    /// The languages of the questionnaire, by code.
    let languages: [String]
    /// Languages of texts that have no code.
    let unknown: [String]
    /// Languages beyond those that a questionnaire may have.
    let tooMany: [String]
    /// Texts that were filled from another language, by language.
    private(set) var filled: [String: Int] = [:]
    /// Variables whose label is not the words of the interview.
    private(set) var otherWordings: [String] = []
    /// The language of texts that name none; nil where they are copies of others.
    private let own: String?

    init(_ definition: TripleSDefinition) {
        var all = [definition.title]
        for variable in definition.variables {
            all.append(variable.label)
            all += variable.values.map(\.label)
        }
        var named: [String] = []
        var unknown: [String] = []
        var seen: Set<String> = []
        func add(_ tag: String) -> String? {
            let code = FormNames.code(ofTag: tag)
            if seen.insert(tag).inserted {
                if let code {
                    if !named.contains(code) { named.append(code) }
                } else if !tag.isEmpty {
                    unknown.append(tag)
                }
            }
            return code
        }
        for tag in definition.languages { _ = add(tag) }
        var used: Set<String> = []
        var isCopy = true
        for text in all {
            let others = text.others.compactMap { other in add(other.language).map { ($0, other.text) } }
            for mode in text.modes where !mode.language.isEmpty { _ = add(mode.language).map { used.insert($0) } }
            used.formUnion(others.map(\.0))
            let hasOwnWords = !text.own.isEmpty && !others.contains { $0.1 == text.own }
            if hasOwnWords, !others.isEmpty { isCopy = false }
        }
        if let code = definition.language.flatMap({ FormNames.code(ofTag: $0) }) {
            own = code
        } else if let free = named.first(where: { !used.contains($0) }) {
            own = free
        } else {
            own = named.isEmpty || !isCopy ? "und" : nil
        }
        if let own, !named.contains(own) { named.append(own) }
        languages = named.isEmpty ? ["und"] : Array(named.prefix(FormNames.mostLanguages))
        tooMany = Array(named.dropFirst(FormNames.mostLanguages))
        self.unknown = unknown
    }

    /// What was asked, in every language: the words of the interview where they are others than the label.
    mutating func wording(of variable: TripleSDefinition.Variable) -> String {
        var text = variable.label
        let interview = text.modes.filter { $0.mode == "interview" && !$0.text.isEmpty }
        if !interview.isEmpty {
            let before = text
            for words in interview {
                if words.language.isEmpty {
                    text.own = words.text
                } else if let index = text.others.firstIndex(where: { $0.language == words.language }) {
                    text.others[index].text = words.text
                } else {
                    text.others.append((words.language, words.text))
                }
            }
            let isSame = text.own == before.own && text.others.elementsEqual(before.others) { $0.text == $1.text }
            if !isSame { otherWordings.append(variable.name) }
        }
        return written(text, fallback: variable.name)
    }

    /// The text in every language as YAML; a language without it gets that of another, which is counted.
    mutating func written(_ text: TripleSDefinition.Text, fallback: String) -> String {
        let others = text.others.compactMap { other in
            FormNames.code(ofTag: other.language).map { (code: $0, text: other.text) }
        }.filter { !$0.text.isEmpty }
        let spare = [text.own, others.first?.text ?? "", fallback].first { !$0.isEmpty } ?? fallback
        let isEmpty = text.own.isEmpty && others.isEmpty
        let parts = languages.map { language in
            var words = others.first { $0.code == language }?.text
            if words == nil, language == own, !text.own.isEmpty { words = text.own }
            if words == nil, !isEmpty { filled[language, default: 0] += 1 }
            return "\(language): \(YAMLText.quoted(words ?? spare))"
        }
        return "{\(parts.joined(separator: ", "))}"
    }

    /// The words of an answer of a logical variable.
    func logical(_ code: String) -> String {
        let parts = languages.map { "\($0): \(YAMLText.quoted(TripleSForm.word(code, in: $0)))" }
        return "{\(parts.joined(separator: ", "))}"
    }
}
