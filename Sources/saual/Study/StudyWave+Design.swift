internal import SurveyData
internal import SurveyDesign
internal import SurveyProblems
internal import SurveySchema

extension StudyWave {
    /// The columns that the condition of interviews needs; none without one.
    func columns(of complete: String?) throws(Problem) -> [String] {
        guard let complete else { return [] }
        return try condition(complete).names
    }

    /// A design and its table in which rows that are no interviews have weight 0; unchanged without a condition.
    ///
    /// The rows stay: their PSUs and strata were sampled.
    func interviewsOnly(
        _ design: DesignSpecification, _ table: Table, complete: String?
    ) throws(Problem) -> (design: DesignSpecification, table: Table) {
        guard let complete else { return (design, table) }
        let truth = try condition(complete).truth(in: table)
        var weights: [Double]
        var kinds: [UInt8] = []
        if let name = design.weight {
            guard case .numbers(let values, let missing) = try table.column(name).asNumbers().values else {
                return (design, table)
            }
            (weights, kinds) = (values, missing)
        } else {
            // Weights that follow from the population sizes are made numbers first.
            let sample = try SampleDesign(design, table: table)
            weights = [Double](repeating: 0, count: table.rowCount)
            for (position, row) in sample.rows.enumerated() { weights[Int(row)] = sample.weights[position] }
        }
        for row in weights.indices where truth.values[row] != Truth.yes {
            weights[row] = 0
            if !kinds.isEmpty { kinds[row] = 0 }
        }
        var weighted = design
        let name = design.weight ?? "weight"
        weighted.weight = name
        let column = Column(name: name, kind: .number, values: .numbers(weights, kinds: kinds))
        // Of two columns of one name a table takes the first.
        return (weighted, Table(rowCount: table.rowCount, columns: [column] + table.columns))
    }
}
