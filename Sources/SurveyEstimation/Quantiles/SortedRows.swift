internal import SurveyMath

/// The rows of a sample that have a number, by this number; equal numbers stand in the order of the file.
///
/// Sorted by radix: whole numbers by what they are above the least, as far as this fits in 32 bits (a million amounts take
/// two passes), others by the bits that they are held in, where a digit that all numbers share costs nothing.
struct SortedRows {
    /// Positions among the rows in use.
    let positions: [UInt32]
    /// Their numbers, ascending.
    let values: [Double]

    /// Sorts the rows whose slot is 0.
    ///
    /// - Shapes: `values` and `slots` have one entry a position; `rows` is the row of the file at each position, nil where
    ///   positions are rows of the file.
    init(_ values: [Double], slots: [UInt16], rows: [UInt32]?, rowCount: Int) {
        if let range = SortedRows.wholeNumbers(values, slots) {
            let all = [UInt32](repeating: 0, count: values.count)
            self =
                SortedRows.byGroup(
                    values, slots: slots, rows: rows, rowCount: rowCount, groups: all, count: 1, range: range)[0]
            return
        }
        var entries = values.withUnsafeBufferPointer { values in
            SortedRows.inFileOrder(slots, rows, rowCount).map {
                Entry(key: SortedRows.key(values[Int($0)]), position: $0)
            }
        }
        SortedRows.sort(&entries)
        self.init(positions: entries.map(\.position), values: entries.map { SortedRows.number($0.key) })
    }

    /// The sorted rows of each group, whose rows are near one another where groups follow strata.
    ///
    /// - Shapes: `groups` has one entry a position; `Groups.none` is no group.
    static func byGroup(
        _ values: [Double], slots: [UInt16], rows: [UInt32]?, rowCount: Int, groups: [UInt32], count: Int
    ) -> [SortedRows] {
        if let range = wholeNumbers(values, slots) {
            return byGroup(
                values, slots: slots, rows: rows, rowCount: rowCount, groups: groups, count: count, range: range)
        }
        // Bits of any numbers are many digits: one sort for all groups.
        let sorted = SortedRows(values, slots: slots, rows: rows, rowCount: rowCount)
        let grouped = RowsByGroup(sorted.positions, groups: groups, count: count)
        return (0..<count).map { group in
            let own = Array(grouped.rows(of: group))
            return SortedRows(positions: own, values: own.map { values[Int($0)] })
        }
    }

    private init(positions: [UInt32], values: [Double]) {
        self.positions = positions
        self.values = values
    }

    // MARK: Whole numbers

    /// The least and the greatest number if all are whole and less than 2^32 apart.
    private static func wholeNumbers(_ values: [Double], _ slots: [UInt16]) -> ClosedRange<Double>? {
        precondition(slots.count == values.count, "one slot a number")
        let lanes = 4
        var least = SIMD4<Double>(repeating: .infinity)
        var greatest = -least
        var known: Double?
        for (value, slot) in zip(values, slots) where slot == 0 {
            known = value
            break
        }
        guard let known else { return nil }
        let areWhole = values.withUnsafeBufferPointer { values in
            slots.withUnsafeBufferPointer { slots in
                // Rows without a number count as one of the others.
                func number(_ position: Int) -> Double { slots[position] == 0 ? values[position] : known }
                for start in stride(from: 0, to: values.count, by: 4096) {
                    let end = min(start + 4096, values.count)
                    var broken = SIMDMask<SIMD4<Double.SIMDMaskScalar>>(repeating: false)
                    var at = start
                    while at < end {
                        let last = end - 1
                        let own = SIMD4(
                            number(at), number(min(at + 1, last)), number(min(at + 2, last)), number(min(at + 3, last)))
                        // What is not whole changes when 1.5·2^52 is added and taken off.
                        let whole = (own + 0x1.8p52) - 0x1.8p52
                        broken = broken .| (whole .!= own) .| (own .>= 0x1p50) .| (own .<= -0x1p50)
                        least.replace(with: own, where: own .< least)
                        greatest.replace(with: own, where: own .> greatest)
                        at += lanes
                    }
                    if any(broken) { return false }
                }
                return true
            }
        }
        guard areWhole else { return nil }
        return greatest.max() - least.min() < 0x1p32 ? least.min()...greatest.max() : nil
    }

