internal import SurveyDesign
internal import SurveyMath
internal import SurveyProblems

extension EstimationRun {
    /// Estimates of a statistic of the rows of each group, in each breakdown.
    ///
    /// A row is in one group only, so its influences on the estimates of all groups are one number an estimate: they are
    /// tallied as a total, and the standard error is that of the total.
    func statisticBlocks(
        of statistic: any GroupStatistic, _ measure: Measure, _ variable: TallyVariable, indexes: [BreakdownIndex],
        workspace: TallyWorkspace
    ) throws(Problem) -> [EstimateMaker.Block] {
        let answered = variable.answeredPositions
        var columns: [[Double]] = []
        for column in statistic.columns {
            let values = try NumberValues(column).values
            columns.append(design.rows.map { values[Int($0)] })
        }
        var tallying = Tallying(self, measure)
        var finish = EstimateFinish(options)
        var blocks: [EstimateMaker.Block] = []
        for index in indexes {
            let rows = RowsByGroup(
                answered, groups: index.cells.groupOfPosition, count: index.cells.groupCount)
            let found = try influences(of: statistic, columns, rows)
            let spreads = spreads(of: found.values, rows: rows) { group, weights in
                (try? found.prepared[group]?.values(weights: weights)) ?? nil
            }
            var parts: [EstimateMaker.Block] = []
            for (position, influences) in found.influences.enumerated() {
                let total = TallyVariable(
                    .numbers(influences), slots: variable.slots, answerCount: 1, measured: measure.content)
                var block = tallying.block(of: total, byStep(total), index: index, workspace: workspace)
                for group in block.rows.indices {
                    let value = found.values[group].map { $0[position] }
                    let added = found.added[group].flatMap { $0.indices.contains(position) ? $0[position] : nil }
                    let spread = spreads.flatMap { value == nil ? nil : $0[group][position] }
                    if let spread { block.keep(spread, of: group) }
                    block.rows[group] = block.rows[group].map { row in
                        finish.finished(
                            spread.map(row.with) ?? row, value: value, label: statistic.labels[position],
                            scale: statistic.scale,
                            addedVariance: added ?? 0)
                    }
                    if value == nil { block.forgetSums(of: group) }
                }
                parts.append(block)
            }
            blocks.append(EstimateMaker.Block(joining: parts))
        }
        return blocks
    }

    /// The values of each group, nil where it has none, and by estimate the influence of each row in use.
    private func influences(
        of statistic: any GroupStatistic, _ columns: [[Double]], _ rows: RowsByGroup
    ) throws(Problem) -> (
        values: [[Double]?], influences: [[Double]], added: [[Double]?], prepared: [(any PreparedStatistic)?]
    ) {
        let count = statistic.estimateCount
        var values: [[Double]?] = []
        var added: [[Double]?] = []
        var everyPrepared = [(any PreparedStatistic)?](repeating: nil, count: rows.starts.count - 1)
        let fractions = options.countsRandomisation ? design.fractionsOfRows : []
        var influences = [[Double]](
            repeating: [Double](repeating: 0, count: design.rows.count), count: count)
        let sampled = design.weights
        for group in 0..<(rows.starts.count - 1) {
            let positions = rows.rows(of: group)
            guard !positions.isEmpty else {
                values.append(nil)
                added.append(nil)
                continue
            }
            let prepared = try statistic.prepared(columns.map { column in positions.map { column[Int($0)] } })
            everyPrepared[group] = prepared
            let weights = positions.map { sampled[Int($0)] }
            guard let found = try? prepared.values(weights: weights), found.count == count,
                found.allSatisfy(\.isFinite),
                let slopes = try? prepared.influences(weights: weights), slopes.count == count
            else {
                values.append(nil)
                added.append(nil)
                continue
            }
            values.append(found)
            added.append(
                options.countsRandomisation
                    ? prepared.addedVariances(weights: weights, fractions: positions.map { fractions[Int($0)] }) : nil)
            for (estimate, slope) in slopes.enumerated() {
                for (position, value) in zip(positions, slope) { influences[estimate][Int(position)] = value }
            }
        }
        return (values, influences, added, everyPrepared)
    }
}

extension TallyVariable {
    /// The rows with an answer, in the order of the design.
    var answeredPositions: [UInt32] {
        slots.indices.compactMap { Int(slots[$0]) < answerCount ? UInt32(truncatingIfNeeded: $0) : nil }
    }
}

extension EstimateMaker.Block {
    /// Puts blocks of one breakdown side by side: group after group, the estimates of each block in turn.
    init(joining blocks: [EstimateMaker.Block]) {
        let groups = blocks.first?.rows.count ?? 0
        self.init(
            rows: (0..<groups).map { group in blocks.flatMap { $0.rows[group] } },
            unitSums: blocks.first?.unitSums.map { first in
                func joined(_ lists: (LinearizedVariance.UnitSums) -> [[Double]]) -> [[Double]] {
                    (0..<groups).flatMap { group in
                        blocks.flatMap { block -> ArraySlice<[Double]> in
                            let width = block.rows[group].count
                            guard let own = block.unitSums.map(lists), !own.isEmpty else { return [] }
                            return own[(group * width)..<((group + 1) * width)]
                        }
                    }
                }
                return LinearizedVariance.UnitSums(
                    sums: joined(\.sums), supports: first.supports, changes: joined(\.changes))
            })
    }

    /// Marks what PSUs add to an estimate that is not there.
    mutating func forgetSums(of group: Int) { scaleSums(of: group, by: .nan) }

    /// Multiplies what PSUs add to the estimates of a group.
    mutating func scaleSums(of group: Int, by factor: Double) {
        guard unitSums != nil else { return }
        let width = rows[group].count
        for at in (group * width)..<((group + 1) * width) {
            for unit in unitSums?.sums[at].indices ?? 0..<0 { unitSums?.sums[at][unit] *= factor }
            // What replicates change is then another estimate than the one that is shown.
            if unitSums?.changes.isEmpty == false { unitSums?.changes[at] = [] }
        }
    }
}

extension SampleDesign {
    /// The sampling fraction of the PSU of each row in use, 0 where nothing is known.
    var fractionsOfRows: [Double] {
        var fractions = [Double](repeating: 0, count: rowsInUse)
        for stratum in strata {
            for position in psuStarts[stratum.psus.lowerBound]..<psuStarts[stratum.psus.upperBound] {
                fractions[position] = stratum.samplingFraction
            }
        }
        return fractions
    }
}
