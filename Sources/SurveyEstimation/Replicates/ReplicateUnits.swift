internal import SurveyDesign

/// The rows in use grouped by the units that replicates draw: PSUs, or units of a lower stage.
struct ReplicateUnits: Sendable {
    /// The rows grouped, as a sample whose PSUs are the units.
    let design: SampleDesign
    /// For each row of it its position among the rows of the design; nil where they are the same.
    let positions: [Int]?

    init(_ whole: SampleDesign, _ factors: ReplicateFactors) {
        guard let unitOfRow = factors.unitOfRow else {
            design = whole
            positions = nil
            return
        }
        design = ReplicateUnits.grouped(whole, by: unitOfRow, count: factors.unitCount, weights: whole.weightOfRow)
        var positionOfRow = [Int](repeating: -1, count: whole.rowCount)
        for (position, row) in whole.rows.enumerated() { positionOfRow[Int(row)] = position }
        positions = design.rows.map { positionOfRow[Int($0)] }
    }

    /// The rows of a design with other weights, grouped by unit.
    static func grouped(_ whole: SampleDesign, _ factors: ReplicateFactors, weights: [Double]) -> SampleDesign {
        let unitOfRow = factors.unitOfRow ?? whole.psus.numbers
        let count = factors.unitOfRow == nil ? whole.psuCount : factors.unitCount
        return grouped(whole, by: unitOfRow, count: count, weights: weights)
    }

    private static func grouped(
        _ whole: SampleDesign, by unitOfRow: [UInt32], count: Int, weights: [Double]
    ) -> SampleDesign {
        SampleDesign(
            specification: DesignSpecification(),
            strata: [Stratum(label: "", firstPSU: 0, psuCount: count, population: .unknown)],
            psus: RowPSUs(
                whole.psus.numbers.enumerated().map { row, psu in
                    psu == SampleDesign.setAside ? SampleDesign.setAside : unitOfRow[row]
                }), weightOfRow: weights)
    }
}

/// Sums of units, sparse: entries of each unit, each with its target.
struct UnitSums {
    /// Where the entries of each unit start, and the end.
    let starts: [Int]
    /// By entry.
    let targets: [UInt32]
    let targetCount: Int
    /// By entry, `width` numbers.
    let sums: UnsafePointer<Double>
    let width: Int

    var unitCount: Int { starts.count - 1 }

    /// The sums of a range of units by target.
    func totals(of units: Range<Int>) -> [Double] {
        var totals = [Double](repeating: 0, count: targetCount * width)
        for entry in starts[units.lowerBound]..<starts[units.upperBound] {
            let first = Int(targets[entry]) * width
            for place in 0..<width { totals[first + place] += sums[entry * width + place] }
        }
        return totals
    }
}
