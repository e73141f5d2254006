internal import SurveySchema

extension Expression {
    /// The condition that holds where all of these do; none of them is `true`.
    static func all(_ conditions: [Expression]) -> Expression {
        guard let first = conditions.first else { return Expression(source: "true", root: .truth(true)) }
        guard conditions.count > 1 else { return first }
        return Expression(
            source: conditions.map { "(\($0.source))" }.joined(separator: " and "), root: .and(conditions.map(\.root)))
    }
}
