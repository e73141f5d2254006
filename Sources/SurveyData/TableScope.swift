public import SurveySchema

/// The columns of a table as names of expressions, for data that has no questionnaire.
///
/// Coded columns whose codes are all whole numbers are scales: they compare as answers and as numbers. A set has the
/// items of which the table holds a column; each item, `channel[2]`, is a condition of its own.
public struct TableScope: ExpressionScope {
    public let names: [String]
    private let types: [String: ValueType]

    public init(_ table: Table) {
        names = table.names
        var types: [String: ValueType] = [:]
        for column in table.columns where types[column.name] == nil {
            types[column.name] = TableScope.type(of: column, in: table)
        }
        self.types = types
    }

    public func type(of name: String) -> ValueType? { types[name] }

    private static func type(of column: Column, in table: Table) -> ValueType {
        switch column.kind {
        case .number: .number
        case .date: .date
        case .text: .text
        case .item: .truth
        case .answers:
            column.dictionary.allSatisfy { Int($0) != nil }
                ? .scale(codes: column.dictionary) : .answer(codes: column.dictionary)
        case .set:
            .set(
                codes: table.columns.compactMap { item in
                    guard item.kind == .item, item.name.hasPrefix(column.name + "["), item.name.hasSuffix("]") else {
                        return nil
                    }
                    return String(item.name.dropFirst(column.name.count + 1).dropLast())
                })
        }
    }
}
