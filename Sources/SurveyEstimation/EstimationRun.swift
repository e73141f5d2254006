internal import SurveyData
internal import SurveyDesign
internal import SurveyMath
internal import SurveyProblems
internal import SurveyWeighting

/// One request on its way: measures taken apart into variables that are tallied alone.
struct EstimationRun {
    /// A measure, or one item of its multiple-response set.
    struct Part: Sendable {
        let measure: Int
        let item: Int?
    }

    let design: SampleDesign
    let options: EstimationOptions
    let measures: [Measure]
    let domain: Truth?
    let parts: [Part]
    /// What the calibration of the weights takes off influences; nil for weights that are taken as fixed.
    let residuals: CalibrationResiduals?
    /// Replicates that give the variances; nil for linearised ones.
    let replicates: ReplicateEngine?
    /// The order in which rows are tallied.
    private(set) var order = RowOrder.byUnit
    /// Rows that lack an answer to some measure, where every measure must be complete.
    let incomplete: [Bool]?

    /// The cells of a breakdown, and inside the calibration cells of each step.
    struct BreakdownIndex: Sendable {
        let cells: CellIndex
        let steps: [CellIndex]
        /// The group of each row in use, and the cells that replicates need; only where there are replicates.
        var codes: [UInt32] = []
        var replicates: ReplicateEngine.Index?
    }

    init(_ measures: [Measure], design: SampleDesign, options: EstimationOptions, domain: Truth?) throws(Problem) {
        var parts: [Part] = []
        for (position, measure) in measures.enumerated() {
            if case .items(_, let items, let codes) = measure.content {
                precondition(items.count == codes.count, "each item has a code")
                parts += items.indices.map { Part(measure: position, item: $0) }
            } else {
                parts.append(Part(measure: position, item: nil))
            }
        }
        var incomplete: [Bool]?
        if options.complete == .all || options.missing == .listwise {
            var rows = [Bool](repeating: false, count: design.rowCount)
            for part in parts where part.item ?? 0 == 0 {
                let values = try MeasuredValues(measures[part.measure], item: part.item, rowCount: design.rowCount)
                for row in rows.indices where !values.isAnswered(row) { rows[row] = true }
            }
            incomplete = rows
        }
        if options.missing == .listwise, let rows = incomplete {
            guard design.canShrink else { throw .listwiseStructure() }
            self.design = design.keeping(rows.map { !$0 })
            self.incomplete = nil
        } else {
            self.design = design
            self.incomplete = incomplete
        }
        if let record = design.calibration, !record.steps.isEmpty, options.calibration == .use {
            guard options.missing != .listwise else { throw .listwiseCalibrated() }
            residuals =
                design.replicates != nil
                ? nil : try CalibrationResiduals(record, design: design, residuals: options.rakeResiduals)
        } else {
            residuals = nil
        }
        replicates = try ReplicateEngine(self.design, options: options)
        self.options = options
        self.measures = measures
        self.domain = domain
        self.parts = parts
    }

    /// The groups of each breakdown, in the order of rows that suits them.
    mutating func groups(of breakdowns: [Breakdown], threads: Int) throws(Problem) -> [Groups] {
        order = RowOrder(
            measures, passes: parts.count * breakdowns.count, design: design,
            isPlain: residuals == nil && replicates == nil && design.structure == nil)
        let groups = try groups(of: breakdowns, in: order, threads: threads)
        guard order == .file, !groups.allSatisfy({ CellIndex.canIndex($0, design: design) }) else { return groups }
        order = .byUnit
        return try self.groups(of: breakdowns, in: order, threads: threads)
    }

    private func groups(of breakdowns: [Breakdown], in order: RowOrder, threads: Int) throws(Problem) -> [Groups] {
        try Workers.map(breakdowns.count, threads: threads) { (position, _) throws(Problem) in
            try Groups(breakdowns[position], design: design, domain: domain, order: order)
        }
    }

