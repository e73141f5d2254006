import SurveyProblems
import SurveyStudy
import SurveyTestSupport
import SurveyYAML
import Testing

struct StudyFindingsTests {
    private let findings = StudyFindings(expected: [("import.a", 3), ("import.b", 1)])

    @Test func `findings as expected leave nothing to say`() {
        #expect(findings.differences(from: [("import.b", 1), ("import.a", 3)]).isEmpty)
        #expect(findings.differences(from: [("import.a", 1), ("import.b", 1), ("import.a", 2)]).isEmpty)
        #expect(StudyFindings(expected: []).differences(from: []).isEmpty)
    }

    @Test func `another number, a new code and one that stayed away are each reported`() {
        let problems = findings.differences(from: [("quality.z", 2), ("import.a", 4)])
        #expect(
            problems.map(\.what.description) == [
                "Finding \"import.a\": 4 found, 3 expected", "Finding \"import.b\": 0 found, 1 expected",
                "Finding \"quality.z\": 2 found, 0 expected",
            ])
        #expect(problems.allSatisfy { $0.kind.exitCode == 1 && $0.code == "study.findings-differ" })
    }

    @Test func `an expectation is shown where it stands in the study`() throws {
        let marked = MarkedText("id: x\nexpected findings:\n  »import.a: 3\n  import.b: 1\n")
        let document = try YAMLDocument(parsing: Array(marked.text.utf8), file: "study.yaml")
        let problems = findings.differences(from: [("import.b", 1)], in: document)
        #expect(MarkedText.summary(problems) == marked.expected(["study.findings-differ"]))
        #expect(problems.first?.place.file == "study.yaml")
    }

    @Test func `counts too great to add do not trap`() {
        #expect(findings.differences(from: [("import.a", .max), ("import.a", 1), ("import.b", 1)]).count == 1)
    }
}
