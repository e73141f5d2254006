/// Whole numbers in a narrow range, such as codes and unit numbers: looked up in a table instead of hashed by row.
package struct WholeNumbers {
    let least: Int
    /// The numbers that occur, ascending.
    package let distinct: [Int]
    private let values: [Double]
    private let kinds: [UInt8]
    private let span: Int

    /// The widest range for which a table is made.
    private static let mostSpan = 1 << 22

    /// Looks at every number that is there; nil if one is not whole or the range is wide.
    package init?(_ values: [Double], kinds: [UInt8]) {
        var least = Double.infinity
        var greatest = -Double.infinity
        WholeNumbers.visit(values, kinds) { _, value in
            least = value < least ? value : least
            greatest = value > greatest ? value : greatest
        }
        guard least <= greatest, abs(least) < 1e15, greatest - least < Double(WholeNumbers.mostSpan) else { return nil }
        var areWhole = true
        WholeNumbers.visit(values, kinds) { _, value in
            // Only what is not a number lies outside its own range; it could not be converted.
            areWhole = areWhole && value >= least && Double(Int(value)) == value
        }
        guard areWhole else { return nil }
        let first = Int(least)
        let span = Int(greatest) - first + 1
        let occurs = [Bool](unsafeUninitializedCapacity: span) { table, count in
            table.initialize(repeating: false)
            WholeNumbers.visit(values, kinds) { _, value in table[Int(value) &- first] = true }
            count = span
        }
        distinct = (0..<span).filter { occurs[$0] }.map { $0 + first }
        self.least = first
        self.span = span
        self.values = values
        self.kinds = kinds
    }

    /// By row, the entry of `entries` that stands at the number's position in `distinct`; `missing` gives the others.
    package func mapped(_ entries: [UInt32], missing: UInt32) -> [UInt32] { mapped(entries) { _ in missing } }

    /// The same for bytes and words, whose missing entries tell the kind.
    func mapped<Entry: FixedWidthInteger & UnsignedInteger>(
        _ entries: [Entry], missing: (UInt8) -> Entry
    ) -> [Entry] {
        precondition(entries.count == distinct.count, "one entry for each number")
        var table = [Entry](repeating: 0, count: span)
        for (position, number) in distinct.enumerated() { table[number - least] = entries[position] }
        let first = least
        return [Entry](unsafeUninitializedCapacity: values.count) { result, count in
            table.withUnsafeBufferPointer { table in
                if !kinds.isEmpty {
                    for row in kinds.indices where kinds[row] != 0 {
                        result.initializeElement(at: row, to: missing(kinds[row]))
                    }
                }
                WholeNumbers.visit(values, kinds) { row, value in
                    result.initializeElement(at: row, to: table[Int(value) &- first])
                }
            }
            count = values.count
        }
    }

    /// Calls back for each row that has a number.
    @inline(__always)
    private static func visit(_ values: [Double], _ kinds: [UInt8], _ body: (Int, Double) -> Void) {
        values.withUnsafeBufferPointer { values in
            kinds.withUnsafeBufferPointer { kinds in
                if kinds.isEmpty {
                    for row in 0..<values.count { body(row, values[row]) }
                } else {
                    for row in 0..<min(values.count, kinds.count) where kinds[row] == 0 { body(row, values[row]) }
                }
            }
        }
    }
}
