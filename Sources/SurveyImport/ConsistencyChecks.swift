internal import SurveyData
internal import SurveyProblems
internal import SurveySchema

/// Holds the rows of a chunk against the rules of a questionnaire, after routing.
///
/// A rule that is false is broken; one that is unknown, since an answer is missing, is not.
struct ConsistencyChecks {
    private let conditions: ChunkConditions
    private let checks: [(check: ConsistencyCheck, condition: ChunkConditions.Condition)]

    /// The checks of one severity; nil if there are none.
    init?(_ plan: ImportPlan, _ descriptions: [ColumnDescription], _ severity: ConsistencyCheck.Severity) {
        guard let questionnaire = plan.questionnaire else { return nil }
        let wanted = questionnaire.checks.filter { $0.severity == severity }
        if wanted.isEmpty { return nil }
        let conditions = ChunkConditions(questionnaire, descriptions)
        self.conditions = conditions
        checks = wanted.map { ($0, conditions.condition($0.rule)) }
    }

    /// Tells for each broken check which rows break it.
    func broken(
        in chunks: [ColumnChunk], rowCount: Int, texts: (Int) -> ColumnDescription
    ) throws(Problem) -> [(check: ConsistencyCheck, rows: [Int])] {
        var broken: [(check: ConsistencyCheck, rows: [Int])] = []
        for (check, condition) in checks {
            let truth = try conditions.truth(of: condition, in: chunks, rowCount: rowCount, texts: texts)
            let rows = truth.indices.filter { truth[$0] == Truth.no }
            if !rows.isEmpty { broken.append((check, rows)) }
        }
        return broken
    }

    /// Reports the rows that break checks and are kept.
    func report(
        _ chunks: [ColumnChunk], rowNumbers: [Int], _ log: FindingLog, texts: (Int) -> ColumnDescription
    ) throws(Problem) {
        for (check, rows) in try broken(in: chunks, rowCount: rowNumbers.count, texts: texts) {
            log.add(
                "import.check-failed", column: nil, value: check.id, rows: rows.prefix(10).map { rowNumbers[$0] },
                count: rows.count
            ) { .checkFailed(check) }
        }
    }
}

extension ConsistencyCheck {
    /// What is wrong, in each language of the questionnaire.
    fileprivate var words: String {
        var words: [String] = []
        for (_, text) in text.texts where !words.contains(text) { words.append(text) }
        return words.joined(separator: " / ")
    }
}

extension Problem {
    /// Answers that contradict a rule of the questionnaire and stay.
    static func checkFailed(_ check: ConsistencyCheck) -> Problem {
        Problem(
            "import.check-failed", .finding, what: "Check \"\(check.id)\" does not hold: \(check.words)",
            place: Place(detail: check.id),
            why: "in every row must hold \(check.rule.source); these rows are imported as they are",
            fix: "correct the answers or the check, or list the finding as expected in the study")
    }

    /// Answers that contradict a rule of the questionnaire and set their row aside.
    static func checkQuarantined(_ check: ConsistencyCheck) -> Problem {
        Problem(
            "import.check-quarantined", .finding, what: "Check \"\(check.id)\" does not hold: \(check.words)",
            place: Place(detail: check.id),
            why: "in every row must hold \(check.rule.source); these rows are in quarantine",
            fix: "correct the answers or the check, or make its severity finding")
    }
}
