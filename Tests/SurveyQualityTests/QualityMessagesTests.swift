import SurveyProblems
import SurveyTestSupport
import Testing

@testable import SurveyQuality

struct QualityMessagesTests {
    private static let person: AuditedInterviewer = {
        var person = AuditedInterviewer(code: "i7", interviews: 12)
        person.suspects = 5
        return person
    }()

    private static let messages: [ProblemWords] = [
        ProblemWords(
            problem: .invented(person, match: 0.85, shortBelow: 20.5, minutes: 5.25, usual: 41, rows: [3]),
            code: "quality.invented", what: "Interviews of interviewer \"i7\" look invented",
            why:
                "5 of 12 share 0.85 or more of their answers with another one of the interviewer and took less than 20.5 minutes; the median is 5.25 minutes, in the wave 41",
            fix: "listen to the recordings and call the people back; until then compare the indicators without them",
            exit: 1),
        ProblemWords(
            problem: .copied(person, match: 0.9, rows: [3]), code: "quality.copied",
            what: "Interviews of interviewer \"i7\" look copied",
            why: "5 of 12 share 0.9 or more of their answers with another one of the interviewer",
            fix: "listen to the recordings and call the people back; until then compare the indicators without them",
            exit: 1),
        ProblemWords(
            problem: .equalInterviews(groups: 2, rows: [1, 2, 5, 6, 7]), code: "quality.equal-interviews",
            what: "5 interviews have the same answers throughout",
            why: "two people hardly ever answer all questions alike; found 2 groups of equal interviews",
            fix: "find out whether interviews were sent twice or copied", exit: 1),
        ProblemWords(
            problem: .endBeforeStart(rows: [4]), code: "quality.end-before-start",
            what: "1 interviews end before they start",
            why: "the end must not lie before the start, and both need an offset or neither",
            fix: "correct the times, or the clock of the device", exit: 1),
        ProblemWords(
            problem: .unreadableTimes(rows: [4]), code: "quality.unreadable-times",
            what: "1 interviews have an unreadable time",
            why: "a time is written as 2023-09-01T09:42, with seconds and an offset if known", fix: "correct the times",
            exit: 1),
        ProblemWords(
            problem: .overlapping(rows: [4]), code: "quality.overlapping",
            what: "1 interviews began before the interviewer's last one had ended",
            why: "one interviewer cannot hold two interviews at once", fix: "find out who held them, and when", exit: 1),
        ProblemWords(
            problem: .outsideField(rows: [4]), code: "quality.outside-field",
            what: "1 interviews lie outside the field dates", why: "the study states when the field began and ended",
            fix: "correct the times, or the dates of the field in study.yaml", exit: 1),
        ProblemWords(
            problem: .shortInterviews(below: 20, usual: 41.125, rows: [4]), code: "quality.short-interviews",
            what: "1 more interviews are short", why: "they took less than 20 minutes; the median is 41.13",
            fix: "look at them by interviewer", exit: 1),
        ProblemWords(
            problem: .manyStraightLines(["a", "b"]), code: "quality.many-straight-lines",
            what: "2 interviewers have far more straight lines than the others",
            why: "one answer throughout a grid comes of haste; interviewers a, b",
            fix: "check how they read out the grids",
            exit: 1),
        ProblemWords(
            problem: .manyUnanswered(["a"]), code: "quality.many-unanswered",
            what: "1 interviewers have far more unanswered questions than the others",
            why: "\"don't know\" shortens an interview; interviewers a", fix: "check whether they probe", exit: 1),
        ProblemWords(
            problem: .comparedWithin(interviews: 40_000, most: 30_000), code: "quality.compared-within",
            what: "Only interviews of one interviewer or one PSU were compared",
            why: "every pair is compared up to 30000 interviews; the wave has 40000",
            fix: "audit a part of the wave to compare every pair of it", exit: 1),
        ProblemWords(
            problem: .noInterviews(rows: 9), code: "quality.no-interviews", what: "There is no interview to audit",
            why: "the audit compares interviews with each other; none of 9 rows is one",
            fix: "check \"complete:\" of study.yaml, or the codes of --outcome", exit: 4),
        ProblemWords(
            problem: .noAAPOR("disp", rows: [2]), code: "quality.no-aapor",
            what: "Column \"disp\" has outcomes that AAPOR does not know",
            why: "outcome rates need three digits: 1xx interviews, 2xx eligible, 3xx unknown, 4xx not eligible",
            fix: "correct the rows, or audit without outcomes", exit: 3),
    ]

    @Test(arguments: messages)
    func `every problem of this room has its words, in three languages`(message: ProblemWords) {
        #expect(message.differences == [])
        #expect(message.problem.translationFaults == [])
    }
}
