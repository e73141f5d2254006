import SurveyData
import SurveyImport
import SurveyProblems
import Testing

struct RoleImportTests {
    @Test func `keys and answers are texts as written, numbers are numbers, all else is left out`() throws {
        let wave = try ImportCase("k,a,n,z\n01,10,1.50,q\n1,9,+2e1,q\n,,,q\n1,NA,-,q\n1,2,07,q\n") {
            try ImportPlan(
                roles: [
                    .init("k", .key), .init("a", .answers), .init("n", .number),
                    .init("a", .number, name: "a as number"),
                ],
                columns: $0, missing: ["NA", "-"])
        }
        #expect(wave.table.names == ["k", "a", "n", "a as number"])
        #expect(try wave.shown("k") == ["01", "1", "<no-answer>", "1", "1"])
        #expect(try wave.table.column("k").kind == .text)
        #expect(try wave.shown("a") == ["10", "9", "<no-answer>", "<no-answer>", "2"])
        #expect(try wave.table.column("a").dictionary == ["2", "9", "10"])
        #expect(try wave.table.column("a").kind == .answers)
        #expect(try wave.shown("n") == ["1.5", "20", "<no-answer>", "<no-answer>", "7"])
        #expect(try wave.shown("a as number") == ["10", "9", "<no-answer>", "<no-answer>", "2"])
    }

    @Test func `only empty cells are missing`() throws {
        let wave = try ImportCase("a,n\nNA,NA\n.,nan\n,inf\n") {
            try ImportPlan(roles: [.init("a", .answers), .init("n", .number)], columns: $0)
        }
        #expect(try wave.shown("a") == ["NA", ".", "<no-answer>"])
        #expect(try wave.shown("n") == ["<unreadable>", "<unreadable>", "<unreadable>"])
        #expect(wave.findings == ["import.not-a-number n 1", "import.not-a-number n 2", "import.not-a-number n 3"])
    }

    @Test func `answers are in order of number if all are numbers, else of bytes`() throws {
        let wave = try ImportCase("a,b\n10,x\n9,10\n1,B\n") {
            try ImportPlan(roles: [.init("a", .answers), .init("b", .answers)], columns: $0)
        }
        #expect(try wave.table.column("a").dictionary == ["1", "9", "10"])
        #expect(try wave.table.column("b").dictionary == ["10", "B", "x"])
        #expect(try wave.shown("b") == ["x", "10", "B"])
    }

    @Test func `255 different answers are allowed and 256 are refused`() throws {
        func run(_ count: Int) throws -> ImportCase {
            try ImportCase("a\n" + (0..<count).map { "v\($0)\n" }.joined() + "\n") {
                try ImportPlan(roles: [.init("a", .answers)], columns: $0)
            }
        }
        let wave = try run(255)
        #expect(try wave.table.column("a").dictionary.count == 255)
        #expect(try wave.shown("a").last == "<no-answer>")
        let problem = #expect(throws: Problem.self) { try run(256) }
        #expect(problem?.code == "import.too-many-answers")
        #expect(problem?.kind == .usage)
    }

    @Test func `a column that the file lacks is refused with the nearest`() {
        let problem = #expect(throws: Problem.self) {
            try ImportCase("weight\n1\n") { try ImportPlan(roles: [.init("wieght", .number)], columns: $0) }
        }
        #expect(problem?.code == "data.unknown-column")
        #expect(problem?.fix.description.contains("weight") == true)
    }

    @Test func `an import can be stopped, and tells how far it is`() throws {
        let text = "a\n" + String(repeating: "1\n", count: 100_000)
        let stopped = ImportOptions(isCancelled: { true })
        let problem = #expect(throws: Problem.self) {
            try ImportCase(text, options: stopped) { ImportPlan(inferring: $0) }
        }
        #expect(problem?.code == "import.interrupted")
        #expect(problem?.kind.exitCode == 130)
        let told = Told()
        let options = ImportOptions(progress: { told.note($0, $1) })
        let wave = try ImportCase(text, window: 10_000, options: options) { ImportPlan(inferring: $0) }
        #expect(wave.report.imported == 100_000)
        #expect(told.last?.read == text.utf8.count)
        #expect(told.last?.total == text.utf8.count)
        #expect(told.calls > 10)
    }

    @Test func `a problem of the reader ends the import`() {
        for threads in [1, 2] {
            let problem = #expect(throws: Problem.self) {
                try ImportCase("a,b\n1,2\n\"x", options: ImportOptions(threads: threads)) { ImportPlan(inferring: $0) }
            }
            #expect(problem?.code == "formats.open-quote")
        }
    }
}

/// Remembers what progress was told; the importer calls from one thread.
private final class Told: @unchecked Sendable {
    private(set) var last: (read: Int, total: Int?)?
    private(set) var calls = 0

    func note(_ read: Int, _ total: Int?) {
        last = (read, total)
        calls += 1
    }
}
