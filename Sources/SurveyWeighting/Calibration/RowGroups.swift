internal import SurveyData
internal import SurveyProblems

/// Groups of rows by the crossing of some variables; no variable is one group.
struct RowGroups {
    /// The group of each row; `count` for rows of weight 0.
    let groupOfRow: [UInt32]
    /// The codes of each group joined by `*`.
    let labels: [String]
    /// A problem for each variable that is missing in rows in use.
    let problems: [Problem]

    var count: Int { labels.count }

    init(_ variables: [WeightingVariable], weights: [Double]) {
        let crossed = CrossedCells(variables.map(\.column), weights: weights)
        var problems: [Problem] = []
        for (number, variable) in variables.enumerated() {
            let bad = Set(crossed.rows.indices.filter { Int(crossed.codes[number][$0]) >= variable.codes.count })
            guard !bad.isEmpty else { continue }
            let rows = crossed.cellOfRow.indices.filter { bad.contains(Int(crossed.cellOfRow[$0])) }.map { $0 + 1 }
            problems.append(.noGroup(variable.name, rows: rows))
        }
        groupOfRow = crossed.cellOfRow
        self.problems = problems
        labels = crossed.rows.indices.map { cell in
            variables.indices.map { number in
                let code = Int(crossed.codes[number][cell])
                return code < variables[number].codes.count ? variables[number].codes[code] : ""
            }.joined(separator: "*")
        }
    }
}

extension Problem {
    /// Rows in use that fall into no group of a step.
    static func noGroup(_ variable: String, rows: [Int]) -> Problem {
        Problem(
            "weighting.no-group", .computation,
            what: "\"\(variable)\" is missing in \(rows.count) rows to be weighted",
            place: Place(rows: rows, column: variable), why: "the step works group by group, and these rows have none",
            fix: "fill in the rows, or leave the variable out of the step")
    }
}