    /// Sorts rows whose numbers are whole and inside a range.
    ///
    /// Entries hold a number less the least one in their upper half and a position in their lower one. They are dealt out
    /// to their groups in the order of the file; then each group is sorted on its own, in memory as large as itself.
    private static func byGroup(
        _ values: [Double], slots: [UInt16], rows: [UInt32]?, rowCount: Int, groups: [UInt32], count: Int,
        range: ClosedRange<Double>
    ) -> [SortedRows] {
        precondition(groups.count == values.count && slots.count == values.count, "one group and slot a position")
        let positions = rows.map { inFileOrder(slots, $0, rowCount) }
        let dealt = Dealt(values, slots, positions, groups, count: count, least: range.lowerBound)
        let bits = 64 - UInt64(range.upperBound - range.lowerBound).leadingZeroBitCount
        let greatest = (0..<count).map { dealt.starts[$0 + 1] - dealt.starts[$0] }.max() ?? 0
        var entries = dealt.entries
        return entries.withUnsafeMutableBufferPointer { entries in
            withUnsafeTemporaryAllocation(of: UInt64.self, capacity: max(1, greatest)) { other in
                (0..<count).map { group in
                    let own = UnsafeMutableBufferPointer(
                        rebasing: entries[dealt.starts[group]..<dealt.starts[group + 1]])
                    let sorted = sort(own, with: UnsafeMutableBufferPointer(rebasing: other[..<own.count]), bits: bits)
                    return SortedRows(
                        positions: sorted.map { UInt32(truncatingIfNeeded: $0) },
                        values: sorted.map { range.lowerBound + Double($0 >> 32) })
                }
            }
        }
    }

    /// Entries group after group, in the order of the file inside each.
    private struct Dealt {
        let entries: [UInt64]
        /// Where the entries of each group start, and the end.
        let starts: [Int]

        init(
            _ values: [Double], _ slots: [UInt16], _ positions: [UInt32]?, _ groups: [UInt32], count: Int, least: Double
        ) {
            // Positions without a number and rows without a group go behind the last group, and are left there.
            let outside = UInt32(truncatingIfNeeded: count)
            var next = [Int](repeating: 0, count: count + 2)
            let (entries, starts) = slots.withUnsafeBufferPointer { slots in
                groups.withUnsafeBufferPointer { groups in
                    func group(_ position: Int) -> Int {
                        Int(slots[position] == 0 ? min(groups[position], outside) : outside)
                    }
                    if let positions {
                        for position in positions { next[group(Int(position)) + 1] += 1 }
                    } else {
                        next.withUnsafeMutableBufferPointer { next in
                            for position in slots.indices { next[group(position) &+ 1] &+= 1 }
                        }
                    }
                    for group in 0...count { next[group + 1] += next[group] }
                    let starts = next
                    let entries = [UInt64](unsafeUninitializedCapacity: starts[count + 1]) { entries, filled in
                        values.withUnsafeBufferPointer { values in
                            next.withUnsafeMutableBufferPointer { next in
                                func deal(_ position: Int) {
                                    let group = group(position)
                                    let above = group == count ? 0 : UInt64(values[position] - least)
                                    entries.initializeElement(at: next[group], to: above << 32 | UInt64(position))
                                    next[group] &+= 1
                                }
                                if let positions {
                                    for position in positions { deal(Int(position)) }
                                } else {
                                    for position in slots.indices { deal(position) }
                                }
                            }
                        }
                        filled = starts[count + 1]
                    }
                    return (entries, starts)
                }
            }
            (self.entries, self.starts) = (entries, starts)
        }
    }

