internal import SurveyData
internal import SurveyProblems

/// The units of a later stage, numbered inside the units of the stage above.
struct StageUnits {
    /// `psus` are the numbers of units.
    let strata: [Stratum]
    /// By stratum the unit of the stage above.
    let parents: [Int]
    let unitOfRow: [UInt32]
    /// By unit the fraction that it was drawn with, 0 where nothing is known.
    let fractions: [Double]
    let labels: [String]
    /// True if population sizes or probabilities were named.
    let isFinite: Bool

    var unitCount: Int { fractions.count }

    /// Numbers strata and units of a stage; `probability` names a column that stands in for the population sizes.
    init(
        _ stage: LaterStage, above: (unitOfRow: [UInt32], labels: [String]), table: Table, isNested: Bool,
        probability: String?
    ) throws(Problem) {
        let strataKeys = try SampledUnits.keys(stage.strata, table: table)
        let zeros = [UInt32](repeating: 0, count: table.rowCount)
        let crossed = KeyCodes.crossing(
            above.unitOfRow, of: above.labels.count, with: strataKeys?.codes ?? zeros,
            of: strataKeys?.labels.count ?? 1)
        let strataLabels = crossed.pairs.map { pair in
            above.labels[Int(pair.first)] + (strataKeys.map { "*" + $0.labels[Int(pair.second)] } ?? "")
        }
        let stratumOfUnit: [UInt32]
        if let keys = try SampledUnits.keys(stage.units, table: table) {
            let units = KeyCodes.crossing(
                crossed.codes, of: crossed.pairs.count, with: keys.codes, of: keys.labels.count)
            (unitOfRow, stratumOfUnit) = (units.codes, units.pairs.map(\.first))
            labels = units.pairs.map { pair in
                above.labels[Int(crossed.pairs[Int(pair.first)].first)] + "*" + keys.labels[Int(pair.second)]
            }
            if !isNested {
                var seen = Set<UInt64>()
                let twice = units.pairs.indices.filter { unit in
                    let pair = units.pairs[unit]
                    let parent = crossed.pairs[Int(pair.first)].first
                    return !seen.insert(UInt64(parent) << 32 | UInt64(pair.second)).inserted
                }
                guard twice.isEmpty else {
                    throw .psuInTwoStrata(
                        column: stage.units.joined(separator: "*"), labels: twice.map { [labels] in labels[$0] })
                }
            }
        } else {
            (unitOfRow, stratumOfUnit) = SampledUnits.numbered(crossed.codes, count: crossed.pairs.count)
            var names = [String](repeating: "", count: table.rowCount)
            for (row, unit) in unitOfRow.enumerated() { names[Int(unit)] = String(row + 1) }
            labels = names
        }
        parents = crossed.pairs.map { Int($0.first) }
        var counts = [Int](repeating: 0, count: crossed.pairs.count)
        for stratum in stratumOfUnit { counts[Int(stratum)] += 1 }
        var populations = [Stratum.Population](repeating: .unknown, count: counts.count)
        var ownFractions: [Double]?
        if let probability {
            let own = try Probabilities(probability, table: table)
            ownFractions = try own.byUnit(unitOfRow, labels: labels)
        } else if let fpc = stage.fpc {
            populations = try SampleDesign.populations(
                fpc, table: table, strata: strataLabels, stratumOfRow: { Int(crossed.codes[$0]) })
        }
        var strata: [Stratum] = []
        var first = 0
        for (number, count) in counts.enumerated() {
            if let ownFractions, count == 1 { populations[number] = .fraction(ownFractions[first]) }
            strata.append(
                Stratum(
                    label: strataLabels[number], firstPSU: first, psuCount: count, population: populations[number]))
            first += count
        }
        try SampleDesign.checkSizes(strata, column: stage.fpc)
        self.strata = strata
        fractions = ownFractions ?? stratumOfUnit.map { strata[Int($0)].samplingFraction }
        isFinite = probability != nil || stage.fpc != nil
    }

    /// Where the units of another stage, nested in these, start inside each of these, and the end.
    func starts(of below: [UInt32], count: Int) -> [Int] {
        StageUnits.starts(of: below, count: count, in: unitOfRow, parents: unitCount)
    }

    /// Where nested units start inside the units above; both are given by row, and numbered in one order.
    static func starts(of below: [UInt32], count: Int, in above: [UInt32], parents: Int) -> [Int] {
        var parentOfUnit = [Int](repeating: 0, count: count)
        for (row, unit) in below.enumerated() where unit != SampleDesign.setAside {
            parentOfUnit[Int(unit)] = Int(above[row])
        }
        var starts = [Int](repeating: 0, count: parents + 1)
        for parent in parentOfUnit { starts[parent + 1] += 1 }
        for parent in 0..<parents { starts[parent + 1] += starts[parent] }
        return starts
    }
}
