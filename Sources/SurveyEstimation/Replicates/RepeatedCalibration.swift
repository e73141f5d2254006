internal import SurveyDesign
internal import SurveyMath
internal import SurveyProblems
internal import SurveyWeighting

/// The recorded non-response steps and fits of the weights, repeated on each replicate.
///
/// A replicate starts from the weights before the first of them. They work on crossed cells of their variables, so that rows
/// are added up once; what a step gives a cell is kept as its gain: its factor in the replicate over that of the full sample.
/// Other steps between them (trimming) keep the factors of the full sample.
///
/// - Source: Valliant (1993), Journal of the American Statistical Association 88, 89–96; Documentation/Methods.md,
///   "Replicates". Checked: R survey 4.1-1 `postStratify` and `rake` of replicate designs, Tests/Reference/calibrated.json.
struct RepeatedCalibration: Sendable {
    /// By row of the table the cell of all fits together.
    let cellOfRow: [UInt32]
    let cellCount: Int
    let gains: ReplicateGains
    /// By replicate: true where a fit could not be met.
    let failed: [Bool]

    /// Numbers that gains may take.
    private static let mostGains = 1 << 27

    init(
        _ record: CalibrationRecord, design: SampleDesign, replicates: ReplicateWeights,
        rule: EstimationOptions.ReplicateRaking, threads: Int
    ) throws(Problem) {
        let cells = FittedCells(record, design: design)
        let factors = replicates.factors
        let (size, overflows) = cells.count.multipliedReportingOverflow(by: replicates.count)
        guard !overflows, size <= RepeatedCalibration.mostGains else {
            throw .tooManyGains(cells: cells.count, replicates: replicates.count)
        }
        let gains = ReplicateGains(cells: cells.count, blocks: factors.blockCount)
        var failed = [Bool](repeating: false, count: replicates.count)
        if record.steps.contains(where: { $0.controls?.bounds?.scale == .weight }) { throw .boundedWeightsRepeated() }
        let first = record.first ?? []
        var work: [(repeated: any RepeatedStep, addends: [Double])] = []
        for (number, step) in record.nonresponse.enumerated() {
            work.append((RepeatedNonresponse(step, cells: cells.cellOfStep[number], design: design), step.addends))
        }
        for (number, step) in record.steps.enumerated() {
            let own = cells.cellOfStep[record.nonresponse.count + number]
            work.append((RepeatedFit(step, cells: own, design: design, rule: rule), step.before))
        }
        for (fit, addends) in work {
            let sums = FittedSums(addends, cells: cells, design: design, factors: factors, first: first)
            let chunks = ReplicateChunks(factors.blockCount, threads: threads)
            let found = try Workers.map(chunks.count, threads: threads) { (chunk, _) throws(Problem) in
                var failures: [Int] = []
                sums.eachBlock(chunks[chunk]) { block, weights in
                    for (lane, replicate) in factors.replicates(ofBlock: block).enumerated() {
                        // What the fits before have made of the replicate's weights.
                        let own = (0..<cells.count).map {
                            weights[$0 * ReplicateFactors.lanes + lane]
                                * gains.value(cell: $0, block: block, lane: lane)
                        }
                        guard let found = fit.gains(own) else {
                            failures.append(replicate)
                            continue
                        }
                        for cell in 0..<cells.count {
                            let before = gains.value(cell: cell, block: block, lane: lane)
                            gains.set(before * found[cell], cell: cell, block: block, lane: lane)
                        }
                    }
                }
                return failures
            }
            for replicate in found.joined() { failed[replicate] = true }
        }
        let failures = failed.count { $0 }
        guard failures <= replicates.count / 20 else { throw .replicatesFailed(failures, of: replicates.count) }
        cellOfRow = cells.cellOfRow
        cellCount = cells.count
        self.gains = gains
        self.failed = failed
    }
}

/// A step that is done again on the weights of a replicate.
protocol RepeatedStep: Sendable {
    /// The gain of each crossed cell for weights of the crossed cells; nil if the step cannot be done.
    func gains(_ crossed: [Double]) -> [Double]?
}

/// The crossing of the cells of all steps.
private struct FittedCells {
    let cellOfRow: [UInt32]
    let count: Int
    /// For each step its cell of each crossed cell; the number of its cells for rows outside it.
    private(set) var cellOfStep: [[Int]]

    init(_ record: CalibrationRecord, design: SampleDesign) {
        var codes: [UInt32] = []
        var members: [[Int]] = [[]]
        let all =
            record.nonresponse.map { (codes: $0.groupOfRow, count: $0.groupCount) }
            + record.steps.map { (codes: $0.cellOfRow, count: $0.cellCount) }
        for step in all {
            let own = step.count + 1
            guard !codes.isEmpty else {
                codes = step.codes
                members = (0..<own).map { [$0] }
                continue
            }
            let crossing = KeyCodes.crossing(codes, of: members.count, with: step.codes, of: own)
            codes = crossing.codes
            members = crossing.pairs.map { members[Int($0.first)] + [Int($0.second)] }
        }
        cellOfRow = codes
        count = members.count
        cellOfStep = all.indices.map { step in members.map { $0[step] } }
    }
}

