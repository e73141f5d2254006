internal import SurveyDesign
internal import SurveyMath
internal import SurveyWeighting

/// One recorded fit, done again on other weights of its cells.
///
/// Raking and post-stratification take eight replicates at once: a turn multiplies the cells by the factors of one margin and
/// adds up the next margin on the way. A replicate that meets the targets is left as it is while the others go on, so that it
/// does not matter who stands beside it.
struct RepeatedFit: RepeatedStep {
    private typealias Lanes = SIMD8<Double>
    private typealias Mask = SIMDMask<SIMD8<Int64>>

    private let cellOfCrossed: [Int]
    private let cellCount: Int
    private let margins: Int
    /// By margin and cell the category, counted through all margins.
    private let categoryOfCell: [UInt32]
    /// Where the categories of each margin start, and the end.
    private let starts: [Int]
    /// By category.
    private let targets: [Double]
    /// By replicate what each target is moved by, where targets are estimates.
    private let changes: [[Double]]
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
        _ step: CalibrationRecord.Step, cells: [Int], design: SampleDesign, rule: EstimationOptions.ReplicateRaking,
        changes: [[Double]]
    ) {
        cellOfCrossed = cells
        self.changes = changes
        let cellCount = step.cellCount
        self.cellCount = cellCount
        method = step.method
        controls = step.controls
        var before = [CompensatedSum](repeating: CompensatedSum(), count: cellCount)
        var after = before
        for row in 0..<design.rowCount
        where design.psus[row] != SampleDesign.setAside && Int(step.cellOfRow[row]) < cellCount {
            before[Int(step.cellOfRow[row])].add(step.before[row])
            after[Int(step.cellOfRow[row])].add(step.after[row])
        }
        factors = zip(before, after).map { $0.value == 0 ? 1 : $1.value / $0.value }
        // Where the record does not state the targets, the weights after the fit add up to them.
        let totals =
            step.targets
            ?? step.categoryOfCell.map { categories in
                var sums = [CompensatedSum](
                    repeating: CompensatedSum(), count: Int(categories.max() ?? 0) + (categories.isEmpty ? 0 : 1))
                for (cell, category) in categories.enumerated() { sums[Int(category)].add(after[cell].value) }
                return sums.map(\.value)
            }
        var starts = [0]
        for own in totals { starts.append(starts[starts.count - 1] + own.count) }
        self.starts = starts
        targets = totals.flatMap { $0 }
        margins = totals.count
        categoryOfCell = step.categoryOfCell.enumerated().flatMap { margin, categories in
            categories.map { $0 + UInt32(truncatingIfNeeded: starts[margin]) }
        }
        sweeps = rule == .sweeps && step.method == .rake ? step.sweeps : nil
    }

    var addends: [AdjustmentRecord.Addend] { [.weights] }

    func gain(
        _ crossed: UnsafeMutableBufferPointer<SIMD8<Double>>, cellCount crossedCount: Int, replicates: Range<Int>
    ) -> [Int] {
        let (start, weights) = (ReplicateLanes(cellCount), ReplicateLanes(cellCount))
        for (place, cell) in cellOfCrossed.enumerated() where cell < cellCount { start.values[cell] += crossed[place] }
        var isFit = Mask(repeating: false)
        for lane in replicates.indices { isFit[lane - replicates.lowerBound] = true }
        if controls == nil {
            isFit = turned(start.values, weights.values, isFit, replicates)
        } else {
            isFit = generallyFitted(start.values, weights.values, isFit, replicates)
        }
        // What the fit gives each cell, over what it gave in the full sample; a cell that it gave nothing there has nothing.
        for cell in 0..<cellCount {
            let (before, after) = (start.values[cell], weights.values[cell])
            isFit .&= (after - after) .== 0
            weights.values[cell] =
                factors[cell] == 0
                ? SIMD8(repeating: 1) : (after / before / factors[cell]).replacing(with: 1, where: before .== 0)
        }
        for (place, cell) in cellOfCrossed.enumerated() {
            crossed[place] =
                cell < cellCount
                ? weights.values[cell].replacing(with: 1, where: .!isFit) : SIMD8(repeating: 1)
        }
        return replicates.filter { !isFit[$0 - replicates.lowerBound] }
    }

    /// A general calibration, one replicate after the other; returns which are met.
    private func generallyFitted(
        _ start: UnsafeMutableBufferPointer<Lanes>, _ weights: UnsafeMutableBufferPointer<Lanes>, _ lanes: Mask,
        _ replicates: Range<Int>
    ) -> Mask {
        guard let controls else { return lanes }
        var isMet = lanes
        let cells = (0..<cellCount).map { UInt32(truncatingIfNeeded: $0) }
        for (lane, replicate) in replicates.enumerated() {
            let own = changes.isEmpty ? controls : controls.moved(by: changes[replicate])
            // One row a cell: rows of a cell have one factor.
            guard let fitted = try? own.fitted(start.map { $0[lane] }, cellOfRow: cells) else {
                isMet[lane] = false
                continue
            }
            for cell in 0..<cellCount { weights[cell][lane] = fitted[cell] }
        }
        return isMet
    }

    /// Sweeps over the margins; returns which replicates are met.
    private func turned(
        _ start: UnsafeMutableBufferPointer<Lanes>, _ weights: UnsafeMutableBufferPointer<Lanes>, _ lanes: Mask,
        _ replicates: Range<Int>
    ) -> Mask {
        // From the full sample's factors the same solution is reached in fewer sweeps.
        for cell in 0..<cellCount { weights[cell] = sweeps == nil ? start[cell] * factors[cell] : start[cell] }
        let isOneTurn = method == .poststratify
        let most = isOneTurn ? 1 : sweeps ?? RepeatedFit.mostSweeps
        var (open, lost) = (lanes, Mask(repeating: false))
        guard margins > 0 else { return lanes }
        let (sums, turn) = (ReplicateLanes(targets.count), ReplicateLanes(targets.count))
        let totals = ReplicateLanes(targets.count)
        for category in targets.indices { totals.values[category] = SIMD8(repeating: targets[category]) }
        if !changes.isEmpty {
            for (lane, replicate) in replicates.enumerated() {
                for category in targets.indices {
                    totals.values[category][lane] += changes[replicate][category]
                    // Nobody stands for less than nobody.
                    if targets[category] > 0, !(totals.values[category][lane] > 0) { lost[lane] = true }
                }
            }
            open .&= .!lost
        }
        categoryOfCell.withUnsafeBufferPointer { categories in
            add(weights, 0, categories, to: sums.values)
            for _ in 0..<most {
                for margin in 0..<margins {
                    for category in starts[margin]..<starts[margin + 1] {
                        let sum = sums.values[category]
                        let isEmpty = targets[category] == 0 ? Mask(repeating: false) : .!(sum .> 0)
                        lost .|= isEmpty .& open
                        open .&= .!isEmpty
                        turn.values[category] = (totals.values[category] / sum).replacing(with: 1, where: .!open)
                        if targets[category] == 0 { turn.values[category].replace(with: 0, where: open) }
                    }
                    // A replicate that was lost in a later category keeps the factors of the earlier ones.
                    multiply(weights, margin, categories, by: turn.values, sums.values)
                }
                guard !isOneTurn, sweeps == nil else { continue }
                open .&= .!met(weights, categories, sums.values, totals.values, open)
                if !any(open) { break }
            }
        }
        guard !isOneTurn, sweeps == nil else { return lanes .& .!lost }
        return lanes .& .!lost .& .!open
    }

    /// Adds up the categories of one margin.
    @inline(__always)
    private func add(
        _ weights: UnsafeMutableBufferPointer<Lanes>, _ margin: Int, _ categories: UnsafeBufferPointer<UInt32>,
        to sums: UnsafeMutableBufferPointer<Lanes>
    ) {
        for category in starts[margin]..<starts[margin + 1] { sums[category] = Lanes() }
        let first = margin * cellCount
        for cell in 0..<cellCount { sums[Int(categories[first &+ cell])] += weights[cell] }
    }

    /// Multiplies the cells by the factors of a margin and adds up the categories of the next one.
    private func multiply(
        _ weights: UnsafeMutableBufferPointer<Lanes>, _ margin: Int, _ categories: UnsafeBufferPointer<UInt32>,
        by turn: UnsafeMutableBufferPointer<Lanes>, _ sums: UnsafeMutableBufferPointer<Lanes>
    ) {
        let next = margin + 1 < margins ? margin + 1 : 0
        for category in starts[next]..<starts[next + 1] { sums[category] = Lanes() }
        let (first, second) = (margin * cellCount, next * cellCount)
        for cell in 0..<cellCount {
            let weight = weights[cell] * turn[Int(categories[first &+ cell])]
            weights[cell] = weight
            sums[Int(categories[second &+ cell])] += weight
        }
    }

    /// Which of the open replicates meet all margins; the sums of the first margin are there.
    private func met(
        _ weights: UnsafeMutableBufferPointer<Lanes>, _ categories: UnsafeBufferPointer<UInt32>,
        _ sums: UnsafeMutableBufferPointer<Lanes>, _ totals: UnsafeMutableBufferPointer<Lanes>, _ open: Mask
    ) -> Mask {
        var isMet = open
        for margin in 0..<margins {
            if margin > 0 { add(weights, margin, categories, to: sums) }
            for category in starts[margin]..<starts[margin + 1] where targets[category] > 0 {
                let gap = sums[category] - totals[category]
                let limit = RepeatedFit.tolerance * totals[category]
                isMet .&= gap * gap .<= limit * limit
            }
            // Most sweeps are not the last, and the first margin tells it.
            if !any(isMet) { break }
        }
        return isMet
    }
}
