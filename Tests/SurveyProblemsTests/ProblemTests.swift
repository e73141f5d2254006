import SurveyProblems
import Testing

struct ProblemTests {
    private let problem = Problem("room.sample", .input, what: "what", place: Place(line: 3), why: "why", fix: "fix")

    @Test func `placing fills what is unknown and keeps what is known`() {
        let placed = problem.placed(file: "a.yaml", line: 9, position: 2, variable: "v")
        #expect(placed.place == Place(file: "a.yaml", line: 3, position: 2, variable: "v"))
    }

    @Test func `rows of a place stop at ten and the rest is counted`() {
        #expect(Place(rows: Array(1...12)).rows == Array(1...10))
        #expect(Place(rows: Array(1...12)).rowsTotal == 12)
        #expect(Place(rows: [1]).rowsTotal == nil)
    }

    @Test func `each kind has its exit code`() {
        let kinds: [Problem.Kind] = [.finding, .usage, .input, .computation, .disclosure, .defect, .interrupted]
        #expect(kinds.map(\.exitCode) == [1, 2, 3, 4, 5, 70, 130])
    }

    @Test func `a checked value throws its first error and lets cautions pass`() throws {
        let caution = Problem("room.caution", .finding, severity: .caution, what: "", why: "", fix: "")
        #expect(try Checked(value: 1, problems: [caution]).get() == 1)
        let thrown = #expect(throws: Problem.self) { try Checked(value: 1, problems: [caution, problem]).get() }
        #expect(thrown?.code == "room.sample")
        let empty = #expect(throws: Problem.self) { try Checked<Int>(value: nil, problems: []).get() }
        #expect(empty?.kind == .defect)
    }
}
