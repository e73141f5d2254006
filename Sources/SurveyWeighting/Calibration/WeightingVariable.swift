public import SurveyData
public import SurveyProblems
public import SurveySchema

/// A categorical variable as weighting uses it: the codes that it may have, and the code of each row.
public struct WeightingVariable: Sendable {
    public let name: String
    /// Coded answers; the dictionary is in schema order, or in order of number or bytes where there is no schema.
    public let column: Column
    /// The label of codes in each language, to tell who writes a label where a code belongs.
    public let labels: [(label: String, code: String)]
    /// True if a questionnaire lists the codes, so that no other one can occur.
    public let isClosed: Bool

    /// Takes a column of a table, with the answers of its question or derived variable where there is a questionnaire.
    ///
    /// - Throws: ``Problem`` `data.not-codes` for a set or numbers that are not whole, `data.too-many-codes`.
    public init(_ column: Column, questionnaire: Questionnaire? = nil) throws(Problem) {
        let answers =
            questionnaire?.question(column.name)?.answers ?? questionnaire?.derivedVariable(column.name)?.answers
        name = column.name
        self.column = try column.asCodes(limit: nil)
        labels = (answers ?? []).flatMap { answer in answer.label.texts.map { ($0.text, answer.code) } }
        isClosed = !(answers ?? []).isEmpty
    }

    var codes: [String] { column.dictionary }
}
