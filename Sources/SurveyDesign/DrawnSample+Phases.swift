internal import SurveyData
internal import SurveyProblems

extension DrawnSample {
    /// Reads a sample that was drawn from a sample: all rows are those of the first phase.
    ///
    /// PSUs and strata become those of the second phase; they make the degrees of freedom. Made weights are final, those of
    /// a column or of probabilities are the weights of the first phase.
    init(phases specification: DesignSpecification, table: Table, weights made: [Double]?) throws(Problem) {
        guard let two = specification.twoPhase else { preconditionFailure("the specification has two phases") }
        try specification.checkOptions()
        try specification.checkPhases(two)
        let isSampled = try DrawnSample.subset(two.subset, table: table)
        let first = try SampledUnits(specification, table: table)
        let firstPopulations = try SampleDesign.populations(specification, table: table, units: first)
        let firstStrata = first.strataLabels.enumerated().map { number, label in
            Stratum(
                label: label, firstPSU: first.firstPSUs[number],
                psuCount: first.firstPSUs[number + 1] - first.firstPSUs[number],
                population: firstPopulations?[number] ?? .unknown)
        }
        try SampleDesign.checkSizes(firstStrata, column: specification.fpc)
        let second = try SampledUnits(
            DesignSpecification(strata: two.strata, psu: two.units, isNested: specification.isNested), table: table)
        let secondPopulations = try two.fpc.map { (name) throws(Problem) in
            try SampleDesign.populations(
                name, table: table, strata: second.strataLabels, stratumOfRow: second.stratum(ofRow:))
        }
        var isOccupied = [Bool](repeating: false, count: second.firstPSUs[second.firstPSUs.count - 1])
        for row in isSampled.indices where isSampled[row] { isOccupied[Int(second.psus[row])] = true }
        var numbers = [UInt32](repeating: SampleDesign.setAside, count: isOccupied.count)
        var kept: [Int] = []
        strata = []
        for (number, label) in second.strataLabels.enumerated() {
            let all = second.firstPSUs[number]..<second.firstPSUs[number + 1]
            let own = all.filter { isOccupied[$0] }
            guard !own.isEmpty else { throw .emptyPhaseStratum(label) }
            strata.append(
                Stratum(
                    label: label, firstPSU: kept.count, psuCount: own.count,
                    population: secondPopulations?[number] ?? .count(Double(all.count))))
            for psu in own {
                numbers[psu] = UInt32(kept.count)
                kept.append(psu)
            }
        }
        try SampleDesign.checkSizes(strata, column: two.fpc)
        let psuOfRow = isSampled.indices.map {
            isSampled[$0] ? numbers[Int(second.psus[$0])] : SampleDesign.setAside
        }
        psus = RowPSUs(psuOfRow)
        psuLabels = second.psuLabels?.keeping(kept)
        if let made {
            weights = made
            _ = try SampleDesign.checked(made, column: specification.weight ?? "weight")
        } else {
            if let name = specification.weight {
                weights = try NumberValues(table.column(name)).values
                _ = try SampleDesign.checked(weights, column: name)
            } else {
                weights = first.byRow(firstStrata.map { $0.population == .unknown ? 1 : 1 / $0.samplingFraction })
                for name in specification.probabilities {
                    let own = try Probabilities(name, table: table)
                    for row in weights.indices { weights[row] /= own.values[row] }
                }
                if firstPopulations == nil, specification.probabilities.isEmpty { cautions.append(.noFirstWeight()) }
            }
            for row in weights.indices { weights[row] /= strata[second.stratum(ofRow: row)].samplingFraction }
        }
        // Each sampled row is a unit of its own.
        var firstUnits = [Int](repeating: 0, count: kept.count + 1)
        for row in isSampled.indices where isSampled[row] { firstUnits[Int(psuOfRow[row]) + 1] += 1 }
        for psu in kept.indices { firstUnits[psu + 1] += firstUnits[psu] }
        var next = firstUnits
        var unitOfRow = psuOfRow
        var rowOfUnit = [Int](repeating: 0, count: firstUnits[kept.count])
        for row in isSampled.indices where isSampled[row] {
            let unit = next[Int(psuOfRow[row])]
            next[Int(psuOfRow[row])] += 1
            unitOfRow[row] = UInt32(unit)
            rowOfUnit[unit] = row
        }
        let parts = PhaseParts(first: first, firstStrata: firstStrata, second: second, strata: strata, rowOfUnit)
        structure = SampleStructure(
            form: .phases(two.method == .full ? try parts.full(numbers) : try parts.sum()), unitOfRow: unitOfRow,
            firstUnits: firstUnits)
    }

