import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyTestSupport
import SurveyWeighting

extension TestSample {
    /// The sample with replicates made of it.
    func replicated(
        _ method: ReplicateMethod, count: Int? = nil, seed: UInt64? = nil, mse: Bool = false, fpc: [Double]? = nil,
        lonely: LonelyPSU = .fail, hasStrata: Bool = true, weights made: [Double]? = nil,
        calibration: CalibrationRecord? = nil
    ) throws -> SampleDesign {
        var plan = ReplicatePlan(.made(method, count: count, seed: seed))
        plan.centresOnEstimate = mse
        return try replicated(
            plan, fpc: fpc, lonely: lonely, hasStrata: hasStrata, weights: made, calibration: calibration)
    }

    func replicated(
        _ plan: ReplicatePlan, fpc: [Double]? = nil, lonely: LonelyPSU = .fail, hasStrata: Bool = true,
        columns: [Column] = [], weights made: [Double]? = nil, calibration: CalibrationRecord? = nil
    ) throws -> SampleDesign {
        var all = [Column(name: "stratum", texts: strata), Column(name: "psu", texts: psus)]
        all.append(Column(name: "w", numbers: weights))
        if let fpc { all.append(Column(name: "fpc", numbers: fpc)) }
        var specification = DesignSpecification(
            strata: hasStrata ? ["stratum"] : [], psu: ["psu"], fpc: fpc == nil ? nil : "fpc", weight: "w",
            lonelyPSU: lonely)
        specification.replicates = plan
        return try SampleDesign(
            specification, table: Table(rowCount: rowCount, columns: all + columns), weights: made,
            calibration: calibration)
    }

    /// A sampling fraction a stratum.
    var fractions: [Double] { strata.map { 0.1 + 0.05 * Double($0.hashedDigit) } }

    /// The replicates of a design as columns of weights, or of factors on them.
    static func columns(of design: SampleDesign, areFactors: Bool) -> ReplicateColumns {
        guard let replicates = design.replicates else { return ReplicateColumns(columns: [], scale: 1, scales: []) }
        let weights = design.weightOfRow
        let columns = (0..<replicates.count).map { replicate in
            Column(
                name: "r\(replicate)",
                numbers: (0..<design.rowCount).map { row in
                    let factor = replicates.factors.factor(replicate: replicate, unit: Int(design.psus[row]))
                    return areFactors ? factor : factor * weights[row]
                })
        }
        return ReplicateColumns(columns: columns, scale: replicates.scale, scales: replicates.scales)
    }

    struct ReplicateColumns {
        let columns: [Column]
        let scale: Double
        let scales: [Double]
    }
}

extension String {
    fileprivate var hashedDigit: Int { Int(String(last ?? "0")) ?? 0 }
}
