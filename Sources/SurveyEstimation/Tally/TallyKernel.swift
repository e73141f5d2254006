internal import SurveyDesign

/// The loop over rows: adds each row's vector to the slot of its cell.
///
/// Goals, in order: sums that do not depend on threads, digits, speed. Rows of a unit are added in file order; sums over
/// units are added in blocks of whole units, whose cells fit in the first caches, and the blocks with compensation.
/// Lane 1 of a vector is always 1, so that it counts rows.
struct TallyKernel {
    let variable: TallyVariable
    let index: CellIndex
    let design: SampleDesign

    init(_ variable: TallyVariable, _ index: CellIndex, _ design: SampleDesign) {
        self.variable = variable
        self.index = index
        self.design = design
    }

    /// Vectors of each group and slot, added over its cells.
    struct Lanes {
        let slots: Int
        let lanes: Int
        let values: [Double]

        func value(group: Int, slot: Int, lane: Int) -> Double { values[(group * slots + slot) * lanes + lane] }
    }

    /// Slots that a block of cells may take together: 64 kB of the smallest vectors.
    private static let blockSlots = 4096

    /// The slots of one cell.
    struct Slots<Vector> {
        fileprivate let first: UnsafePointer<Vector>
        fileprivate let step: Int

        @inline(__always)
        subscript(slot: Int) -> Vector { first[slot &* step] }
    }

    /// Rows after which sums that are kept beside the cells are closed.
    private static let rowsTogether = 1 << 15

    /// Adds up all rows, hands the slots of each cell to `store` in the order of cells, and returns the sums by group.
    ///
    /// `close` is called now and then: sums that are kept beside the cells are to be added to the whole.
    /// Lengths and codes hold by construction: slots come from `TallyVariable`, cells from `CellIndex`.
    @inline(__always)
    func added<Vector: SIMD & BitwiseCopyable>(
        _ scratch: VectorScratch<Vector>, slot: (_ position: Int) -> Int,
        vector: (_ weight: Double, _ position: Int, _ cell: Int, _ slot: Int) -> Vector,
        store: (_ cell: Int, _ slots: Slots<Vector>) -> Void, close: () -> Void = {}
    ) -> Lanes where Vector.Scalar == Double {
        let slotCount = variable.slotCount
        var groupSums = GroupSums(scratch, groups: index.groupCount, slots: slotCount)
        // In the order of the file all cells are filled before the first is handed out, otherwise block after block. All
        // cells of a slot then lie side by side, so that those which nearly no row needs take no room in the caches.
        let isInFileOrder = index.order == .file
        let (cellStep, slotStep) = isInFileOrder ? (1, max(1, index.placeCount)) : (slotCount, 1)
        let all = isInFileOrder ? scratch.cells.filled(max(1, index.placeCount * slotCount), with: .zero) : nil
        let weightOfPosition = index.order.weights(of: design)
        var openRows = 0
        index.cellOfRow.withUnsafeBufferPointer { cells in
            index.groupOfCell.withUnsafeBufferPointer { groups in
                weightOfPosition.withUnsafeBufferPointer { weights in
                    func add(_ positions: Range<Int>, to sums: UnsafeMutablePointer<Vector>, from firstCell: Int) {
                        for position in positions {
                            let cell = cells[position]
                            if cell == Groups.none { continue }
                            let own = slot(position)
                            sums[(Int(cell) &- firstCell) &* cellStep &+ own &* slotStep] += vector(
                                weights[position], position, Int(cell), own)
                        }
                        openRows += positions.count
                        if openRows < TallyKernel.rowsTogether { return }
                        close()
                        openRows = 0
                    }
                    if let all {
                        for start in stride(from: 0, to: cells.count, by: TallyKernel.rowsTogether) {
                            add(start..<min(start + TallyKernel.rowsTogether, cells.count), to: all, from: 0)
                        }
                    }
                    var unit = 0
                    while unit < design.unitCount {
                        let firstCell = index.firstCells[unit]
                        var end = unit + 1
                        while end < design.unitCount,
                            (index.firstCells[end + 1] - firstCell) * slotCount <= TallyKernel.blockSlots
                        { end += 1 }
                        let count = index.firstCells[end] - firstCell
                        let sums = all ?? scratch.cells.filled(count * slotCount, with: .zero)
                        if all == nil {
                            add(design.unitStarts[unit]..<design.unitStarts[end], to: sums, from: firstCell)
                        }
                        for cell in firstCell..<(firstCell + count) {
                            let place = all == nil ? cell &- firstCell : index.place(of: cell)
                            let own = Slots(first: UnsafePointer(sums + place &* cellStep), step: slotStep)
                            store(cell, own)
                            groupSums.add(own, to: Int(groups[cell]))
                        }
                        groupSums.closeBlock()
                        unit = end
                    }
                }
            }
        }
        close()
        return groupSums.lanes
    }

    /// The sums of each group: plain inside a block, compensated between blocks.
    private struct GroupSums<Vector: SIMD & BitwiseCopyable> where Vector.Scalar == Double {
        private let slots: Int
        private let count: Int
        private let block: UnsafeMutablePointer<Vector>
        private let sums: UnsafeMutablePointer<Vector>
        private let errors: UnsafeMutablePointer<Vector>
        private let isTouched: UnsafeMutablePointer<Bool>
        private let touched: UnsafeMutablePointer<Int>
        private var touchedCount = 0

        init(_ scratch: VectorScratch<Vector>, groups: Int, slots: Int) {
            self.slots = slots
            count = groups * slots
            block = scratch.block.filled(max(1, count), with: .zero)
            sums = scratch.sums.filled(max(1, count), with: .zero)
            errors = scratch.errors.filled(max(1, count), with: .zero)
            isTouched = scratch.isTouched.filled(max(1, groups), with: false)
            touched = scratch.touched.reserved(max(1, groups))
        }

        @inline(__always)
        mutating func add(_ cell: Slots<Vector>, to group: Int) {
            if !isTouched[group] {
                isTouched[group] = true
                touched[touchedCount] = group
                touchedCount &+= 1
            }
            let own = block + group &* slots
            for slot in 0..<slots { own[slot] += cell[slot] }
        }

        /// Adds the block to the whole and keeps what rounding loses (see `CompensatedSum`).
        mutating func closeBlock() {
            for position in 0..<touchedCount {
                let group = touched[position]
                isTouched[group] = false
                for slot in (group &* slots)..<((group &+ 1) &* slots) {
                    let term = block[slot]
                    let sum = sums[slot] + term
                    let part = sum - sums[slot]
                    errors[slot] += (sums[slot] - (sum - part)) + (term - part)
                    sums[slot] = sum
                    block[slot] = .zero
                }
            }
            touchedCount = 0
        }

        var lanes: Lanes {
            var values: [Double] = []
            values.reserveCapacity(count * Vector.scalarCount)
            for slot in 0..<count {
                for lane in 0..<Vector.scalarCount { values.append(sums[slot][lane] + errors[slot][lane]) }
            }
            return Lanes(slots: slots, lanes: Vector.scalarCount, values: values)
        }
    }
}
