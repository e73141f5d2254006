internal import SurveyDesign
internal import SurveyProblems
internal import SurveyWeighting

extension ReplicateEngine {
    /// The spreads of functions of totals, group after group and estimator after estimator.
    ///
    /// `values` are the estimates of the full sample; where there is none, there is no spread. `threads` share the
    /// replicates of this tally.
    func spreads(
        of variable: TallyVariable, tally: Tally, codes: [UInt32], index: Index?, estimators: [any Estimator],
        values: [Double?], workspace: TallyWorkspace, threads: Int
    ) -> [Spread] {
        let factors = replicates.factors
        let chunks = ReplicateChunks(factors.blockCount, threads: threads)
        let sums: UnitSums
        if let index {
            let own = units.positions.map { variable.reordered($0) } ?? variable
            let other = Tally(own, index: index.cells, design: units.design, workspace: workspace.step(0))
            sums = UnitSums(
                starts: index.cells.firstCells, targets: index.cells.groupOfCell, targetCount: index.cells.groupCount,
                sums: other.sums, width: other.width)
        } else {
            sums = UnitSums(
                starts: tally.index.firstCells, targets: tally.index.groupOfCell, targetCount: tally.index.groupCount,
                sums: tally.sums, width: tally.width)
        }
        let cells = index.map {
            ReplicateKernel.Cells(
                totalOfTarget: $0.groupOfTarget, cellOfTarget: $0.cellOfTarget, totalCount: tally.index.groupCount,
                gains: calibration?.gains)
        }
        let source = Source(sums: sums, cells: cells)
        let totals = tally.totals
        let offsets = estimators.map { estimator in estimator.sums.map { variable.offset(of: $0) } }
        let rows = ReplicateRows(design, variable: variable, codes: codes, groups: tally.index.groupCount)
        let found = try? Workers.map(chunks.count, threads: threads) { (chunk, _) throws(Problem) in
            var result = [[Double]](repeating: [], count: values.count)
            func take(_ block: Int, _ changes: UnsafePointer<Double>) {
                let count = factors.replicates(ofBlock: block).count
                for position in values.indices {
                    let (group, estimator) = position.quotientAndRemainder(dividingBy: estimators.count)
                    let own = offsets[estimator].map { group * source.sums.width + $0 }
                    guard let value = values[position] else {
                        result[position] += [Double](repeating: .nan, count: count)
                        continue
                    }
                    var point = [Double](repeating: 0, count: own.count)
                    for lane in 0..<count {
                        for (term, at) in own.enumerated() {
                            point[term] = ReplicateEngine.sum(
                                of: totals[at], changedBy: changes[at * ReplicateFactors.lanes + lane])
                        }
                        let replicate = try? estimators[estimator].value(at: point)
                        result[position].append((replicate ?? .nan) - value)
                    }
                }
            }
            if factors.isByRow {
                rows.changes(self, blocks: chunks[chunk], take)
            } else {
                ReplicateKernel(factors: factors).changes(
                    of: source.sums, blocks: chunks[chunk], cells: source.cells, take)
            }
            return result
        }
        return values.indices.map { position in
            spread(of: (found ?? []).flatMap { $0[position] })
        }
    }

    /// The sum of a replicate; where nothing is left of it but rounding, 0.
    static func sum(of total: Double, changedBy change: Double) -> Double {
        let sum = total + change
        return abs(sum) < 1e-12 * abs(total) ? 0 : sum
    }

    /// Sums that all threads read and nobody writes.
    private struct Source: @unchecked Sendable {
        let sums: UnitSums
        let cells: ReplicateKernel.Cells?
    }
}

/// Changes of the sums of groups where replicates have a number for each row: rows are read once a block of replicates.
struct ReplicateRows: Sendable {
    private let design: SampleDesign
    private let variable: TallyVariable
    private let codes: [UInt32]
    private let groups: Int

    init(_ design: SampleDesign, variable: TallyVariable, codes: [UInt32], groups: Int) {
        self.design = design
        self.variable = variable
        self.codes = codes
        self.groups = groups
    }

    /// Calls a function with the changes of each block: group × sum × lanes, sums in the order of the tally.
    func changes(
        _ engine: ReplicateEngine, blocks: Range<Int>,
        _ body: (_ block: Int, _ changes: UnsafePointer<Double>) -> Void
    ) {
        guard case .rows(let columns, let areWeights) = engine.replicates.factors.storage else { return }
        let lanes = ReplicateFactors.lanes
        let answers = variable.answerCount
        let width: Int =
            switch variable.content {
            case .answers: answers + 1
            case .numbers: 2
            case .pairs: 3
            }
        let before = engine.calibration == nil ? nil : design.calibration?.steps.first?.before
        let (rows, weights, slots) = (design.rows, design.weights, variable.slots)
        for block in blocks {
            let gains = engine.calibration?.gains
            var changes = [Double](repeating: 0, count: max(1, groups * width * lanes))
            for (lane, replicate) in engine.replicates.factors.replicates(ofBlock: block).enumerated() {
                let column = columns[replicate]
                for (position, group) in codes.enumerated() where group != Groups.none {
                    let slot = Int(slots[position])
                    guard slot < answers else { continue }
                    let row = Int(rows[position])
                    let weight = weights[position]
                    var change: Double
                    if let before, let gains, let calibration = engine.calibration {
                        let base = areWeights ? column[row] / before[row] : column[row]
                        let gain = gains.value(cell: Int(calibration.cellOfRow[row]), block: block, lane: lane)
                        change = weight * (base * gain - 1)
                    } else {
                        change = areWeights ? column[row] - weight : weight * (column[row] - 1)
                    }
                    let first = Int(group) * width * lanes + lane
                    switch variable.content {
                    case .answers:
                        changes[first + slot * lanes] += change
                        changes[first + answers * lanes] += change
                    case .numbers(let numbers):
                        changes[first] += change
                        changes[first + lanes] += change * (numbers[position] - variable.centre)
                    case .pairs(let denominators, let numerators):
                        changes[first] += change
                        changes[first + lanes] += change * denominators[position]
                        change *= numerators[position] - variable.centre * denominators[position]
                        changes[first + 2 * lanes] += change
                    }
                }
            }
            changes.withUnsafeBufferPointer { changes in
                if let base = changes.baseAddress { body(block, base) }
            }
        }
    }
}
