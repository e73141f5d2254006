public import SurveyData
internal import SurveyDesign
internal import SurveyProblems

/// A variable whose mean, or the share of some of its answers, is compared between groups.
public struct TestedVariable: Sendable {
    public let column: Column
    /// Indexes of answers whose share is meant; nil for the mean of a number.
    public let answers: [Int]?

    public init(_ column: Column, answers: [Int]? = nil) {
        self.column = column
        self.answers = answers
    }

    var measure: Measure {
        if let answers {
            Measure(statistic: .share, variable: column.name, content: .shares(of: column, only: answers))
        } else {
            Measure(statistic: .mean, variable: column.name, content: .mean(column))
        }
    }

    /// True for each row of the table in the domain that has an answer, and a group where there is one.
    func complete(by group: Column?, design: SampleDesign, where domain: Truth?) throws(Problem) -> Truth {
        let values = try MeasuredValues(measure, item: nil, rowCount: design.rowCount)
        let keys = group.map { KeyCodes($0, in: .natural) }
        return Truth(
            values: (0..<design.rowCount).map { row in
                domain?.holds(row) != false && values.isAnswered(row)
                    && (keys.map { $0.codes[row] != $0.missing } ?? true) ? Truth.yes : Truth.no
            })
    }
}
