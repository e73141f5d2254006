import SurveyData
import SurveyProblems
import SurveyQuality
import SurveySchema
import SurveyTestSupport
import SurveyWeighting
import Testing

struct FieldAuditorTests {
    private static let columns = AuditColumns(interviewer: "who", start: "from", end: "to")

    private func audit(
        _ table: Table, _ columns: AuditColumns = FieldAuditorTests.columns, rule: AuditRule = AuditRule(),
        complete: Truth? = nil
    ) throws(Problem) -> FieldAudit {
        try FieldAuditor(columns, rule: rule).audit(
            table, answers: FieldTable.substance(table, besides: columns.names), complete: complete)
    }

    private func match(_ interviews: [String], least: Int = 1) throws -> FieldAudit {
        var rule = AuditRule()
        rule.leastCompared = least
        let who = FieldTable.texts("who", interviews.map { _ in "a" })
        return try audit(
            FieldTable.table([who] + FieldTable.questions(interviews)), AuditColumns(interviewer: "who"), rule: rule)
    }

    @Test func `a match is the share of equal answers with the nearest interview`() throws {
        // By hand: 1 and 2 differ in one of ten; 3 shares five with 1 and four with 2.
        let found = try match(["1231231231", "1231231232", "1231233333"]).audited
        #expect(found.map(\.match) == [0.9, 0.9, 0.7])
        #expect(found.map(\.nearest) == [1, 0, 0])
    }

    @Test func `questions that were not put to both, and empty cells, are no answers`() throws {
        // By hand: of four columns both have answers in two, of which one is equal; the equal gaps do not count.
        let found = try match(["12..", "13..", "..-2"]).audited
        #expect(found.map(\.match) == [0.5, 0.5, nil])
        let empty = try match(["1-2", "1-3"]).audited
        #expect(empty.map(\.match) == [0.5, 0.5])
    }

    @Test func `don't know is an answer that a copy copies`() throws {
        #expect(try match(["1?2", "1?3"]).audited.map(\.match) == [2.0 / 3, 2.0 / 3])
    }

    @Test func `pairs with few common answers are not judged`() throws {
        #expect(try match(["1212", "1212"], least: 5).audited.map(\.match) == [nil, nil])
        #expect(try match(["1212", "1212"], least: 4).audited.map(\.match) == [1, 1])
    }

    @Test func `own kinds at the end of the byte range are answers, and differ from gaps`() throws {
        let own = Column(name: "q1", kind: .answers, dictionary: ["1"], values: .bytes([254, 254, 255, 255, 241, 241]))
        let other = FieldTable.answers("q2", "111111")
        let who = FieldTable.texts("who", Array(repeating: "a", count: 6))
        var rule = AuditRule()
        rule.leastCompared = 2
        let found = try audit(
            FieldTable.table([who, own, other]), AuditColumns(interviewer: "who"), rule: rule
        ).audited
        #expect(found.map(\.match) == [1, 1, 1, 1, nil, nil])
        #expect(found.map(\.nearest) == [1, 0, 3, 2, nil, nil])
    }

    @Test func `every pair equals a count by hand over random answers of more than one block of bytes`() throws {
        var generator = SeededGenerator(seed: 5)
        let cells = Array("123.?-")
        let interviews = (0..<30).map { _ in String((0..<150).map { _ in cells[generator.below(6)] }) }
        let found = try match(interviews, least: 20).audited
        for (row, own) in interviews.enumerated() {
            var best = -1.0
            for (other, text) in interviews.enumerated() where other != row {
                let pairs = zip(own, text).filter { !".-".contains($0) && !".-".contains($1) }
                if pairs.count >= 20 { best = max(best, Double(pairs.count { $0 == $1 }) / Double(pairs.count)) }
            }
            #expect(found[row].match == (best < 0 ? nil : best))
        }
    }

