public import SurveyData
internal import SurveyMath
public import SurveyProblems
public import SurveySchema
internal import SurveyWeighting

/// Audits the field of one wave: its interviews are compared with each other, timed, and counted by interviewer.
public struct FieldAuditor: Sendable {
    public let columns: AuditColumns
    public let rule: AuditRule
    /// The columns of the strata and of the PSUs.
    public var strata: [String] = []
    public var psu: [String] = []
    /// The first and the last day of the field; nil where none is stated.
    public var field: (start: CalendarDate?, end: CalendarDate?) = (nil, nil)

    public init(_ columns: AuditColumns, rule: AuditRule = AuditRule()) {
        self.columns = columns
        self.rule = rule
    }

    /// The columns that are needed besides the answers.
    public var columnNames: [String] { columns.names + strata + psu }

    /// Audits a table.
    ///
    /// - Parameters:
    ///   - table: The columns of ``columnNames`` and the answers.
    ///   - answers: What is compared; a column that also stands in most rows that are no interviews is frame data and is
    ///     left out.
    ///   - complete: Which rows are interviews; nil takes the rows whose outcome is 1xx, or all rows without outcomes.
    /// - Returns: What was found, without a name of the wave and without effects on indicators.
    /// - Missing: an interview without an interviewer is compared, and belongs to nobody.
    /// - Throws: ``Problem`` `data.unknown-column` for a column that the table lacks, `weighting.unmapped-outcome` for an
    ///   outcome that is no AAPOR code, `quality.no-interviews`.
    public func audit(
        _ table: Table, answers: SubstantiveAnswers, complete: Truth? = nil
    ) throws(Problem) -> FieldAudit {
        let outcomes = try columns.outcome.map { (name) throws(Problem) in RowLabels(try table.column(name)) }
        let isInterview = interviews(table.rowCount, complete, outcomes)
        let rows = isInterview.indices.filter { isInterview[$0] }
        guard !rows.isEmpty else { throw .noInterviews(rows: table.rowCount) }
        let rates = try outcomes.map(rates)
        let matrix = AnswerMatrix(try compared(answers, in: table, isInterview), rows: rows)

        let names = try columns.interviewer.map { (name) throws(Problem) in RowLabels(try table.column(name)) }
        let who = rows.map { names?.codes[$0] ?? -1 }
        let strata = try crossed(self.strata, table)
        let units = try crossed(self.strata + psu, table)
        let clock = FieldClock(
            start: try column(columns.hasTimes ? columns.start : nil, table),
            end: try column(columns.hasTimes ? columns.end : nil, table), rows: rows, interviewers: who, field: field,
            rule: rule)

        var within = AnswerMatch(matrix, leastCompared: rule.leastCompared)
        let byInterviewer = groups(who)
        for group in byInterviewer.values.sorted(by: { $0[0] < $1[0] }) { within.compare(group) }
        let comparesAll = !rule.comparesWithinOnly && rows.count <= rule.mostForAllPairs
        var wide = within
        if comparesAll {
            wide.compare(Array(rows.indices))
        } else if !psu.isEmpty {
            for group in groups(rows.map { units.codes[$0] }).values.sorted(by: { $0[0] < $1[0] }) {
                wide.compare(group)
            }
        }

        let lines = StraightLines(matrix, grids: answers.grids)
        var interviews = rows.indices.map { interview -> AuditedInterview in
            let code = who[interview] < 0 ? nil : names?.labels[who[interview]]
            var audited = AuditedInterview(row: rows[interview], interviewer: code)
            if let near = within.nearest[interview] {
                (audited.matchWithin, audited.nearestWithin) = (near.match, rows[near.interview])
            }
            if let near = wide.nearest[interview] {
                (audited.match, audited.nearest) = (near.match, rows[near.interview])
            }
            audited.minutes = clock.minutes[interview]
            audited.isShort = clock.isShort[interview]
            audited.isStraightLine = lines.isStraight[interview]
            return audited
        }
        for interview in interviews.indices {
            let isCopy = (interviews[interview].matchWithin ?? 0) >= rule.match
            interviews[interview].isSuspect = isCopy && (!columns.hasTimes || interviews[interview].isShort)
        }

        var people: [AuditedInterviewer] = []
        let issued = names.map { Dictionary($0.codes.map { ($0, 1) }, uniquingKeysWith: +) } ?? [:]
        for (code, group) in byInterviewer where code >= 0 {
            guard let label = names?.labels[code] else { continue }
            var person = AuditedInterviewer(code: label, interviews: group.count)
            person.nearDuplicates = group.count { (interviews[$0].matchWithin ?? 0) >= rule.match }
            person.medianMatch = FieldAuditor.median(group.compactMap { interviews[$0].matchWithin })
            person.medianMinutes = FieldAuditor.median(group.compactMap { interviews[$0].minutes })
            person.short = group.count { interviews[$0].isShort }
            person.suspects = group.count { interviews[$0].isSuspect }
            person.overlapping = group.count { clock.isOverlapping[$0] }
            person.straightLines = group.count { lines.isStraight[$0] }
            person.withGrids = group.count { lines.hasGrid[$0] }
            if table.rowCount > rows.count, let all = issued[code] {
                person.interviewShare = Double(group.count) / Double(all)
            }
            person.isFlagged = rule.flags(person, hasTimes: columns.hasTimes)
            people.append(person)
        }
        people.sort { $0.code.utf8.lexicographicallyPrecedes($1.code.utf8) }
        let shares = try unanswered(answers, in: table, rows)
        mark(&people, byInterviewer: byInterviewer, names, shares, lines)

        return FieldAudit(
            rows: table.rowCount, interviews: rows.count, comparedColumns: matrix.names.count,
            comparison: comparesAll ? .all : .within, rule: rule, interviewers: people, audited: interviews,
            duplicates: duplicates(matrix), durations: clock.summary,
            interviewerEffects: effects(matrix, who, rows.map { strata.codes[$0] }, scales: answers.scales),
            rates: rates)
    }

