public import SurveyData

/// One thing asked of the data: a statistic of a variable, in a base.
public struct Measure: Sendable {
    /// The values that a measure works on.
    public enum Content: Sendable {
        /// The rows themselves: the estimated number of people.
        case rows
        /// The share of each answer of a coded column; `only` joins some answers (indexes) to one share.
        case shares(of: Column, only: [Int]?)
        /// The share of each item of a multiple-response set; `set` tells who answered, `items` are its 0/1 columns.
        case items(set: Column, items: [Column], codes: [String])
        /// The share of rows whose condition is true among those where it is known.
        case condition(Truth)
        case mean(Column)
        case total(Column)
        case ratio(Column, Column)
        /// Quantiles of a column at these shares of the weight.
        case quantiles(of: Column, at: [Double])
        /// A statistic of the rows of each group.
        case statistic(any GroupStatistic)
    }

    public let statistic: StatisticKind
    /// The name that results carry: `s01`, `spend/income`, an indicator's id.
    public let variable: String
    public let content: Content
    /// Rows of the base; nil means every row of the domain.
    public let base: Truth?
    /// The answer that results carry where the content itself names none: an item of a set over all mentions.
    public var answer: String?

    public init(statistic: StatisticKind, variable: String, content: Content, base: Truth? = nil) {
        self.statistic = statistic
        self.variable = variable
        self.content = content
        self.base = base
    }

    /// A statistic of the rows of each group.
    public init(_ kind: StatisticKind, of variable: String, _ statistic: any GroupStatistic, base: Truth? = nil) {
        self.init(statistic: kind, variable: variable, content: .statistic(statistic), base: base)
    }

    /// The conditions that the measure reads.
    var conditions: [Truth] {
        guard case .condition(let truth) = content else { return [base].compactMap { $0 } }
        return [truth] + [base].compactMap { $0 }
    }

    /// The columns that the measure reads.
    var columns: [Column] {
        switch content {
        case .rows, .condition: []
        case .shares(let column, _), .mean(let column), .total(let column): [column]
        case .items(let set, let items, _): [set] + items
        case .ratio(let numerator, let denominator): [numerator, denominator]
        case .quantiles(let column, _): [column]
        case .statistic(let statistic): statistic.columns
        }
    }
}