    /// The cells of groups.
    func index(_ groups: Groups) -> BreakdownIndex {
        if order == .file { return BreakdownIndex(cells: CellIndex(inFileOrder: groups, design: design), steps: []) }
        var index = BreakdownIndex(
            cells: CellIndex(groups, design: design), steps: residuals?.indexes(of: groups) ?? [])
        if let replicates { (index.codes, index.replicates) = (groups.codes, replicates.index(of: groups)) }
        return index
    }

    /// Refuses a stratum with one PSU in the domain if the design has no rule for it.
    func checkLonelyPSUs() throws(Problem) {
        // Replicates have rules of their own.
        guard replicates == nil else { return }
        try design.checkLonelyPSUs { domain?.holds(Int(design.rows[$0])) != false }
    }

    /// Estimates that all parts make for one group.
    func answerCount() throws(Problem) -> Int {
        var count = 0
        for part in parts { count += try MeasuredValues.estimateCount(of: measures[part.measure]) }
        return count
    }

    /// Estimates whose influences are kept.
    func rowsWithInfluences(_ indexes: [CellIndex], by breakdowns: [Breakdown]) throws(Problem) -> Int {
        var count = 0
        for part in parts {
            let measure = measures[part.measure]
            let kept = zip(indexes, breakdowns).filter { _, breakdown in
                options.keepsPSUSums(of: measure.variable, by: breakdown.columns.map(\.name))
            }
            guard !kept.isEmpty else { continue }
            let estimates = try MeasuredValues.estimateCount(of: measure)
            count += estimates * kept.map(\.0.groupCount).reduce(0, +)
        }
        return count
    }

    /// Estimates of one part in each breakdown.
    func blocks(
        of part: Part, indexes: [BreakdownIndex], workspace: TallyWorkspace
    ) throws(Problem) -> [EstimateMaker.Block] {
        let measure = measures[part.measure]
        if case .quantiles(let column, let probabilities) = measure.content {
            let numbers = try numbersInUse(of: column, measure)
            if options.missing == .error { try refuseMissing(numbers.variable, measure) }
            return try quantileBlocks(
                of: numbers, at: probabilities, measure, indexes: indexes, workspace: workspace)
        }
        let values = try MeasuredValues(measure, item: part.item, rowCount: design.rowCount)
        let variable = TallyVariable(values, measure: measure, design: design, incomplete: incomplete, order: order)
        if options.missing == .error { try refuseMissing(variable, measure) }
        switch measure.content {
        case .statistic(let statistic):
            return try statisticBlocks(of: statistic, measure, variable, indexes: indexes, workspace: workspace)
        default: break
        }
        var tallying = Tallying(self, measure, whole: whole(variable, measure))
        let ordered = byStep(variable)
        return indexes.map { tallying.block(of: variable, ordered, index: $0, workspace: workspace) }
    }

    /// Threads that one part may take for its replicates.
    var threadsOfPart: Int { max(1, (options.threads ?? Workers.processors) / max(1, parts.count)) }

    /// A variable in the order of the rows of each step of the calibration.
    func byStep(_ variable: TallyVariable) -> [TallyVariable] {
        residuals?.steps.map { variable.reordered($0.positions) } ?? []
    }

    /// Turns variables of one measure into estimates, one breakdown at a time.
    struct Tallying {
        private let run: EstimationRun
        private let measure: Measure
        private var maker: EstimateMaker

        init(
            _ run: EstimationRun, _ measure: Measure, options: EstimationOptions? = nil,
            whole: (n: Int, weights: Double) = (0, 0)
        ) {
            self.run = run
            self.measure = measure
            maker = EstimateMaker(design: run.design, options: options ?? run.options, whole: whole)
        }

