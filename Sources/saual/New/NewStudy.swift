internal import SurveySchema
internal import SurveyYAML

/// The files of a new study: small, commented, and accepted by `saual check` and `saual run` as they are.
struct NewStudy {
    let name: String
    /// The languages of the texts in the files.
    let languages: [Language]
    /// The language of comments and of the page that explains the folder.
    let words: Language

    /// Paths below the study's folder, in the order in which a person reads them.
    var files: [(path: String, text: String)] {
        [
            ("README.md", readme), ("questionnaire.yaml", questionnaire), ("indicators.yaml", indicators),
            ("study.yaml", study), ("targets.csv", targets), ("wave.csv", SyntheticInterviews.csv),
        ] + SchemaCommand.all.map { (".schemas/\($0.fileName)", $0.text(in: words)) }
    }

    /// The line by which editors with a YAML language server find the schema of a file.
    func modeline(_ schema: FileSchema) -> String { "# yaml-language-server: $schema=.schemas/\(schema.fileName)" }

    /// A text in the languages of the study, as YAML.
    func text(_ en: String, ru: String, kk: String) -> String {
        let phrase = Phrase(en, ru: ru, kk: kk)
        return "{\(languages.map { "\($0): \(YAMLText.quoted(phrase.text(in: $0)))" }.joined(separator: ", "))}"
    }

    /// A comment in one language; each of its lines becomes one.
    func comment(_ en: String, ru: String, kk: String, indent: Int = 0) -> String {
        let lines = Phrase(en, ru: ru, kk: kk).text(in: words).split(separator: "\n")
        return lines.map { String(repeating: " ", count: indent) + "# \($0)" }.joined(separator: "\n")
    }

    var languageList: String { "[\(languages.map(\.rawValue).joined(separator: ", "))]" }
}
