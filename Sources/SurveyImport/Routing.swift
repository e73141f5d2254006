internal import SurveyData
internal import SurveyProblems
internal import SurveySchema

/// Applies a questionnaire's routing to a chunk: empty cells of questions that were not asked become `not asked`.
///
/// An answer to a question that routing skips is a finding, and its value stays: the base of the question is its routing,
/// not its values, so the answer is outside the base. Where routing is unknown, an empty cell counts as not asked and an
/// answer as asked. Questions are taken in the order of the questionnaire, so each sees what became of those before.
struct Routing {
    private struct Step {
        let question: Question
        let when: ChunkConditions.Condition
        /// Columns of the question.
        let columns: [Int]
    }

    private let conditions: ChunkConditions
    private let steps: [Step]

    init?(_ plan: ImportPlan, _ descriptions: [ColumnDescription]) {
        guard let questionnaire = plan.questionnaire else { return nil }
        let conditions = ChunkConditions(questionnaire, descriptions)
        steps = plan.readings.compactMap { reading in
            guard let question = reading.question(of: questionnaire), let when = question.when else { return nil }
            return Step(
                question: question, when: conditions.condition(when), columns: conditions.columns(of: question))
        }
        if steps.isEmpty { return nil }
        self.conditions = conditions
    }

    /// Changes the chunks of one chunk number; `texts` gives the dictionaries of texts as they stand now.
    func apply(
        to chunks: inout [ColumnChunk], rowNumbers: [Int], _ log: FindingLog, texts: (Int) -> ColumnDescription
    ) throws(Problem) {
        for step in steps {
            let asked = try conditions.truth(of: step.when, in: chunks, rowCount: rowNumbers.count, texts: texts)
            var isAnswered = [Bool](repeating: false, count: asked.count)
            for position in step.columns {
                chunks[position] = Routing.routed(chunks[position], asked, &isAnswered)
            }
            let skipped = asked.indices.filter { asked[$0] == Truth.no && isAnswered[$0] }
            if skipped.isEmpty { continue }
            let column = step.question.columns.first
            log.add(
                "import.skipped-answered", column: column, rows: skipped.prefix(10).map { rowNumbers[$0] },
                count: skipped.count
            ) { .skippedAnswered(step.question.id, when: step.when.expression.source, column: column) }
        }
    }

    /// The chunk with `not asked` in place of `no answer` where the question was not asked; notes where there is an answer.
    private static func routed(_ chunk: ColumnChunk, _ asked: [UInt8], _ isAnswered: inout [Bool]) -> ColumnChunk {
        let noAnswer = MissingKind.noAnswer.rawValue
        let notAsked = MissingKind.notAsked.rawValue
        func isAnswer(_ kind: UInt8) -> Bool {
            guard let kind = MissingKind(rawValue: kind) else { return true }
            return kind != .noAnswer && kind.wasAsked
        }
        if chunk.encoding.isSigned {
            var kinds = chunk.kinds
            for row in asked.indices where asked[row] != Truth.yes {
                if kinds.isEmpty || isAnswer(kinds[row]) {
                    isAnswered[row] = true
                } else if kinds[row] == noAnswer {
                    kinds[row] = notAsked
                }
            }
            return ColumnChunk(rowCount: chunk.rowCount, encoding: chunk.encoding, bytes: chunk.bytes, kinds: kinds)
        }
        var bytes = chunk.bytes
        let width = chunk.rowCount == 0 ? 1 : chunk.bytes.count / chunk.rowCount
        for row in asked.indices where asked[row] != Truth.yes {
            // The lowest byte of a missing word is its kind, and the bytes above it are ones.
            let low = row * width
            let isMissing = bytes[low] >= MissingKind.lowest && (1..<width).allSatisfy { bytes[low + $0] == 0xFF }
            if !isMissing || isAnswer(bytes[low]) {
                isAnswered[row] = true
            } else if bytes[low] == noAnswer {
                bytes[low] = notAsked
            }
        }
        return ColumnChunk(rowCount: chunk.rowCount, encoding: chunk.encoding, bytes: bytes)
    }
}

extension ImportPlan.Reading {
    /// The question that is read, unless the file lacks it.
    func question(of questionnaire: Questionnaire) -> Question? {
        switch self {
        case .coded(_, let question), .date(_, let question), .set(_, let question): question
        case .number(_, let name, _, _, _, _), .text(_, let name, _, _): questionnaire.question(name)
        case .answers, .inferred, .absent: nil
        }
    }
}

extension ColumnChunk.Encoding {
    fileprivate var isSigned: Bool {
        switch self {
        case .int8, .int16, .int32, .float64: true
        case .uint8, .uint16, .uint32: false
        }
    }
}

extension Problem {
    /// A question that was answered although routing skips it.
    static func skippedAnswered(_ question: String, when: String, column: String?) -> Problem {
        Problem(
            "import.skipped-answered", .finding, what: "\"\(question)\" is answered where it was not asked",
            place: Place(column: column, variable: question),
            why: "the question is asked when \(when); these answers are kept, outside the base",
            fix: "correct the answers or the routing (when:), or list the finding as expected in the study")
    }
}