/// The weights before a step by crossed cell, in each replicate.
private struct FittedSums: @unchecked Sendable {
    private let factors: ReplicateFactors
    private let cellCount: Int
    private let starts: [Int]
    private let targets: [UInt32]
    private let values: [Double]
    private let whole: [Double]
    /// By row of the table, where replicates have a number for each row: the weight before the fit, and what a replicate
    /// weight is divided by to be a factor on it.
    private let rows: [(row: Int, cell: Int, weight: Double, divisor: Double)]

    init(
        _ before: [Double], cells: FittedCells, design: SampleDesign, factors: ReplicateFactors, first: [Double]
    ) {
        self.factors = factors
        cellCount = cells.count
        var starts = [0]
        var targets: [UInt32] = []
        var values: [Double] = []
        var whole = [CompensatedSum](repeating: CompensatedSum(), count: cells.count)
        var rows: [(row: Int, cell: Int, weight: Double, divisor: Double)] = []
        if case .rows(_, let areWeights) = factors.storage {
            for row in 0..<design.rowCount where design.psuOfRow[row] != SampleDesign.setAside && before[row] != 0 {
                let divisor = areWeights ? first[row] : 1
                guard divisor != 0 else { continue }
                rows.append((row, Int(cells.cellOfRow[row]), before[row], divisor))
            }
        } else {
            let grouped = ReplicateUnits.grouped(design, factors, weights: before)
            var last = [Int](repeating: -1, count: cells.count)
            for unit in 0..<grouped.psuCount {
                let first = targets.count
                for position in grouped.psuStarts[unit]..<grouped.psuStarts[unit + 1] {
                    let cell = Int(cells.cellOfRow[Int(grouped.rows[position])])
                    if last[cell] < first {
                        last[cell] = targets.count
                        targets.append(UInt32(truncatingIfNeeded: cell))
                        values.append(0)
                    }
                    values[last[cell]] += grouped.weights[position]
                    whole[cell].add(grouped.weights[position])
                }
                starts.append(targets.count)
            }
        }
        self.starts = starts
        self.targets = targets
        self.values = values
        self.whole = whole.map(\.value)
        self.rows = rows
    }

    /// Calls a function with the weights of each block of replicates: cell × lanes.
    func eachBlock(_ blocks: Range<Int>, _ body: (_ block: Int, _ weights: [Double]) -> Void) {
        let lanes = ReplicateFactors.lanes
        guard case .rows(let columns, _) = factors.storage else {
            values.withUnsafeBufferPointer { values in
                guard let base = values.baseAddress else { return }
                let sums = UnitSums(starts: starts, targets: targets, targetCount: cellCount, sums: base, width: 1)
                ReplicateKernel(factors: factors).changes(of: sums, blocks: blocks, cells: nil) { block, changes in
                    body(
                        block,
                        (0..<(cellCount * lanes)).map {
                            ReplicateEngine.sum(of: whole[$0 / lanes], changedBy: changes[$0])
                        })
                }
            }
            return
        }
        for block in blocks {
            var weights = [Double](repeating: 0, count: cellCount * lanes)
            for (lane, replicate) in factors.replicates(ofBlock: block).enumerated() {
                let column = columns[replicate]
                for entry in rows {
                    weights[entry.cell * lanes + lane] += column[entry.row] / entry.divisor * entry.weight
                }
            }
            body(block, weights)
        }
    }
}

/// One recorded fit, done again on other weights of its cells.
private struct RepeatedFit: RepeatedStep {
    private let cellOfCrossed: [Int]
    private let cellCount: Int
    private let categoryOfCell: [[Int]]
    private let targets: [[Double]]
    /// The factor of each cell in the full sample.
    private let factors: [Double]
    private let method: CalibrationRecord.Step.Method
    /// The totals of a general calibration, which fits by another way than turns.
    private let controls: CalibrationControls?
    /// So many sweeps from the start, or until the margins are met.
    private let sweeps: Int?

    private static let mostSweeps = 1_000
    private static let tolerance = 1e-9

    init(
        _ step: CalibrationRecord.Step, cells: [Int], design: SampleDesign, rule: EstimationOptions.ReplicateRaking
    ) {
        cellOfCrossed = cells
        let cellCount = step.cellCount
        self.cellCount = cellCount
        categoryOfCell = step.categoryOfCell.map { $0.map { Int($0) } }
        method = step.method
        controls = step.controls
        var before = [CompensatedSum](repeating: CompensatedSum(), count: cellCount)
        var after = before
        for row in 0..<design.rowCount
        where design.psuOfRow[row] != SampleDesign.setAside && Int(step.cellOfRow[row]) < cellCount {
            before[Int(step.cellOfRow[row])].add(step.before[row])
            after[Int(step.cellOfRow[row])].add(step.after[row])
        }
        factors = zip(before, after).map { $0.value == 0 ? 1 : $1.value / $0.value }
        // Where the record does not state the targets, the weights after the fit add up to them.
        targets =
            step.targets
            ?? categoryOfCell.map { categories in
                var sums = [CompensatedSum](
                    repeating: CompensatedSum(), count: (categories.max() ?? -1) + 1)
                for (cell, category) in categories.enumerated() { sums[category].add(after[cell].value) }
                return sums.map(\.value)
            }
        sweeps = rule == .sweeps && step.method == .rake ? step.sweeps : nil
    }