    // MARK: Rows and columns

    private func column(_ name: String?, _ table: Table) throws(Problem) -> Column? {
        guard let name else { return nil }
        return try table.column(name)
    }

    private func crossed(_ names: [String], _ table: Table) throws(Problem) -> RowLabels {
        var columns: [Column] = []
        for name in names { columns.append(try table.column(name)) }
        return RowLabels(crossing: columns, rowCount: table.rowCount)
    }

    private func interviews(_ rowCount: Int, _ complete: Truth?, _ outcomes: RowLabels?) -> [Bool] {
        if let complete { return complete.values.map { $0 == Truth.yes } }
        guard let outcomes else { return [Bool](repeating: true, count: rowCount) }
        return outcomes.codes.map { $0 >= 0 && OutcomeMap.aapor.outcome(of: outcomes.labels[$0]) == .respondent }
    }

    private func rates(_ outcomes: RowLabels) throws(Problem) -> OutcomeRates {
        do throws(Problem) {
            return try OutcomeRates(codes: outcomes.codes.map { $0 < 0 ? "" : outcomes.labels[$0] })
        } catch { throw .noAAPOR(columns.outcome ?? "", rows: error.place.rows) }
    }

    /// The columns of answers; what is known of rows that are no interviews, too, is the frame's.
    private func compared(
        _ answers: SubstantiveAnswers, in table: Table, _ isInterview: [Bool]
    ) throws(Problem) -> [Column] {
        let others = isInterview.indices.filter { !isInterview[$0] }
        var columns: [Column] = []
        for name in answers.names {
            let column = try table.column(name)
            let kinds = column.missingKinds
            let known = kinds.isEmpty ? others.count : others.count { kinds[$0] == 0 }
            if others.isEmpty || known * 2 <= others.count { columns.append(column) }
        }
        return columns
    }

    /// Positions of interviews by code, ascending; those without a code are in no group.
    private func groups(_ codes: [Int]) -> [Int: [Int]] {
        var groups: [Int: [Int]] = [:]
        for (interview, code) in codes.enumerated() where code >= 0 { groups[code, default: []].append(interview) }
        return groups
    }

    private static func median(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : FieldClock.quantile(values.sorted(), 0.5)
    }

    // MARK: What is found

