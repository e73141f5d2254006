import SurveySchema
import SurveyYAML
import Testing

struct DerivedVariableTests {
    private func codes(at limits: String) throws -> [String] {
        let text = """
            saual: questionnaire/1
            id: q
            version: "1"
            languages: [en]
            title: T
            questions: [{id: a, text: A, type: number}]
            derived: {d: {text: D, cut: a, at: \(limits)}}
            """
        let questionnaire = try Questionnaire(source: Array(text.utf8), file: "q.yaml")
        return try #require(questionnaire.derivedVariable("d")).answers.map(\.code)
    }

    @Test func `classes of whole limits are named by their first and last number`() throws {
        #expect(try codes(at: "[18, 30, 45, 60]") == ["m17", "18-29", "30-44", "45-59", "60+"])
        #expect(try codes(at: "30") == ["m29", "30+"])
        #expect(try codes(at: "[1, 2, 3, 10]") == ["m0", "1", "2", "3-9", "10+"])
        #expect(try codes(at: "[1e6, 2000000]") == ["m999999", "1000000-1999999", "2000000+"])
    }

    @Test func `classes of other limits are intervals`() throws {
        #expect(try codes(at: "[0.5, 1.5]") == ["(,0.5)", "[0.5,1.5)", "[1.5,)"])
        #expect(try codes(at: "[-5, 0, 5]") == ["(,-5)", "[-5,0)", "[0,5)", "[5,)"])
        #expect(try codes(at: "[0]") == ["(,0)", "[0,)"])
    }
}
