import SurveySchema
import SurveyYAML
import Testing

struct QuestionnaireScopeTests {
    private func questionnaire() throws -> Questionnaire {
        try Questionnaire(source: Array(QuestionnaireReaderTests.whole.utf8), file: "q.yaml")
    }

    @Test func `questions, items and derived variables have types`() throws {
        let scope = try questionnaire()
        #expect(scope.type(of: "age") == .number)
        #expect(scope.type(of: "ID") == .text)
        #expect(scope.type(of: "met") == .answer(codes: ["1", "2"]))
        #expect(scope.type(of: "level") == .scale(codes: ["1", "2"]))
        #expect(scope.type(of: "channel") == .set(codes: ["1", "x"]))
        #expect(scope.type(of: "channel[x]") == .truth)
        #expect(scope.type(of: "channel[y]") == nil)
        #expect(scope.type(of: "met[1]") == nil)
        #expect(scope.type(of: "age_group") == .answer(codes: ["m17", "18-29", "30+"]))
        #expect(scope.type(of: "per") == .number)
        #expect(scope.type(of: "nothing") == nil)
        #expect(scope.names.count == 10)
    }

    @Test func `required columns follow derived variables down to questions and items`() throws {
        let questionnaire = try questionnaire()
        #expect(questionnaire.requiredColumns(for: ["young", "per"]) == ["age", "level"])
        #expect(
            questionnaire.requiredColumns(for: ["channel", "ID", "channel"]) == [
                "channel", "channel[1]", "channel[x]", "ID",
            ])
        #expect(questionnaire.requiredColumns(for: ["weight"]) == ["weight"])
        #expect(questionnaire.requiredColumns(for: []).isEmpty)
    }

    @Test func `derived variables come after those they use`() throws {
        let questionnaire = try questionnaire()
        #expect(
            questionnaire.derivedVariables(for: ["odd", "young", "age"]).map(\.id) == ["age_group", "odd", "young"])
        #expect(questionnaire.derivedVariables(for: ["per", "per"]).map(\.id) == ["per"])
    }

    @Test func `bases are the routing of the questions that have one`() throws {
        #expect(try questionnaire().bases.mapValues(\.source) == ["met": "age >= 18", "level": "channel has \"x\""])
    }
}