        /// `ordered` is the variable ``EstimationRun/byStep(_:)``.
        mutating func block(
            of variable: TallyVariable, _ ordered: [TallyVariable], index: BreakdownIndex, workspace: TallyWorkspace
        ) -> EstimateMaker.Block {
            let design = run.design
            let tally = Tally(variable, index: index.cells, design: design, workspace: workspace)
            if let replicates = run.replicates {
                return maker.block(
                    of: variable, measure: measure, tally: tally, workspace: workspace,
                    replicated: ReplicatedTally(
                        replicates, codes: index.codes, index: index.replicates, threads: run.threadsOfPart))
            }
            guard let residuals = run.residuals else {
                return maker.block(of: variable, measure: measure, tally: tally, workspace: workspace)
            }
            let tallies = ordered.indices.map { step in
                Tally(
                    ordered[step], index: index.steps[step], design: residuals.steps[step].cells,
                    workspace: workspace.step(step))
            }
            return maker.block(of: variable, measure: measure, tally: tally, workspace: workspace) { gradients in
                CalibratedSums(
                    residuals, tally: tally, tallies: tallies, gradients: gradients, unitCount: design.unitCount)
            }
        }
    }

    private func refuseMissing(_ variable: TallyVariable, _ measure: Measure) throws(Problem) {
        let (sampled, weights, slots) = (order.rows(of: design), order.weights(of: design), variable.slots)
        let rows = slots.indices.filter { position in
            Int(slots[position]) == variable.missingSlot && weights[position] != 0
                && domain?.holds(sampled.map { Int($0[position]) } ?? position) != false
        }.map { position in (sampled.map { Int($0[position]) } ?? position) + 1 }.sorted()
        guard rows.isEmpty else { throw .missingAnswers(measure.variable, rows: rows) }
    }

    /// Rows and weights of the base of a count, whatever their group.
    private func whole(_ variable: TallyVariable, _ measure: Measure) -> (n: Int, weights: Double) {
        guard case .rows = measure.content else { return (0, 0) }
        var n = 0
        var sum = CompensatedSum()
        let (sampled, weights) = (order.rows(of: design), order.weights(of: design))
        for (position, slot) in variable.slots.enumerated()
        where slot == 0 && weights[position] != 0
            && domain?.holds(sampled.map { Int($0[position]) } ?? position) != false
        {
            n += 1
            sum.add(weights[position])
        }
        return (n, sum.value)
    }
}

extension Problem {
    /// Strata of one sampled PSU, and no rule for them.
    static func lonelyPSU(strata: [String], columns: [String]) -> Problem {
        Problem(
            "estimation.lonely-psu", .computation, what: "\(strata.count) strata have a single PSU",
            place: Place(column: columns.isEmpty ? nil : columns.joined(separator: "*"), detail: strata.first),
            why: "a variance needs at least 2 PSUs in a stratum; found 1 in \(list: strata)",
            fix: "choose a rule with --lonely-psu certainty, average, adjust or adjust-zero, or merge the strata")
    }

    /// Rows deleted from a sample whose weights were fitted with them.
    static func listwiseCalibrated() -> Problem {
        Problem(
            "estimation.listwise-calibrated", .usage,
            what: "--missing listwise does not go with the record of a calibration",
            why: "weights were fitted to totals with the rows that listwise deletes",
            fix: "use --missing domain, or take the weights as fixed with --record ignore")
    }

    /// Rows deleted from a sample whose variance belongs to all of it.
    static func listwiseStructure() -> Problem {
        Problem(
            "estimation.listwise-structure", .usage, what: "--missing listwise does not go with this design",
            why: "joint probabilities and phases belong to the whole sample, and listwise deletes rows of it",
            fix: "use --missing domain")
    }

    /// A sample without strata that is one PSU.
    static func singlePSU() -> Problem {
        Problem(
            "estimation.single-psu", .computation, what: "The sample has a single PSU",
            why: "a variance needs at least 2 PSUs; found 1",
            fix: "name other PSUs with --psu, or choose a rule with --lonely-psu")
    }

    /// Rows of the base without an answer where none may be missing.
    static func missingAnswers(_ variable: String, rows: [Int]) -> Problem {
        Problem(
            "estimation.missing-answers", .computation, what: "\"\(variable)\" has no answer in \(rows.count) rows",
            place: Place(rows: rows, variable: variable),
            why: "--missing error allows no row of the base without an answer",
            fix: "use --missing domain, or fill in the rows")
    }
}
