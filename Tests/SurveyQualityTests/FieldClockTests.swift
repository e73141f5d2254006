import SurveyData
import SurveyProblems
import SurveySchema
import SurveyTestSupport
import Testing

@testable import SurveyQuality

struct FieldClockTests {
    private func audit(
        _ times: [(who: String, from: String, to: String)], field: (CalendarDate?, CalendarDate?) = (nil, nil),
        rule: AuditRule = AuditRule()
    ) throws -> FieldAudit {
        let table = FieldTable.table([
            FieldTable.texts("who", times.map(\.who)), FieldTable.texts("from", times.map(\.from)),
            FieldTable.texts("to", times.map(\.to)),
        ])
        var auditor = FieldAuditor(AuditColumns(interviewer: "who", start: "from", end: "to"), rule: rule)
        auditor.field = field
        return try auditor.audit(table, answers: FieldTable.substance(table, besides: ["who", "from", "to"]))
    }

    @Test(arguments: [
        ("2023-09-01T09:42", 582.0), ("2023-09-01 09:42:30", 582.5), ("2023-09-01T09:42:30.250", 582.5),
        ("2023-09-01T09:42Z", 582), ("2023-09-01T09:42:00+05:00", 282), ("2023-09-01T09:42-0130", 672),
        ("2023-09-01T09:42+05", 282),
    ])
    func `times are read in the forms of field programmes`(text: String, minutes: Double) throws {
        let day = try #require(CalendarDate(iso: "2023-09-01"))
        let time = try #require(FieldTime(text))
        #expect(time.day == day)
        #expect(time.minutes == Double(day.days * 1440) + minutes)
    }

    @Test(arguments: [
        "", "2023-09-01", "2023-09-31T09:42", "2023-09-01T24:00", "2023-09-01T09:60", "2023-09-01T9:42",
        "01.09.2023 09:42",
        "2023-09-01T09:42:7", "2023-09-01T09:42+5", "2023-09-01T09:42:30.", "2023-09-01T09:42Zz", "2023-09-01X09:42",
        "2023-09-01T09:42+99:00", "2023-09-01T09:42 evening", "2023-09-01T09:42:00+05:0", "-023-09-01T09:42",
    ])
    func `other texts are no times`(text: String) { #expect(FieldTime(text) == nil) }

    @Test func `durations, their quartiles and what is short follow from start and end`() throws {
        // By hand: 10, 20, 30, 40, 100 minutes: median 30, quartiles 20 and 40; below 15 is short.
        let lengths = [10, 20, 30, 40, 100]
        let found = try audit(
            lengths.enumerated().map { ("a", FieldTable.time(0, day: 1 + $0), FieldTable.time($1, day: 1 + $0)) })
        let durations = try #require(found.durations)
        #expect(durations.n == 5 && durations.median == 30)
        #expect(durations.lowerQuartile == 20 && durations.upperQuartile == 40)
        #expect(durations.shortBelow == 15 && durations.short == [0])
        var rule = AuditRule()
        rule.leastMinutes = 25
        let stricter = try audit(
            lengths.enumerated().map { ("a", FieldTable.time(0, day: 1 + $0), FieldTable.time($1, day: 1 + $0)) },
            rule: rule)
        #expect(stricter.durations?.short == [0, 1])
        #expect(stricter.findings().map(\.code) == ["quality.short-interviews"])
    }

    @Test func `an interviewer cannot hold two interviews at once, and may begin one when the last ends`() throws {
        let found = try audit([
            ("a", FieldTable.time(0), FieldTable.time(60)), ("a", FieldTable.time(60), FieldTable.time(90)),
            ("a", FieldTable.time(80), FieldTable.time(85)), ("a", FieldTable.time(88), FieldTable.time(120)),
            ("b", FieldTable.time(10), FieldTable.time(50)),
        ])
        #expect(found.durations?.overlapping == [2, 3])
        #expect(found.interviewers.map(\.overlapping) == [2, 0])
    }

    @Test func `impossible times are findings and no durations`() throws {
        let day = try #require(CalendarDate(iso: "2023-09-02"))
        let found = try audit(
            [
                ("a", FieldTable.time(30, day: 2), FieldTable.time(0, day: 2)), ("a", "soon", FieldTable.time(0)),
                ("a", "", FieldTable.time(0)), ("a", FieldTable.time(0), FieldTable.time(30)),
                ("a", FieldTable.time(0, day: 3), FieldTable.time(30, day: 3)),
                ("a", FieldTable.time(0, day: 2), FieldTable.time(30, day: 2) + "Z"),
            ], field: (day, day))
        let durations = try #require(found.durations)
        #expect(durations.negative == [0] && durations.unreadable == [1] && durations.n == 2)
        #expect(durations.outsideField == [3, 4])
        let problems = found.findings()
        #expect(
            problems.map(\.code) == ["quality.end-before-start", "quality.unreadable-times", "quality.outside-field"])
        for problem in problems { #expect(problem.translationFaults == []) }
    }

    @Test func `a wave in which no time can be read has no short interview`() throws {
        let found = try audit([("a", "x", "y"), ("a", "x", "y")])
        #expect(found.durations?.n == 0 && found.durations?.short == [] && found.durations?.median == 0)
    }
}
