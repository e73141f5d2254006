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

    /// Sorts the rows whose slot is 0; `values` and `slots` have one entry for each row in use, `rows` its row of the file.
    init(_ values: [Double], slots: [UInt16], rows: [UInt32], rowCount: Int) {
        let inFileOrder = SortedRows.positions(slots, rows, rowCount)
        if let range = SortedRows.wholeNumbers(values, slots) {
            self.init(values, inFileOrder[...], range: range)
            return
        }
        var entries = values.withUnsafeBufferPointer { values in
            inFileOrder.map { Entry(key: SortedRows.key(values[Int($0)]), position: $0) }
        }
        SortedRows.sort(&entries)
        self.init(positions: entries.map(\.position), values: entries.map { SortedRows.number($0.key) })
    }

    /// The sorted rows of each group, whose rows are near one another where groups follow strata.
    ///
    /// - Shapes: `groups` has one entry for each row in use; `Groups.none` is no group.
    static func byGroup(
        _ values: [Double], slots: [UInt16], rows: [UInt32], rowCount: Int, groups: [UInt32], count: Int
    ) -> [SortedRows] {
        guard let range = wholeNumbers(values, slots) else {
            // Bits of any numbers are many digits: one sort for all groups.
            let sorted = SortedRows(values, slots: slots, rows: rows, rowCount: rowCount)
            let grouped = RowsByGroup(sorted.positions, groups: groups, count: count)
            return (0..<count).map { group in
                let own = Array(grouped.rows(of: group))
                return SortedRows(positions: own, values: own.map { values[Int($0)] })
            }
        }
        let grouped = RowsByGroup(positions(slots, rows, rowCount), groups: groups, count: count)
        return (0..<count).map { SortedRows(values, grouped.rows(of: $0), range: range) }
    }

    private init(positions: [UInt32], values: [Double]) {
        self.positions = positions
        self.values = values
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

    /// Sorts rows that are given in the order of the file, and whose numbers are whole and inside a range.
    private init(_ values: [Double], _ inFileOrder: ArraySlice<UInt32>, range: ClosedRange<Double>) {
        // Number − least in the upper half, the position in the lower half.
        var entries = values.withUnsafeBufferPointer { values in
            inFileOrder.map { UInt64(values[Int($0)] - range.lowerBound) << 32 | UInt64($0) }
        }
        let bits = 64 - UInt64(range.upperBound - range.lowerBound).leadingZeroBitCount
        // Few rows take small digits, so that counting them costs no more than they do.
        let most = min(SortedRows.digitBits, max(4, Int.bitWidth - entries.count.leadingZeroBitCount))
        let passes = entries.count > 1 ? (bits + most - 1) / most : 0
        let width = passes > 0 ? (bits + passes - 1) / passes : 0
        var other = passes > 0 ? entries : []
        for pass in 0..<passes {
            SortedRows.sort(entries, into: &other, shift: UInt64(32 + pass * width), width: width)
            swap(&entries, &other)
        }
        positions = entries.map { UInt32(truncatingIfNeeded: $0) }
        self.values = entries.map { range.lowerBound + Double($0 >> 32) }
    }

    /// One pass: by `width` bits from `shift` on.
    private static func sort(_ entries: [UInt64], into other: inout [UInt64], shift: UInt64, width: Int) {
        let mask = UInt64(1) << UInt64(width) - 1
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 1 << width) { next in
            next.initialize(repeating: 0)
            for entry in entries { next[Int(entry >> shift & mask)] &+= 1 }
            var sum = 0
            for digit in next.indices { (next[digit], sum) = (sum, sum &+ next[digit]) }
            entries.withUnsafeBufferPointer { entries in
                other.withUnsafeMutableBufferPointer { other in
                    for entry in entries {
                        let digit = Int(entry >> shift & mask)
                        other[next[digit]] = entry
                        next[digit] &+= 1
                    }
                }
            }
        }
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
