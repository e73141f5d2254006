import SurveyEstimation
import SurveyProblems
import SurveyStudy
import SurveyTestSupport
import Testing

struct StudyChangeTests {
    private func text(_ change: String) -> String { StudyReaderTests.good + "\nchange: \(change)\n" }

    @Test func `pairs are consecutive unless the study names them`() throws {
        let plan = try #require(
            try StudyReader.read(try StudyReaderTests.document(text("{samples: independent}"))).get().change)
        #expect(plan.overlap == .independent && plan.precision == nil)
        #expect(plan.pairs.map { "\($0.from) \($0.to)" } == ["2021 2022"])
        let named = try #require(
            try StudyReader.read(
                try StudyReaderTests.document(
                    text("{samples: shared-psu, pairs: [[\"2022\", \"2021\"]], precision: 0.03}"))
            ).get().change)
        #expect(named.overlap == .exact && named.precision == 0.03)
        #expect(named.pairs.map { "\($0.from) \($0.to)" } == ["2022 2021"])
        #expect(try StudyReader.read(try StudyReaderTests.document(StudyReaderTests.good)).get().change == nil)
    }

    @Test(arguments: [
        ("»{}", ["yaml.missing-key"]), ("{samples: »same}", ["yaml.unknown-word"]),
        ("{samples: independent, pairs: »all}", ["yaml.unknown-word"]),
        ("{samples: independent, pairs: [»[\"2021\"]]}", ["study.not-a-pair"]),
        ("{samples: independent, pairs: [[\"2021\", »\"2023\"]]}", ["study.unknown-wave"]),
        ("{samples: independent, pairs: [[\"2021\", »\"2021\"]]}", ["study.listed-twice"]),
        ("{samples: independent, precision: »0, »overlap: 1}", ["study.bad-precision", "yaml.unknown-key"]),
    ])
    func `each mistake is reported at its place`(change: String, codes: [String]) throws {
        let marked = MarkedText(text(change))
        let checked = StudyReader.read(try StudyReaderTests.document(marked.text))
        #expect(MarkedText.summary(checked.problems) == marked.expected(codes))
        for problem in checked.problems where problem.code.hasPrefix("study.") {
            #expect(problem.translationFaults == [])
        }
    }

    @Test func `waves that share PSUs need PSUs in the design`() throws {
        let marked = MarkedText(
            text("{samples: »shared-psu}").replacing("psu: village, ", with: ""))
        let checked = StudyReader.read(try StudyReaderTests.document(marked.text))
        #expect(MarkedText.summary(checked.problems) == marked.expected(["study.shared-without-psu"]))
        for problem in checked.problems { #expect(problem.translationFaults == []) }
    }
}
