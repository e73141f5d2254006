internal import SurveyDesign
internal import SurveyMath
internal import SurveyProblems
internal import SurveyWeighting

/// The recorded steps and fits of the weights, repeated on each replicate in their order.
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
        let targets = try RepeatedTargets(record.steps, replicates: replicates)
        var fitNumber = 0
        for (number, part) in record.parts.enumerated() {
            let own = cells.cellOfStep[number]
            let (step, values): (any RepeatedStep, [[Double]]) =
                switch part {
                case .adjustment(let adjustment):
                    (
                        RepeatedAdjustment(adjustment, cells: own, design: design),
                        adjustment.addends.map { adjustment.values(of: $0) }
                    )
                case .fit(let fit):
                    (
                        RepeatedFit(
                            fit, cells: own, design: design, rule: rule, changes: targets.changes[fitNumber]),
                        [fit.before]
                    )
                }
            if case .fit = part { fitNumber += 1 }
            let sums = values.map {
                FittedSums($0, cells: cells, design: design, factors: factors, first: first)
            }
            let chunks = ReplicateChunks(factors.blockCount, threads: threads)
            let found = try Workers.map(chunks.count, threads: threads) { (chunk, _) throws(Problem) in
                var failures: [Int] = []
                let scratch = ReplicateLanes(cells.count * sums.count)
                let ofBlock = sums.map { _ in ReplicateLanes(cells.count * ReplicateLanes.vectors) }
                for block in chunks[chunk] {
                    for (part, own) in sums.enumerated() { own.fill(ofBlock[part].values, block: block) }
                    for (vector, own) in ReplicateLanes.parts(of: factors.replicates(ofBlock: block)).enumerated() {
                        for (part, addend) in step.addends.enumerated() {
                            let (weights, first) = (ofBlock[part].values, part * cells.count)
                            for cell in 0..<cells.count {
                                // What the steps before have made of the replicate's weights; rows are counted without it.
                                let gain = gains.lanes(cell: cell, block: block)[vector]
                                let sum = weights[cell * ReplicateLanes.vectors + vector]
                                scratch.values[first + cell] =
                                    switch addend {
                                    case .rows: sum
                                    case .weights: sum * gain
                                    case .squaredWeights: sum * gain * gain
                                    }
                            }
                        }
                        failures += step.gain(scratch.values, cellCount: cells.count, replicates: own)
                        for cell in 0..<cells.count {
                            gains.multiply(by: scratch.values[cell], cell: cell, block: block, vector: vector)
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
            record.parts.map { part in
                switch part {
                case .adjustment(let step): (codes: step.groupOfRow, count: step.groupCount)
                case .fit(let step): (codes: step.cellOfRow, count: step.cellCount)
                }
            }
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

/// The sums of a step by crossed cell, in each replicate.
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
            for row in 0..<design.rowCount where design.psus[row] != SampleDesign.setAside && before[row] != 0 {
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

    /// Writes the sums of each cell in the replicates of a block: cell × lanes.
    func fill(_ sums: UnsafeMutableBufferPointer<SIMD8<Double>>, block: Int) {
        let vectors = ReplicateLanes.vectors
        guard case .rows(let columns, _) = factors.storage else {
            values.withUnsafeBufferPointer { values in
                guard let base = values.baseAddress else { return }
                let units = UnitSums(starts: starts, targets: targets, targetCount: cellCount, sums: base, width: 1)
                ReplicateKernel(factors: factors).changes(of: units, blocks: block..<(block + 1), cells: nil) {
                    _, changes in
                    let changes = UnsafeRawPointer(changes).assumingMemoryBound(to: SIMD8<Double>.self)
                    for cell in 0..<cellCount {
                        let total = SIMD8(repeating: whole[cell])
                        for vector in 0..<vectors {
                            let sum = total + changes[cell &* vectors &+ vector]
                            // Where nothing is left of it but rounding, 0.
                            sums[cell &* vectors &+ vector] = sum.replacing(
                                with: 0, where: (sum * sum) .< 1e-24 * (total * total))
                        }
                    }
                }
            }
            return
        }
        sums.update(repeating: SIMD8())
        for (lane, replicate) in factors.replicates(ofBlock: block).enumerated() {
            let column = columns[replicate]
            for entry in rows {
                sums[entry.cell * vectors + lane / 8][lane % 8] += column[entry.row] / entry.divisor * entry.weight
            }
        }
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
            why:
                "a category has no row, a cell no respondent, a propensity no value or a drawn target is below 0 there, or the fit does not end; at most 5 % may fail",
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
            what: "The steps of the weights cannot be repeated on so many replicates",
            why:
                "crossed cells of the steps × replicates may be at most 134217728; found \(cells) × \(replicates): numbers that predict a propensity make a cell of each pattern",
            fix:
                "ask for fewer replicates, predict by categories, or take the weights as fixed with --replicates-recalibrate off"
        )
    }
}
