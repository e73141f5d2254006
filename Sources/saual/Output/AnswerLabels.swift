internal import SurveySchema

/// Labels of answers in one language after their codes; the codes alone where there are none.
struct AnswerLabels {
    let questionnaire: Questionnaire?
    let language: Language

    func answer(_ code: String, of variable: String) -> String {
        let answers =
            questionnaire?.question(variable)?.answers ?? questionnaire?.derivedVariable(variable)?.answers ?? []
        guard let label = answers.first(where: { $0.code == code })?.label.text(in: language), label != code else {
            return code
        }
        return "\(code) \(label)"
    }
}
