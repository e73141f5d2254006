public import SurveyProblems

/// Columns of one length, by name.
public struct Table: Sendable {
    public let rowCount: Int
    /// The columns in the order in which they were asked for.
    public let columns: [Column]
    private let positions: [String: Int]

    public init(rowCount: Int, columns: [Column]) {
        precondition(columns.allSatisfy { $0.rowCount == rowCount }, "columns of one table have one length")
        self.rowCount = rowCount
        self.columns = columns
        positions = Dictionary(columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public var names: [String] { columns.map(\.name) }

    public subscript(name: String) -> Column? { positions[name].map { columns[$0] } }

    /// The column of a name; a missing one is a problem with the nearest names.
    public func column(_ name: String) throws(Problem) -> Column {
        if let column = self[name] { return column }
        throw .unknownColumn(name, known: names)
    }
}

extension Problem {
    /// A column that the data does not have.
    public static func unknownColumn(_ name: String, known: [String]) -> Problem {
        let near = NearestNames.of(name, among: known)
        return Problem(
            "data.unknown-column", .usage, what: "Column \"\(name)\" does not exist",
            why: "the data has the columns \(list: known)",
            fix: "use \(near.isEmpty ? "saual describe" : near.map { "\"\($0)\"" }.joined(separator: ", "))")
    }
}
