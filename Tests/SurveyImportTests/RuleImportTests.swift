import SurveyData
import SurveyImport
import SurveyProblems
import SurveySchema
import Testing

struct RuleImportTests {
    private static let yaml = """
        key: id
        answers:
          yes_no: {1: {en: "Yes"}, 2: {en: "No"}}
          officials: {"01": {en: Police}, "08": {en: Land}}
        missing: {98: {kind: dont-know}}
        questions:
          - {id: id, text: {en: Id}, type: text}
          - {id: age, text: {en: Age}, type: number, range: [0, 120], missing: [98]}
          - {id: work, text: {en: Work}, type: single, answers: {1: {en: Works}, 7: {en: Pension}}, missing: [98], when: age >= 18}
          - {id: con, for each: officials, text: {en: C}, type: single, answers: yes_no}
          - {id: ready, text: {en: R}, type: multiple, answers: {1: {en: A}, 2: {en: B}, 3: {en: C}, 8: {en: None}}, exclusive: [8], most: 2, when: age >= 18}
          - {id: arm, text: {en: Arm}, type: single, answers: yes_no}
          - {id: list_n, type: number, missing: [98], variants: {by: arm, texts: {1: {en: X}, 2: {en: Y}}, ranges: {1: [0, 3], 2: [1, 4]}}}
        derived:
          young: {text: {en: Y}, cases: {y: {when: age < 30, label: {en: Y}}, o: {when: age >= 30, label: {en: O}}}}
        checks:
          - {id: young_pension, rule: not (young = "y" and work = 7), text: {en: A pensioner under 30}}
          - {id: somebody, rule: any(con = 1), text: {en: Dealt with nobody}}

        """
    private static let aside = """
          - {id: child, rule: age >= 14 or answered(work), text: {en: A child}, severity: quarantine}
          - {id: odd, rule: "not (list_n = 4 and con[08] = 2)", text: {en: Odd}, severity: quarantine}

        """
    private static let header = "id,age,work,con_01,con_08,ready_1,ready_2,ready_3,ready_8,arm,list_n"

    private static func run(
        _ rows: [String], more: String = "", header: String = header, window: Int = 1 << 18, threads: Int = 2
    ) throws -> ImportCase {
        let questionnaire = try Questionnaire(yaml: yaml + more)
        return try ImportCase(
            ([header] + rows).joined(separator: "\n"), window: window, options: ImportOptions(threads: threads)
        ) { try ImportPlan(questionnaire, columns: $0) }
    }

    @Test func `a rule that is false is a finding, one that is unknown is not`() throws {
        let wave = try Self.run([
            "1,25,7,1,2,1,0,0,0,1,1", "2,25,98,2,2,1,0,0,0,1,1", "3,98,7,2,,1,0,0,0,1,1", "4,65,7,,1,1,0,0,0,1,1",
            "5,20,7,2,1,1,0,0,0,1,1",
        ])
        #expect(wave.findings == ["import.check-failed - 1,5", "import.check-failed - 2"])
        let first = try #require(wave.report.findings.first)
        #expect(first.what == "Check \"\("young_pension")\" does not hold: \("A pensioner under 30")")
        #expect(first.why.description.contains("not (young = \"y\" and work = 7)"))
        #expect(wave.report.imported == 5)
        #expect(wave.report.findingCounts.map(\.count) == [3])
    }

