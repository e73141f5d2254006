internal import SurveyData
internal import SurveyProblems

/// Strata, PSUs, weights and later stages of a table, on the way to a `SampleDesign`.
struct DrawnSample {
    var strata: [Stratum]
    var psus: RowPSUs
    var psuLabels: PSULabels?
    var weights: [Double]
    /// What is known of the weights, and the rows of each PSU; nil where nobody has looked.
    var scan: NumberScan?
    var rowsOfPSU: [UInt32]?
    var structure: SampleStructure?
    var cautions: [Problem] = []

    init(
        _ specification: DesignSpecification, table: Table, weights made: [Double]?
    ) throws(Problem) {
        try specification.checkOptions()
        let joint = specification.joint
        let units = try SampledUnits(specification, table: table)
        let populations = try SampleDesign.populations(specification, table: table, units: units)
        strata = units.strataLabels.enumerated().map { number, label in
            let first = units.firstPSUs[number]
            return Stratum(
                label: label, firstPSU: first, psuCount: units.firstPSUs[number + 1] - first,
                population: populations?[number] ?? .unknown)
        }
        try SampleDesign.checkSizes(strata, column: specification.fpc)
        (psus, psuLabels, rowsOfPSU) = (units.psus, units.psuLabels, units.rowsOfPSU)
        var isUnknown = false
        if let made {
            weights = made
            scan = try SampleDesign.checked(made, column: specification.weight ?? "weight")
        } else if let name = specification.weight {
            weights = try NumberValues(table.column(name)).values
            scan = try SampleDesign.checked(weights, column: name)
        } else {
            isUnknown = populations == nil && specification.probabilities.isEmpty && joint == nil
            weights = units.byRow(strata.map { $0.population == .unknown ? 1 : 1 / $0.samplingFraction })
        }
        let probabilities = try specification.probabilities.map { (name) throws(Problem) in
            try Probabilities(name, table: table)
        }
        var fractions = try psuFractions(specification, probabilities, joint)
        if let fractions {
            // A stratum of one PSU takes its probability for its sampling fraction; others have one a PSU.
            strata = strata.map { $0.drawn(from: $0.psuCount == 1 ? .fraction(fractions[$0.firstPSU]) : .unknown) }
        }
        if !specification.usesPopulations { strata = strata.map { $0.drawn(from: .unknown) } }
        if specification.lonelyPSU == .collapse {
            try join(units, table, specification)
            fractions = try psuFractions(specification, probabilities, joint)
        }
        let stages = try self.stages(specification, table: table)
        if made == nil, specification.weight == nil {
            isUnknown = isUnknown && !stages.contains(where: \.isFinite)
            if isUnknown { cautions.append(.noWeight()) }
            try multiplyWeights(specification, stages, probabilities, joint)
        }
        let known = scan ?? NumberScan(weights)
        scan = known
        if known.hasNegative {
            let negative = weights.indices.filter { weights[$0] < 0 }.map { $0 + 1 }
            cautions.append(.negativeWeight(column: specification.weight ?? "weight", rows: negative))
        }
        if specification.pps.isPairwise, let fractions {
            structure = SampleStructure(
                form: .pairs(try pairs(specification, fractions, joint)), unitOfRow: psus.numbers,
                firstUnits: Array(0...psuCount))
        } else {
            structure = tree(specification, stages, fractions: fractions)
        }
    }

    private var psuCount: Int { strata.last?.psus.upperBound ?? 0 }

    private func label(ofPSU psu: Int) -> String { psuLabels?[psu] ?? String(psu + 1) }

    /// The rule `collapse`.
    private mutating func join(
        _ units: SampledUnits, _ table: Table, _ specification: DesignSpecification
    ) throws(Problem) {
        let merge = try StratumMerge(
            strata, units: units, column: specification.collapseBy, table: table, isNested: specification.isNested)
        (strata, psus, psuLabels) = (merge.strata, merge.psus, merge.psuLabels)
        rowsOfPSU = nil
        if !merge.merged.isEmpty { cautions.append(.joinedStrata(merge.merged)) }
    }

    /// The probability of each PSU where they enter the variance.
    private func psuFractions(
        _ specification: DesignSpecification, _ probabilities: [Probabilities], _ joint: JointProbabilities?
    ) throws(Problem) -> [Double]? {
        guard specification.pps != .none else { return nil }
        if let joint {
            return try jointPositions(joint).map { joint[$0, $0] }
        }
        return try probabilities.first?.byUnit(psus.numbers, count: psuCount, label: label(ofPSU:))
    }

    /// Every later stage that the specification names, numbered.
    private func stages(_ specification: DesignSpecification, table: Table) throws(Problem) -> [StageUnits] {
        guard !specification.laterStages.isEmpty else { return [] }
        var stages: [StageUnits] = []
        var above = (unitOfRow: psus.numbers, labels: (0..<psuCount).map(label(ofPSU:)))
        for (number, stage) in specification.laterStages.enumerated() {
            let own = try StageUnits(
                stage, above: above, table: table, isNested: specification.isNested,
                probability: specification.probability(ofLaterStage: number))
            stages.append(own)
            above = (own.unitOfRow, own.labels)
        }
        return stages
    }

