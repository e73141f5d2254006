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
        let answers = variable.answerCount
        switch variable.content {
        case .answers:
            let width = answers + 1
            let sums = workspace.sums.reserved(max(1, index.cellCount * width))
            let marks = workspace.marks.reserved(max(1, index.cellCount))
            let lanes = variable.slots.withUnsafeBufferPointer { ownSlots in
                TallyKernel(variable, index, design).added(workspace.pairs) { position in
                    Int(ownSlots[position])
                } vector: { weight, _, _, _ in
                    SIMD2(weight, 1)
                } store: { cell, slots in
                    var all = SIMD2<Double>.zero
                    for answer in 0..<answers {
                        sums[cell &* width &+ answer] = slots[answer][0]
                        all += slots[answer]
                    }
                    sums[cell &* width &+ answers] = all[0]
                    marks[cell] = Tally.mark(answered: all[1], missing: slots[answers][1])
                }
            }
            self.init(
                variable, index, lanes, sums: sums, marks: marks,
                totals: (0..<answers).map { (slots: $0..<($0 + 1), lane: 0) } + [(slots: 0..<answers, lane: 0)],
                squares: [[Double]](repeating: [], count: index.groupCount))
        case .numbers(let numbers):
            let centre = variable.centre
            let sums = workspace.sums.reserved(max(1, index.cellCount * 2))
            let marks = workspace.marks.reserved(max(1, index.cellCount))
            let lanes = numbers.withUnsafeBufferPointer { numbers in
                variable.withKnownSlots { known in
                    TallyKernel(variable, index, design).added(workspace.fours) { position in
                        known.map { Int($0[position]) } ?? (abs(numbers[position]) < .infinity ? 0 : 1)
                    } vector: { weight, position, _, _ in
                        let d = numbers[position] - centre
                        return SIMD4(weight, 1, weight * d, weight * d * d)
                    } store: { cell, slots in
                        sums[cell &* 2] = slots[0][0]
                        sums[cell &* 2 &+ 1] = slots[0][2]
                        marks[cell] = Tally.mark(answered: slots[0][1], missing: slots[1][1])
                    }
                }
            }
            self.init(
                variable, index, lanes, sums: sums, marks: marks,
                totals: [0, 2].map { (slots: 0..<1, lane: $0) },
                squares: (0..<index.groupCount).map { [lanes.value(group: $0, slot: 0, lane: 3)] })
        case .pairs(let denominators, let numerators):
            let centre = variable.centre
            let sums = workspace.sums.reserved(max(1, index.cellCount * 3))
            let marks = workspace.marks.reserved(max(1, index.cellCount))
            let squares = SquareSums(workspace, groups: index.groupCount)
            let isWhole = index.groupCount == 1
            let lanes = denominators.withUnsafeBufferPointer { denominators in
                numerators.withUnsafeBufferPointer { numerators in
                    variable.withKnownSlots { known in
                        index.groupOfCell.withUnsafeBufferPointer { groups in
                            TallyKernel(variable, index, design).added(workspace.fours) { position in
                                known.map { Int($0[position]) }
                                    ?? (abs(numerators[position]) < .infinity && abs(denominators[position]) < .infinity
                                        ? 0 : 1)
                            } vector: { weight, position, cell, slot in
                                let x = denominators[position]
                                let d = numerators[position] - centre * x
                                let sums = SIMD4(weight, 1, weight * x, weight * d)
                                if slot == 0 {
                                    squares.add(
                                        SIMD4(sums[3] * d, sums[3] * x, sums[2] * x, 0),
                                        to: isWhole ? 0 : Int(groups[cell]), at: position)
                                }
                                return sums
                            } store: { cell, slots in
                                sums[cell &* 3] = slots[0][0]
                                sums[cell &* 3 &+ 1] = slots[0][2]
                                sums[cell &* 3 &+ 2] = slots[0][3]
                                marks[cell] = Tally.mark(answered: slots[0][1], missing: slots[1][1])
                            } close: {
                                squares.close()
                            }
                        }
                    }
                }
            }
            self.init(
                variable, index, lanes, sums: sums, marks: marks,
                totals: [0, 2, 3].map { (slots: 0..<1, lane: $0) },
                squares: (0..<index.groupCount).map { group in (0..<3).map { squares[group][$0] } })
        }
    }

    /// Reads totals and counts off the lanes of each group.
    private init(
        _ variable: TallyVariable, _ index: CellIndex, _ lanes: TallyKernel.Lanes, sums: UnsafeMutablePointer<Double>,
        marks: UnsafeMutablePointer<UInt8>, totals wanted: [(slots: Range<Int>, lane: Int)], squares: [[Double]]
    ) {
        self.index = index
        self.sums = UnsafePointer(sums)
        self.marks = UnsafePointer(marks)
        width = wanted.count
        let groups = 0..<index.groupCount
        totals = groups.flatMap { group in
            wanted.map { sum in CompensatedSum.of(sum.slots.map { lanes.value(group: group, slot: $0, lane: sum.lane) })
            }
        }
        self.squares = squares
        let slots = 0...variable.missingSlot
        counts = groups.flatMap { group in slots.map { Int(lanes.value(group: group, slot: $0, lane: 1)) } }
    }

    private static func mark(answered: Double, missing: Double) -> UInt8 {
        (answered + missing > 0 ? inBase : 0) | (answered > 0 ? self.answered : 0)
    }
}
