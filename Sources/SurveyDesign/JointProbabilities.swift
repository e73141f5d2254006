public import SurveyProblems

/// The probabilities that two PSUs are both in the sample; on the diagonal those of each PSU.
public struct JointProbabilities: Sendable, Equatable {
    public let size: Int
    /// Row after row.
    public let values: [Double]

    /// Takes a square matrix, row after row; PSUs stand in the order in which the data first names them.
    ///
    /// - Throws: ``Problem`` `design.joint-empty`, `design.joint-not-square`, `design.joint-range`,
    ///   `design.joint-not-symmetric`.
    public init(_ rows: [[Double]]) throws(Problem) {
        guard !rows.isEmpty else { throw .jointEmpty() }
        if let wrong = rows.firstIndex(where: { $0.count != rows.count }) {
            throw .jointNotSquare(rows: rows.count, row: wrong + 1, columns: rows[wrong].count)
        }
        for (row, own) in rows.enumerated() {
            for (column, value) in own.enumerated() {
                guard value > 0, value <= min(own[row], rows[column][column]) * (1 + 1e-9), value <= 1 else {
                    throw .jointRange(row: row + 1, column: column + 1, value: value)
                }
                let other = rows[column][row]
                guard abs(value - other) <= 1e-9 * max(abs(value), abs(other)) else {
                    throw .jointNotSymmetric(row: row + 1, column: column + 1, first: value, second: other)
                }
            }
        }
        size = rows.count
        values = rows.flatMap { $0 }
    }

    package subscript(row: Int, column: Int) -> Double { values[row * size + column] }
}

extension Problem {
    /// A matrix without rows.
    static func jointEmpty() -> Problem {
        Problem(
            "design.joint-empty", .input, what: "The joint probabilities are empty",
            why: "a row and a column are needed for each PSU; found none", fix: "name the right file with --joint")
    }

    /// A row as long as no square has.
    static func jointNotSquare(rows: Int, row: Int, columns: Int) -> Problem {
        Problem(
            "design.joint-not-square", .input, what: "The joint probabilities are no square",
            place: Place(rows: [row]),
            why: "\(rows) rows need as many columns each; row \(row) has \(columns)",
            fix: "correct the file of --joint")
    }

    /// A joint probability that cannot be one.
    static func jointRange(row: Int, column: Int, value: Double) -> Problem {
        Problem(
            "design.joint-range", .input,
            what: "The joint probability in row \(row), column \(column) cannot be \(JSONText.shortest(value))",
            place: Place(rows: [row]),
            why: "it lies above 0 and is at most the probability of each of the two PSUs, on the diagonal",
            fix: "correct the file of --joint; pairs that cannot be drawn have no unbiased variance")
    }

    /// Two values for one pair.
    static func jointNotSymmetric(row: Int, column: Int, first: Double, second: Double) -> Problem {
        Problem(
            "design.joint-not-symmetric", .input,
            what: "The joint probabilities of row \(row) and column \(column) differ",
            place: Place(rows: [row]),
            why: "a pair has one probability; found \(JSONText.shortest(first)) and \(JSONText.shortest(second))",
            fix: "correct the file of --joint")
    }
}