    /// True for the rows of the second phase.
    private static func subset(_ column: String, table: Table) throws(Problem) -> [Bool] {
        let values = try NumberValues(table.column(column)).values
        let wrong = values.indices.filter { values[$0] != 0 && values[$0] != 1 }.map { $0 + 1 }
        guard wrong.isEmpty else { throw .wrongSubset(column: column, rows: wrong) }
        guard values.contains(1) else { throw .emptySubset(column: column) }
        return values.map { $0 == 1 }
    }
}

/// The parts of both phases that rows belong to.
private struct PhaseParts {
    let first: SampledUnits
    let firstStrata: [Stratum]
    let second: SampledUnits
    let strata: [Stratum]
    let rowOfUnit: [Int]

    init(first: SampledUnits, firstStrata: [Stratum], second: SampledUnits, strata: [Stratum], _ rowOfUnit: [Int]) {
        self.first = first
        self.firstStrata = firstStrata
        self.second = second
        self.strata = strata
        self.rowOfUnit = rowOfUnit
    }

    /// One level of a phase: the part of each unit, and the factor of each part.
    private typealias Level = (parts: [UInt32], factors: [Double])

    /// Δ₁ + Δ₂ − Δ₁Δ₂, where Δ of a phase is constant in the pairs of a stratum and of a PSU.
    func full(_ numbers: [UInt32]) throws(Problem) -> SamplingPhases {
        var stratumFactors: [Double] = []
        var psuFactors: [Double] = []
        for stratum in firstStrata {
            var (own, between) = (1.0, 0.0)
            if stratum.population != .unknown {
                own = stratum.isCensus ? 0 : 1 - stratum.samplingFraction
                guard stratum.psuCount > 1 || own == 0 else { throw .lonelyFirstPhase(stratum.label) }
                between = own == 0 ? 0 : -own / Double(stratum.psuCount - 1)
            }
            stratumFactors.append(between)
            psuFactors += [Double](repeating: own - between, count: stratum.psuCount)
        }
        let phaseOne: [Level] = [
            (rowOfUnit.map { UInt32(first.stratum(ofRow: $0)) }, stratumFactors),
            (rowOfUnit.map { first.psus[$0] }, psuFactors),
        ]
        stratumFactors = []
        psuFactors = []
        for stratum in strata {
            let own = stratum.isCensus ? 0 : 1 - stratum.samplingFraction
            let between = stratum.psuCount > 1 ? -own / Double(stratum.psuCount - 1) : 0
            stratumFactors.append(between)
            psuFactors += [Double](repeating: own - between, count: stratum.psuCount)
        }
        let phaseTwo: [Level] = [
            (rowOfUnit.map { UInt32(second.stratum(ofRow: $0)) }, stratumFactors),
            (rowOfUnit.map { numbers[Int(second.psus[$0])] }, psuFactors),
        ]
        var levels = phaseOne + phaseTwo
        for one in phaseOne {
            for two in phaseTwo {
                let crossing = KeyCodes.crossing(
                    one.parts, of: one.factors.count, with: two.parts, of: two.factors.count)
                levels.append(
                    (
                        crossing.codes,
                        crossing.pairs.map { -one.factors[Int($0.first)] * two.factors[Int($0.second)] }
                    ))
            }
        }
        return SamplingPhases(
            form: .full(
                levels.filter { $0.factors.contains { $0 != 0 } }.map {
                    SamplingPhases.Partition(partOfUnit: $0.parts, factors: $0.factors)
                }))
    }

