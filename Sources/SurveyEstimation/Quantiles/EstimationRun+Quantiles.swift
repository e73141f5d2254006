internal import SurveyData
internal import SurveyDesign
internal import SurveyProblems

extension EstimationRun {
    /// Quantiles of one column in each breakdown.
    ///
    /// The rows of each group are sorted. The share of the weight up to a quantile is then tallied like any other share,
    /// so its standard error knows of everything that the design does; the ends of its interval are mapped back through
    /// the quantile's rule.
    ///
    /// - Source: Woodruff (1952); Francisco and Fuller (1991); Documentation/Methods.md, "Quantiles".
    func quantileBlocks(
        of numbers: NumbersInUse, at probabilities: [Double], _ measure: Measure, indexes: [BreakdownIndex],
        workspace: TallyWorkspace
    ) throws(Problem) -> [EstimateMaker.Block] {
        for p in probabilities where !(0...1).contains(p) { throw .wrongProbability(p, of: measure.variable) }
        if options.quantileInterval == .replicate, replicates == nil { throw .noReplicatesForQuantiles() }
        var quantiles = GroupedQuantiles(self, measure, numbers)
        return indexes.map { index in
            let groups = index.cells.groupOfPosition
            let count = index.cells.groupCount
            let sorted = SortedRows.byGroup(
                numbers.values, slots: numbers.variable.slots, rows: order.rows(of: design),
                rowCount: design.rowCount, groups: groups, count: count)
            let distributions = order.weights(of: design).withUnsafeBufferPointer { weights in
                sorted.map { rows in
                    WeightedDistribution(
                        ascending: rows.values, weights: rows.positions.map { weights[Int($0)] })
                }
            }
            let rows =
                options.quantileInterval == .replicate
                ? RowsByGroup(sorted.flatMap(\.positions), groups: groups, count: count) : nil
            return EstimateMaker.Block(
                joining: probabilities.map { p in
                    quantiles.block(at: p, distributions, rows, groups: groups, index: index, workspace: workspace)
                })
        }
    }

    /// The numbers of a column in the order of the run, and which rows have one.
    struct NumbersInUse {
        let values: [Double]
        /// Slot 0 where there is a number; nothing but the slots counts.
        let variable: TallyVariable
    }

    func numbersInUse(of column: Column, _ measure: Measure) throws(Problem) -> NumbersInUse {
        let numbers = try NumberValues(column).values
        let rows = order.rows(of: design)
        let values =
            rows.map { rows in numbers.withUnsafeBufferPointer { numbers in rows.map { numbers[Int($0)] } } } ?? numbers
        var slots = values.map { UInt16(abs($0) < .infinity ? 0 : 1) }
        if let incomplete {
            for position in slots.indices where incomplete[rows.map { Int($0[position]) } ?? position] {
                slots[position] = 1
            }
        }
        if let base = measure.base {
            for position in slots.indices where !base.holds(rows.map { Int($0[position]) } ?? position) {
                slots[position] = 2
            }
        }
        return NumbersInUse(
            values: values,
            variable: TallyVariable(
                .answers, slots: slots, answerCount: 1, measured: measure.content, hasOutside: measure.base != nil))
    }
}

/// Quantiles of one variable by group, with their intervals.
private struct GroupedQuantiles {
    private let run: EstimationRun
    private let measure: Measure
    /// The numbers in the order of the run.
    private let values: [Double]
    private let variable: TallyVariable
    private var tallying: EstimationRun.Tallying
    private var finish: EstimateFinish
    private let interval: QuantileLimits

    init(_ run: EstimationRun, _ measure: Measure, _ numbers: EstimationRun.NumbersInUse) {
        self.run = run
        self.measure = measure
        values = numbers.values
        variable = numbers.variable
        var options = run.options
        options.degreesOfFreedom = options.quantileDegreesOfFreedom ?? options.degreesOfFreedom
        tallying = EstimationRun.Tallying(run, measure, options: options)
        finish = EstimateFinish(run.options)
        interval = QuantileLimits(run.options)
    }

