public import SurveyData
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
    package let psus: RowPSUs
    /// The weight of each row of the table; 0 where a row was taken out.
    public let weightOfRow: [Double]
    private let byUnit: RowsByUnit
    /// Where each PSU starts in `rows`, and the end.
    package let psuStarts: [Int]
    /// Where each unit starts in `rows`, and the end.
    package private(set) var unitStarts: [Int]
    /// Later stages, unequal probabilities or phases; nil for one stage.
    package private(set) var structure: SampleStructure?
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
    ///   `design.population-too-small`, `design.wrong-probability`, `design.probability-varies`, `design.joint-size`,
    ///   `design.nothing-to-join`, `design.collapse-varies`, and those of ``DesignSpecification/checkOptions()``,
    ///   and `design.replicates-…`.
    /// - Source: Documentation/Methods.md, "Design".
    public init(
        _ specification: DesignSpecification, table: Table, weights made: [Double]? = nil,
        calibration: CalibrationRecord? = nil
    ) throws(Problem) {
        precondition(made.map { $0.count == table.rowCount } ?? true, "one weight a row")
        precondition(
            calibration?.steps.allSatisfy {
                $0.cellOfRow.count == table.rowCount && $0.before.count == table.rowCount
                    && $0.after.count == table.rowCount
                    && $0.turnFactors.count == ($0.controls == nil ? $0.categoryOfCell.count : 0)
                    && Set($0.categoryOfCell.map(\.count) + $0.turnFactors.map(\.count)).count <= 1
            } ?? true, "a calibration record has one entry a row")
        precondition(
            calibration?.adjustments.allSatisfy {
                $0.groupOfRow.count == table.rowCount && $0.before.count == table.rowCount
            } ?? true, "a record of a step has one entry a row")
        guard table.rowCount > 0, table.rowCount < Int(SampleDesign.setAside) else { throw .rowCount(table.rowCount) }
        let drawn =
            specification.twoPhase == nil
            ? try DrawnSample(specification, table: table, weights: made)
            : try DrawnSample(phases: specification, table: table, weights: made)
        if specification.twoPhase != nil, calibration?.steps.isEmpty == false { throw .calibratedPhases() }
        self.init(
            specification: specification, strata: drawn.strata, psus: drawn.psus, psuLabels: drawn.psuLabels,
            weightOfRow: drawn.weights, cautions: drawn.cautions, calibration: calibration,
            structure: drawn.structure, scan: drawn.scan, rowsOfPSU: drawn.rowsOfPSU)
        replicates = try specification.replicates.map { (plan) throws(Problem) in
            try ReplicateWeights(plan, for: self, table: table)
        }
        // Variances then come from the replicates, whose units are PSUs.
        if replicates != nil { (structure, unitStarts) = (nil, psuStarts) }
    }

    /// Counts the rows in use of each unit.
    ///
    /// `scan` and `rowsOfPSU` are what is known already of the weights and of the rows of each PSU.
    package init(
        specification: DesignSpecification, strata: [Stratum], psus: RowPSUs, psuLabels: PSULabels? = nil,
        weightOfRow: [Double], cautions: [Problem] = [], calibration: CalibrationRecord? = nil,
        structure: SampleStructure? = nil, scan: NumberScan? = nil, rowsOfPSU: [UInt32]? = nil
    ) {
        self.specification = specification
        self.calibration = calibration
        self.structure = structure
        self.psuLabels = psuLabels
        self.strata = strata
        self.psus = psus
        self.cautions = cautions + (calibration?.cautions ?? []).filter { !cautions.contains($0) }
        rowCount = psus.count
        // Rows stand unit after unit; without later stages units are PSUs.
        let units = structure.map { RowPSUs($0.unitOfRow) } ?? psus
        let unitCount = structure?.unitCount ?? strata.last?.psus.upperBound ?? 0
        var weightOfRow = weightOfRow
        var scan = scan
        var starts = [Int](repeating: 0, count: unitCount + 1)
        if let rowsOfPSU, structure == nil, scan?.hasZero == false {
            for (psu, count) in rowsOfPSU.enumerated() { starts[psu + 1] = Int(count) }
        } else {
            let psuOfRow = psus.numbers
            if psuOfRow.withUnsafeBufferPointer({ $0.reduce(0, max) }) == SampleDesign.setAside {
                for row in psuOfRow.indices where psuOfRow[row] == SampleDesign.setAside { weightOfRow[row] = 0 }
                scan = nil
            }
            units.numbers.withUnsafeBufferPointer { units in
                weightOfRow.withUnsafeBufferPointer { weights in
                    starts.withUnsafeMutableBufferPointer { starts in
                        for row in 0..<units.count where weights[row] != 0 { starts[Int(units[row]) &+ 1] &+= 1 }
                    }
                }
            }
        }
        for unit in 0..<unitCount { starts[unit + 1] += starts[unit] }
        self.weightOfRow = weightOfRow
        byUnit = RowsByUnit(units: units, weightOfRow: weightOfRow, starts: starts)
        unitStarts = starts
        psuStarts = structure.map { $0.firstUnits.map { starts[$0] } } ?? starts
        let known = scan ?? NumberScan(weightOfRow)
        (sumWeights, hasNegativeWeights) = (known.sum, known.hasNegative)
    }

    /// PSUs of the sample.
    public var psuCount: Int { psuStarts.count - 1 }

    /// The key of a PSU, crossed columns joined by `*`; nil where each row is a PSU.
    ///
    /// Unique in the sample, or inside a stratum where the design is nested.
    public func psuLabel(_ psu: Int) -> String? { psuLabels?[psu] }

    /// Rows with a weight other than 0.
    public var rowsInUse: Int { unitStarts[unitStarts.count - 1] }

    /// Rows in use (weight not 0), unit after unit; taken once before a loop, not in it.
    package var rows: [UInt32] { byUnit.sorted.rows }

    /// The weights of `rows`.
    package var weights: [Double] { byUnit.sorted.weights }

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
