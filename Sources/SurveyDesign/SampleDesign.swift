public import SurveyData
internal import SurveyMath
public import SurveyProblems
public import SurveyWeighting

/// How the rows of a table were drawn: strata, PSUs, population sizes and weights, with the rows grouped by PSU.
///
/// PSUs are numbered stratum after stratum, in the byte order of their keys; rows of a PSU keep the order of the file.
/// A row of weight 0 is in no sum, but its PSU and stratum count as sampled.
public struct SampleDesign: Sendable {
    public let specification: DesignSpecification
    /// Rows of the table that the design describes.
    public let rowCount: Int
    public let strata: [Stratum]
    /// Cautions that belong to every result of this design.
    public let cautions: [Problem]
    /// The sum of all weights: the estimated size of the population.
    public let sumWeights: Double
    public let hasNegativeWeights: Bool
    /// How the weights were fitted to known totals, by row of the table; nil for weights that are taken as fixed.
    public let calibration: CalibrationRecord?

    /// Replicates that give the variances; nil for linearised ones.
    public package(set) var replicates: ReplicateWeights?

    /// The PSU of each row of the table; `setAside` where the row was taken out.
    package let psuOfRow: [UInt32]
    /// Rows in use (weight not 0), PSU after PSU.
    package let rows: [UInt32]
    /// Where each PSU starts in `rows`, and the end.
    package let psuStarts: [Int]
    /// The weights of `rows`.
    package let weights: [Double]
    /// nil where each row is a PSU.
    package let psuLabels: PSULabels?

    /// The PSU number of a row that was taken out.
    package static let setAside = UInt32.max

    /// Reads the design of a table from the columns that a specification names.
    ///
    /// `weights`, one a row, stand in for the column of the specification: weights that were made, not read. With the
    /// record of their calibration, standard errors know of it.
    ///
    /// - Missing: an empty stratum, PSU, population size or weight is an error that lists the rows.
    /// - Throws: ``Problem`` `data.unknown-column`, `design.row-count`, `design.missing-key`, `design.psu-in-two-strata`,
    ///   `data.not-numbers`, `design.missing-weight`, `design.wrong-population`, `design.population-varies`,
    ///   `design.population-too-small`, `design.replicates-…`.
    /// - Source: Documentation/Methods.md, "Design".
    public init(
        _ specification: DesignSpecification, table: Table, weights made: [Double]? = nil,
        calibration: CalibrationRecord? = nil
    ) throws(Problem) {
        precondition(made.map { $0.count == table.rowCount } ?? true, "one weight a row")
        precondition(
            calibration?.steps.allSatisfy {
                $0.cellOfRow.count == table.rowCount && $0.before.count == table.rowCount
                    && $0.after.count == table.rowCount && $0.turnFactors.count == $0.categoryOfCell.count
                    && Set(($0.categoryOfCell.map(\.count) + $0.turnFactors.map(\.count))).count <= 1
            } ?? true, "a calibration record has one entry a row")
        guard table.rowCount > 0, table.rowCount < Int(SampleDesign.setAside) else { throw .rowCount(table.rowCount) }
        let units = try SampledUnits(specification, table: table)
        let populations = try SampleDesign.populations(specification, table: table, units: units)
        var strata: [Stratum] = []
        strata.reserveCapacity(units.strataLabels.count)
        for (number, label) in units.strataLabels.enumerated() {
            let first = units.firstPSUs[number]
            strata.append(
                Stratum(
                    label: label, firstPSU: first, psuCount: units.firstPSUs[number + 1] - first,
                    population: populations?[number] ?? .unknown))
        }
        try SampleDesign.checkSizes(strata, column: specification.fpc)
        var cautions: [Problem] = []
        let weights: [Double]
        if let made {
            weights = try SampleDesign.checked(made, column: specification.weight ?? "weight")
        } else if let name = specification.weight {
            weights = try SampleDesign.checked(NumberValues(table.column(name)).values, column: name)
        } else {
            if populations == nil { cautions.append(.noWeight()) }
            let weightOfStratum = strata.map { $0.population == .unknown ? 1 : 1 / $0.samplingFraction }
            weights = units.byRow(weightOfStratum)
        }
        if weights.contains(where: { $0 < 0 }) {
            let negative = weights.indices.filter { weights[$0] < 0 }.map { $0 + 1 }
            cautions.append(.negativeWeight(column: specification.weight ?? "weight", rows: negative))
        }
        self.init(
            specification: specification, strata: strata, psuOfRow: units.psuOfRow, psuLabels: units.psuLabels,
            weightOfRow: weights, cautions: cautions, calibration: calibration)
        replicates = try specification.replicates.map { (plan) throws(Problem) in
            try ReplicateWeights(plan, for: self, table: table)
        }
    }