    /// The p-quantile of each group.
    mutating func block(
        at p: Double, _ distributions: [WeightedDistribution], _ rows: RowsByGroup?, groups: [UInt32],
        index: EstimationRun.BreakdownIndex, workspace: TallyWorkspace
    ) -> EstimateMaker.Block {
        let options = run.options
        let found = distributions.map {
            $0.quantile(p, by: options.quantileRule, belowFirst: options.belowFirst)
        }
        var block = shares(upTo: found, groups: groups, index: index, workspace: workspace)
        var tested: [QuantileLimits.Ends]?
        if options.quantileInterval == .score {
            tested = scoreEnds(at: p, distributions, found, groups: groups, index: index, workspace: workspace)
        }
        var spreads: [[ReplicateEngine.Spread]]?
        if let rows {
            spreads = run.spreads(of: found.map { value in value.map { [$0] } }, rows: rows) { group, weights in
                WeightedDistribution(ascending: distributions[group].values, weights: weights)
                    .quantile(p, by: options.quantileRule, belowFirst: options.belowFirst).map { [$0] }
            }
        }
        for group in block.rows.indices {
            guard let row = block.rows[group].first else { continue }
            var parts = EstimateParts(row)
            parts.parameter = Estimate.Parameter(name: "p", value: p)
            parts.n = row.nBase
            (parts.low, parts.high, parts.method, parts.error) = (nil, nil, nil, nil)
            parts.value = found[group].flatMap { $0.isFinite ? $0 : nil }
            if parts.value == nil || row.nBase == 0 {
                parts.withdraw()
                block.forgetSums(of: group)
            } else if let spread = spreads?[group].first, let value = parts.value {
                parts.error = spread.variance?.squareRoot()
                if spread.dropped > 0 { parts.add(.droppedReplicates) }
                if let error = parts.error, let t = row.degreesOfFreedom.flatMap({ $0 >= 1 ? finish.t($0) : nil }) {
                    (parts.low, parts.high) = (value - t * error, value + t * error)
                    parts.method = EstimationOptions.QuantileInterval.replicate.rawValue
                }
                block.keep(spread, of: group)
            } else if let freedom = row.degreesOfFreedom, freedom >= 1, let t = finish.t(freedom) {
                interval.setEnds(
                    of: &parts, row, p: p, t: t, distributions[group], tested: tested.map { $0[group] })
                // Influences of the quantile are those of the share over the density that the interval implies.
                let scale = parts.error.map { error in
                    (row.standardError ?? 0) > 0 ? -error / (row.standardError ?? 1) : error == 0 ? 0 : .nan
                }
                block.scaleSums(of: group, by: scale ?? .nan)
            } else {
                block.forgetSums(of: group)
            }
            block.rows[group] = [parts.estimate(like: row)]
        }
        return block
    }

    /// The share of each group's weight up to its own number.
    private mutating func shares(
        upTo thresholds: [Double?], groups: [UInt32], index: EstimationRun.BreakdownIndex, workspace: TallyWorkspace
    ) -> EstimateMaker.Block {
        // The last bound is that of rows without a group.
        let bounds = thresholds.map { $0 ?? -.infinity } + [-.infinity]
        let outside = UInt32(truncatingIfNeeded: thresholds.count)
        let slots = values.withUnsafeBufferPointer { values in
            variable.slots.withUnsafeBufferPointer { slots in
                bounds.withUnsafeBufferPointer { bounds in
                    groups.withUnsafeBufferPointer { groups in
                        groups.indices.map { position -> UInt16 in
                            // No branch: at a median half of them would be foreseen wrongly.
                            let bound = bounds[Int(min(groups[position], outside))]
                            let above: UInt16 = values[position] <= bound ? 0 : 1
                            let own = slots[position]
                            // Missing and outside the base move up by one: there are two answers now.
                            return own &+ (own == 0 ? above : 1)
                        }
                    }
                }
            }
        }
        let below = TallyVariable(
            .answers, slots: slots, answerCount: 2, measured: measure.content, hasOutside: measure.base != nil)
        return tallying.block(of: below, run.byStep(below), index: index, workspace: workspace)
    }

    /// The numbers θ that the test of Σw(1(y ≤ θ) − p) = 0 does not reject, by group.
    ///
    /// The test of each number costs a tally; both ends are found by halving the numbers on either side of the quantile,
    /// all groups at once.
    private mutating func scoreEnds(
        at p: Double, _ distributions: [WeightedDistribution], _ found: [Double?], groups: [UInt32],
        index: EstimationRun.BreakdownIndex, workspace: TallyWorkspace
    ) -> [QuantileLimits.Ends] {
        var ends = distributions.map { _ in QuantileLimits.Ends() }
        for isUpper in [false, true] {
            var searches = zip(distributions, found).map { distribution, value in
                StepSearch(distribution.values, from: value ?? .infinity, isUpper: isUpper)
            }
            while searches.contains(where: { $0.next != nil }) {
                let block = shares(upTo: searches.map(\.next), groups: groups, index: index, workspace: workspace)
                for group in searches.indices where searches[group].next != nil {
                    searches[group].settle(isRejected: isRejected(block.rows[group].first, p: p))
                }
            }
            for group in searches.indices {
                if isUpper {
                    ends[group].high = searches[group].found
                } else {
                    ends[group].low = searches[group].found
                }
            }
        }
        return ends
    }

    private mutating func isRejected(_ row: Estimate?, p: Double) -> Bool {
        guard let row, let share = row.value, let freedom = row.degreesOfFreedom, freedom >= 1,
            let t = finish.t(freedom)
        else { return true }
        return abs(share - p) > t * (row.standardError ?? 0) + WeightedDistribution.tie
    }
}

extension Problem {
    /// A share of the weight that no number can have.
    static func wrongProbability(_ p: Double, of variable: String) -> Problem {
        Problem(
            "estimation.wrong-probability", .usage, what: "\"\(variable)\" has no quantile at \(JSONText.shortest(p))",
            place: Place(variable: variable), why: "p lies between 0 and 1; found \(JSONText.shortest(p))",
            fix: "write for example 0.5 for the median")
    }

    /// An interval from replicates where there are none.
    static func noReplicatesForQuantiles() -> Problem {
        Problem(
            "estimation.no-replicates-for-quantiles", .usage,
            what: "--quantile-ci replicate needs replicate weights",
            why: "its standard error is that of the quantiles of the replicates; the design has none",
            fix: "add --replicates bootstrap, or choose --quantile-ci mean")
    }
}
