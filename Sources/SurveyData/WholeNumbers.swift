/// Whole numbers in a narrow range, such as codes and unit numbers: looked up in a table instead of hashed by row.
package struct WholeNumbers {
    let least: Int
    /// The numbers that occur, ascending.
    package let distinct: [Int]
    /// The number of each row; anything where a row has none.
    private let numbers: [Int32]
    private let kinds: [UInt8]
    private let span: Int

    /// The widest range for which a table is made.
    private static let mostSpan = 1 << 22

    /// Looks at every number that is there; nil if one is not whole or the range is wide.
    package init?(_ values: [Double], kinds: [UInt8]) {
        guard let (numbers, range) = WholeNumbers.converted(values, kinds), range.count < WholeNumbers.mostSpan else {
            return nil
        }
        let first = range.lowerBound
        let occurs = [Bool](unsafeUninitializedCapacity: range.count) { table, count in
            table.initialize(repeating: false)
            WholeNumbers.visit(numbers, kinds) { _, number in table[Int(number) &- first] = true }
            count = range.count
        }
        distinct = occurs.indices.filter { occurs[$0] }.map { $0 + first }
        least = first
        span = range.count
        self.numbers = numbers
        self.kinds = kinds
    }

    /// By row, the entry of `entries` that stands at the number's position in `distinct`; `missing` gives the others.
    package func mapped(_ entries: [UInt32], missing: UInt32) -> [UInt32] { mapped(entries) { _ in missing } }

    /// The same for bytes and words, whose missing entries tell the kind.
    func mapped<Entry: FixedWidthInteger & UnsignedInteger>(_ entries: [Entry], missing: (UInt8) -> Entry) -> [Entry] {
        precondition(entries.count == distinct.count, "one entry for each number")
        var table = [Entry](repeating: 0, count: span)
        for (position, number) in distinct.enumerated() { table[number - least] = entries[position] }
        let first = least
        return [Entry](unsafeUninitializedCapacity: numbers.count) { result, count in
            table.withUnsafeBufferPointer { table in
                for row in kinds.indices where kinds[row] != 0 {
                    result.initializeElement(at: row, to: missing(kinds[row]))
                }
                WholeNumbers.visit(numbers, kinds) { row, number in
                    result.initializeElement(at: row, to: table[Int(number) &- first])
                }
            }
            count = numbers.count
        }
    }

    /// The numbers as integers with their range; nil if one that is there is not a whole number of 32 bits.
    private static func converted(_ values: [Double], _ kinds: [UInt8]) -> (numbers: [Int32], range: ClosedRange<Int>)?
    {
        // Adding 1.5 · 2^52 moves the whole part of a number below 2^51 into the last bits, and rounds the rest away;
        // what comes back changed is not whole, too large, or no number at all. No branch, no conversion that can fail.
        let mover = 6_755_399_441_055_744.0
        var least = Int32.max
        var greatest = Int32.min
        var strangers: Int64 = 0
        let numbers = [Int32](unsafeUninitializedCapacity: values.count) { numbers, count in
            values.withUnsafeBufferPointer { values in
                kinds.withUnsafeBufferPointer { kinds in
                    for row in 0..<values.count {
                        let isThere = kinds.isEmpty || kinds[row] == 0
                        let value = isThere ? values[row] : 0
                        let moved = value + mover
                        let number = Int32(truncatingIfNeeded: Int64(bitPattern: moved.bitPattern))
                        strangers |= Double(number) == value ? 0 : 1
                        least = isThere ? min(least, number) : least
                        greatest = isThere ? max(greatest, number) : greatest
                        numbers.initializeElement(at: row, to: number)
                    }
                }
            }
            count = values.count
        }
        guard strangers == 0, least <= greatest else { return nil }
        return (numbers, Int(least)...Int(greatest))
    }

    /// Calls back for each row that has a number.
    @inline(__always)
    private static func visit(_ numbers: [Int32], _ kinds: [UInt8], _ body: (Int, Int32) -> Void) {
        numbers.withUnsafeBufferPointer { numbers in
            kinds.withUnsafeBufferPointer { kinds in
                if kinds.isEmpty {
                    for row in 0..<numbers.count { body(row, numbers[row]) }
                } else {
                    for row in 0..<min(numbers.count, kinds.count) where kinds[row] == 0 { body(row, numbers[row]) }
                }
            }
        }
    }
}
