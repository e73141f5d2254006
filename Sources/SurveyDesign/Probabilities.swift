internal import SurveyData
internal import SurveyProblems

/// A column of probabilities of inclusion.
struct Probabilities {
    let column: String
    let values: [Double]

    /// Refuses what is no probability, with its rows.
    init(_ column: String, table: Table) throws(Problem) {
        self.column = column
        values = try NumberValues(table.column(column)).values
        let wrong = values.indices.filter { !(values[$0] > 0 && values[$0] <= 1) }.map { $0 + 1 }
        guard wrong.isEmpty else { throw .wrongProbability(column: column, rows: wrong) }
    }

    /// One probability a unit; rows of a unit must agree.
    func byUnit(_ unitOfRow: [UInt32], labels: [String]) throws(Problem) -> [Double] {
        try byUnit(unitOfRow, count: labels.count) { labels[$0] }
    }

    func byUnit(_ unitOfRow: [UInt32], count: Int, label: (Int) -> String) throws(Problem) -> [Double] {
        var found = [Double](repeating: 0, count: count)
        for (row, unit) in unitOfRow.enumerated() where unit != SampleDesign.setAside {
            if found[Int(unit)] == 0 { found[Int(unit)] = values[row] }
            guard found[Int(unit)] == values[row] else {
                throw .probabilityVaries(
                    column: column, unit: label(Int(unit)), row: row + 1, first: found[Int(unit)], second: values[row])
            }
        }
        return found
    }
}

extension Problem {
    /// Rows whose probability is missing or outside 0…1.
    static func wrongProbability(column: String, rows: [Int]) -> Problem {
        Problem(
            "design.wrong-probability", .input, what: "The probability is missing or impossible in \(rows.count) rows",
            place: Place(rows: rows, column: column),
            why: "a sampled unit has a probability above 0 and at most 1",
            fix: "correct the rows, or name the right column with --probability")
    }

    /// Two probabilities in one unit.
    static func probabilityVaries(column: String, unit: String, row: Int, first: Double, second: Double) -> Problem {
        Problem(
            "design.probability-varies", .input, what: "The probability changes inside unit \"\(unit)\"",
            place: Place(rows: [row], column: column),
            why:
                "a unit is drawn with one probability; found \(JSONText.shortest(first)) and \(JSONText.shortest(second))",
            fix: "correct the column, or name the right one with --probability")
    }
}
