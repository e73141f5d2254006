internal import SurveyDesign
internal import SurveyMath

/// The weighted sums of one variable over the cells of one breakdown, made in one pass over the rows.
///
/// The sums by cell live in the workspace and are valid until it is used again.
struct Tally {
    let index: CellIndex
    /// Sums kept for each cell.
    let width: Int
    let sums: UnsafePointer<Double>
    /// By cell: `inBase` and `answered`.
    let marks: UnsafePointer<UInt8>
    /// Group × sum, with compensated additions in PSU order.
    let totals: [Double]
    /// Sums of squares and products by group.
    let squares: [[Double]]
    /// Rows by group × answer; behind the answers, the rows of the base without one.
    let counts: [Int]

    /// The cell has a row in the base.
    static let inBase: UInt8 = 1
    /// The cell has a row with an answer.
    static let answered: UInt8 = 2

    init(_ variable: TallyVariable, index: CellIndex, design: SampleDesign, workspace: TallyWorkspace) {
        self.index = index
        let answers = variable.answerCount
        let (width, squareCount) =
            switch variable.content {
            case .answers: (answers + 1, 0)
            case .deviations: (2, 1)
            case .pairs: (3, 3)
            }
        let sums = workspace.sums.reserved(max(1, index.cellCount * width))
        let marks = workspace.marks.reserved(max(1, index.cellCount))
        var collected = Collected(groups: index.groupCount, width: width, squares: squareCount, slots: answers + 1)
        switch variable.content {
        case .answers:
            Tally.addUp(variable, index, design, workspace.pairs) { weight, _ in
                SIMD2(weight, 1)
            } flush: { cell, slots in
                let group = Int(index.groupOfCell[cell])
                var (weight, n) = (0.0, 0.0)
                for answer in 0..<answers {
                    let slot = slots[answer]
                    sums[cell &* width &+ answer] = slot[0]
                    weight += slot[0]
                    n += slot[1]
                    collected.counts[group &* (answers &+ 1) &+ answer] &+= Int(slot[1])
                    collected.totals[group &* width &+ answer].add(slot[0])
                }
                sums[cell &* width &+ answers] = weight
                collected.totals[group &* width &+ answers].add(weight)
                let missing = slots[answers][1]
                collected.counts[group &* (answers &+ 1) &+ answers] &+= Int(missing)
                marks[cell] = (n + missing > 0 ? Tally.inBase : 0) | (n > 0 ? Tally.answered : 0)
            }
        case .deviations(let deviations):
            deviations.withUnsafeBufferPointer { deviations in
                Tally.addUp(variable, index, design, workspace.fours) { weight, position in
                    let d = deviations[position]
                    return SIMD4(weight, 1, weight * d, weight * d * d)
                } flush: { cell, slots in
                    let slot = slots[0]
                    sums[cell &* 2] = slot[0]
                    sums[cell &* 2 &+ 1] = slot[2]
                    let group = Int(index.groupOfCell[cell])
                    collected.totals[group &* 2].add(slot[0])
                    collected.totals[group &* 2 &+ 1].add(slot[2])
                    collected.squares[group].add(slot[3])
                    marks[cell] = collected.count(group, answered: slot[1], missing: slots[1][1])
                }
            }
        case .pairs(let denominators, let deviations):
            denominators.withUnsafeBufferPointer { denominators in
                deviations.withUnsafeBufferPointer { deviations in
                    Tally.addUp(variable, index, design, workspace.eights) { weight, position in
                        let (x, d) = (denominators[position], deviations[position])
                        return SIMD8(weight, 1, weight * x, weight * d, weight * d * d, weight * d * x, weight * x * x, 0)
                    } flush: { cell, slots in
                        let slot = slots[0]
                        let group = Int(index.groupOfCell[cell])
                        for (offset, part) in [0, 2, 3].enumerated() {
                            sums[cell &* 3 &+ offset] = slot[part]
                            collected.totals[group &* 3 &+ offset].add(slot[part])
                        }
                        for part in 0..<3 { collected.squares[group &* 3 &+ part].add(slot[4 &+ part]) }
                        marks[cell] = collected.count(group, answered: slot[1], missing: slots[1][1])
                    }
                }
            }
        }
        self.width = width
        self.sums = UnsafePointer(sums)
        self.marks = UnsafePointer(marks)
        totals = collected.totals.map(\.value)
        let values = collected.squares.map(\.value)
        squares = (0..<index.groupCount).map { Array(values[($0 * squareCount)..<(($0 + 1) * squareCount)]) }
        counts = collected.counts
    }

    /// What is added up over the cells of each group.
    private struct Collected {
        var totals: [CompensatedSum]
        var squares: [CompensatedSum]
        var counts: [Int]

        init(groups: Int, width: Int, squares: Int, slots: Int) {
            totals = [CompensatedSum](repeating: CompensatedSum(), count: groups * width)
            self.squares = [CompensatedSum](repeating: CompensatedSum(), count: groups * squares)
            counts = [Int](repeating: 0, count: groups * slots)
        }

        /// Counts the rows of a numeric cell and returns its marks.
        mutating func count(_ group: Int, answered: Double, missing: Double) -> UInt8 {
            counts[group &* 2] &+= Int(answered)
            counts[group &* 2 &+ 1] &+= Int(missing)
            return (answered + missing > 0 ? Tally.inBase : 0) | (answered > 0 ? Tally.answered : 0)
        }
    }

    /// Adds each row's vector to the slot of its cell, and hands over the slots of each cell in order.
    ///
    /// Works on blocks of whole PSUs whose cells fit in the first caches. Rows of a PSU are added in file order. The
    /// lengths and codes hold by construction: slots come from `TallyVariable`, cells from `CellIndex`.
    @inline(__always)
    private static func addUp<Vector: SIMD>(
        _ variable: TallyVariable, _ index: CellIndex, _ design: SampleDesign, _ scratch: Scratch<Vector>,
        vector: (_ weight: Double, _ position: Int) -> Vector,
        flush: (_ cell: Int, _ slots: UnsafePointer<Vector>) -> Void
    ) where Vector.Scalar == Double {
        let slotCount = variable.slotCount
        variable.slots.withUnsafeBufferPointer { slots in
            index.cellOfRow.withUnsafeBufferPointer { cells in
                design.weights.withUnsafeBufferPointer { weights in
                    var psu = 0
                    while psu < design.psuCount {
                        let firstCell = index.firstCells[psu]
                        var end = psu + 1
                        while end < design.psuCount, (index.firstCells[end + 1] - firstCell) * slotCount <= 4096 { end += 1 }
                        let lastCell = index.firstCells[end]
                        let sums = scratch.filled((lastCell - firstCell) * slotCount, with: .zero)
                        for position in design.psuStarts[psu]..<design.psuStarts[end] {
                            let cell = cells[position]
                            if cell == Groups.none { continue }
                            sums[(Int(cell) &- firstCell) &* slotCount &+ Int(slots[position])] +=
                                vector(weights[position], position)
                        }
                        for cell in firstCell..<lastCell { flush(cell, sums + (cell - firstCell) * slotCount) }
                        psu = end
                    }
                }
            }
        }
    }
}
