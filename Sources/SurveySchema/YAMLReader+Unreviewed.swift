internal import SurveyProblems
public import SurveyYAML

extension YAMLReader {
    /// Takes `unreviewed: [kk]`: languages of a file whose texts no native speaker has read.
    ///
    /// Each must be a language of the file; an empty `declared` (the file does not say) accepts all.
    public func unreviewedLanguages(_ map: YAMLMap, declared: [Language]) -> [Language] {
        guard let node = map.node("unreviewed") else { return [] }
        var languages: [Language] = []
        for item in list(node) {
            guard let code = text(item) else { continue }
            let language = Language(rawValue: code)
            if !declared.isEmpty, !declared.contains(language) {
                report(.undeclaredLanguage(code, declared: declared), at: item.mark)
            } else if languages.contains(language) {
                report(.repeatedEntry(code), at: item.mark)
            } else {
                languages.append(language)
            }
        }
        return languages
    }
}