    /// Groups rows by PSU with a stable counting sort.
    package init(
        specification: DesignSpecification, strata: [Stratum], psuOfRow: [UInt32], psuLabels: PSULabels? = nil,
        weightOfRow: [Double], cautions: [Problem] = [], calibration: CalibrationRecord? = nil
    ) {
        self.specification = specification
        self.calibration = calibration
        self.psuLabels = psuLabels
        self.strata = strata
        self.psuOfRow = psuOfRow
        self.cautions = cautions
        rowCount = psuOfRow.count
        let psuCount = strata.last?.psus.upperBound ?? 0
        var starts = [Int](repeating: 0, count: psuCount + 1)
        psuOfRow.withUnsafeBufferPointer { psus in
            weightOfRow.withUnsafeBufferPointer { weights in
                starts.withUnsafeMutableBufferPointer { starts in
                    for row in 0..<psus.count where psus[row] != SampleDesign.setAside && weights[row] != 0 {
                        starts[Int(psus[row]) &+ 1] &+= 1
                    }
                }
            }
        }
        for psu in 0..<psuCount { starts[psu + 1] += starts[psu] }
        var next = starts
        var rows = [UInt32](repeating: 0, count: starts[psuCount])
        var weights = [Double](repeating: 0, count: rows.count)
        psuOfRow.withUnsafeBufferPointer { psus in
            weightOfRow.withUnsafeBufferPointer { unsorted in
                next.withUnsafeMutableBufferPointer { next in
                    rows.withUnsafeMutableBufferPointer { rows in
                        weights.withUnsafeMutableBufferPointer { weights in
                            for row in 0..<psus.count where psus[row] != SampleDesign.setAside && unsorted[row] != 0 {
                                let place = next[Int(psus[row])]
                                rows[place] = UInt32(truncatingIfNeeded: row)
                                weights[place] = unsorted[row]
                                next[Int(psus[row])] = place &+ 1
                            }
                        }
                    }
                }
            }
        }
        self.rows = rows
        self.weights = weights
        psuStarts = starts
        sumWeights = CompensatedSum.of(weights)
        hasNegativeWeights = weights.contains { $0 < 0 }
    }

    /// PSUs of the sample.
    public var psuCount: Int { psuStarts.count - 1 }

    /// The key of a PSU, crossed columns joined by `*`; nil where each row is a PSU.
    ///
    /// Unique in the sample, or inside a stratum where the design is nested.
    public func psuLabel(_ psu: Int) -> String? { psuLabels?[psu] }

    /// Rows with a weight other than 0.
    public var rowsInUse: Int { rows.count }

    /// The weight of each row of the table; 0 where a row was taken out.
    public var weightOfRow: [Double] {
        var weightOfRow = [Double](repeating: 0, count: rowCount)
        for (position, row) in rows.enumerated() { weightOfRow[Int(row)] = weights[position] }
        return weightOfRow
    }

    /// PSUs less strata, both counted over those with a row in use.
    public var degreesOfFreedom: Int {
        var psus = 0
        var strataInUse = 0
        for stratum in strata {
            let used = stratum.psus.count { psuStarts[$0 + 1] > psuStarts[$0] }
            psus += used
            if used > 0 { strataInUse += 1 }
        }
        return psus - strataInUse
    }
}

extension Problem {
    /// A table without rows, or with more than can be numbered.
    static func rowCount(_ count: Int) -> Problem {
        Problem(
            "design.row-count", .input, what: "The table has \(count) rows",
            why: "a sample has at least 1 row and at most 4294967294", fix: "check the input")
    }
}
