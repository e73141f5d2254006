public import SurveyData
public import SurveyProblems
public import SurveySchema

/// A categorical variable as weighting uses it: the codes that it may have, and the code of each row.
public struct WeightingVariable: Sendable {
    public let name: String
    /// Coded answers; the dictionary is in schema order, or in order of number or bytes where there is no schema.
    public let column: Column
    /// The codes that a questionnaire lists, so that no other one can occur; nil without a list.
    let list: CodeList?

    /// Takes a column of a table, with the answers of its question or derived variable where there is a questionnaire.
    ///
    /// - Throws: ``Problem`` `data.not-codes` for a set or numbers that are not whole, `data.too-many-codes`.
    public init(_ column: Column, questionnaire: Questionnaire? = nil) throws(Problem) {
        let answers =
            questionnaire?.question(column.name)?.answers ?? questionnaire?.derivedVariable(column.name)?.answers
        name = column.name
        self.column = try column.asCodes(limit: nil)
        list = answers.flatMap { $0.isEmpty ? nil : CodeList(column.name, $0) }
    }

    var codes: [String] { column.dictionary }
}
