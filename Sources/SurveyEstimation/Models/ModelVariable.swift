internal import SurveyData
internal import SurveyDesign
internal import SurveyProblems

/// A variable of a model by row of the table: a number, or one of some categories.
struct ModelVariable: Sendable {
    enum Content: Sendable {
        /// Not finite where there is none.
        case numbers([Double])
        /// Positions of categories; the number of categories where there is none.
        case categories([UInt16], labels: [String])
    }

    let factor: ModelFormula.Factor
    let content: Content

    /// Categories that a variable may have.
    static let mostCategories = 1_000

    /// Takes answers and texts as categories, all else as numbers; `C(x)` makes categories of anything.
    init(_ factor: ModelFormula.Factor, in table: Table) throws(Problem) {
        self.factor = factor
        let column = try table.column(factor.name)
        if factor.isCategorical || column.kind == .answers || column.kind == .text {
            let values = try ModelVariable.categories(column)
            guard values.labels.count <= ModelVariable.mostCategories else {
                throw .tooManyGroups(factor.name, count: values.labels.count, most: ModelVariable.mostCategories)
            }
            content = .categories(values.codes, labels: values.labels)
        } else {
            content = .numbers(try NumberValues(column).values)
        }
    }

    /// The answers of a column with their codes, in the order of the questionnaire if there is one.
    static func categories(_ column: Column) throws(Problem) -> (codes: [UInt16], labels: [String]) {
        let measure = Measure(statistic: .share, variable: column.name, content: .shares(of: column, only: nil))
        let values = try MeasuredValues(measure, item: nil, rowCount: column.rowCount)
        guard case .codes(let codes) = values.content else { return ([], []) }
        return (codes, values.estimated.map { $0.label ?? "" })
    }

}

extension ModelVariable.Content {
    /// Marks the rows that have no value.
    func clear(_ isComplete: inout [Bool]) {
        isComplete.withUnsafeMutableBufferPointer { marks in
            switch self {
            case .numbers(let numbers):
                numbers.withUnsafeBufferPointer { numbers in
                    for row in 0..<min(marks.count, numbers.count) where !numbers[row].isFinite { marks[row] = false }
                }
            case .categories(let codes, let labels):
                codes.withUnsafeBufferPointer { codes in
                    for row in 0..<min(marks.count, codes.count) where Int(codes[row]) >= labels.count {
                        marks[row] = false
                    }
                }
            }
        }
    }
}
