internal import SurveyMath

/// The rows of a sample that have a number, by this number; equal numbers stand in the order of the file.
///
/// Sorted by radix, eleven bits at a time: whole numbers by what they are above the least, as far as this fits in 32 bits
/// (a million amounts take two passes), others by the bits that they are held in, where a digit that all numbers share
/// costs nothing.
struct SortedRows {
    /// Positions among the rows in use.
    let positions: [UInt32]
    /// Their numbers, ascending.
    let values: [Double]

    /// Sorts the rows whose slot is 0; `values` and `slots` have one entry for each row in use, `rows` its row of the file.
    init(_ values: [Double], slots: [UInt16], rows: [UInt32], rowCount: Int) {
        if let range = SortedRows.wholeNumbers(values, slots) {
            let entries = SortedRows.sorted(values, slots, rows, rowCount, range)
            positions = entries.map { UInt32(truncatingIfNeeded: $0) }
            self.values = entries.map { range.lowerBound + Double($0 >> 32) }
            return
        }
        let inFileOrder = SortedRows.positions(slots, rows, rowCount)
        var entries = values.withUnsafeBufferPointer { values in
            inFileOrder.map { Entry(key: SortedRows.key(values[Int($0)]), position: $0) }
        }
        SortedRows.sort(&entries)
        positions = entries.map(\.position)
        self.values = entries.map { SortedRows.number($0.key) }
    }

    // MARK: Whole numbers

    /// The least and the greatest number if all are whole and less than 2^32 apart.
    private static func wholeNumbers(_ values: [Double], _ slots: [UInt16]) -> ClosedRange<Double>? {
        var (least, greatest) = (Double.infinity, -Double.infinity)
        for (value, slot) in zip(values, slots) where slot == 0 {
            // What is not whole changes when 1.5·2^52 is added and taken off.
            guard (value + 0x1.8p52) - 0x1.8p52 == value, abs(value) < 0x1p50 else { return nil }
            (least, greatest) = (min(least, value), max(greatest, value))
        }
        return least <= greatest && greatest - least < 0x1p32 ? least...greatest : nil
    }

    /// Number − least in the upper half, the position in the lower half.
    private static func sorted(
        _ values: [Double], _ slots: [UInt16], _ rows: [UInt32], _ rowCount: Int, _ range: ClosedRange<Double>
    ) -> [UInt64] {
        var byRow = [UInt64](repeating: .max, count: rowCount)
        byRow.withUnsafeMutableBufferPointer { byRow in
            for position in values.indices where slots[position] == 0 {
                let key = UInt64(values[position] - range.lowerBound)
                byRow[Int(rows[position])] = key << 32 | UInt64(UInt32(truncatingIfNeeded: position))
            }
        }
        var entries = rows.count == rowCount && !slots.contains { $0 != 0 } ? byRow : byRow.filter { $0 != .max }
        let bits = 64 - UInt64(range.upperBound - range.lowerBound).leadingZeroBitCount
        let passes = (bits + digitBits - 1) / digitBits
        guard passes > 0 else { return entries }
        let width = (bits + passes - 1) / passes
        let mask = UInt64(1) << UInt64(width) - 1
        var other = [UInt64](repeating: 0, count: entries.count)
        for pass in 0..<passes {
            let shift = UInt64(32 + pass * width)
            var next = [Int](repeating: 0, count: 1 << width)
            for entry in entries { next[Int(entry >> shift & mask)] &+= 1 }
            var sum = 0
            for digit in next.indices { (next[digit], sum) = (sum, sum + next[digit]) }
            other.withUnsafeMutableBufferPointer { other in
                next.withUnsafeMutableBufferPointer { next in
                    for entry in entries {
                        let digit = Int(entry >> shift & mask)
                        other[next[digit]] = entry
                        next[digit] &+= 1
                    }
                }
            }
            swap(&entries, &other)
        }
        return entries
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

    private static func positions(_ slots: [UInt16], _ rows: [UInt32], _ rowCount: Int) -> [UInt32] {
        var positionOfRow = [UInt32](repeating: .max, count: rowCount)
        for (position, row) in rows.enumerated() where slots[position] == 0 {
            positionOfRow[Int(row)] = UInt32(truncatingIfNeeded: position)
        }
        return positionOfRow.filter { $0 != .max }
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

extension SortedRows {
    /// The distribution of the numbers of each group.
    ///
    /// - Shapes: `weights` and `groups` have one entry for each row in use; `Groups.none` is no group.
    func distributions(_ weights: [Double], groups: [UInt32], count: Int) -> [WeightedDistribution] {
        var starts = [Int](repeating: 0, count: count + 1)
        for position in positions where groups[Int(position)] != Groups.none {
            starts[Int(groups[Int(position)]) &+ 1] &+= 1
        }
        for group in 0..<count { starts[group + 1] += starts[group] }
        var next = starts
        // Number and weight of each row, group after group.
        let pairs = [SIMD2<Double>](unsafeUninitializedCapacity: starts[count]) { pairs, filled in
            groups.withUnsafeBufferPointer { groups in
                weights.withUnsafeBufferPointer { weights in
                    next.withUnsafeMutableBufferPointer { next in
                        for (position, value) in zip(positions, values) {
                            let group = groups[Int(position)]
                            if group == Groups.none { continue }
                            pairs.initializeElement(
                                at: next[Int(group)], to: SIMD2(value, weights[Int(position)]))
                            next[Int(group)] &+= 1
                        }
                    }
                }
            }
            filled = starts[count]
        }
        return (0..<count).map { group in
            let own = pairs[starts[group]..<starts[group + 1]]
            return WeightedDistribution(ascending: own.map { $0[0] }, weights: own.map { $0[1] })
        }
    }
}
