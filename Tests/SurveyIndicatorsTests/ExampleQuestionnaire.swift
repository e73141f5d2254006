import SurveyProblems
import SurveySchema
import SurveyYAML

/// A small questionnaire with a variable of each kind, for the tests of this room.
enum ExampleQuestionnaire {
    static let text = """
        saual: questionnaire/1
        id: example
        version: "1"
        title: {en: Example, ru: Пример, kk: Мысал}
        languages: [en, ru, kk]
        answers:
          yes_no: {1: {en: "Yes", ru: Да, kk: Иә}, 2: {en: "No", ru: Нет, kk: Жоқ}}
        missing:
          98: {kind: dont-know}
          99: {kind: refused}
        questions:
          - id: sex
            text: {en: Sex, ru: Пол, kk: Жынысы}
            type: single
            answers: {1: {en: Men, ru: Мужчины, kk: Ерлер}, 2: {en: Women, ru: Женщины, kk: Әйелдер}}
          - {id: region, text: {en: Region, ru: Регион, kk: Өңір}, type: region, answers: {"07": {en: Seven, ru: Семь, kk: Жеті}, "11": {en: Eleven, ru: Одиннадцать, kk: Он бір}}}
          - {id: age, text: {en: Age, ru: Возраст, kk: Жасы}, type: number, range: [18, 110]}
          - {id: contact, text: {en: "Did you contact an office?", ru: Обращались?, kk: Жүгіндіңіз бе?}, type: single, answers: yes_no}
          - id: gave
            text: {en: "Did you give a gift?", ru: "Дарили подарок?", kk: Сыйлық бердіңіз бе?}
            type: single
            answers: yes_no
            missing: [98, 99]
            when: contact = 1
          - {id: channels, text: {en: Channels, ru: Каналы, kk: Арналар}, type: multiple, answers: {1: {en: Phone, ru: Телефон, kk: Телефон}, 2: {en: Web, ru: Сайт, kk: Сайт}}}
          - {id: income, text: {en: Income, ru: Доход, kk: Табыс}, type: money}
          - {id: spend, text: {en: Spending, ru: Расход, kk: Шығын}, type: money}
          - {id: weight, text: {en: Weight, ru: Вес, kk: Салмақ}, type: number}
          - {id: remark, text: {en: Remark, ru: Замечание, kk: Ескерту}, type: text}
          - id: village
            text: {en: Village, ru: Село, kk: Ауыл}
            type: single
            private: true
            answers: {a: {en: A, ru: А, kk: А}, b: {en: B, ru: Б, kk: Б}}
        derived:
          age_group: {text: {en: Age group, ru: Возрастная группа, kk: Жас тобы}, cut: age, at: [30, 60]}
          share_spent: {text: {en: Share spent, ru: Доля расхода, kk: Шығын үлесі}, number: spend / income}
        """

    /// The questionnaire, with some of its text replaced.
    static func questionnaire(
        replacing right: String = "", with other: String = ""
    ) throws -> Questionnaire {
        let source = right.isEmpty ? text : text.replacing(right, with: other)
        return try Questionnaire(source: Array(source.utf8), file: "questionnaire.yaml")
    }

    /// A document of indicators.
    static func document(_ text: String, file: String = "indicators.yaml") throws -> YAMLDocument {
        try YAMLDocument(parsing: Array(text.utf8), file: file)
    }
}
