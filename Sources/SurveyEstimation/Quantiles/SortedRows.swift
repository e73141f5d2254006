/// The rows of a sample that have a number, by this number; equal numbers stand in the order of the file.
///
/// Sorted by radix on the bits of the numbers, eleven at a time; a digit that all numbers share costs nothing. A million
/// amounts take three or four passes.
struct SortedRows {
    /// Positions among the rows in use.
    let positions: [UInt32]
    /// Their numbers, ascending.
    let values: [Double]

    /// Sorts the rows whose slot is 0; `values` and `slots` have one entry for each row in use, `rows` its row of the file.
    init(_ values: [Double], slots: [UInt16], rows: [UInt32], rowCount: Int) {
        let inFileOrder = SortedRows.positions(slots, rows, rowCount)
        var entries = values.withUnsafeBufferPointer { values in
            inFileOrder.map { Entry(key: SortedRows.key(values[Int($0)]), position: $0) }
        }
        SortedRows.sort(&entries)
        positions = entries.map(\.position)
        self.values = entries.map { SortedRows.number($0.key) }
    }

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
