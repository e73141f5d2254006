public import SurveyProblems
public import SurveySchema

extension Table {
    /// Returns the table with the derived variables that these names need, each made once and after those it uses.
    ///
    /// Names that are not derived are left to the caller, and a column that is there already is kept. Load the columns
    /// `questionnaire.requiredColumns(for: names)` first.
    public func adding(_ names: [String], from questionnaire: Questionnaire) throws(Problem) -> Table {
        var table = self
        for variable in questionnaire.derivedVariables(for: names) where table[variable.id] == nil {
            table = Table(rowCount: rowCount, columns: table.columns + [try variable.column(in: table)])
        }
        return table
    }
}