    /// Sorts entries by the lowest bits of their upper half, and returns where they lie then: in one memory or the other.
    private static func sort(
        _ entries: UnsafeMutableBufferPointer<UInt64>, with other: UnsafeMutableBufferPointer<UInt64>, bits: Int
    ) -> UnsafeMutableBufferPointer<UInt64> {
        // Few rows take small digits, so that counting them costs no more than they do.
        let most = min(digitBits, max(4, Int.bitWidth - entries.count.leadingZeroBitCount))
        let passes = entries.count > 1 ? (bits + most - 1) / most : 0
        let width = passes > 0 ? (bits + passes - 1) / passes : 0
        let mask = UInt64(1) << UInt64(width) - 1
        var (from, into) = (entries, other)
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 1 << width) { next in
            for pass in 0..<passes {
                let shift = UInt64(32 + pass * width)
                next.initialize(repeating: 0)
                for entry in from { next[Int(entry >> shift & mask)] &+= 1 }
                var sum = 0
                for digit in next.indices { (next[digit], sum) = (sum, sum &+ next[digit]) }
                for entry in from {
                    let digit = Int(entry >> shift & mask)
                    into[next[digit]] = entry
                    next[digit] &+= 1
                }
                swap(&from, &into)
            }
        }
        return from
    }

    // MARK: Any numbers

    private struct Entry: BitwiseCopyable {
        var key: UInt64
        var position: UInt32
    }

    private static let sign = UInt64(1) << 63

    /// Bits that compare as the numbers do; both zeros are one number.
    private static func key(_ value: Double) -> UInt64 {
        let bits = value == 0 ? 0 : value.bitPattern
        return bits & sign == 0 ? bits | sign : ~bits
    }

    private static func number(_ key: UInt64) -> Double {
        Double(bitPattern: key & sign == 0 ? ~key : key & ~sign)
    }

    /// The positions whose slot is 0, in the order of their rows.
    private static func inFileOrder(_ slots: [UInt16], _ rows: [UInt32]?, _ rowCount: Int) -> [UInt32] {
        guard let rows else {
            return slots.indices.filter { slots[$0] == 0 }.map { UInt32(truncatingIfNeeded: $0) }
        }
        var positionOfRow = [UInt32](repeating: .max, count: rowCount)
        for (position, row) in rows.enumerated() where slots[position] == 0 {
            positionOfRow[Int(row)] = UInt32(truncatingIfNeeded: position)
        }
        return [UInt32](unsafeUninitializedCapacity: rows.count) { positions, count in
            for position in positionOfRow where position != .max {
                positions.initializeElement(at: count, to: position)
                count += 1
            }
        }
    }

    private static let digitBits = 11
    private static let digits = 6

    private static func sort(_ entries: inout [Entry]) {
        let width = 1 << digitBits
        let mask = UInt64(width - 1)
        var counts = [Int](repeating: 0, count: digits * width)
        counts.withUnsafeMutableBufferPointer { counts in
            for entry in entries {
                for digit in 0..<digits {
                    let value = Int(entry.key >> UInt64(digit * digitBits) & mask)
                    counts[digit &* width &+ value] &+= 1
                }
            }
        }
        var other = entries
        for digit in 0..<digits {
            let own = counts[(digit * width)..<((digit + 1) * width)]
            if own.contains(entries.count) { continue }
            var next = [Int](repeating: 0, count: width)
            var sum = 0
            for (value, count) in own.enumerated() {
                next[value] = sum
                sum += count
            }
            let shift = UInt64(digit * digitBits)
            entries.withUnsafeBufferPointer { entries in
                other.withUnsafeMutableBufferPointer { other in
                    next.withUnsafeMutableBufferPointer { next in
                        for entry in entries {
                            let value = Int(entry.key >> shift & mask)
                            other[next[value]] = entry
                            next[value] &+= 1
                        }
                    }
                }
            }
            swap(&entries, &other)
        }
    }
}
