internal import SurveyProblems
internal import SurveySchema

/// How many answers of a multiple question may be chosen, and which stand alone.
struct ChoiceRules {
    private let question: Question
    /// Positions of the answers that stand alone.
    private let exclusive: [Int]
    private let most: Int

    /// The rules of a question, nil if it has none.
    init?(_ question: Question) {
        if question.most == nil, question.exclusive.isEmpty { return nil }
        self.question = question
        exclusive = question.answers.indices.filter { question.exclusive.contains(question.answers[$0].code) }
        most = question.most ?? .max
    }

    /// Finds the rows that break a rule; `item` gives the entries of an answer by row, 1 where it is chosen.
    func check(_ rows: BatchRows, _ shared: SharedWork, count: Int, item: (Int) -> UnsafeMutablePointer<UInt8>) {
        // There are at most 240 answers, so a byte holds their number.
        let chosen = shared.kinds
        chosen.initialize(repeating: 0, count: count)
        for position in question.answers.indices {
            let entries = item(position)
            for row in 0..<count { chosen[row] &+= entries[row] == 1 ? 1 : 0 }
        }
        var greatest: UInt8 = 0
        for row in 0..<count { greatest = max(greatest, chosen[row]) }
        if Int(greatest) > most {
            for row in 0..<count where Int(chosen[row]) > most {
                let column = question.columns.first
                shared.log.add("import.too-many-choices", column: column, row: rows.number(row)) {
                    .tooManyChoices(question.id, most: most, column: column)
                }
            }
        }
        guard greatest > 1 else { return }
        for position in exclusive {
            let entries = item(position)
            for row in 0..<count where entries[row] == 1 && chosen[row] > 1 {
                let column = question.columns.indices.contains(position) ? question.columns[position] : nil
                shared.log.add("import.exclusive-answer", column: column, row: rows.number(row)) {
                    .exclusiveAnswer(question.answers[position].code, of: question.id, column: column)
                }
            }
        }
    }
}

extension Problem {
    /// More answers chosen than the question allows.
    static func tooManyChoices(_ question: String, most: Int, column: String?) -> Problem {
        Problem(
            "import.too-many-choices", .finding, what: "\"\(question)\" has more answers than may be chosen",
            place: Place(column: column, variable: question),
            why: "at most \(most) answers may be chosen; all that were chosen are kept",
            fix: "correct the answers or the questionnaire (most:), or list the finding as expected in the study")
    }

    /// An answer that stands alone, chosen beside others.
    static func exclusiveAnswer(_ code: String, of question: String, column: String?) -> Problem {
        Problem(
            "import.exclusive-answer", .finding,
            what: "Answer \"\(code)\" of \"\(question)\" is chosen together with others",
            place: Place(column: column, variable: question),
            why: "the questionnaire says that this answer stands alone; all that were chosen are kept",
            fix: "correct the answers or the questionnaire (exclusive:), or list the finding as expected in the study")
    }
}
