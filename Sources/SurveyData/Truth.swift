/// A condition by row in three-valued logic: false, true, or unknown where an answer it needs is missing.
///
/// `and`, `or` and `not` are those of Kleene: a false part makes `and` false and a true part makes `or` true, whatever
/// the unknown ones would have been.
public struct Truth: Sendable, Equatable {
    public static let no: UInt8 = 0
    public static let yes: UInt8 = 1
    public static let unknown: UInt8 = 2

    public let values: [UInt8]

    public init(values: [UInt8]) { self.values = values }

    public var rowCount: Int { values.count }

    /// Returns the rows where both hold.
    public func and(_ other: Truth) -> Truth {
        precondition(rowCount == other.rowCount, "conditions of one table have one length")
        return Truth(values: combined(other) { a, b in a == Truth.no || b == Truth.no ? Truth.no : max(a, b) })
    }

    /// Returns the rows where at least one holds.
    public func or(_ other: Truth) -> Truth {
        precondition(rowCount == other.rowCount, "conditions of one table have one length")
        return Truth(values: combined(other) { a, b in a == Truth.yes || b == Truth.yes ? Truth.yes : max(a, b) })
    }

    /// Returns the rows where the condition does not hold; unknown stays unknown.
    public var not: Truth { Truth(values: values.map { $0 == Truth.unknown ? Truth.unknown : 1 &- $0 }) }

    @inline(__always)
    private func combined(_ other: Truth, _ operation: (UInt8, UInt8) -> UInt8) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: rowCount) { result, count in
            values.withUnsafeBufferPointer { a in
                other.values.withUnsafeBufferPointer { b in
                    for row in 0..<a.count { result[row] = operation(a[row], b[row]) }
                }
            }
            count = rowCount
        }
    }
}