    /// Interviews with equal answers throughout; only those with enough answers to tell people apart.
    private func duplicates(_ matrix: AnswerMatrix) -> [[Int]] {
        var byAnswers: [ArraySlice<UInt8>: [Int]] = [:]
        for interview in matrix.rows.indices where matrix.answerCount(of: interview) >= rule.leastCompared {
            byAnswers[matrix.bytes(of: interview), default: []].append(interview)
        }
        return byAnswers.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }.map { $0.map { matrix.rows[$0] } }
    }

    /// For each interview, how many questions were put and how many of them have no answer.
    private func unanswered(
        _ answers: SubstantiveAnswers, in table: Table, _ rows: [Int]
    ) throws(Problem) -> [(asked: Int, without: Int)] {
        var counts = [(asked: Int, without: Int)](repeating: (0, 0), count: rows.count)
        for name in answers.names {
            let kinds = try table.column(name).missingKinds
            for interview in rows.indices {
                let kind = kinds.isEmpty ? 0 : kinds[rows[interview]]
                if kind == 0 {
                    counts[interview].asked += 1
                } else if let kind = MissingKind(rawValue: kind), kind.wasAsked {
                    counts[interview].asked += 1
                    if [.dontKnow, .refused, .noAnswer].contains(kind) { counts[interview].without += 1 }
                }
            }
        }
        return counts
    }

    /// Marks interviewers with far more straight lines or unanswered questions than the others.
    ///
    /// Straight lines: the binomial chance of so many is below 0.001 for all interviewers together. Unanswered questions:
    /// the interviewer's mean lies four standard errors above that of the wave. Both need ten interviews.
    private func mark(
        _ people: inout [AuditedInterviewer], byInterviewer: [Int: [Int]], _ names: RowLabels?,
        _ counts: [(asked: Int, without: Int)], _ lines: StraightLines
    ) {
        let shares = counts.map { $0.asked > 0 ? Double($0.without) / Double($0.asked) : 0 }
        let mean = shares.reduce(0, +) / Double(max(1, shares.count))
        let variance = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, shares.count - 1))
        let withGrids = lines.hasGrid.count { $0 }
        let share = withGrids > 0 ? Double(lines.isStraight.count { $0 }) / Double(withGrids) : 0
        let groups = Dictionary(
            byInterviewer.compactMap { code, group in names.map { ($0.labels[code], group) } },
            uniquingKeysWith: { first, _ in first })
        for place in people.indices {
            guard let group = groups[people[place].code] else { continue }
            let own = group.reduce(0) { $0 + shares[$1] } / Double(group.count)
            people[place].unanswered = own
            guard group.count >= 10 else { continue }
            people[place].hasManyUnanswered =
                variance > 0 && (own - mean) / (variance / Double(group.count)).squareRoot() > 4
            let (n, straight) = (people[place].withGrids, people[place].straightLines)
            if straight > 0, share > 0, share < 1,
                let tail = BetaDistribution.lowerTail(share, Double(straight), Double(n - straight + 1))
            {
                people[place].hasManyStraightLines = tail < 0.001 / Double(people.count)
            }
        }
    }

    /// The intraclass correlations of scales, of questions with two answers and of items, greatest first.
    private func effects(
        _ matrix: AnswerMatrix, _ who: [Int], _ strata: [Int], scales: Set<String>
    ) -> [InterviewerEffect] {
        guard columns.interviewer != nil else { return [] }
        var effects: [InterviewerEffect] = []
        for (column, name) in matrix.names.enumerated() {
            let values = matrix.values(of: column).map { $0 < 241 ? Double($0) : nil }
            // A question of a few people says more of chance than of interviewers.
            guard values.count(where: { $0 != nil }) * 2 >= matrix.rows.count else { continue }
            guard scales.contains(name) || Set(values.compactMap { $0 }).count == 2,
                let found = InterviewerVariance.rho(values, interviewers: who, strata: strata)
            else { continue }
            effects.append(
                InterviewerEffect(variable: name, rho: found.rho, interviews: found.n, interviewers: found.interviewers)
            )
        }
        return effects.sorted { $0.rho > $1.rho }
    }
}

extension AuditRule {
    /// True if an interviewer's interviews look invented.
    ///
    /// With times known, interviews must be near duplicates of another one of the same interviewer and short as well.
    public func flags(_ person: AuditedInterviewer, hasTimes: Bool) -> Bool {
        let (least, share) = hasTimes ? (leastSuspects, suspectShare) : (leastCopies, copyShare)
        return person.suspects >= max(1, least) && Double(person.suspects) >= share * Double(person.interviews)
    }
}

extension Problem {
    /// A wave without interviews.
    static func noInterviews(rows: Int) -> Problem {
        Problem(
            "quality.no-interviews", .computation, what: "There is no interview to audit",
            why: "the audit compares interviews with each other; none of \(rows) rows is one",
            fix: "check \"complete:\" of study.yaml, or the codes of --outcome")
    }

    /// An outcome that is no AAPOR code.
    static func noAAPOR(_ column: String, rows: [Int]) -> Problem {
        Problem(
            "quality.no-aapor", .input, what: "Column \"\(column)\" has outcomes that AAPOR does not know",
            place: Place(rows: rows, column: column),
            why: "outcome rates need three digits: 1xx interviews, 2xx eligible, 3xx unknown, 4xx not eligible",
            fix: "correct the rows, or audit without outcomes")
    }
}
