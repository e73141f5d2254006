internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveyProblems
internal import SurveyQuality
internal import SurveySchema
internal import SurveyWeighting

/// The field audit in the format asked for: codes of interviewers and numbers of rows, never an answer.
struct QualityOutput {
    let audit: FieldAudit
    let findings: [Problem]
    /// The number by which people know a row.
    let number: (Int) -> Int
    let source: JSONText
    let language: Language
    var isSynthetic = false

    /// Interviewers, and interviewer effects, that the table for people lists.
    private static let mostInterviewers = 10
    private static let mostEffects = 5

    func text(_ format: String) -> String {
        switch format {
        case "json": json.line + "\n"
        case "csv": csv
        default: table
        }
    }

    // MARK: Machine formats

    private static let interviewerFields = [
        "interviewer", "flagged", "interviews", "near_duplicates", "median_match", "median_minutes", "short",
        "suspects", "overlapping", "straight_lines", "with_grids", "many_straight_lines", "unanswered",
        "many_unanswered", "interview_share",
    ]

    private func values(_ person: AuditedInterviewer) -> [JSONText] {
        [
            .string(person.code), .bool(person.isFlagged), .integer(person.interviews),
            .integer(person.nearDuplicates), .optional(person.medianMatch), .optional(person.medianMinutes),
            .integer(person.short), .integer(person.suspects), .integer(person.overlapping),
            .integer(person.straightLines), .integer(person.withGrids), .bool(person.hasManyStraightLines),
            .number(person.unanswered), .bool(person.hasManyUnanswered), .optional(person.interviewShare),
        ]
    }

    private var csv: String {
        var text = CSVText.line(Self.interviewerFields + (isSynthetic ? ["synthetic"] : []))
        for person in audit.interviewers {
            var cells = values(person).map { CSVText.cell(of: $0) }
            if isSynthetic { cells.append("true") }
            text += CSVText.line(cells)
        }
        return text
    }

    private var json: JSONText {
        var fields: [(String, JSONText)] = [
            ("saual", .string("quality/1")), ("program", .string("saual \(Versions.saual)")), ("source", source),
        ]
        if isSynthetic { fields.append(("synthetic", .bool(true))) }
        fields += [
            ("rows", .integer(audit.rows)), ("n", .integer(audit.interviews)),
            ("compared_columns", .integer(audit.comparedColumns)), ("pairs", .string(audit.comparison.rawValue)),
            ("rule", rule), ("flagged", .array(audit.flagged.map { .string($0.code) })),
            (
                "interviewers",
                .array(audit.interviewers.map { .object(Array(zip(Self.interviewerFields, values($0)))) })
            ),
            ("interviews", .array(noted.map(json))),
            ("duplicates", .array(audit.duplicates.map { .array($0.map { .integer(number($0)) }) })),
        ]
        if let durations = audit.durations { fields.append(("durations", json(durations))) }
        if let rates = audit.rates {
            fields.append(("rates", .object(rates.all.map { ($0.name, .optional($0.value)) })))
        }
        fields.append(
            (
                "interviewer_effects",
                .array(
                    audit.interviewerEffects.map { effect in
                        .object([
                            ("variable", .string(effect.variable)), ("rho", .number(effect.rho)),
                            ("n", .integer(effect.interviews)), ("interviewers", .integer(effect.interviewers)),
                        ])
                    })
            ))
        fields.append(("omission", audit.omission.map { .string($0.rawValue) } ?? .null))
        fields.append(("effects", .array(audit.effects.map(json))))
        fields.append(("findings", .object(counts.map { ($0.code, .integer($0.count)) })))
        return .object(fields)
    }

    private var counts: [(code: String, count: Int)] { FindingCounts.of(findings) }

    private var rule: JSONText {
        let rule = audit.rule
        return .object([
            ("match", .number(rule.match)), ("least_compared", .integer(rule.leastCompared)),
            ("short_part", .number(rule.shortPart)), ("least_minutes", .optional(rule.leastMinutes)),
            ("least_suspects", .integer(rule.leastSuspects)), ("suspect_share", .number(rule.suspectShare)),
            ("least_copies", .integer(rule.leastCopies)), ("copy_share", .number(rule.copyShare)),
        ])
    }

    /// Interviews of which something is to be said.
    private var noted: [AuditedInterview] {
        var rows = Set(audit.duplicates.flatMap { $0 })
        if let durations = audit.durations {
            rows.formUnion(durations.overlapping + durations.outsideField + durations.negative + durations.unreadable)
        }
        return audit.audited.filter {
            $0.isSuspect || $0.isShort || ($0.match ?? 0) >= audit.rule.match || rows.contains($0.row)
        }
    }