    /// The gain of each crossed cell for weights of the crossed cells; nil if the fit cannot be met.
    func gains(_ crossed: [Double]) -> [Double]? {
        var start = [Double](repeating: 0, count: cellCount)
        for (cell, weight) in crossed.enumerated() where cellOfCrossed[cell] < cellCount {
            start[cellOfCrossed[cell]] += weight
        }
        if let controls {
            // One row a cell: rows of a cell have one factor.
            guard let fitted = try? controls.fitted(start, cellOfRow: start.indices.map { UInt32($0) }) else {
                return nil
            }
            return gains(fitted, start)
        }
        // From the full sample's factors the same solution is reached in fewer sweeps.
        var weights = sweeps == nil ? zip(start, factors).map { $0 * $1 } : start
        let last = method == .poststratify ? 1 : sweeps ?? RepeatedFit.mostSweeps
        var isMet = method == .poststratify || sweeps != nil
        for _ in 0..<last {
            for (categories, targets) in zip(categoryOfCell, targets) {
                guard let turn = turn(weights, categories, targets) else { return nil }
                for cell in weights.indices { weights[cell] *= turn[categories[cell]] }
            }
            if method == .rake, sweeps == nil, error(weights) <= RepeatedFit.tolerance {
                isMet = true
                break
            }
        }
        guard isMet, weights.allSatisfy(\.isFinite) else { return nil }
        return gains(weights, start)
    }

    /// What the fit gives each crossed cell, over what it gave in the full sample.
    private func gains(_ weights: [Double], _ start: [Double]) -> [Double] {
        let gains = weights.indices.map { start[$0] == 0 ? 1 : weights[$0] / start[$0] / factors[$0] }
        return cellOfCrossed.map { $0 < cellCount ? gains[$0] : 1 }
    }

    private func sums(_ weights: [Double], _ categories: [Int], count: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: count)
        for (cell, category) in categories.enumerated() { sums[category] += weights[cell] }
        return sums
    }

    private func turn(_ weights: [Double], _ categories: [Int], _ targets: [Double]) -> [Double]? {
        var factors = sums(weights, categories, count: targets.count)
        for category in factors.indices {
            guard factors[category] > 0 || targets[category] == 0 else { return nil }
            factors[category] = targets[category] == 0 ? 0 : targets[category] / factors[category]
        }
        return factors
    }

    private func error(_ weights: [Double]) -> Double {
        var largest = 0.0
        for (categories, targets) in zip(categoryOfCell, targets) {
            for (sum, target) in zip(sums(weights, categories, count: targets.count), targets) where target > 0 {
                let error = abs(sum - target) / target
                largest = error.isFinite ? max(largest, error) : .infinity
            }
        }
        return largest
    }
}

/// Blocks of replicates shared out in runs, one a thread.
struct ReplicateChunks: Sendable {
    private let blocks: Int
    let count: Int

    init(_ blocks: Int, threads: Int) {
        self.blocks = blocks
        count = max(1, min(blocks, threads))
    }

    subscript(chunk: Int) -> Range<Int> { (blocks * chunk / count)..<(blocks * (chunk + 1) / count) }
}

extension Problem {
    /// A calibration that too many replicates cannot meet.
    static func replicatesFailed(_ failed: Int, of count: Int) -> Problem {
        Problem(
            "estimation.replicates-failed", .computation,
            what: "The weights of \(failed) of \(count) replicates cannot be fitted to the targets",
            why: "a category has no row or a cell no respondent there, or the fit does not end; at most 5 % may fail",
            fix:
                "collapse small categories of the targets, or take the weights as fixed with --replicates-recalibrate off"
        )
    }

    /// Limits of weights, which differ from row to row of a cell.
    static func boundedWeightsRepeated() -> Problem {
        Problem(
            "estimation.bounded-weights-repeated", .usage,
            what: "A calibration with bounds on weights cannot be repeated on replicates",
            why: "rows of one calibration cell then have factors of their own; bounds on g can be repeated",
            fix: "bound g with --bounds-on g, or take the weights as fixed with --replicates-recalibrate off")
    }

    static func tooManyGains(cells: Int, replicates: Int) -> Problem {
        Problem(
            "estimation.replicates-cells", .usage,
            what: "The calibration cannot be repeated on so many replicates",
            why: "cells × replicates may be at most 134217728; found \(cells) × \(replicates)",
            fix: "ask for fewer replicates, or take the weights as fixed with --replicates-recalibrate off")
    }
}