    @Test func `an interviewer with short copies is named, and the honest ones are not`() throws {
        let made = FieldTable.honest(interviewers: 6, each: 20, questions: 60, seed: 11)
        var columns = made.table.columns
        // Ten of twenty interviews of i3 are one sheet with a cell of their own changed, in six minutes.
        let rows = Array(60..<70)
        for (place, column) in columns.enumerated() {
            if column.name == "to" {
                columns[place] = FieldTable.texts(
                    "to",
                    column.textsByRow.enumerated().map { row, text in
                        rows.contains(row) ? FieldTable.time(row % 20 % 8 * 60 + 6, day: 1 + row % 20 / 8) : text
                    })
            } else if column.name.hasPrefix("q"), case .bytes(var bytes) = column.values {
                for row in rows { bytes[row] = column.name == "q\(row - 59)" ? (bytes[60] + 1) % 3 : bytes[60] }
                columns[place] = Column(
                    name: column.name, kind: .answers, dictionary: column.dictionary, values: .bytes(bytes))
            }
        }
        let found = try audit(FieldTable.table(columns))
        #expect(found.flagged.map(\.code) == ["i3"])
        let person = try #require(found.flagged.first)
        #expect(person.suspects == 10 && person.nearDuplicates == 10 && person.short == 10 && person.interviews == 20)
        #expect(found.flaggedRows == Array(60..<80))
        let problems = found.findings()
        #expect(problems.map(\.code) == ["quality.invented"])
        #expect(problems.first?.place.rows == Array(61...70))
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func `honest interviews flag nobody`(seed: UInt64) throws {
        let made = FieldTable.honest(interviewers: 12, each: 16, questions: 50, seed: seed)
        let found = try audit(made.table)
        #expect(found.flagged.isEmpty && found.interviewers.count == 12)
        #expect(found.findings().allSatisfy { $0.severity == .caution })
    }

    @Test func `copies alone or haste alone flag nobody where times are known`() throws {
        let sheet = String(repeating: "123", count: 10)
        var generator = SeededGenerator(seed: 8)
        let mixed = (0..<30).map { _ in (0..<30).map { _ in String(1 + generator.below(3)) }.joined() }
        func found(_ interviews: [String], minutes: [Int]) throws -> FieldAudit {
            let table = FieldTable.table(
                [
                    FieldTable.texts("who", interviews.indices.map { $0 < 6 ? "a" : "b" }),
                    FieldTable.texts("from", interviews.indices.map { FieldTable.time(0, day: 1 + $0 % 28) }),
                    FieldTable.texts(
                        "to", interviews.indices.map { FieldTable.time(minutes[$0], day: 1 + $0 % 28) }),
                ] + FieldTable.questions(interviews))
            return try audit(table)
        }
        let copies = Array(repeating: sheet, count: 6) + Array(mixed.dropFirst(6))
        let slow = Array(repeating: 40, count: 30)
        let hasty = Array(repeating: 5, count: 6) + Array(repeating: 40, count: 24)
        #expect(try found(copies, minutes: slow).flagged.isEmpty)
        #expect(try found(copies, minutes: hasty).flagged.map(\.code) == ["a"])
        #expect(try found(copies, minutes: slow).duplicates == [[0, 1, 2, 3, 4, 5]])
        #expect(try found(copies, minutes: slow).findings().map(\.code) == ["quality.equal-interviews"])
    }

    @Test func `without times half of the interviews must be copies, and at least five`() throws {
        let sheet = String(repeating: "12", count: 15)
        func found(copies: Int, others: Int) throws -> [String] {
            var generator = SeededGenerator(seed: 3)
            let rest = (0..<others).map { _ in
                (0..<30).map { _ in String(1 + generator.below(3)) }.joined()
            }
            let interviews = Array(repeating: sheet, count: copies) + rest
            let table = FieldTable.table(
                [FieldTable.texts("who", interviews.map { _ in "a" })] + FieldTable.questions(interviews))
            return try audit(table, AuditColumns(interviewer: "who")).findings().map(\.code)
        }
        #expect(try found(copies: 5, others: 5) == ["quality.copied", "quality.equal-interviews"])
        #expect(try found(copies: 5, others: 6) == ["quality.equal-interviews"])
        #expect(try found(copies: 4, others: 0) == ["quality.equal-interviews"])
    }

    @Test func `only the pairs of one interviewer or PSU are compared in a large wave`() throws {
        let interviews = Array(repeating: String(repeating: "123", count: 8), count: 3)
        let table = FieldTable.table(
            [FieldTable.texts("who", ["a", "a", "b"]), FieldTable.texts("place", ["x", "y", "y"])]
                + FieldTable.questions(interviews))
        var rule = AuditRule()
        rule.mostForAllPairs = 2
        var auditor = FieldAuditor(AuditColumns(interviewer: "who"), rule: rule)
        let answers = FieldTable.substance(table, besides: ["who", "place"])
        let alone = try auditor.audit(table, answers: answers)
        #expect(alone.comparison == .within && alone.audited.map(\.nearest) == [1, 0, nil])
        #expect(alone.findings().map(\.code) == ["quality.equal-interviews", "quality.compared-within"])
        auditor.psu = ["place"]
        let withPlaces = try auditor.audit(table, answers: answers)
        #expect(withPlaces.audited.map(\.nearest) == [1, 0, 1])
        #expect(withPlaces.audited.map(\.nearestWithin) == [1, 0, nil])
    }

    @Test func `outcomes say which rows are interviews, and what the frame knows is no answer`() throws {
        let interviews =
            Array(repeating: String(repeating: "12", count: 12), count: 2)
            + Array(repeating: String(repeating: ".", count: 24), count: 2)
        let table = FieldTable.table(
            [
                FieldTable.texts("who", ["a", "a", "a", "b"]), FieldTable.texts("disp", ["110", "120", "211", "410"]),
                FieldTable.answers("urban", "1212"),
            ] + FieldTable.questions(interviews))
        let found = try audit(table, AuditColumns(interviewer: "who", outcome: "disp"))
        #expect(found.interviews == 2 && found.rows == 4 && found.comparedColumns == 24)
        // By hand: one complete and one partial interview, one refusal.
        #expect(found.rates?.rr1 == 1.0 / 3 && found.rates?.rr2 == 2.0 / 3)
        let person = try #require(found.interviewers.first)
        #expect(person.interviewShare == 2.0 / 3)
        #expect(found.interviewers.map(\.code) == ["a"])
    }

    @Test func `a wave without interviews and outcomes that are no codes are refused`() throws {
        let table = FieldTable.table(
            [FieldTable.texts("disp", ["211", "x"])] + FieldTable.questions(["12", "21"]))
        let columns = AuditColumns(outcome: "disp")
        #expect(throws: Problem.self) { try audit(table, columns) }
        let problem = #expect(throws: Problem.self) {
            try audit(table, columns, complete: Truth(values: [1, 1]))
        }
        #expect(problem?.code == "quality.no-aapor" && problem?.place.rows == [2])
        let nobody = #expect(throws: Problem.self) {
            try audit(table, AuditColumns(), complete: Truth(values: [0, 2]))
        }
        #expect(nobody?.code == "quality.no-interviews")
        let unknown = #expect(throws: Problem.self) { try audit(table, AuditColumns(interviewer: "nobody")) }
        #expect(unknown?.code == "data.unknown-column")
        for problem in [problem, nobody].compactMap({ $0 }) { #expect(problem.translationFaults == []) }
    }

    @Test func `questions without an answer are counted by interviewer`() throws {
        // By hand: a has 1 of 4 questions unanswered, b 3 of 4; the question that was not put is in neither.
        let table = FieldTable.table(
            [FieldTable.texts("who", ["a", "b"])] + FieldTable.questions(["12?1.", "?-?1."]))
        let found = try audit(table, AuditColumns(interviewer: "who"))
        #expect(found.interviewers.map(\.unanswered) == [0.25, 0.75])
    }

    @Test func `an empty interviewer belongs to nobody`() throws {
        let table = FieldTable.table(
            [FieldTable.texts("who", ["a", "", "a"])] + FieldTable.questions(["12", "12", "21"]))
        let found = try audit(table, AuditColumns(interviewer: "who"))
        #expect(found.interviewers.map(\.interviews) == [2])
        #expect(found.audited.map(\.interviewer) == ["a", nil, "a"])
    }
}

extension Column {
    /// The text of each row; empty where there is none.
    var textsByRow: [String] {
        guard case .indexes(let indexes) = values else { return [] }
        return indexes.map { Int($0) < dictionary.count ? dictionary[Int($0)] : "" }
    }
}