    @Test func `a check may set rows aside, with itself as the reason`() throws {
        let wave = try Self.run(
            ["1,25,1,1,2,1,0,0,0,1,1", "2,5,,2,2,,,,,1,9", "3,5,1,2,2,1,0,0,0,1,1", "4,65,7,2,2,1,0,0,0,2,4"],
            more: Self.aside)
        #expect(wave.quarantined.map(\.row) == [2, 4])
        #expect(wave.quarantined.map(\.line) == [3, 5])
        #expect(
            wave.quarantined.map(\.code) == ["import.check-quarantined:child", "import.check-quarantined:odd"])
        #expect(
            wave.quarantined.map { String(decoding: $0.raw, as: UTF8.self) } == [
                "2,5,,2,2,,,,,1,9", "4,65,7,2,2,1,0,0,0,2,4",
            ])
        #expect(wave.report.imported == 2)
        #expect(wave.report.quarantined == 2)
        // Row 3 is kept, so its cells are judged; the cells of rows set aside are not.
        #expect(
            wave.findings == [
                "import.check-quarantined - 2", "import.skipped-answered work 3", "import.skipped-answered ready_1 3",
                "import.check-failed - 3", "import.check-quarantined - 4",
            ])
        #expect(try wave.shown("id") == ["1", "3"])
    }

    @Test func `the key of a row set aside is taken`() throws {
        let wave = try Self.run(["1,5,,2,2,,,,,1,1", "1,25,1,1,2,1,0,0,0,1,1"], more: Self.aside)
        #expect(wave.quarantined.map(\.code) == ["import.check-quarantined:child", "import.duplicate-key"])
    }

    @Test func `a check over columns that the file lacks passes`() throws {
        let wave = try Self.run(["1,5", "2,30"], more: Self.aside, header: "id,age")
        #expect(wave.quarantined.map(\.code) == ["import.check-quarantined:child"])
        #expect(wave.findings.filter { $0.hasPrefix("import.check") } == ["import.check-quarantined - 1"])
    }

    @Test func `answers that stand alone and answers beyond the most are found and kept`() throws {
        let wave = try Self.run([
            "1,25,1,1,2,1,1,0,0,1,1", "2,25,1,1,2,1,1,1,0,1,1", "3,25,1,1,2,0,0,0,1,1,1", "4,25,1,1,2,1,,,1,1,1",
            "5,25,1,1,2,1,1,1,1,1,1",
        ])
        #expect(
            wave.findings == ["import.too-many-choices ready_1 2,5", "import.exclusive-answer ready_8 4,5"])
        #expect(try wave.shown("ready[8]") == ["0", "0", "1", "1", "1"])
        #expect(try wave.shown("ready[3]") == ["0", "1", "0", "0", "1"])
    }

    @Test func `a number is held against the range of its row's variant`() throws {
        let wave = try Self.run([
            "1,25,1,1,2,1,0,0,0,1,0", "2,25,1,1,2,1,0,0,0,1,4", "3,25,1,1,2,1,0,0,0,2,0", "4,25,1,1,2,1,0,0,0,2,4",
            "5,25,1,1,2,1,0,0,0,,4", "6,25,1,1,2,1,0,0,0,,0", "7,25,1,1,2,1,0,0,0,1,7", "8,25,1,1,2,1,0,0,0,2,7",
            "9,25,1,1,2,1,0,0,0,1,98", "10,25,1,1,2,1,0,0,0,1,2.5", "11,25,1,1,2,1,0,0,0,,5",
        ])
        #expect(
            try wave.shown("list_n") == [
                "0", "<unreadable>", "<unreadable>", "4", "4", "0", "<unreadable>", "<unreadable>", "<dont-know>",
                "2.5",
                "<unreadable>",
            ])
        #expect(
            wave.findings == [
                "import.out-of-range list_n 2", "import.out-of-range list_n 3", "import.out-of-range list_n 7",
                "import.out-of-range list_n 8", "import.out-of-range list_n 11",
            ])
        #expect(wave.report.findings[0].why.description.contains("from 0 to 3"))
        #expect(wave.report.findings[1].why.description.contains("from 1 to 4"))
        #expect(wave.report.findings[2].what == "\("7") is outside the range of \"\("list_n")\"")
        #expect(wave.report.findings[4].why.description.contains("from 0 to 4"))
    }

    @Test func `where the file lacks the arm, the widest range holds`() throws {
        let wave = try Self.run(["1,0", "2,4", "3,5"], header: "id,list_n")
        #expect(try wave.shown("list_n") == ["0", "4", "<unreadable>"])
    }

    @Test func `threads and windows change nothing`() throws {
        let rows = (0..<4_000).map { row in
            "\(row),\(row % 97),\(row % 3 == 0 ? "7" : "1"),\(row % 2 + 1),2,\(row % 2),1,1,\(row % 5 == 0 ? 1 : 0),\(row % 2 + 1),\(row % 5)"
        }
        let whole = try Self.run(rows, more: Self.aside)
        let parts = try Self.run(rows, more: Self.aside, window: 4_096, threads: 1)
        #expect(whole.quarantined == parts.quarantined)
        #expect(whole.quarantined.count > 300)
        #expect(whole.findings == parts.findings)
        for name in whole.table.names { #expect(try whole.shown(name) == parts.shown(name)) }
        #expect(whole.report.imported + whole.report.quarantined == 4_000)
    }
}