    /// 1 over the probabilities, and N/n of the later stages.
    private mutating func multiplyWeights(
        _ specification: DesignSpecification, _ stages: [StageUnits], _ probabilities: [Probabilities],
        _ joint: JointProbabilities?
    ) throws(Problem) {
        for own in probabilities { for row in weights.indices { weights[row] /= own.values[row] } }
        if let joint, probabilities.isEmpty {
            let positions = try jointPositions(joint)
            for row in weights.indices {
                let position = positions[Int(psus[row])]
                weights[row] /= joint[position, position]
            }
        }
        for (number, stage) in stages.enumerated()
        where specification.laterStages[number].fpc != nil && specification.probability(ofLaterStage: number) == nil {
            for row in weights.indices { weights[row] /= stage.fractions[Int(stage.unitOfRow[row])] }
        }
    }

    /// For each PSU its row of the joint probabilities: PSUs stand there as the data first names them.
    private func jointPositions(_ joint: JointProbabilities) throws(Problem) -> [Int] {
        guard joint.size == psuCount else { throw .jointSize(found: joint.size, psus: psuCount) }
        var positions = [Int](repeating: -1, count: psuCount)
        var next = 0
        for psu in psus.numbers where positions[Int(psu)] < 0 {
            positions[Int(psu)] = next
            next += 1
        }
        return positions
    }

    private func pairs(
        _ specification: DesignSpecification, _ fractions: [Double], _ joint: JointProbabilities?
    ) throws(Problem) -> PairDeltas {
        if specification.pps == .joint, let joint {
            return try PairDeltas(
                joint, positions: jointPositions(joint), dropsSmall: specification.dropsSmallDeltas,
                variance: specification.ppsVariance)
        }
        guard strata.allSatisfy({ $0.psuCount <= PairDeltas.mostPSUs }) else {
            throw .tooManyPairs(psus: strata.map(\.psuCount).max() ?? 0)
        }
        return PairDeltas(strata, fractions: fractions, specification)
    }

    /// The stages that make the variance; nil for one stage without probabilities of its own.
    private func tree(
        _ specification: DesignSpecification, _ stages: [StageUnits], fractions: [Double]?
    ) -> SampleStructure? {
        var isFinite =
            specification.stages == .all && specification.usesPopulations
            && (fractions != nil || specification.fpc != nil)
        var used: [StageUnits] = []
        for stage in stages where isFinite {
            used.append(stage)
            isFinite = stage.isFinite
        }
        guard let deepest = used.last else {
            return fractions.map { fractions in
                SampleStructure(
                    form: .tree(SamplingTree(psuFractions: fractions, levels: [])), unitOfRow: psus.numbers,
                    firstUnits: Array(0...psuCount))
            }
        }
        var products = fractions ?? strata.flatMap { [Double](repeating: $0.samplingFraction, count: $0.psuCount) }
        var levels: [SamplingTree.Level] = []
        for stage in used {
            let multipliers = stage.parents.map { products[$0] }
            levels.append(
                SamplingTree.Level(
                    strata: stage.strata, parents: stage.parents, multipliers: multipliers, fractions: stage.fractions,
                    firstUnits: StageUnits.starts(
                        of: deepest.unitOfRow, count: deepest.unitCount, in: stage.unitOfRow, parents: stage.unitCount)
                ))
            products = zip(stage.strata, multipliers).flatMap { stratum, multiplier in
                stage.fractions[stratum.psus].map { $0 * multiplier }
            }
        }
        return SampleStructure(
            form: .tree(SamplingTree(psuFractions: fractions, levels: levels)), unitOfRow: deepest.unitOfRow,
            firstUnits: StageUnits.starts(
                of: deepest.unitOfRow, count: deepest.unitCount, in: psus.numbers, parents: psuCount))
    }
}

extension Stratum {
    /// The same PSUs out of another population.
    func drawn(from population: Population) -> Stratum {
        Stratum(label: label, firstPSU: firstPSU, psuCount: psuCount, population: population)
    }
}

extension Problem {
    /// Joint probabilities of another number of PSUs.
    static func jointSize(found: Int, psus: Int) -> Problem {
        Problem(
            "design.joint-size", .input, what: "The joint probabilities do not fit the sample",
            why: "a row is needed for each of \(psus) PSUs; found \(found)",
            fix: "correct the file of --joint, or name the PSUs with --psu")
    }

    /// A stratum with more PSUs than their pairs can be kept of.
    static func tooManyPairs(psus: Int) -> Problem {
        Problem(
            "design.too-many-pairs", .usage, what: "A stratum has too many PSUs for a variance over pairs",
            why: "at most \(PairDeltas.mostPSUs) PSUs can be paired; found \(psus)", fix: "use --pps brewer")
    }
}
