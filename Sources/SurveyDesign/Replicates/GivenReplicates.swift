internal import SurveyData
internal import SurveyProblems

extension ReplicateWeights {
    /// Takes replicates that stand in columns of the data, one a replicate.
    static func given(
        _ given: ReplicatePlan.GivenColumns, _ plan: ReplicatePlan, for design: SampleDesign, table: Table
    ) throws(Problem) -> ReplicateWeights {
        let names = given.names
        guard names.count > 1 else { throw .fewReplicateColumns(names) }
        if given.method != nil, given.scale != nil { throw .twoScales() }
        if let scale = given.scale, !(scale > 0 && scale.isFinite) { throw .wrongReplicateScale(scale) }
        if let scales = given.scales {
            guard scales.count == names.count else { throw .replicateScaleCount(scales.count, columns: names.count) }
            if let wrong = scales.first(where: { !($0 >= 0 && $0.isFinite) }) { throw .wrongReplicateScale(wrong) }
            guard scales.contains(where: { $0 > 0 }) else { throw .wrongReplicateScale(0) }
        }
        var columns: [[Double]] = []
        for name in names {
            let values = try NumberValues(table.column(name)).values
            let missing = values.indices.filter { !values[$0].isFinite && design.psus[$0] != SampleDesign.setAside }
            guard missing.isEmpty else { throw .missingReplicate(column: name, rows: missing.map { $0 + 1 }) }
            columns.append(values)
        }
        if !given.areFactors {
            // A row without a weight stands in no estimate; with replicate weights it would stand in its variance.
            let weights = design.weightOfRow
            let stray = weights.indices.filter { row in
                weights[row] == 0 && columns.contains { $0[row] != 0 }
            }
            guard stray.isEmpty else { throw .replicatesWithoutWeight(rows: stray.map { $0 + 1 }) }
        }
        let factors = ReplicateFactors(
            .rows(columns, areWeights: !given.areFactors), count: names.count, unitCount: 0)
        let scale = try scale(given, plan, design)
        var cautions: [Problem] = []
        if let method = given.method, method.dropsPopulations, design.specification.fpc != nil {
            cautions.append(.populationsDropped(method.name))
        }
        return ReplicateWeights(plan, factors: factors, scale: scale, scales: given.scales, cautions: cautions)
    }

    /// The scale of given replicates: by their method, or as stated.
    private static func scale(
        _ given: ReplicatePlan.GivenColumns, _ plan: ReplicatePlan, _ design: SampleDesign
    ) throws(Problem) -> Double {
        guard let method = given.method else {
            guard let scale = given.scale else { throw .noReplicateScale() }
            return scale
        }
        let count = Double(given.names.count)
        switch method {
        case .jk1:
            guard design.strata.count == 1 else { throw .stratifiedJackknife(strata: design.strata.count) }
            return (1 - (design.strata.first?.samplingFraction ?? 0)) * (count - 1) / count
        case .jkn:
            // r = (1 − f)(n − 1)/n belongs to the stratum of the PSU left out, which columns do not name.
            guard given.scales != nil else { throw .noStratumScales() }
            return 1
        case .jk2: return 1
        case .brr: return 1 / count
        case .fay(let rho): return 1 / (count * (1 - rho) * (1 - rho))
        case .sdr: return 4 / count
        case .bootstrap, .multistage, .half: return 1 / (count - 1)
        case .cantyDavison:
            var centred = plan
            centred.centresOnEstimate = false
            return try cantyDavisonScale(centred, design, count: given.names.count)
        }
    }
}
