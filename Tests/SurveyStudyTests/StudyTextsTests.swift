import SurveyProblems
import SurveyStudy
import SurveyTestSupport
import Testing

struct StudyTextsTests {
    @Test func `every problem of study files speaks Russian and Kazakh with all its values`() throws {
        var found: [String: Problem] = [:]
        for mistake in StudyReaderTests.mistakes {
            let wrong = StudyReaderTests.good.replacing(mistake.right, with: mistake.wrong, maxReplacements: 1)
                .replacing(mistake.alsoRight, with: "", maxReplacements: 1)
            for problem in StudyReader.read(try StudyReaderTests.document(MarkedText(wrong).text)).problems {
                found[problem.code] = problem
            }
        }
        let own = found.values.filter { $0.code.hasPrefix("study.") }
        #expect(own.count == 13)
        for problem in own { #expect(problem.translationFaults == []) }
    }

    @Test func `every problem of a run speaks Russian and Kazakh with all its values`() {
        let reasons: [StudyProgress.Reason] = [
            .neverDone, .changed, .missingOutput("a"), .changedOutput("b"), .after("c"),
        ]
        for reason in reasons { #expect(Problem.staleStep("report", reason).translationFaults == []) }
        for problem in StudyFindings(expected: [("a.b", 2)]).differences(from: []) {
            #expect(problem.translationFaults == [])
        }
    }
}
