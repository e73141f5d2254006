internal import SurveyData
internal import SurveyProblems

/// Strata and PSUs of a table, numbered.
struct SampledUnits {
    let strataLabels: [String]
    /// The first PSU of each stratum, and the number of PSUs.
    let firstPSUs: [Int]
    let psus: RowPSUs
    /// nil where each row is a PSU.
    let psuLabels: PSULabels?
    /// How many rows each PSU has, where that was found on the way.
    private(set) var rowsOfPSU: [UInt32]?
    /// The stratum of each PSU; empty if there is one stratum.
    private let strataOfPSUs: [UInt32]

    init(_ specification: DesignSpecification, table: Table) throws(Problem) {
        if !specification.isNested, !specification.strata.isEmpty, !specification.psu.isEmpty {
            self = try SampledUnits(
                strata: StoredKeys(specification.strata, table: table),
                psus: StoredKeys(specification.psu, table: table), specification)
            return
        }
        let strata = try SampledUnits.keys(specification.strata, table: table)
        let psuKeys = try SampledUnits.keys(specification.psu, table: table)
        strataLabels = strata?.labels ?? [""]
        let stratumOfPSU: [UInt32]
        switch (strata, psuKeys) {
        case (nil, nil):
            psus = RowPSUs((0..<UInt32(table.rowCount)).map { $0 })
            firstPSUs = [0, table.rowCount]
            psuLabels = nil
            strataOfPSUs = []
            return
        case (let strata?, nil):
            let rows = SampledUnits.numbered(strata.codes, count: strata.labels.count)
            (psus, stratumOfPSU) = (RowPSUs(rows.numbers), rows.sorted)
            psuLabels = nil
        case (nil, let keys?):
            psus = RowPSUs(keys.codes)
            firstPSUs = [0, keys.labels.count]
            psuLabels = PSULabels(names: keys.labels, nameOfPSU: keys.labels.indices.map { UInt32($0) })
            strataOfPSUs = []
            return
        case (let strata?, let keys?):
            let crossing = KeyCodes.crossing(
                strata.codes, of: strata.labels.count, with: keys.codes, of: keys.labels.count)
            psus = RowPSUs(crossing.codes)
            stratumOfPSU = crossing.pairs.map(\.first)
            psuLabels = PSULabels(names: keys.labels, nameOfPSU: crossing.pairs.map(\.second))
        }
        firstPSUs = SampledUnits.starts(of: stratumOfPSU, count: strataLabels.count)
        strataOfPSUs = stratumOfPSU
    }

    /// Numbers PSUs whose keys are unique in the sample; rows are looked at once, to learn the stratum of each key.
    private init(strata: StoredKeys, psus keys: StoredKeys, _ specification: DesignSpecification) throws(Problem) {
        let seen = try SampledUnits.seen(keys, in: strata, names: specification.psu)
        var occurs = [Bool](repeating: false, count: strata.names.count)
        for key in seen where key.rows > 0 { occurs[Int(key.stratum)] = true }
        let usedStrata = KeyOrder.sorted(
            strata.names.indices.filter { occurs[$0] }, names: strata.names, byValue: false)
        var numberOfStratum = [UInt32](repeating: .max, count: strata.names.count)
        for (number, stratum) in usedStrata.enumerated() { numberOfStratum[stratum] = UInt32(number) }
        let usedKeys = KeyOrder.sorted(
            keys.names.indices.filter { seen[$0].rows > 0 }, names: keys.names, byValue: false)
        let (numbers, sorted) = SampledUnits.numbered(
            usedKeys.map { numberOfStratum[Int(seen[$0].stratum)] }, count: usedStrata.count)
        var numberOfKey = [UInt32](repeating: SampleDesign.setAside, count: keys.names.count)
        var keyOfPSU = [UInt32](repeating: 0, count: usedKeys.count)
        var rowsOfPSU = keyOfPSU
        for (key, number) in zip(usedKeys, numbers) {
            numberOfKey[key] = number
            keyOfPSU[Int(number)] = UInt32(key)
            rowsOfPSU[Int(number)] = seen[key].rows
        }
        self.rowsOfPSU = rowsOfPSU
        psus = RowPSUs(keys.codes, numberOfKey: numberOfKey)
        strataLabels = usedStrata.map { strata.names[$0] }
        psuLabels = PSULabels(names: keys.names, nameOfPSU: keyOfPSU)
        firstPSUs = SampledUnits.starts(of: sorted, count: strataLabels.count)
        strataOfPSUs = sorted
    }

    /// One value a row from one value a stratum.
    func byRow(_ values: [Double]) -> [Double] {
        guard !strataOfPSUs.isEmpty else { return [Double](repeating: values[0], count: psus.count) }
        let byPSU = strataOfPSUs.map { values[Int($0)] }
        return psus.numbers.map { byPSU[Int($0)] }
    }

