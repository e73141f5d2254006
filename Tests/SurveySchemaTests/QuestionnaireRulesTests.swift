import SurveyProblems
import SurveySchema
import SurveyYAML
import Testing

struct QuestionnaireRulesTests {
    private func questionnaire() throws -> Questionnaire {
        try Questionnaire(
            source: Array(
                """
                saual: questionnaire/1
                id: q
                version: "1"
                title: {en: T, ru: T}
                languages: [en, ru]
                answers:
                  arm: {1: {en: Control, ru: К}, 2: {en: Treatment, ru: Т}}
                  officials: {"01": {en: Police, ru: П}, "08": {en: Land, ru: З}}
                questions:
                  - {id: age, text: {en: Age, ru: В}, type: number}
                  - {id: half, text: {en: H, ru: Н}, type: single, answers: arm}
                  - {id: list_arm, text: {en: Arm, ru: Г}, type: single, answers: arm, when: half = 1}
                  - id: list_n
                    type: number
                    when: half = 1
                    variants:
                      by: list_arm
                      texts: {2: {en: Of four, ru: Из четырёх}, 1: {en: Of three, ru: Из трёх}}
                      ranges: {1: [0, 3], 2: [0, 4]}
                    sensitive: {model: list, treatment: 2}
                  - id: cw
                    text: {en: Same, ru: О}
                    type: single
                    answers: {1: {en: Same, ru: О}, 2: {en: Different, ru: Р}}
                    sensitive: {model: crosswise, prevalence: 0.25}
                  - id: named
                    text: {en: Own, ru: С}
                    type: text
                    variants: {by: half, texts: {1: {en: A, ru: Б}, 2: {en: A, ru: В}}}
                  - {id: ready, text: {en: R, ru: Г}, type: multiple, answers: {1: {en: A, ru: А}, 8: {en: N, ru: Н}}, exclusive: 8, most: 1}
                  - {id: gave, for each: officials, text: {en: G, ru: Д}, type: single, answers: arm}
                checks:
                  - {id: young, rule: not (age < 30 and any(gave = 1)), text: {en: Young payer, ru: Молодой}}
                  - {id: child, rule: age >= 18, text: {en: Child, ru: Ребёнок}, severity: quarantine}
                """.utf8), file: "q.yaml")
    }

    @Test func `checks are read with their rules and severities`() throws {
        let checks = try questionnaire().checks
        #expect(checks.map(\.id) == ["young", "child"])
        #expect(checks.map(\.severity) == [.finding, .quarantine])
        #expect(checks[0].rule.names == ["age", "gave[01]", "gave[08]"])
        #expect(checks[0].text[.russian] == "Молодой")
        #expect(checks[1].line == 34)
    }

    @Test func `variants stand in the order of the answers that choose them`() throws {
        let question = try #require(try questionnaire().question("list_n"))
        let variants = try #require(question.variants)
        #expect(variants.by == "list_arm")
        #expect(variants.variants.map(\.code) == ["1", "2"])
        #expect(variants.variants.map { $0.text[.english] } == ["Of three", "Of four"])
        #expect(variants.variants.map(\.range.greatest) == [3, 4])
        #expect(question.sensitive == .list(treatment: "2"))
        // A question without a text of its own shows its wordings side by side.
        #expect(question.text[.english] == "Of three / Of four")
        #expect(question.text[.russian] == "Из трёх / Из четырёх")
        #expect(try questionnaire().question("named")?.text[.english] == "Own")
        #expect(try questionnaire().question("named")?.variants?.variants[1].range.least == nil)
    }

    @Test func `models of sensitive questions and rules of choices are kept`() throws {
        let questionnaire = try questionnaire()
        #expect(questionnaire.question("cw")?.sensitive == .crosswise(prevalence: 0.25))
        #expect(questionnaire.question("age")?.sensitive == nil)
        #expect(questionnaire.question("ready")?.exclusive == ["8"])
        #expect(questionnaire.question("ready")?.most == 1)
        #expect(questionnaire.question("age")?.most == nil)
    }
}
