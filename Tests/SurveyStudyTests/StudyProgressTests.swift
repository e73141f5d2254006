import SurveyProblems
import SurveyStudy
import Testing

struct StudyProgressTests {
    private let planned = [
        StudyProgress.Planned(name: "import", stamp: "s1"),
        StudyProgress.Planned(name: "indicators", stamp: "s2", dependsOn: ["import"]),
        StudyProgress.Planned(name: "report", stamp: "s3", dependsOn: ["indicators"]),
    ]
    private let done = [
        StudyProgress.Recorded(name: "import", stamp: "s1", outputs: []),
        StudyProgress.Recorded(name: "indicators", stamp: "s2", outputs: [("results/i.json", "aa")]),
        StudyProgress.Recorded(name: "report", stamp: "s3", outputs: [("results/r.html", "bb")]),
    ]
    private let present = ["results/i.json": "aa", "results/r.html": "bb"]

    private func stale(_ recorded: [StudyProgress.Recorded], _ outputs: [String: String]) -> [String] {
        StudyProgress(recorded: recorded).stale(planned: planned) { outputs[$0] }.map { "\($0.step): \($0.reason)" }
    }

    @Test func `an unchanged study has nothing to do`() {
        #expect(stale(done, present).isEmpty)
    }

    @Test func `a changed input is followed to the report`() {
        var recorded = done
        recorded[0] = StudyProgress.Recorded(name: "import", stamp: "old", outputs: [])
        #expect(
            stale(recorded, present) == [
                "import: changed", "indicators: after(\"import\")", "report: after(\"indicators\")",
            ])
    }

    @Test func `a lost or edited output is made again with what follows`() {
        #expect(stale(done, ["results/i.json": "aa"]) == ["report: missingOutput(\"results/r.html\")"])
        #expect(
            stale(done, ["results/i.json": "zz", "results/r.html": "bb"]) == [
                "indicators: changedOutput(\"results/i.json\")", "report: after(\"indicators\")",
            ])
    }

    @Test func `a step without a record was never done, and the last record counts`() {
        #expect(stale([], present).first == "import: neverDone")
        let again = done + [StudyProgress.Recorded(name: "report", stamp: "s9", outputs: [])]
        #expect(stale(again, present) == ["report: changed"])
    }

    @Test func `every reason has its own code and counts as a finding`() {
        let reasons: [StudyProgress.Reason] = [
            .neverDone, .changed, .missingOutput("a"), .changedOutput("a"), .after("b"),
        ]
        let problems = reasons.map { Problem.staleStep("report", $0) }
        #expect(Set(problems.map(\.code)).count == reasons.count)
        #expect(problems.allSatisfy { $0.kind == .finding && $0.fix.description == "run the study again: saual run" })
    }
}
