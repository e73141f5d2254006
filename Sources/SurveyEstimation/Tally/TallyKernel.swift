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

    /// Adds up all rows, hands the slots of each cell to `store` in the order of cells, and returns the sums by group.
    ///
    /// Lengths and codes hold by construction: slots come from `TallyVariable`, cells from `CellIndex`.
    @inline(__always)
    func added<Vector: SIMD & BitwiseCopyable>(
        _ scratch: VectorScratch<Vector>, vector: (_ weight: Double, _ position: Int) -> Vector,
        store: (_ cell: Int, _ slots: Slots<Vector>) -> Void
    ) -> Lanes where Vector.Scalar == Double {
        let slotCount = variable.slotCount
        var groupSums = GroupSums(scratch, groups: index.groupCount, slots: slotCount)
        // In the order of the file all cells are filled before the first is handed out, otherwise block after block. All
        // cells of a slot then lie side by side, so that those which nearly no row needs take no room in the caches.
        let isInFileOrder = index.order == .file
        let (cellStep, slotStep) = isInFileOrder ? (1, max(1, index.cellCount)) : (slotCount, 1)
        let all = isInFileOrder ? scratch.cells.filled(max(1, index.cellCount * slotCount), with: .zero) : nil
        let weightOfPosition = index.order.weights(of: design)
        variable.slots.withUnsafeBufferPointer { slots in
            index.cellOfRow.withUnsafeBufferPointer { cells in
                index.groupOfCell.withUnsafeBufferPointer { groups in
                    weightOfPosition.withUnsafeBufferPointer { weights in
                        func add(_ positions: Range<Int>, to sums: UnsafeMutablePointer<Vector>, from firstCell: Int) {
                            for position in positions {
                                let cell = cells[position]
                                if cell == Groups.none { continue }
                                let slot =
                                    (Int(cell) &- firstCell) &* cellStep &+ Int(slots[position]) &* slotStep
                                sums[slot] += vector(weights[position], position)
                            }
                        }
                        if let all { add(0..<cells.count, to: all, from: 0) }
                        var unit = 0
                        while unit < design.unitCount {
                            let firstCell = index.firstCells[unit]
                            var end = unit + 1
                            while end < design.unitCount,
                                (index.firstCells[end + 1] - firstCell) * slotCount <= TallyKernel.blockSlots
                            { end += 1 }
                            let count = index.firstCells[end] - firstCell
                            let sums: UnsafeMutablePointer<Vector>
                            if let all {
                                sums = all + firstCell
                            } else {
                                sums = scratch.cells.filled(count * slotCount, with: .zero)
                                add(design.unitStarts[unit]..<design.unitStarts[end], to: sums, from: firstCell)
                            }
                            for cell in 0..<count {
                                let own = Slots(first: UnsafePointer(sums + cell &* cellStep), step: slotStep)
                                store(firstCell &+ cell, own)
                                groupSums.add(own, to: Int(groups[firstCell &+ cell]))
                            }
                            groupSums.closeBlock()
                            unit = end
                        }
                    }
                }
            }
        }
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
