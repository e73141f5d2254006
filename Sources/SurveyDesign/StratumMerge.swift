internal import SurveyData
internal import SurveyProblems

/// The rule `collapse`: strata with one PSU are joined with the nearest stratum, before anything is computed.
///
/// Near is what is near in the values of a column, or in the order of strata. Weights stay those of the strata as drawn.
/// Source: Documentation/Methods.md, "Lonely PSU".
struct StratumMerge {
    let strata: [Stratum]
    let psus: RowPSUs
    let psuLabels: PSULabels?
    /// For each stratum that was made, the labels that it was made of.
    let merged: [[String]]

    /// How near strata are.
    private struct Nearness {
        /// By stratum; empty where only the order counts.
        let values: [Double]
        /// By stratum, empty where there are none; strata of different keys never join.
        let keys: [String]

        func distance(_ first: Int, _ second: Int) -> Double? {
            if !keys.isEmpty, keys[first] != keys[second] { return nil }
            return values.isEmpty ? 0 : abs(values[first] - values[second])
        }
    }

    init(
        _ drawn: [Stratum], units: SampledUnits, column: String?, table: Table, isNested: Bool
    ) throws(Problem) {
        let nearness = try StratumMerge.nearness(column, drawn, units: units, table: table)
        var groups = drawn.indices.map { [$0] }
        func size(_ group: [Int]) -> Int { group.map { drawn[$0].psuCount }.reduce(0, +) }
        while let lonely = groups.firstIndex(where: { size($0) == 1 && drawn[$0[0]].isLonely }) {
            let own = groups[lonely][0]
            var best: (group: Int, distance: Double, steps: Int)?
            for (position, group) in groups.enumerated() where position != lonely {
                for member in group where !drawn[member].isCensus {
                    guard let distance = nearness.distance(own, member) else { continue }
                    let steps = abs(member - own)
                    if let best, (best.distance, best.steps) <= (distance, steps) { continue }
                    best = (position, distance, steps)
                }
            }
            guard let best else {
                throw .nothingToJoin(stratum: drawn[own].label, column: column)
            }
            groups[best.group].append(own)
            groups[best.group].sort()
            groups.remove(at: lonely)
        }
        groups.sort { $0[0] < $1[0] }
        var order: [Int] = []
        var strata: [Stratum] = []
        for group in groups {
            strata.append(StratumMerge.joined(group.map { drawn[$0] }, firstPSU: order.count))
            for member in group { order += drawn[member].psus }
        }
        var numbers = [Int](repeating: 0, count: order.count)
        for (number, psu) in order.enumerated() { numbers[psu] = number }
        self.strata = strata
        psus = RowPSUs(units.psus.numbers.map { UInt32(numbers[Int($0)]) })
        merged = groups.filter { $0.count > 1 }.map { $0.map { drawn[$0].label } }
        guard let labels = units.psuLabels else {
            psuLabels = nil
            return
        }
        guard isNested else {
            psuLabels = labels.keeping(order)
            return
        }
        // Labels that were unique inside a stratum need not be so in the stratum made of two.
        let joined = Set(groups.filter { $0.count > 1 }.flatMap { $0 })
        let stratumOfPSU = units.stratumOfPSU
        let names = order.map { psu in
            joined.contains(stratumOfPSU[psu]) ? drawn[stratumOfPSU[psu]].label + "*" + labels[psu] : labels[psu]
        }
        psuLabels = PSULabels(names: names, nameOfPSU: names.indices.map { UInt32($0) })
    }

    private static func joined(_ members: [Stratum], firstPSU: Int) -> Stratum {
        let count = members.map(\.psuCount).reduce(0, +)
        guard members.count > 1 else {
            return Stratum(
                label: members[0].label, firstPSU: firstPSU, psuCount: count, population: members[0].population)
        }
        let isKnown = members.allSatisfy { $0.samplingFraction > 0 }
        let population = members.map { Double($0.psuCount) / $0.samplingFraction }.reduce(0, +)
        return Stratum(
            label: members.map(\.label).joined(separator: "+"), firstPSU: firstPSU, psuCount: count,
            population: isKnown ? .fraction(min(1, Double(count) / population)) : .unknown)
    }

    /// Reads the column by which strata are near; a stratum has one value.
    private static func nearness(
        _ column: String?, _ strata: [Stratum], units: SampledUnits, table: Table
    ) throws(Problem) -> Nearness {
        guard let column, let keys = try SampledUnits.keys([column], table: table) else {
            return Nearness(values: [], keys: [])
        }
        var keyOfStratum = [UInt32](repeating: .max, count: strata.count)
        for (row, key) in keys.codes.enumerated() {
            let stratum = units.stratum(ofRow: row)
            if keyOfStratum[stratum] == .max { keyOfStratum[stratum] = key }
            guard keyOfStratum[stratum] == key else {
                throw .collapseVaries(column: column, stratum: strata[stratum].label, row: row + 1)
            }
        }
        let labels = keyOfStratum.map { keys.labels[Int($0)] }
        let numbers = labels.map { Double($0) ?? .nan }
        return numbers.allSatisfy(\.isFinite)
            ? Nearness(values: numbers, keys: []) : Nearness(values: [], keys: labels)
    }
}

extension Problem {
    /// Strata that were joined.
    static func joinedStrata(_ merged: [[String]]) -> Problem {
        let pairs = merged.map { $0.joined(separator: " + ") }
        return Problem(
            "design.joined-strata", .finding, severity: .caution, what: "\(merged.count) strata were made by joining",
            place: Place(detail: pairs.first), why: "--lonely-psu collapse joins a stratum of one PSU: \(list: pairs)",
            fix: "see that the joined strata are alike, or name another column with --collapse-by")
    }

    /// A stratum of one PSU with no other to join.
    static func nothingToJoin(stratum: String, column: String?) -> Problem {
        Problem(
            "design.nothing-to-join", .computation, what: "Stratum \"\(stratum)\" has nothing to be joined with",
            place: Place(column: column),
            why: "a stratum of one PSU needs another stratum that is no census and has its value; found none",
            fix: "name another column with --collapse-by, or another rule with --lonely-psu")
    }

    /// A stratum with two values of the column by which strata are near.
    static func collapseVaries(column: String, stratum: String, row: Int) -> Problem {
        Problem(
            "design.collapse-varies", .input, what: "\"\(column)\" changes inside stratum \"\(stratum)\"",
            place: Place(rows: [row], column: column), why: "strata are near by one value each; found several",
            fix: "name a column that is constant inside strata with --collapse-by")
    }
}
