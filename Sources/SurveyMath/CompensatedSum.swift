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
    @inlinable
    public static func of(_ terms: some Sequence<Double>) -> Double {
        var sum = CompensatedSum()
        for term in terms { sum.add(term) }
        return sum.value
    }
}
