import SurveyProblems
import SurveyQuality
import SurveyStudy
import SurveyTestSupport
import Testing

struct StudyQualityTests {
    private func text(_ quality: String) -> String { StudyReaderTests.good + "\nquality: \(quality)\n" }

    @Test func `the audit has the columns and limits that the study names`() throws {
        let plan = try #require(
            try StudyReader.read(
                try StudyReaderTests.document(
                    text(
                        "{interviewer: who, start: from, end: to, outcome: disp, match: 0.9, minimum minutes: 12, minimum interviews: 5}"
                    ))
            ).get().quality)
        #expect(plan.columns == AuditColumns(interviewer: "who", start: "from", end: "to", outcome: "disp"))
        #expect(plan.rule.match == 0.9 && plan.rule.leastMinutes == 12 && plan.rule.leastSuspects == 5)
        let short = try #require(
            try StudyReader.read(try StudyReaderTests.document(text("{interviewer: who}"))).get().quality)
        #expect(short == QualityPlan(columns: AuditColumns(interviewer: "who")))
        #expect(try StudyReader.read(try StudyReaderTests.document(StudyReaderTests.good)).get().quality == nil)
    }

    @Test(arguments: [
        ("»{}", ["yaml.missing-key"]), ("{start: a, end: b}", ["yaml.missing-key"]),
        ("{interviewer: w, start: »s}", ["study.one-end-of-interview"]),
        ("{interviewer: w, end: »s}", ["study.one-end-of-interview"]),
        ("{interviewer: w, match: »0.5}", ["study.bad-match"]), ("{interviewer: w, match: »1.01}", ["study.bad-match"]),
        ("{interviewer: w, minimum minutes: »0}", ["study.bad-minutes"]),
        ("{interviewer: w, minimum minutes: »2000}", ["study.bad-minutes"]),
        ("{interviewer: w, minimum interviews: »0}", ["study.not-positive"]),
        ("{interviewer: w, »threshold: 0.9}", ["yaml.unknown-key"]),
        ("{interviewer: w, match: »many}", ["yaml.not-a-number"]),
    ])
    func `each mistake is reported at its place`(quality: String, codes: [String]) throws {
        // A missing key is reported at the map, which begins where its brace stands.
        let marked = MarkedText(text(quality.hasPrefix("{start") ? "»" + quality : quality))
        let checked = StudyReader.read(try StudyReaderTests.document(marked.text))
        #expect(MarkedText.summary(checked.problems) == marked.expected(codes))
        for problem in checked.problems where problem.code.hasPrefix("study.") {
            #expect(problem.translationFaults == [])
        }
    }
}