    /// The variances of both phases one by one; both sample rows.
    func sum() throws(Problem) -> SamplingPhases {
        var units = [[Int]](repeating: [], count: firstStrata.count)
        for (unit, row) in rowOfUnit.enumerated() { units[first.stratum(ofRow: row)].append(unit) }
        let phaseOne = try firstStrata.indices.map { (number) throws(Problem) in
            let stratum = firstStrata[number]
            guard stratum.psuCount > 1 || stratum.isCensus else { throw .lonelyFirstPhase(stratum.label) }
            return SamplingPhases.FirstPhase(
                units: units[number], count: Double(stratum.psuCount), fraction: stratum.samplingFraction)
        }
        let fractions = rowOfUnit.map { strata[second.stratum(ofRow: $0)].samplingFraction }
        return SamplingPhases(form: .sum(phaseOne, phaseTwo: fractions))
    }
}

extension DesignSpecification {
    /// Refuses what two phases do not go with.
    fileprivate func checkPhases(_ two: TwoPhase) throws(Problem) {
        let refused: [(option: String, isUsed: Bool)] = [
            ("--pps", pps != .none), ("--stages", stages != .all), ("--fpc none", !usesPopulations),
            ("--lonely-psu", lonelyPSU != .fail), ("--psu", !laterStages.isEmpty),
        ]
        if let option = refused.first(where: \.isUsed)?.option { throw .phasesOption(option) }
        guard two.method == .full || psu.isEmpty && two.units.isEmpty else {
            throw .phasesOfClusters(method: two.method.rawValue)
        }
    }
}

extension Problem {
    /// An option that two phases cannot obey.
    static func phasesOption(_ option: String) -> Problem {
        Problem(
            "design.phases-option", .usage, what: "\(option) does not go with two phases",
            why: "each phase is one stage of equal probabilities inside strata, and a single PSU stops the work",
            fix: "drop \(option)")
    }

    /// Clusters with a method for rows.
    static func phasesOfClusters(method: String) -> Problem {
        Problem(
            "design.phases-of-clusters", .usage, what: "The method \(method) does not know clusters",
            why: "both phases must sample rows; the design names units", fix: "use the method full")
    }

    /// A record of calibration with two phases.
    static func calibratedPhases() -> Problem {
        Problem(
            "design.calibrated-phases", .usage, what: "Calibrated weights do not go with two phases",
            why: "a calibration belongs to one of the phases; which one is not known",
            fix: "take the weights as fixed with --record ignore")
    }

    /// Rows that are neither in nor out.
    static func wrongSubset(column: String, rows: [Int]) -> Problem {
        Problem(
            "design.wrong-subset", .input, what: "The mark of the second phase is wrong in \(rows.count) rows",
            place: Place(rows: rows, column: column), why: "1 marks a row of the second phase, 0 another",
            fix: "correct the rows, or name the right column")
    }

    /// A second phase without rows.
    static func emptySubset(column: String) -> Problem {
        Problem(
            "design.empty-subset", .computation, what: "The second phase has no row", place: Place(column: column),
            why: "1 marks a row of the second phase; every row has 0", fix: "name the right column")
    }

    /// A stratum of which the second phase took nothing.
    static func emptyPhaseStratum(_ label: String) -> Problem {
        Problem(
            "design.empty-phase-stratum", .computation,
            what: "The second phase has no unit in stratum \"\(label)\"",
            why: "every stratum of the second phase needs a sampled unit; found none",
            fix: "join the stratum with another one")
    }

    /// A stratum of the first phase whose variance is not defined.
    static func lonelyFirstPhase(_ label: String) -> Problem {
        Problem(
            "design.lonely-first-phase", .computation, what: "Stratum \"\(label)\" of the first phase has a single PSU",
            why: "a variance needs at least 2 PSUs; found 1", fix: "join the stratum with another one")
    }

    /// A first phase without weights.
    static func noFirstWeight() -> Problem {
        Problem(
            "design.no-first-weight", .finding, severity: .caution, what: "Every row of the first phase has weight 1",
            why: "neither a weight nor population sizes of the first phase were named",
            fix: "name the column of its weight with --weight")
    }
}
