import SurveyData
import SurveyImport
import SurveyProblems
import SurveySchema
import Testing

struct QuestionnaireImportTests {
    private static let yaml = """
        answers:
          yes_no: {1: {en: "Yes"}, 2: {en: "No"}}
        missing:
          8: {kind: dont-know, label: {en: "Don't know"}}
          9: {kind: no-answer, label: {en: "No answer"}}
          -1: {kind: refused, label: {en: Refused}}
        questions:
          - {id: region, text: {en: Region}, type: region, answers: {"07": {en: West}, "71": {en: Astana}, "1000000009": {en: Far}}}
          - {id: victim, column: q1, text: {en: Victim}, type: single, answers: yes_no, missing: [8, 9]}
          - {id: reported, column: q2, text: {en: Reported}, type: single, answers: yes_no, missing: [8], when: victim = 1}
          - {id: age, text: {en: Age}, type: number, range: [18, 110], missing: [-1]}
          - {id: spend, text: {en: Spend}, type: money}
          - {id: day, text: {en: Day}, type: date}
          - {id: note, text: {en: Note}, type: text, private: true}
          - {id: chan, text: {en: Channels}, type: multiple, answers: {1: {en: Phone}, 2: {en: Web}}, missing: [8], when: victim = 1}

        """

    private static func run(_ rows: [String], window: Int = 1 << 18, threads: Int = 2) throws -> ImportCase {
        let header = "region,q1,q2,age,spend,day,note,chan_1,chan_2"
        let questionnaire = try Questionnaire(yaml: yaml)
        return try ImportCase(
            ([header] + rows).joined(separator: "\n"), window: window, options: ImportOptions(threads: threads)
        ) { try ImportPlan(questionnaire, columns: $0) }
    }

