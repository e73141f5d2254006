internal import SurveyData
internal import SurveyProblems

extension SampleDesign {
    /// Looks at weights of which none may be missing; 0 and negative ones are allowed.
    static func checked(_ weights: [Double], column: String) throws(Problem) -> NumberScan {
        let scan = NumberScan(weights)
        if !scan.areFinite {
            let missing = weights.indices.filter { !weights[$0].isFinite }.map { $0 + 1 }
            throw .missingWeight(column: column, rows: missing)
        }
        return scan
    }

    /// What the fpc column says of each stratum; nil without one.
    static func populations(
        _ specification: DesignSpecification, table: Table, units: SampledUnits
    ) throws(Problem) -> [Stratum.Population]? {
        guard let name = specification.fpc else { return nil }
        return try populations(name, table: table, strata: units.strataLabels, stratumOfRow: units.stratum(ofRow:))
    }

    /// What an fpc column says of each stratum of some stage.
    static func populations(
        _ name: String, table: Table, strata: [String], stratumOfRow: (Int) -> Int
    ) throws(Problem) -> [Stratum.Population] {
        let sizes = try NumberValues(table.column(name)).values
        let wrong = sizes.indices.filter { !(sizes[$0].isFinite && sizes[$0] > 0) }.map { $0 + 1 }
        guard wrong.isEmpty else { throw .wrongPopulation(column: name, rows: wrong) }
        var sizeOfStratum = [Double](repeating: 0, count: strata.count)
        for row in sizes.indices {
            let stratum = stratumOfRow(row)
            if sizeOfStratum[stratum] == 0 { sizeOfStratum[stratum] = sizes[row] }
            guard sizeOfStratum[stratum] == sizes[row] else {
                throw .populationVaries(
                    column: name, stratum: strata[stratum], row: row + 1, first: sizeOfStratum[stratum],
                    second: sizes[row])
            }
        }
        return sizeOfStratum.map { $0 > 1 ? .count($0) : .fraction($0) }
    }

    /// Refuses a stratum with more PSUs in the sample than in the population.
    static func checkSizes(_ strata: [Stratum], column: String?) throws(Problem) {
        for stratum in strata {
            if case .count(let count) = stratum.population, count < Double(stratum.psuCount) {
                throw .populationTooSmall(
                    column: column ?? "", stratum: stratum.label, population: count, sample: stratum.psuCount)
            }
        }
    }
}

extension Problem {
    /// Rows whose weight is empty or not a finite number.
    static func missingWeight(column: String, rows: [Int]) -> Problem {
        Problem(
            "design.missing-weight", .input, what: "Weight is missing in \(rows.count) rows",
            place: Place(rows: rows, column: column),
            why: "each row needs a number as its weight; a missing one is not 0",
            fix: "fill in the weights, or take the rows out of the file")
    }

    /// Weights below 0, which calibration can make.
    static func negativeWeight(column: String, rows: [Int]) -> Problem {
        Problem(
            "design.negative-weight", .finding, severity: .caution, what: "Weight is negative in \(rows.count) rows",
            place: Place(rows: rows, column: column), why: "shares can leave 0…1 when weights are below 0",
            fix: "calibrate with bounds, or name another column with --weight")
    }

    /// No weight column and no population sizes.
    static func noWeight() -> Problem {
        Problem(
            "design.no-weight", .finding, severity: .caution, what: "Every row has weight 1",
            why: "neither a weight nor population sizes were named", fix: "name the column of the weight with --weight")
    }

    /// Rows whose population size is missing, 0 or below.
    static func wrongPopulation(column: String, rows: [Int]) -> Problem {
        Problem(
            "design.wrong-population", .input, what: "Population size is missing or not positive in \(rows.count) rows",
            place: Place(rows: rows, column: column),
            why: "an fpc is a count of PSUs above 1, or a sampling fraction up to 1",
            fix: "correct the rows, or leave out --fpc")
    }

    /// Two population sizes in one stratum.
    static func populationVaries(column: String, stratum: String, row: Int, first: Double, second: Double) -> Problem {
        Problem(
            "design.population-varies", .input, what: "Population size changes inside stratum \"\(stratum)\"",
            place: Place(rows: [row], column: column),
            why: "a stratum has one size; found \(JSONText.shortest(first)) and \(JSONText.shortest(second))",
            fix: "correct the column, or name the right one with --fpc")
    }

    /// More PSUs sampled than the population has.
    static func populationTooSmall(column: String, stratum: String, population: Double, sample: Int) -> Problem {
        Problem(
            "design.population-too-small", .input, what: "Stratum \"\(stratum)\" has more PSUs than its population",
            place: Place(column: column),
            why: "the population must hold the sample; found \(JSONText.shortest(population)) against \(sample)",
            fix: "correct the sizes, or name the right column with --fpc")
    }
}
