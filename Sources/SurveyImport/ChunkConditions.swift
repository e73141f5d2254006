internal import SurveyData
internal import SurveyProblems
internal import SurveySchema

/// Evaluates conditions of a questionnaire over the chunks of one chunk number.
struct ChunkConditions {
    /// A condition with the columns that it needs.
    struct Condition {
        let expression: Expression
        let names: [String]
        let columns: [Int]
    }

    private let questionnaire: Questionnaire
    private let descriptions: [ColumnDescription]
    private let positions: [String: Int]

    init(_ questionnaire: Questionnaire, _ descriptions: [ColumnDescription]) {
        self.questionnaire = questionnaire
        self.descriptions = descriptions
        positions = Dictionary(
            descriptions.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func condition(_ expression: Expression) -> Condition {
        let names = expression.names
        return Condition(
            expression: expression, names: names,
            columns: questionnaire.requiredColumns(for: names).compactMap { positions[$0] })
    }

    /// The columns of a question.
    func columns(of question: Question) -> [Int] {
        var columns = [question.id]
        if question.type == .multiple { columns += question.answers.map { question.itemColumn($0.code) } }
        return columns.compactMap { positions[$0] }
    }

    /// The condition by row; `texts` gives the dictionaries of texts as they stand now.
    func truth(
        of condition: Condition, in chunks: [ColumnChunk], rowCount: Int, texts: (Int) -> ColumnDescription
    ) throws(Problem) -> [UInt8] {
        let columns = condition.columns.map { position in
            let description = descriptions[position].kind == .text ? texts(position) : descriptions[position]
            return Column(description, joining: [chunks[position]])
        }
        let table = try Table(rowCount: rowCount, columns: columns).adding(condition.names, from: questionnaire)
        return try condition.expression.truth(in: table).values
    }
}
