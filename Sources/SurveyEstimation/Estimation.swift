public import SurveyData
public import SurveyDesign
public import SurveyProblems

/// Computes estimates of a sample: every measure in every breakdown, with linearised standard errors.
///
/// Rows are read once for each variable and breakdown; all else works on sums by PSU and group. Measures are shared
/// out to threads, and no number depends on how many there are.
public struct Estimation: Sendable {
    public let design: SampleDesign
    public let options: EstimationOptions

    public init(design: SampleDesign, options: EstimationOptions = EstimationOptions()) {
        self.design = design
        self.options = options
    }

    /// Returns one row for each measure, breakdown, group and answer, in this order.
    ///
    /// - Shapes: columns and conditions have one entry for each row of the design's table. The whole is the breakdown
    ///   by no column. Groups stand in the order of their categories, the last variable varying fastest; only
    ///   combinations that occur in the domain have rows.
    /// - Missing: by ``EstimationOptions/missing``. A row without a category is in no group but in the whole, and
    ///   counted in a caution. Where a condition (`domain`, a measure's base) is unknown, the row is outside.
    /// - Throws: ``Problem`` `estimation.empty-domain` if nothing can be computed at all, `estimation.lonely-psu`,
    ///   `estimation.single-psu`, `estimation.missing-answers`, `estimation.too-many-groups`, `estimation.not-a-set`, `estimation.wrong-option`,
    ///   `estimation.covariance-too-large`, `estimation.influences-too-large`, `data.not-numbers`,
    ///   `estimation.listwise-calibrated`, `estimation.too-many-categories`.
    /// - Source: Documentation/Methods.md.
    public func estimates(
        of measures: [Measure], by breakdowns: [Breakdown], where domain: Truth? = nil
    ) throws(Problem) -> EstimationResult {
        guard options.level > 0, options.level < 1 else { throw .wrongOption("--level", value: options.level) }
        if case .number(let number) = options.degreesOfFreedom, !(number > 0) {
            throw .wrongOption("--df", value: number)
        }
        checkLengths(measures, breakdowns, domain)
        var run = try EstimationRun(measures, design: design, options: options, domain: domain)
        try run.checkLonelyPSUs()
        let threads = options.threads ?? Workers.processors
        let groups = try run.groups(of: breakdowns, threads: threads)
        let made = run
        let indexes = try Workers.map(groups.count, threads: threads) { (position, _) throws(Problem) in
            made.index(groups[position])
        }
        if options.keepsCovariance {
            let rows = try run.answerCount() * indexes.map(\.cells.groupCount).reduce(0, +)
            try CovarianceMatrix.check(rows: rows, psus: run.design.unitCount)
        }
        if let replicates = run.design.replicates {
            let rows = try run.answerCount() * indexes.map(\.cells.groupCount).reduce(0, +)
            try CovarianceMatrix.checkReplicates(rows: rows, replicates: replicates.count)
        }
        if options.keepsInfluences {
            let rows = try run.rowsWithInfluences(indexes.map(\.cells), by: breakdowns)
            try CovarianceMatrix.checkInfluences(rows: rows, psus: run.design.unitCount)
        }
        let blocks = try Workers.map(run.parts.count, threads: threads) { (position, workspace) throws(Problem) in
            try made.blocks(of: made.parts[position], indexes: indexes, workspace: workspace)
        }
        return try assembled(run, consume blocks, missing: groups.map(\.missing))
    }

    /// Puts the parts of each measure together: by breakdown, group, part and answer.
    private func assembled(
        _ run: EstimationRun, _ blocks: consuming [[EstimateMaker.Block]], missing: [[(variable: String, rows: Int)]]
    ) throws(Problem) -> EstimationResult {
        var rows: [Estimate] = []
        var influences: [[Double]] = []
        var changes: [[Double]] = []
        var supports: [PSUSupport] = []
        var first = 0
        while first < run.parts.count {
            let end = run.parts[first...].firstIndex { $0.measure != run.parts[first].measure } ?? run.parts.count
            for breakdown in missing.indices {
                for group in blocks[first][breakdown].rows.indices {
                    for block in blocks[first..<end].map({ $0[breakdown] }) {
                        let width = block.rows[group].count
                        rows += block.rows[group]
                        if let unitSums = block.unitSums {
                            influences += unitSums.sums[(group * width)..<((group + 1) * width)]
                            changes +=
                                unitSums.changes.isEmpty
                                ? [[Double]](repeating: [], count: width)
                                : Array(unitSums.changes[(group * width)..<((group + 1) * width)])
                            supports += [PSUSupport](repeating: unitSums.supports[group], count: width)
                        } else if options.keepsInfluences {
                            influences += [[Double]](repeating: [], count: width)
                            changes += [[Double]](repeating: [], count: width)
                            supports += [PSUSupport](repeating: PSUSupport(marks: []), count: width)
                        }
                    }
                }
            }
            first = end
        }
        guard rows.isEmpty || rows.contains(where: { $0.nBase > 0 }) else { throw .emptyDomain() }
        var cautions = design.cautions + (design.replicates?.cautions ?? []) + run.replicateCautions
        if let failed = run.replicates?.calibration?.failed.count(where: { $0 }), failed > 0 {
            cautions.append(.replicatesDropped(failed, of: design.replicates?.count ?? 0))
        }
        if let caution = run.design.lonelyLaterUnits() { cautions.append(caution) }
        var named = Set<String>()
        for entry in missing.joined() where named.insert(entry.variable).inserted {
            cautions.append(.missingCategory(entry.variable, rows: entry.rows))
        }
        var covariance: CovarianceMatrix?
        if options.keepsCovariance {
            let variance = SampleVariance(run.design, adjustsLonelyDomains: options.adjustsLonelyDomains)
            // What nobody else keeps is centred where it lies.
            blocks = []
            var sums = influences
            if !options.keepsInfluences { influences = [] }
            covariance = CovarianceMatrix(variance.vectors(&sums, supports: supports))
        }
        var result = EstimationResult(rows: rows, cautions: cautions, covariance: covariance)
        if options.keepsInfluences {
            (result.influences, result.supports, result.design) = (influences, supports, run.design)
            if options.keepsReplicates { result.replicateChanges = changes }
        }
        return result
    }

    private func checkLengths(_ measures: [Measure], _ breakdowns: [Breakdown], _ domain: Truth?) {
        let conditions = measures.flatMap(\.conditions) + [domain].compactMap { $0 }
        let columns = measures.flatMap(\.columns) + breakdowns.flatMap(\.columns)
        precondition(
            conditions.allSatisfy { $0.rowCount == design.rowCount }
                && columns.allSatisfy { $0.rowCount == design.rowCount },
            "columns and conditions have one entry for each row of the design")
    }
}

extension Problem {
    /// A level outside 0…1, or degrees of freedom that are not positive.
    static func wrongOption(_ option: String, value: Double) -> Problem {
        Problem(
            "estimation.wrong-option", .usage, what: "\(option) cannot be \(JSONText.shortest(value))",
            why: "a level lies between 0 and 1, degrees of freedom are above 0; found \(JSONText.shortest(value))",
            fix: "write for example --level 0.95 or --df design")
    }

    /// Rows that stand in no group of a breakdown.
    static func missingCategory(_ variable: String, rows: Int) -> Problem {
        Problem(
            "estimation.missing-category", .finding, severity: .caution,
            what: "\"\(variable)\" has no category in \(rows) rows", place: Place(variable: variable),
            why: "these rows are in the whole and in no group", fix: "compare the groups with the whole with care")
    }
}
