internal import SurveyData
internal import SurveyFormats
internal import SurveyProblems
internal import SurveySchema

/// Sets rows aside that break a check of severity quarantine, before any column is built of them.
///
/// The questions that the checks need, with those that route them, are read and routed here as the import itself does it,
/// so a check means the same in both places; what is wrong with single cells is left for the import to find.
struct QuarantineChecks {
    private let plan: ImportPlan
    private let decimalSign: UInt8
    private let routing: Routing?
    private let checks: ConsistencyChecks
    private let quiet: SharedWork

    init?(_ plan: ImportPlan, decimalSign: UInt8) {
        guard let questionnaire = plan.questionnaire,
            questionnaire.checks.contains(where: { $0.severity == .quarantine })
        else { return nil }
        self.plan = plan.reduced(to: QuarantineChecks.questions(questionnaire))
        self.decimalSign = decimalSign
        let descriptions = self.plan.builders(decimalSign: decimalSign).flatMap(\.descriptions)
        guard let checks = ConsistencyChecks(self.plan, descriptions, .quarantine) else { return nil }
        self.checks = checks
        routing = Routing(self.plan, descriptions)
        quiet = SharedWork(log: FindingLog(file: "", columnCount: 1), decimalSign: decimalSign)
    }

    /// The questions that the checks need, with those that their routing and wording need in turn.
    private static func questions(_ questionnaire: Questionnaire) -> Set<String> {
        var found: Set<String> = []
        var waiting = questionnaire.checks.filter { $0.severity == .quarantine }.flatMap(\.rule.names)
        while let name = waiting.popLast() {
            for column in questionnaire.requiredColumns(for: [name]) {
                let id = questionnaire.item(column)?.question.id ?? column
                guard found.insert(id).inserted, let question = questionnaire.question(id) else { continue }
                waiting += (question.when?.names ?? []) + (question.variants.map { [$0.by] } ?? [])
            }
        }
        return found
    }

    /// Takes the rows that break a check out of the batch and reports them; returns them.
    func apply(to batch: RawBatch, _ log: FindingLog) throws(Problem) -> [QuarantinedRow] {
        var reasons: [Int: String] = [:]
        var start = 0
        while start < batch.rowCount {
            let count = min(batch.rowCount - start, plan.chunkRows)
            let part = BatchRows(batch, start..<start + count)
            let builders = plan.builders(decimalSign: decimalSign)
            for builder in builders { try builder.append(part, quiet) }
            var chunks = builders.flatMap { $0.finishChunk() }
            let descriptions = builders.flatMap(\.descriptions)
            let numbers = (0..<count).map { part.number($0) }
            try routing?.apply(to: &chunks, rowNumbers: numbers, quiet.log) { descriptions[$0] }
            let broken = try checks.broken(in: chunks, rowCount: count) { descriptions[$0] }
            for (check, rows) in broken {
                for row in rows {
                    reasons[start + row] = reasons[start + row] ?? "import.check-quarantined:\(check.id)"
                }
                log.add(
                    "import.check-quarantined", column: nil, value: check.id,
                    rows: rows.prefix(10).map { numbers[$0] }, count: rows.count
                ) { .checkQuarantined(check) }
            }
            start += count
        }
        if reasons.isEmpty { return [] }
        let aside = reasons.keys.sorted().map { row in
            QuarantinedRow(
                row: batch.rowNumbers[row], line: batch.lines[row], code: reasons[row] ?? "", raw: batch.raw(row))
        }
        batch.keep { reasons[$0] == nil }
        return aside
    }
}