    private func json(_ interview: AuditedInterview) -> JSONText {
        .object([
            ("row", .integer(number(interview.row))),
            ("interviewer", interview.interviewer.map { .string($0) } ?? .null),
            ("suspect", .bool(interview.isSuspect)), ("match_within", .optional(interview.matchWithin)),
            ("nearest_within", interview.nearestWithin.map { .integer(number($0)) } ?? .null),
            ("match", .optional(interview.match)),
            ("nearest", interview.nearest.map { .integer(number($0)) } ?? .null),
            ("minutes", .optional(interview.minutes)), ("short", .bool(interview.isShort)),
            ("straight_line", .bool(interview.isStraightLine)),
        ])
    }

    private func json(_ durations: FieldDurations) -> JSONText {
        func rows(_ rows: [Int]) -> JSONText { .array(rows.map { .integer(number($0)) }) }
        return .object([
            ("n", .integer(durations.n)), ("lower_quartile", .number(durations.lowerQuartile)),
            ("median", .number(durations.median)), ("upper_quartile", .number(durations.upperQuartile)),
            ("short_below", .number(durations.shortBelow)), ("short", rows(durations.short)),
            ("overlapping", rows(durations.overlapping)), ("outside_field", rows(durations.outsideField)),
            ("end_before_start", rows(durations.negative)), ("unreadable", rows(durations.unreadable)),
        ])
    }

    private func json(_ effect: IndicatorEffect) -> JSONText {
        func side(_ result: IndicatorResult) -> JSONText {
            .object([
                ("estimate", .optional(result.figure?.value)), ("se", .optional(result.figure?.standardError)),
                ("n_base", result.figure.map { .integer($0.nBase) } ?? .null),
                ("display", .string(result.display.rawValue)),
            ])
        }
        return .object([
            ("indicator", .string(effect.definition.id)), ("unit", .string(effect.definition.unit)),
            ("with", side(effect.with)), ("without", side(effect.without)),
            ("difference", .optional(effect.difference)),
        ])
    }

    // MARK: For people

    private var words: QualityWords { QualityWords.in(language) }

    private func plain(_ value: Double?, decimals: Int) -> String {
        value.map { PlainNumber.text($0, decimals: decimals, in: language) } ?? "–"
    }

    private func percent(_ value: Double?) -> String {
        value.map { PlainNumber.text($0 * 100, decimals: 1, in: language) + "%" } ?? "–"
    }

    private var table: String {
        var text = "\(words.interviews): \(audit.interviews) (\(words.rows): \(audit.rows)); "
        text += "\(words.columns): \(audit.comparedColumns); "
        text += (audit.comparison == .all ? words.allPairs : words.pairsWithin) + "\n"
        if audit.comparedColumns < audit.rule.leastCompared {
            text += words.tooFew.replacing("{1}", with: String(audit.rule.leastCompared)) + "\n"
        }
        if isSynthetic { text += words.synthetic + "\n" }
        text += interviewersText
        if let durations = audit.durations { text += durationsText(durations) }
        if let rates = audit.rates {
            text += "\n\(words.rates)\n"
            for group in [rates.all.prefix(6), rates.all.dropFirst(6).prefix(4), rates.all.dropFirst(10)] {
                text += "  " + group.map { "\($0.name) \(percent($0.value))" }.joined(separator: "  ") + "\n"
            }
        }
        if !audit.interviewerEffects.isEmpty { text += effectsText }
        if !audit.effects.isEmpty { text += indicatorsText }
        return text
    }

