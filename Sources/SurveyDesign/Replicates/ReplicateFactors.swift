/// The factor of each unit in each replicate, kept as small as the method allows.
///
/// Replicates are worked on in blocks of ``lanes``: for a unit and a block the factors stand side by side, so that a sum of
/// the unit is added to all replicates of the block at once. Nothing here is as long as the table, unless replicates came
/// as its columns.
package struct ReplicateFactors: Sendable {
    package static let lanes = 64

    /// One replicate of a jackknife: a range of units with one factor, but for one of them; all others have 1.
    package struct Deletion: Sendable {
        package let units: Range<Int>
        package let others: Double
        package let unit: Int
        package let own: Double
    }

    package enum Storage: Sendable {
        /// low + step·code of each unit; codes by block, unit and replicate.
        case coded([UInt8], low: [Double], step: [Double])
        /// Factors by block, unit and replicate.
        case dense([Double])
        case deletions([Deletion])
        /// For each replicate a number for each row of the table: a weight, or a factor on the weight.
        case rows([[Double]], areWeights: Bool)
    }

    package let count: Int
    package let unitCount: Int
    package let storage: Storage
    /// The unit of each row of the table; nil where units are PSUs, or rows have numbers of their own.
    package let unitOfRow: [UInt32]?

    init(_ storage: Storage, count: Int, unitCount: Int, unitOfRow: [UInt32]? = nil) {
        self.storage = storage
        self.count = count
        self.unitCount = unitCount
        self.unitOfRow = unitOfRow
    }

    package var blockCount: Int { (count + ReplicateFactors.lanes - 1) / ReplicateFactors.lanes }

    /// Numbers that factors of a block layout take.
    static func size(count: Int, units: Int) -> Int { (count + lanes - 1) / lanes * lanes * units }

    /// Replicates of a block.
    package func replicates(ofBlock block: Int) -> Range<Int> {
        let first = block * ReplicateFactors.lanes
        return first..<min(count, first + ReplicateFactors.lanes)
    }

    /// True if each row has numbers of its own.
    package var isByRow: Bool {
        if case .rows = storage { return true }
        return false
    }

    /// Writes factor − 1 of a unit for each replicate of a block; lanes behind the last replicate hold anything.
    @inline(__always)
    package func changes(block: Int, unit: Int, into lanes: UnsafeMutablePointer<Double>) {
        let count = ReplicateFactors.lanes
        switch storage {
        case .coded(let codes, let low, let step):
            let (base, slope) = (low[unit] - 1, step[unit])
            codes.withUnsafeBufferPointer { codes in
                let first = (block &* unitCount &+ unit) &* count
                for lane in 0..<count { lanes[lane] = base + slope * Double(codes[first &+ lane]) }
            }
        case .dense(let factors):
            factors.withUnsafeBufferPointer { factors in
                let first = (block &* unitCount &+ unit) &* count
                for lane in 0..<count { lanes[lane] = factors[first &+ lane] - 1 }
            }
        case .deletions(let deletions):
            for (lane, replicate) in replicates(ofBlock: block).enumerated() {
                let deletion = deletions[replicate]
                lanes[lane] =
                    deletion.unit == unit
                    ? deletion.own - 1 : deletion.units.contains(unit) ? deletion.others - 1 : 0
            }
        case .rows: preconditionFailure("rows have no units")
        }
    }

    /// The factor of a unit in a replicate.
    package func factor(replicate: Int, unit: Int) -> Double {
        let (block, lane) = replicate.quotientAndRemainder(dividingBy: ReplicateFactors.lanes)
        let at = (block * unitCount + unit) * ReplicateFactors.lanes + lane
        switch storage {
        case .coded(let codes, let low, let step): return low[unit] + step[unit] * Double(codes[at])
        case .dense(let factors): return factors[at]
        case .deletions(let deletions):
            let deletion = deletions[replicate]
            return deletion.unit == unit ? deletion.own : deletion.units.contains(unit) ? deletion.others : 1
        case .rows: preconditionFailure("rows have no units")
        }
    }

    /// The factors of some units only, numbered anew.
    func keeping(_ units: [Int]) -> ReplicateFactors {
        let lanes = ReplicateFactors.lanes
        func kept<Number>(_ values: [Number]) -> [Number] {
            var result: [Number] = []
            result.reserveCapacity(blockCount * units.count * lanes)
            for block in 0..<blockCount {
                for unit in units {
                    let first = (block * unitCount + unit) * lanes
                    result += values[first..<(first + lanes)]
                }
            }
            return result
        }
        switch storage {
        case .rows: return self
        case .coded(let codes, let low, let step):
            return ReplicateFactors(
                .coded(kept(codes), low: units.map { low[$0] }, step: units.map { step[$0] }), count: count,
                unitCount: units.count)
        case .dense(let factors):
            if unitOfRow != nil { return self }
            return ReplicateFactors(.dense(kept(factors)), count: count, unitCount: units.count)
        case .deletions(let deletions):
            // Units stay in order, so a range stays one; a unit that is gone is nowhere.
            func place(_ unit: Int) -> Int {
                var (low, high) = (0, units.count)
                while low < high {
                    let middle = (low + high) / 2
                    if units[middle] < unit { low = middle + 1 } else { high = middle }
                }
                return low
            }
            return ReplicateFactors(
                .deletions(
                    deletions.map { deletion in
                        let at = place(deletion.unit)
                        let isThere = at < units.count && units[at] == deletion.unit
                        return Deletion(
                            units: place(deletion.units.lowerBound)..<place(deletion.units.upperBound),
                            others: deletion.others, unit: isThere ? at : -1, own: deletion.own)
                    }), count: count, unitCount: units.count)
        }
    }
}
