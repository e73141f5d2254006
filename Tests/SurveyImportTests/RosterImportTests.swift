import SurveyData
import SurveyImport
import SurveyProblems
import SurveySchema
import Testing

struct RosterImportTests {
    private static let yaml = """
        key: ["id"]
        answers:
          yes_no: {1: {en: "Yes"}, 2: {en: "No"}}
          officials: {"01": {en: Police}, "08": {en: Land}}
        missing: {98: {kind: dont-know}, 99: {kind: refused}}
        questions:
          - {id: id, text: {en: Id}, type: text}
          - {id: con, for each: officials, text: {en: "Dealt with {item}?"}, type: single, answers: yes_no, missing: [98, 99]}
          - {id: gave, for each: officials, text: {en: "Gave {item}?"}, type: single, answers: yes_no, missing: [98], when: con = 1}
          - {id: times, for each: officials, text: {en: T}, type: number, range: [1, 365], missing: [99], when: gave = 1, columns: "n_{item}"}
          - {id: informal, text: {en: I}, type: single, answers: yes_no, when: any(con = 1)}
          - {id: chan, text: {en: C}, type: multiple, answers: {a: {en: A}, b: {en: B}}}
          - {id: useful, for each: chan, text: {en: U}, type: scale, answers: {1: {en: L}, 2: {en: M}}}
        derived:
          gave_any: {text: {en: D}, answers: yes_no, cases: {1: any(gave = 1), 2: count(con = 1) > 0}}

        """

    private static func run(_ rows: [String], window: Int = 1 << 18, threads: Int = 2) throws -> ImportCase {
        let header = "id,con_01,con_08,gave_01,gave_08,n_01,n_08,informal,chan_a,chan_b,useful_a,useful_b"
        let questionnaire = try Questionnaire(yaml: yaml)
        return try ImportCase(
            ([header] + rows).joined(separator: "\n"), window: window, options: ImportOptions(threads: threads)
        ) { try ImportPlan(questionnaire, columns: $0) }
    }

    @Test func `each item is a column with the routing of its own item`() throws {
        let wave = try Self.run([
            "1,1,2,1,,3,,1,1,0,2,", "2,2,2,,,,,,0,0,,", "3,98,1,,2,,,2,0,1,,1", "4,1,1,1,98,99,,1,1,1,1,",
        ])
        #expect(wave.findings.isEmpty)
        #expect(try wave.shown("con[01]") == ["1", "2", "<dont-know>", "1"])
        #expect(try wave.shown("gave[01]") == ["1", "<not-asked>", "<not-asked>", "1"])
        #expect(try wave.shown("gave[08]") == ["<not-asked>", "<not-asked>", "2", "<dont-know>"])
        #expect(try wave.shown("times[01]") == ["3", "<not-asked>", "<not-asked>", "<refused>"])
        #expect(try wave.shown("times[08]") == ["<not-asked>", "<not-asked>", "<not-asked>", "<not-asked>"])
        #expect(try wave.shown("informal") == ["1", "<not-asked>", "2", "1"])
        #expect(try wave.shown("useful[a]") == ["2", "<not-asked>", "<not-asked>", "1"])
        #expect(try wave.shown("useful[b]") == ["<not-asked>", "<not-asked>", "1", "<no-answer>"])
        #expect(wave.report.columns.map(\.name).contains("gave") == false)
        let questionnaire = try Questionnaire(yaml: Self.yaml)
        let table = try wave.table.adding(["gave_any"], from: questionnaire)
        let gaveAny = try table.column("gave_any")
        #expect((0..<4).map { gaveAny.missing(at: $0)?.name ?? "-" } == ["-", "not-asked", "-", "-"])
        let count = try Expression(parsing: "count(con = 1 and gave != 1)", in: questionnaire).numbers(in: wave.table)
        guard case .numbers(let values, _) = count.values else {
            Issue.record("a count is numbers")
            return
        }
        #expect(values == [0, 0, 1, 0])
    }

    @Test func `asked, answered and missing speak of the item`() throws {
        let wave = try Self.run(["1,1,2,1,,3,,1,1,0,2,", "2,1,1,98,,,,1,0,0,,"])
        let questionnaire = try Questionnaire(yaml: Self.yaml)
        func truth(_ text: String) throws -> [UInt8] {
            try Expression(parsing: text, in: questionnaire).truth(in: wave.table).values
        }
        #expect(try truth("asked(gave[08])") == [0, 1])
        #expect(try truth("answered(gave[\"01\"])") == [1, 0])
        #expect(try truth("missing(gave[01])") == [0, 1])
        #expect(try truth("any(asked(gave) and missing(gave))") == [0, 1])
        // In row 2 one answer is "don't know" and the other is missing: neither is known to be a no.
        #expect(try truth("any(gave = 1)") == [1, 2])
    }

    @Test func `findings name the column of the item`() throws {
        let wave = try Self.run(["1,1,2,3,1,400,,1,1,0,2,", "2,2,1,1,1,x,5,1,1,0,2,1", "2,1,1,1,1,1,1,1,1,1,1,1"])
        #expect(
            wave.findings.sorted() == [
                "import.duplicate-key id 3", "import.not-a-number n_01 2", "import.out-of-range n_01 1",
                "import.skipped-answered gave_01 2", "import.skipped-answered gave_08 1",
                "import.skipped-answered useful_b 2", "import.unknown-code gave_01 1",
            ])
        let skipped = try #require(wave.report.findings.first { $0.place.column == "gave_08" })
        #expect(skipped.place.variable == "gave[08]")
        #expect(skipped.why.description.contains("con[08] = 1"))
        #expect(try wave.shown("gave[01]") == ["<unreadable>", "1"])
    }

    @Test func `a file without the column of one item still has the others`() throws {
        let questionnaire = try Questionnaire(yaml: Self.yaml)
        let wave = try ImportCase("id,con_01,gave_01\n1,1,2\n") { try ImportPlan(questionnaire, columns: $0) }
        #expect(try wave.shown("con[08]") == ["<not-in-wave>"])
        #expect(try wave.shown("gave[01]") == ["2"])
        #expect(wave.findings.contains("import.missing-column con_08 "))
    }

    @Test func `threads and windows change nothing`() throws {
        let rows = (0..<3_000).map { row in
            let con = (row % 3 + 1, row % 5 == 0 ? "1" : "2")
            return "\(row),\(con.0),\(con.1),\(row % 2 + 1),,\(row % 400),,1,1,0,2,"
        }
        let whole = try Self.run(rows)
        let parts = try Self.run(rows, window: 4_096, threads: 1)
        #expect(whole.findings == parts.findings)
        for name in whole.table.names { #expect(try whole.shown(name) == parts.shown(name)) }
    }

    @Test func `a roster names no column of the design, its items do`() throws {
        let questionnaire = try Questionnaire(yaml: Self.yaml)
        let text = "id,con_01,con_08\na,1,2\nb,,1\nc,98,1\n"
        let design = ImportOptions.DesignColumns(strata: ["con[01]"])
        let wave = try ImportCase(text, options: ImportOptions(design: design)) {
            try ImportPlan(questionnaire, columns: $0)
        }
        #expect(wave.quarantined.map(\.row) == [2, 3])
        #expect(throws: Problem.self) {
            try ImportCase(text, options: ImportOptions(design: .init(strata: ["con"]))) {
                try ImportPlan(questionnaire, columns: $0)
            }
        }
    }
}
