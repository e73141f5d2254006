/// Adds numbers and carries along what each addition rounds away.
///
/// The error of the sum does not grow with the number of terms, so it depends on their order in the last bit at most.
///
/// Source: Neumaier (1974), ZAMM 54, 39–51; the error of one addition without a branch is Knuth's TwoSum.
@frozen
public struct CompensatedSum: Sendable, BitwiseCopyable {
    /// The running sum as rounded after each addition.
    @usableFromInline var rounded: Double
    /// What the additions rounded away.
    @usableFromInline var error: Double

    @inlinable
    public init(_ start: Double = 0) {
        rounded = start
        error = 0
    }

    /// The sum.
    @inlinable public var value: Double { rounded + error }

    /// Adds one number.
    @inlinable
    public mutating func add(_ term: Double) {
        let sum = rounded + term
        let part = sum - rounded
        error += (rounded - (sum - part)) + (term - part)
        rounded = sum
    }

    /// The sum of a list.
    ///
    /// Four sums run side by side, since each addition waits for the one before it; which term goes where is fixed.
    public static func of(_ terms: [Double]) -> Double { terms.withUnsafeBufferPointer { of($0) } }

    /// The sum of a list that lies somewhere.
    public static func of(_ terms: UnsafeBufferPointer<Double>) -> Double {
        var lanes = (CompensatedSum(), CompensatedSum(), CompensatedSum(), CompensatedSum())
        let full = terms.count & ~3
        for start in stride(from: 0, to: full, by: 4) {
            lanes.0.add(terms[start])
            lanes.1.add(terms[start + 1])
            lanes.2.add(terms[start + 2])
            lanes.3.add(terms[start + 3])
        }
        for position in full..<terms.count { lanes.0.add(terms[position]) }
        var sum = lanes.0
        for lane in [lanes.1, lanes.2, lanes.3] {
            sum.add(lane.rounded)
            sum.add(lane.error)
        }
        return sum.value
    }
}
