import SurveyIndicators
import SurveyProblems
import SurveyTestSupport
import Testing

struct IndicatorsTextsTests {
    @Test func `every problem of this room speaks Russian and Kazakh with all its values`() throws {
        let questionnaire = try ExampleQuestionnaire.questionnaire()
        var found: [String: Problem] = [:]
        for mistake in IndicatorReaderTests.mistakes {
            let wrong = IndicatorReaderTests.good.replacing(mistake.right, with: mistake.wrong, maxReplacements: 1)
            let document = try ExampleQuestionnaire.document(MarkedText(wrong).text)
            for problem in IndicatorReader.read(document, questionnaire: questionnaire).problems {
                found[problem.code] = problem
            }
        }
        let own = found.values.filter { $0.code.hasPrefix("indicators.") }
        #expect(own.count == 13)
        for problem in own { #expect(problem.translationFaults == []) }
    }
}
