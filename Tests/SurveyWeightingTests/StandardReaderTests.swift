import SurveyProblems
import SurveyTestSupport
import Testing

@testable import SurveyWeighting

struct StandardReaderTests {
    private func read(_ text: String, _ variables: [String] = ["age"]) -> Checked<Standardization> {
        StandardReader.read(Array(text.utf8), file: "s.csv", variables: variables)
    }

    @Test func `a standard population is read, sizes or shares`() throws {
        let found = try read("category,share\n1,55901\n2,77670\n").get()
        #expect(found.standard.categories.map(\.total) == [55901, 77670])
        let crossed = try read("category;share\n1*f;0,25\n2*f;0,75\n", ["age", "sex"]).get()
        #expect(crossed.standard.categories.map(\.codes) == [["1", "f"], ["2", "f"]])
        #expect(crossed.standard.categories.map(\.total) == [0.25, 0.75])
    }

    @Test func `each mistake is told at its line and character`() {
        let marked = MarkedText(
            """
            category,share
            1,»x
            2,»-1
            »1*2,3
            »3
            4,1
            »4,1
            5,»nan
            """)
        let codes = [
            "standard-share", "standard-share", "crossing", "wrong-cells", "repeated-target", "standard-share",
        ]
        let found = read(marked.text)
        #expect(found.value == nil)
        #expect(MarkedText.summary(found.problems) == marked.expected(codes.map { "weighting." + $0 }))
    }

    @Test(arguments: [
        ("", "weighting.no-targets"), ("age,share\n1,2\n", "weighting.standard-header"),
        ("category,share\n1,0\n", "weighting.no-population"), ("category,share\n", "weighting.no-population"),
    ]) func `a file that is none is refused`(text: String, code: String) {
        #expect(read(text).problems.map(\.code) == [code])
    }
}
