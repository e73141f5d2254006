package import SurveyData
package import SurveyProblems

/// A column as numbers; a row without a finite value holds a value that is not finite.
package struct NumberValues: Sendable {
    package let values: [Double]

    /// Takes what ``Column/asNumbers()`` takes for numbers.
    package init(_ column: Column) throws(Problem) {
        guard case .numbers(let numbers, let kinds) = try column.asNumbers().values else {
            values = [Double](repeating: .nan, count: column.rowCount)
            return
        }
        values = kinds.isEmpty ? numbers : zip(numbers, kinds).map { $1 == 0 ? $0 : .nan }
    }
}