    private var interviewersText: String {
        guard !audit.interviewers.isEmpty else { return "\n\(words.nobody)\n" }
        let flagged = audit.flagged
        let (rule, hasTimes) = (audit.rule, audit.durations != nil)
        var text = "\n\(words.flagged): "
        text += flagged.isEmpty ? words.none : flagged.map { Terminal.harmless($0.code) }.joined(separator: ", ")
        text += " (\(words.of) \(audit.interviewers.count))\n"
        let least = hasTimes ? rule.leastSuspects : rule.leastCopies
        let share = hasTimes ? rule.suspectShare : rule.copyShare
        let rest =
            hasTimes ? words.ruleShort.replacing("{1}", with: plain(audit.durations?.shortBelow, decimals: 1)) : ""
        text +=
            words.rule.replacing("{1}", with: String(least)).replacing("{2}", with: percent(share))
            .replacing("{3}", with: percent(rule.match)).replacing("{4}", with: rest) + "\n\n"
        var table = TextTable([
            (words.interviewer, .left), (words.interviews, .right), (words.copies, .right), (words.medianMatch, .right),
            (words.medianMinutes, .right), (words.short, .right), (words.suspects, .right), (words.straight, .right),
            (words.unanswered, .right), (words.mark, .left),
        ])
        // The most suspect first; equals by code.
        let order = audit.interviewers.indices.sorted {
            let (a, b) = (audit.interviewers[$0], audit.interviewers[$1])
            let (left, right) = ((a.suspects, a.nearDuplicates, a.short), (b.suspects, b.nearDuplicates, b.short))
            return left == right ? $0 < $1 : left > right
        }
        let marked = order.filter { isMarked(audit.interviewers[$0]) }
        let shown = order.prefix(max(Self.mostInterviewers, marked.count)).filter {
            $0 == order.first || audit.interviewers.count <= Self.mostInterviewers || order.prefix(10).contains($0)
                || isMarked(audit.interviewers[$0])
        }
        for person in shown.map({ audit.interviewers[$0] }) {
            table.append([
                person.code, String(person.interviews), String(person.nearDuplicates), percent(person.medianMatch),
                plain(person.medianMinutes, decimals: 1), String(person.short), String(person.suspects),
                String(person.straightLines), percent(person.unanswered), mark(person),
            ])
        }
        text += table.text
        let others = audit.interviewers.count - shown.count
        if others > 0 { text += words.others.replacing("{1}", with: String(others)) + "\n" }
        return text
    }

    private func isMarked(_ person: AuditedInterviewer) -> Bool {
        person.isFlagged || person.hasManyStraightLines || person.hasManyUnanswered
    }

    private func mark(_ person: AuditedInterviewer) -> String {
        [
            person.isFlagged ? words.isFlagged : nil, person.hasManyStraightLines ? words.manyStraight : nil,
            person.hasManyUnanswered ? words.manyUnanswered : nil,
        ].compactMap { $0 }.joined(separator: ", ")
    }

    private func durationsText(_ durations: FieldDurations) -> String {
        var text = "\n\(words.durations): \(words.median) \(plain(durations.median, decimals: 1)), "
        text += "\(words.quartiles) \(plain(durations.lowerQuartile, decimals: 1))–"
        text += "\(plain(durations.upperQuartile, decimals: 1)) (n = \(durations.n))\n"
        let counts = [
            (words.shortBelow.replacing("{1}", with: plain(durations.shortBelow, decimals: 1)), durations.short),
            (words.overlapping, durations.overlapping), (words.outside, durations.outsideField),
            (words.negative, durations.negative), (words.unreadable, durations.unreadable),
        ]
        for (name, rows) in counts { text += "  \(name): \(rows.count)\n" }
        return text
    }

    private var effectsText: String {
        var table = TextTable([(words.variable, .left), ("rho", .right), ("n", .right)])
        for effect in audit.interviewerEffects.prefix(Self.mostEffects) {
            table.append([effect.variable, plain(effect.rho, decimals: 3), String(effect.interviews)])
        }
        return "\n\(words.effects)\n" + table.text
    }

    private var indicatorsText: String {
        var table = TextTable([
            (words.indicator, .left), (words.with, .right), (words.error, .right), (words.without, .right),
            (words.difference, .right),
        ])
        for effect in audit.effects {
            let isFraction = effect.definition.isFraction
            func figure(_ value: Double?) -> String {
                value.map {
                    isFraction ? PlainNumber.percent($0, in: language) : PlainNumber.text($0, in: language)
                } ?? "–"
            }
            let difference = effect.difference.map { difference in
                let text =
                    isFraction
                    ? PlainNumber.text(difference * 100, decimals: 2, in: language)
                    : PlainNumber.text(difference, in: language)
                return text.hasPrefix("\u{2212}") || !text.contains(where: { "123456789".contains($0) })
                    ? text : "+" + text
            }
            table.append([
                effect.definition.id, figure(effect.with.figure?.value), figure(effect.with.figure?.standardError),
                figure(effect.without.figure?.value),
                difference ?? "–",
            ])
        }
        let omission = audit.omission == .reweighted ? words.reweighted : words.unweighted
        let rows = String(audit.flaggedRows.count)
        return "\n\(words.indicators.replacing("{1}", with: rows))\n" + table.text
            + HelpPage.wrapped(omission, to: 100).joined(separator: "\n") + "\n"
    }
}
