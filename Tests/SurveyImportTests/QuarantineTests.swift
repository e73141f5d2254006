import SurveyData
import SurveyImport
import SurveyProblems
import SurveySchema
import Testing

struct QuarantineTests {
    private static let yaml = """
        key: id
        questions:
          - {id: id, text: {en: Id}, type: text}
          - {id: stratum, text: {en: S}, type: single, answers: {1: {en: a}, 2: {en: b}}, missing: {9: {kind: no-answer, label: {en: x}}}}
          - {id: psu, text: {en: P}, type: text}
          - {id: w, column: weight, text: {en: W}, type: number}
          - {id: q, text: {en: Q}, type: single, answers: {1: {en: a}, 2: {en: b}}}

        """

    @Test func `rows without a place in the design, with a known key or other cells are set aside`() throws {
        let text = #"""
            id,stratum,psu,weight,q
            a,1,p1,1.5,1
            b,9,p1,1,1
            c,3,p1,1,1
            d,1,,1,1
            e,1,p1,-1,1
            f,1,p1,heavy,1
            g,1,p1,0,2
            a,2,p2,1,1
            h,1,p1
            "i",2,"p ""2""",,1
            j,2,p2,2,
            """#
        let questionnaire = try Questionnaire(yaml: Self.yaml)
        let options = ImportOptions(design: .init(strata: ["stratum"], psu: ["psu"], weight: "w"))
        let wave = try ImportCase(text, options: options) { try ImportPlan(questionnaire, columns: $0) }
        #expect(try wave.shown("q") == ["1", "2", "<no-answer>"])
        #expect(wave.report.rowsRead == 11)
        #expect(wave.report.imported == 3)
        #expect(wave.report.quarantined == 8)
        #expect(
            wave.quarantined.map { "\($0.row) \($0.line) \($0.code)" } == [
                "2 3 import.no-stratum", "3 4 import.no-stratum", "4 5 import.no-psu", "5 6 import.bad-weight",
                "6 7 import.bad-weight", "8 9 import.duplicate-key", "9 10 formats.ragged-row",
                "10 11 import.bad-weight",
            ])
        let quoted = try #require(wave.quarantined.first { $0.row == 10 })
        #expect(String(decoding: quoted.raw, as: UTF8.self) == "\"i\",2,\"p \"\"2\"\"\",,1")
        #expect(wave.report.findings.first { $0.code == "import.duplicate-key" }?.place.rows == [8])
    }

    @Test func `a row set aside does not use up its key`() throws {
        let questionnaire = try Questionnaire(yaml: Self.yaml)
        let options = ImportOptions(design: .init(strata: ["stratum"]))
        let wave = try ImportCase("id,stratum,psu,weight,q\na,9,p,1,1\na,1,p,1,2\n", options: options) {
            try ImportPlan(questionnaire, columns: $0)
        }
        #expect(try wave.shown("q") == ["2"])
    }

    @Test func `only the rows of the wave are read`() throws {
        let options = ImportOptions(rows: (column: "year", value: "2021"))
        let wave = try ImportCase("year,x\n2020,1\n2021,2\n2021\n2021,3\n 2021,4\n", options: options) {
            ImportPlan(inferring: $0)
        }
        #expect(try wave.shown("x") == ["2", "3"])
        #expect(wave.report.rowsInFile == 5)
        // The record without its cells may belong to any wave.
        #expect(wave.report.rowsRead == 3)
        #expect(wave.report.quarantined == 1)
        let problem = #expect(throws: Problem.self) {
            try ImportCase("a\n1\n", options: options) { ImportPlan(inferring: $0) }
        }
        #expect(problem?.code == "import.no-such-column")
    }

    @Test func `the roles of a command line are checked as texts and numbers`() throws {
        let options = ImportOptions(design: .init(strata: ["s"], psu: ["p"], weight: "w"))
        let roles: [ImportPlan.RoleColumn] = [
            .init("s", .key), .init("p", .key), .init("w", .number), .init("q", .answers),
        ]
        let wave = try ImportCase("s,p,w,q\n01,1,1,a\n,1,1,a\n01,NA,1,a\n01,1,NA,a\n01,1,2,NA\n", options: options) {
            try ImportPlan(roles: roles, columns: $0, missing: ["NA"])
        }
        #expect(wave.quarantined.map(\.code) == ["import.no-stratum", "import.no-psu", "import.bad-weight"])
        #expect(try wave.shown("q") == ["a", "<no-answer>"])
    }

    @Test func `a million keys are told apart`() {
        var keys = KeyCheck()
        let new = (0..<1_000_000).count { keys.isNew($0) }
        #expect(new == 1_000_000)
        let again = stride(from: 0, to: 1_000_000, by: 999).count { keys.isNew($0) }
        #expect(again == 0)
    }
}
