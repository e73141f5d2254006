internal import SurveyData
internal import SurveyDesign
internal import SurveyProblems
internal import SurveySchema
internal import SurveyWeighting

extension StudyWave {
    /// The sample of a design: rows that are no interviews have weight 0, and a made weight brings its record.
    func sample(_ design: DesignSpecification, _ table: Table, complete: String?) throws(Problem) -> SampleDesign {
        let record = try calibration(of: design)
        let weighted = try interviewsOnly(design, table, complete: complete)
        return try SampleDesign(weighted.design, table: weighted.table, calibration: record)
    }

    /// How the weight of a design was fitted to totals; nil for a column of the file, and where the design ignores it.
    func calibration(of design: DesignSpecification) throws(Problem) -> CalibrationRecord? {
        guard !design.ignoresRecord else { return nil }
        return try design.weight.flatMap { (name) throws(Problem) in try weighting(name)?.record }
    }

    /// True for a design with a weight of which nothing is known, whose standard errors take it as fixed.
    func lacksRecord(_ design: DesignSpecification) -> Bool {
        guard let weight = design.weight, design.replicates == nil else { return false }
        return !weightNames.contains(weight)
    }

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
            var first = design
            // The weights of the second phase follow from those of the first.
            first.twoPhase = nil
            weights = try SampleDesign(first, table: table).weightOfRow
        }
        for row in weights.indices where truth.values[row] != Truth.yes {
            weights[row] = 0
            if !kinds.isEmpty { kinds[row] = 0 }
        }
        var weighted = design
        let name = design.weight ?? "weight"
        weighted.weight = name
        // What the probabilities make is in the weight now; the variance still needs them.
        if weighted.pps == .none { weighted.probabilities = [] }
        let column = Column(name: name, kind: .number, values: .numbers(weights, kinds: kinds))
        // Of two columns of one name a table takes the first.
        return (weighted, Table(rowCount: table.rowCount, columns: [column] + table.columns))
    }
}
