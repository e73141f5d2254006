import SurveyIndicators
import SurveyProblems
import SurveySchema
import SurveyYAML

/// A questionnaire with rosters and sets, for the tests of families and composites.
enum ContactsQuestionnaire {
    static let text = """
        saual: questionnaire/1
        id: contacts
        version: "1"
        title: {en: Contacts}
        languages: [en]
        answers:
          yes_no: {1: {en: "Yes"}, 2: {en: "No"}}
          offices: {"01": {en: Clinic}, "02": {en: School}}
        missing: {98: {kind: dont-know}}
        questions:
          - {id: sex, text: {en: Sex}, type: single, answers: {1: {en: Men}, 2: {en: Women}}}
          - {id: con, for each: offices, text: {en: "Dealt with {item}?"}, type: single, answers: yes_no}
          - {id: gave, for each: offices, when: con = 1, text: {en: "Gave at {item}?"}, type: single, answers: yes_no, missing: [98]}
          - {id: causes, text: {en: Causes}, type: multiple, answers: {1: {en: Pay}, b-2: {en: Customs}}}
          - {id: age, text: {en: Age}, type: number}
          - {id: village, private: true, text: {en: Village}, type: single, answers: {a: {en: A}}}
        derived:
          age_group: {text: {en: Age group}, cut: age, at: [30]}
          twice: {text: {en: Twice}, number: 2 * age}
        """

    static func questionnaire() throws -> Questionnaire {
        try Questionnaire(source: Array(text.utf8), file: "questionnaire.yaml")
    }

    /// Reads entries as a file of indicators.
    static func read(_ entries: String) throws -> Checked<[IndicatorDefinition]> {
        let text = "saual: indicators/1\nindicators:\n" + entries
        return IndicatorReader.read(
            try YAMLDocument(parsing: Array(text.utf8), file: "indicators.yaml"), questionnaire: try questionnaire())
    }
}
