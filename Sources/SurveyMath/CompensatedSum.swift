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

    /// The sum of a list that lies somewhere; `look` is shown each part of it while it is in the first cache.
    public static func of(
        _ terms: UnsafeBufferPointer<Double>, look: (UnsafeBufferPointer<Double>) -> Void = { _ in }
    ) -> Double {
        let part = 4096
        let full = terms.count & ~3
        var (rounded, errors) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
        for start in stride(from: 0, to: terms.count, by: part) {
            let end = min(start + part, terms.count)
            look(UnsafeBufferPointer(rebasing: terms[start..<end]))
            for at in stride(from: start, to: min(end, full), by: 4) {
                let own = SIMD4(terms[at], terms[at + 1], terms[at + 2], terms[at + 3])
                let sums = rounded + own
                let parts = sums - rounded
                errors += (rounded - (sums - parts)) + (own - parts)
                rounded = sums
            }
        }
        var sum = CompensatedSum(rounded[0])
        sum.error = errors[0]
        for position in full..<terms.count { sum.add(terms[position]) }
        for lane in 1..<4 {
            sum.add(rounded[lane])
            sum.add(errors[lane])
        }
        return sum.value
    }
}
