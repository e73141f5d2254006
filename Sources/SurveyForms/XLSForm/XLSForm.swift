public import SurveyProblems
public import SurveySchema
public import SurveyYAML

/// Questionnaires as forms of ODK, Kobo and what reads the same workbooks.
public enum XLSForm {
    /// The form of a questionnaire, and what the form cannot say.
    ///
    /// `document` is the YAML that the questionnaire was read from.
    public static func form(
        of questionnaire: Questionnaire, _ document: YAMLDocument
    ) -> (form: FormBook, problems: [Problem]) {
        var writer = FormWriter(questionnaire, document)
        let book = writer.book()
        return (book, writer.problems.map { $0.placed(file: document.file) })
    }

    /// The YAML of the questionnaire that a form is, and what of the form it cannot say.
    public static func questionnaire(of form: FormBook) -> (yaml: String, problems: [Problem]) {
        var reader = FormReader(form)
        let yaml = reader.yaml()
        return (yaml, reader.problems.map { $0.placed(file: form.file) })
    }
}