    @Test func `cells become answers, numbers, dates, texts and sets`() throws {
        let wave = try Self.run([
            "07,1,2,34,12.5,2024-02-29,hello,1,0", "71,2,,18,-3e2,01.03.2024,,,", "1000000009,1,1,110,,,=x,0,1",
        ])
        #expect(try wave.shown("region") == ["07", "71", "1000000009"])
        #expect(try wave.shown("victim") == ["1", "2", "1"])
        #expect(try wave.shown("reported") == ["2", "<not-asked>", "1"])
        #expect(try wave.shown("age") == ["34", "18", "110"])
        #expect(try wave.shown("spend") == ["12.5", "-300", "<no-answer>"])
        #expect(try wave.shown("day") == ["2024-02-29", "2024-03-01", "<no-answer>"])
        #expect(try wave.shown("note") == ["hello", "<no-answer>", "=x"])
        #expect(try wave.shown("chan") == ["0", "<not-asked>", "0"])
        #expect(try wave.shown("chan[1]") == ["1", "<not-asked>", "0"])
        #expect(try wave.shown("chan[2]") == ["0", "<not-asked>", "1"])
        #expect(wave.findings.isEmpty)
        #expect(wave.report.imported == 3)
        let region = try wave.table.column("region")
        #expect(region.kind == .answers)
        #expect(region.dictionary == ["07", "71", "1000000009"])
        #expect(wave.report.columns.filter(\.isPrivate).map(\.name) == ["note"])
        #expect(
            wave.report.columns.map(\.kind)
                == [.answers, .answers, .answers, .number, .number, .date, .text, .set, .item, .item])
    }

    @Test func `missing codes become their kinds`() throws {
        let wave = try Self.run(["07,8,,-1,,,,8,8", "07,9,,,,,,,", "07,1,8,20,,,,8,"])
        #expect(try wave.shown("victim") == ["<dont-know>", "<no-answer>", "1"])
        #expect(try wave.shown("age") == ["<refused>", "<no-answer>", "20"])
        #expect(try wave.shown("chan") == ["<dont-know>", "<not-asked>", "<dont-know>"])
        #expect(try wave.shown("chan[2]") == ["<dont-know>", "<not-asked>", "<no-answer>"])
        #expect(try wave.shown("reported") == ["<not-asked>", "<not-asked>", "<dont-know>"])
    }

    @Test func `cells that do not fit become unreadable and a finding with row, column and value`() throws {
        let wave = try Self.run([
            "7,1.0,1,17,1 000,2023-02-29,,2,0", "07, 1,1,forty,1,5,,0,0", "07,3,,200,\"1,5\",31.04.2024,,0,",
            "07,3,,17,,,,0,",
        ])
        #expect(try wave.shown("region") == ["<unreadable>", "07", "07", "07"])
        #expect(try wave.shown("victim") == ["<unreadable>", "<unreadable>", "<unreadable>", "<unreadable>"])
        #expect(try wave.shown("age") == ["<unreadable>", "<unreadable>", "<unreadable>", "<unreadable>"])
        #expect(try wave.shown("spend") == ["<unreadable>", "1", "<unreadable>", "<no-answer>"])
        #expect(try wave.shown("day") == ["<unreadable>", "<unreadable>", "<unreadable>", "<no-answer>"])
        #expect(try wave.shown("chan") == ["0", "0", "0", "0"])
        #expect(try wave.shown("chan[1]") == ["<unreadable>", "0", "0", "0"])
        #expect(
            wave.findings == [
                "import.unknown-code region 1", "import.unknown-code q1 1", "import.out-of-range age 1,4",
                "import.not-a-number spend 1", "import.not-a-date day 1", "import.unknown-code chan_1 1",
                "import.unknown-code q1 2", "import.not-a-number age 2", "import.not-a-date day 2",
                "import.unknown-code q1 3,4", "import.out-of-range age 3", "import.not-a-number spend 3",
                "import.not-a-date day 3",
            ])
        let counts = Dictionary(uniqueKeysWithValues: wave.report.findingCounts.map { ($0.code, $0.count) })
        #expect(
            counts == [
                "import.unknown-code": 6, "import.out-of-range": 3, "import.not-a-number": 3, "import.not-a-date": 3,
            ])
        #expect(wave.report.findings.allSatisfy { $0.kind == .finding })
    }

    @Test func `a finding lists ten rows and counts the rest`() throws {
        let wave = try Self.run((0..<25).map { _ in "07,5,,20,,,,," })
        #expect(wave.findings == ["import.unknown-code q1 1,2,3,4,5,6,7,8,9,10 of 25"])
    }

    @Test func `findings of very many values are bounded`() throws {
        let wave = try Self.run((0..<5000).map { "07,x\($0),,20,,,,," })
        #expect(wave.report.findings.count == 21)
        #expect(wave.report.findings.last?.code == "import.more-findings")
        #expect(wave.report.findings.last?.what == "\(4980) more findings are not listed")
        #expect(wave.report.findingCounts.map(\.count) == [5000])
    }

    @Test func `an answer that routing skips is kept and found`() throws {
        let wave = try Self.run(["07,2,1,20,,,,1,0", "07,8,1,20,,,,,1", "07,2,,20,,,,,", "07,2,2,20,,,,8,8"])
        #expect(try wave.shown("reported") == ["1", "1", "<not-asked>", "2"])
        #expect(try wave.shown("chan[1]") == ["1", "0", "<not-asked>", "<dont-know>"])
        // In row 2 the routing is unknown: an answer counts as asked.
        #expect(wave.findings == ["import.skipped-answered q2 1,4", "import.skipped-answered chan_1 1,4"])
    }

    @Test func `of a set with ticks alone, empty items were not ticked`() throws {
        let wave = try Self.run(["07,1,1,20,,,,1,", "07,1,1,20,,,,0,", "07,1,1,20,,,,,"])
        #expect(try wave.shown("chan[2]") == ["0", "<no-answer>", "<no-answer>"])
        #expect(try wave.shown("chan") == ["0", "0", "<no-answer>"])
    }

    @Test func `a question without its column is not in the wave, and a column without question is named`() throws {
        let questionnaire = try Questionnaire(yaml: Self.yaml)
        let wave = try ImportCase("region,q1,Q2,extra,chan_1\n07,1,1,x,1\n") {
            try ImportPlan(questionnaire, columns: $0)
        }
        for name in ["reported", "age", "day", "note", "chan", "chan[2]"] {
            #expect(try wave.shown(name) == ["<not-in-wave>"])
        }
        #expect(wave.report.columns.count == 10)
        #expect(
            wave.findings == [
                "import.missing-column q2 ", "import.missing-column age ", "import.missing-column spend ",
                "import.missing-column day ", "import.missing-column note ", "import.missing-column chan_2 ",
                "import.extra-columns - ",
            ])
        let extra = try #require(wave.report.findings.last)
        #expect(extra.severity == .caution)
        #expect(extra.place.detail == "Q2, extra")
        let first = try #require(wave.report.findings.first)
        #expect(first.why == "the questionnaire names \(list: ["q2"]); nearest in the file: \("Q2")")
    }

    @Test func `a file of something else is refused`() throws {
        let questionnaire = try Questionnaire(yaml: Self.yaml)
        let problem = #expect(throws: Problem.self) {
            try ImportCase("x;y\n1;2\n") { try ImportPlan(questionnaire, columns: $0) }
        }
        #expect(problem?.code == "import.no-columns")
        #expect(problem?.kind == .input)
    }

    @Test func `threads and windows change nothing`() throws {
        var rows: [String] = []
        for row in 0..<2000 {
            rows.append(
                "\(row % 3 == 0 ? "07" : "71"),\(row % 5),\(row % 7 == 0 ? "" : "1"),\(row % 100 + 15),\(row).\(row % 10),2024-01-\(10 + row % 20),\"t \(row % 50)\",\(row % 2),"
            )
        }
        let whole = try Self.run(rows, threads: 1)
        for (window, threads) in [(1, 1), (7, 2), (1000, 2), (4096, 1)] {
            let other = try Self.run(rows, window: window, threads: threads)
            #expect(other.findings == whole.findings)
            for name in whole.table.names { #expect(try other.shown(name) == whole.shown(name)) }
        }
    }

    @Test func `routing uses derived variables and earlier questions`() throws {
        let questionnaire = try Questionnaire(
            yaml: """
                questions:
                  - {id: age, text: {en: Age}, type: number}
                  - {id: a, text: {en: A}, type: single, answers: {1: {en: x}, 2: {en: y}}, when: adult = 1}
                  - {id: b, text: {en: B}, type: single, answers: {1: {en: x}}, when: asked(a)}
                derived:
                  adult: {text: {en: Adult}, cases: {1: {when: age >= 18, label: {en: "yes"}}, 2: {when: age < 18, label: {en: "no"}}}}

                """)
        let wave = try ImportCase("age,a,b\n20,,\n10,,\n,,\n") { try ImportPlan(questionnaire, columns: $0) }
        #expect(try wave.shown("a") == ["<no-answer>", "<not-asked>", "<not-asked>"])
        #expect(try wave.shown("b") == ["<no-answer>", "<not-asked>", "<not-asked>"])
    }

    @Test func `more than 240 answers take two bytes`() throws {
        let answers = (0..<300).map { "\"\($0)\": {en: a}" }.joined(separator: ", ")
        let questionnaire = try Questionnaire(
            yaml: "questions:\n  - {id: q, text: {en: Q}, type: single, answers: {\(answers)}}\n")
        let wave = try ImportCase("q\n299\n0\n\n300\n") { try ImportPlan(questionnaire, columns: $0) }
        #expect(try wave.shown("q") == ["299", "0", "<no-answer>", "<unreadable>"])
        guard case .words = try wave.table.column("q").values else {
            Issue.record("answers are not stored as words")
            return
        }
    }
}
