internal import SurveyProblems
internal import SurveyQuality
internal import SurveyYAML

extension YAMLReader {
    /// Takes `quality:`, the columns of the field and the limits of the audit.
    func quality(_ map: YAMLMap) -> QualityPlan? {
        guard let node = map.node("quality"),
            let map = self.map(
                node,
                keys: ["interviewer", "start", "end", "outcome", "match", "minimum minutes", "minimum interviews"])
        else { return nil }
        let columns = AuditColumns(
            interviewer: map.node("interviewer", required: true).flatMap(text), start: map.text("start"),
            end: map.text("end"), outcome: map.text("outcome"))
        if (map.node("start") == nil) != (map.node("end") == nil), let one = map.node("start") ?? map.node("end") {
            report(.oneEndOfInterview(), at: one.mark)
        }
        var rule = AuditRule()
        if let match = map.number("match"), let node = map.node("match") {
            if match > 0.5, match <= 1 {
                rule.match = match
            } else {
                report(.badMatch(node.scalar ?? ""), at: node.mark)
            }
        }
        if let minutes = map.number("minimum minutes"), let node = map.node("minimum minutes") {
            if minutes > 0, minutes <= 1440 {
                rule.leastMinutes = minutes
            } else {
                report(.badMinutes(node.scalar ?? ""), at: node.mark)
            }
        }
        if let node = map.node("minimum interviews"), let least = integer(node) {
            if least < 1 { report(.notPositive(least), at: node.mark) } else { rule.leastSuspects = least }
        }
        return QualityPlan(columns: columns, rule: rule)
    }
}

extension Problem {
    static func oneEndOfInterview() -> Problem {
        Problem(
            "study.one-end-of-interview", .input, what: "\"start\" and \"end\" go together",
            why: "a duration needs both; found one of them", fix: "add the other, or delete this one")
    }

    static func badMatch(_ text: String) -> Problem {
        Problem(
            "study.bad-match", .input, what: "A match of \(text) cannot tell copies from interviews",
            why: "near duplicates share more than half of their answers and at most all; found \(text)",
            fix: "write a share from 0.5 to 1, such as 0.85")
    }

    static func badMinutes(_ text: String) -> Problem {
        Problem(
            "study.bad-minutes", .input, what: "\(text) minutes are no length of an interview",
            why: "the least length lies above 0 and within a day of 1440 minutes; found \(text)",
            fix: "write the minutes below which nobody can read out the questions, such as 15")
    }
}
