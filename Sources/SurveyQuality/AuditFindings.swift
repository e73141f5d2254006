public import SurveyProblems

extension FieldAudit {
    /// What the audit found, as problems.
    ///
    /// Errors are what must be settled before the wave is used: invented interviews, equal ones, impossible times. Cautions
    /// are what deserves a look. `number` gives the number that people know a row by, from its position.
    public func findings(number: (Int) -> Int = { $0 + 1 }) -> [Problem] {
        var problems: [Problem] = []
        func rows(_ positions: [Int]) -> [Int] { positions.map(number) }
        for person in flagged {
            let suspects = audited.filter { $0.isSuspect && $0.interviewer == person.code }.map(\.row)
            if let durations, let minutes = person.medianMinutes {
                problems.append(
                    .invented(
                        person, match: rule.match, shortBelow: durations.shortBelow, minutes: minutes,
                        usual: durations.median, rows: rows(suspects)))
            } else {
                problems.append(.copied(person, match: rule.match, rows: rows(suspects)))
            }
        }
        if !duplicates.isEmpty {
            problems.append(.equalInterviews(groups: duplicates.count, rows: rows(duplicates.flatMap { $0 }.sorted())))
        }
        if let durations {
            if !durations.negative.isEmpty { problems.append(.endBeforeStart(rows: rows(durations.negative))) }
            if !durations.unreadable.isEmpty { problems.append(.unreadableTimes(rows: rows(durations.unreadable))) }
            if !durations.overlapping.isEmpty { problems.append(.overlapping(rows: rows(durations.overlapping))) }
            if !durations.outsideField.isEmpty { problems.append(.outsideField(rows: rows(durations.outsideField))) }
            let known = Set(flaggedRows)
            let short = durations.short.filter { !known.contains($0) }
            if !short.isEmpty {
                problems.append(
                    .shortInterviews(below: durations.shortBelow, usual: durations.median, rows: rows(short)))
            }
        }
        let straight = interviewers.filter(\.hasManyStraightLines).map(\.code)
        if !straight.isEmpty { problems.append(.manyStraightLines(straight)) }
        let unanswered = interviewers.filter(\.hasManyUnanswered).map(\.code)
        if !unanswered.isEmpty { problems.append(.manyUnanswered(unanswered)) }
        if comparison == .within, !rule.comparesWithinOnly {
            problems.append(.comparedWithin(interviews: interviews, most: rule.mostForAllPairs))
        }
        if !wave.isEmpty {
            for place in problems.indices where problems[place].place.detail == nil {
                problems[place].place.detail = wave
            }
        }
        return problems
    }
}

extension Double {
    /// The number as messages quote it: at most two decimals.
    fileprivate var brief: String { JSONText.shortest((self * 100).rounded() / 100) }
}

extension Problem {
    /// Near duplicates that are short as well, by one interviewer.
    static func invented(
        _ person: AuditedInterviewer, match: Double, shortBelow: Double, minutes: Double, usual: Double, rows: [Int]
    ) -> Problem {
        Problem(
            "quality.invented", .finding, what: "Interviews of interviewer \"\(person.code)\" look invented",
            place: Place(rows: rows),
            why:
                "\(person.suspects) of \(person.interviews) share \(match.brief) or more of their answers with another one of the interviewer and took less than \(shortBelow.brief) minutes; the median is \(minutes.brief) minutes, in the wave \(usual.brief)",
            fix: "listen to the recordings and call the people back; until then compare the indicators without them")
    }

    /// Near duplicates by one interviewer, where nothing says how long interviews took.
    static func copied(_ person: AuditedInterviewer, match: Double, rows: [Int]) -> Problem {
        Problem(
            "quality.copied", .finding, what: "Interviews of interviewer \"\(person.code)\" look copied",
            place: Place(rows: rows),
            why:
                "\(person.suspects) of \(person.interviews) share \(match.brief) or more of their answers with another one of the interviewer",
            fix: "listen to the recordings and call the people back; until then compare the indicators without them")
    }

    static func equalInterviews(groups: Int, rows: [Int]) -> Problem {
        Problem(
            "quality.equal-interviews", .finding, what: "\(rows.count) interviews have the same answers throughout",
            place: Place(rows: rows),
            why: "two people hardly ever answer all questions alike; found \(groups) groups of equal interviews",
            fix: "find out whether interviews were sent twice or copied")
    }

    static func endBeforeStart(rows: [Int]) -> Problem {
        Problem(
            "quality.end-before-start", .finding, what: "\(rows.count) interviews end before they start",
            place: Place(rows: rows), why: "the end must not lie before the start, and both need an offset or neither",
            fix: "correct the times, or the clock of the device")
    }

    static func unreadableTimes(rows: [Int]) -> Problem {
        Problem(
            "quality.unreadable-times", .finding, what: "\(rows.count) interviews have an unreadable time",
            place: Place(rows: rows), why: "a time is written as 2023-09-01T09:42, with seconds and an offset if known",
            fix: "correct the times")
    }

    static func overlapping(rows: [Int]) -> Problem {
        Problem(
            "quality.overlapping", .finding,
            what: "\(rows.count) interviews began before the interviewer's last one had ended",
            place: Place(rows: rows), why: "one interviewer cannot hold two interviews at once",
            fix: "find out who held them, and when")
    }

    static func outsideField(rows: [Int]) -> Problem {
        Problem(
            "quality.outside-field", .finding, what: "\(rows.count) interviews lie outside the field dates",
            place: Place(rows: rows), why: "the study states when the field began and ended",
            fix: "correct the times, or the dates of the field in study.yaml")
    }

    static func shortInterviews(below: Double, usual: Double, rows: [Int]) -> Problem {
        Problem(
            "quality.short-interviews", .finding, severity: .caution, what: "\(rows.count) more interviews are short",
            place: Place(rows: rows), why: "they took less than \(below.brief) minutes; the median is \(usual.brief)",
            fix: "look at them by interviewer")
    }

    static func manyStraightLines(_ interviewers: [String]) -> Problem {
        Problem(
            "quality.many-straight-lines", .finding, severity: .caution,
            what: "\(interviewers.count) interviewers have far more straight lines than the others",
            why: "one answer throughout a grid comes of haste; interviewers \(list: interviewers)",
            fix: "check how they read out the grids")
    }

    static func manyUnanswered(_ interviewers: [String]) -> Problem {
        Problem(
            "quality.many-unanswered", .finding, severity: .caution,
            what: "\(interviewers.count) interviewers have far more unanswered questions than the others",
            why: "\"don't know\" shortens an interview; interviewers \(list: interviewers)",
            fix: "check whether they probe")
    }

    static func comparedWithin(interviews: Int, most: Int) -> Problem {
        Problem(
            "quality.compared-within", .finding, severity: .caution,
            what: "Only interviews of one interviewer or one PSU were compared",
            why: "every pair is compared up to \(most) interviews; the wave has \(interviews)",
            fix: "audit a part of the wave to compare every pair of it")
    }
}