    /// The stratum of a row.
    func stratum(ofRow row: Int) -> Int { strataOfPSUs.isEmpty ? 0 : Int(strataOfPSUs[Int(psus[row])]) }

    /// The stratum of each PSU.
    var stratumOfPSU: [Int] {
        strataOfPSUs.isEmpty ? [Int](repeating: 0, count: firstPSUs[1]) : strataOfPSUs.map { Int($0) }
    }

    /// The first PSU of each stratum, and the end, from the stratum of each PSU.
    private static func starts(of stratumOfPSU: [UInt32], count: Int) -> [Int] {
        var firsts = [Int](repeating: 0, count: count + 1)
        for stratum in stratumOfPSU { firsts[Int(stratum) + 1] += 1 }
        for stratum in 0..<count { firsts[stratum + 1] += firsts[stratum] }
        return firsts
    }

    /// The crossed keys of some columns, nil if there are none; a row without a key is an error.
    static func keys(_ names: [String], table: Table) throws(Problem) -> KeyCodes? {
        var crossed: KeyCodes?
        for name in names {
            let keys = KeyCodes(try table.column(name), in: .bytes)
            let missing = keys.rowsWithoutKey
            guard missing.isEmpty else { throw .missingKey(column: name, rows: missing) }
            crossed = crossed?.crossed(with: keys) ?? keys
        }
        return crossed
    }

    /// Numbers things stratum after stratum, keeping their order inside: the number of each, the stratum of each number.
    static func numbered(_ strata: [UInt32], count: Int) -> (numbers: [UInt32], sorted: [UInt32]) {
        var next = [UInt32](repeating: 0, count: count + 1)
        for stratum in strata { next[Int(stratum) + 1] += 1 }
        for stratum in 0..<count { next[stratum + 1] += next[stratum] }
        var numbers = [UInt32](repeating: 0, count: strata.count)
        var sorted = numbers
        for (position, stratum) in strata.enumerated() {
            numbers[position] = next[Int(stratum)]
            sorted[Int(next[Int(stratum)])] = stratum
            next[Int(stratum)] += 1
        }
        return (numbers, sorted)
    }

    /// What the rows of a PSU's key tell.
    private struct SeenKey: BitwiseCopyable {
        var stratum = UInt32.max
        var rows: UInt32 = 0
    }

    /// The stratum of each key of a PSU and how many rows have it; a key in two strata is an error.
    private static func seen(
        _ psus: StoredKeys, in strata: StoredKeys, names: [String]
    ) throws(Problem) -> [SeenKey] {
        var seen = [SeenKey](repeating: SeenKey(), count: psus.names.count)
        let strataCount = UInt32(clamping: strata.names.count)
        var repeated = Set<Int>()
        let areComplete = psus.codes.withUnsafeBufferPointer { psus in
            strata.codes.withUnsafeBufferPointer { strata in
                seen.withUnsafeMutableBufferPointer { seen in
                    for row in 0..<min(psus.count, strata.count) {
                        let (key, stratum) = (Int(psus[row]), strata[row])
                        guard key < seen.count, stratum < strataCount else { return false }
                        seen[key].rows &+= 1
                        if seen[key].stratum == stratum { continue }
                        if seen[key].stratum == .max { seen[key].stratum = stratum } else { repeated.insert(key) }
                    }
                    return true
                }
            }
        }
        if !areComplete {
            try strata.refuseMissing()
            try psus.refuseMissing()
        }
        guard repeated.isEmpty else {
            throw .psuInTwoStrata(
                column: names.joined(separator: "*"),
                labels: KeyOrder.sorted(Array(repeated), names: psus.names, byValue: false).map { psus.names[$0] })
        }
        return seen
    }
}

extension Problem {
    /// Rows whose stratum or PSU is empty.
    static func missingKey(column: String, rows: [Int]) -> Problem {
        Problem(
            "design.missing-key", .input, what: "Column \"\(column)\" of the design is empty in \(rows.count) rows",
            place: Place(rows: rows, column: column), why: "each row needs a stratum and a PSU; found none",
            fix: "fill in the rows, or take them out of the file")
    }

    /// PSU labels that stand in more than one stratum although they should be unique.
    static func psuInTwoStrata(column: String, labels: [String]) -> Problem {
        Problem(
            "design.psu-in-two-strata", .computation, what: "\(labels.count) PSUs stand in more than one stratum",
            place: Place(column: column), why: "a PSU belongs to one stratum; found in several: \(list: labels)",
            fix: "add --nest if PSU labels are only unique inside strata; otherwise correct the strata")
    }
}
