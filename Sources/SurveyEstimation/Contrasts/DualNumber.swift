internal import Glibc

/// A number with its derivatives by some variables: arithmetic on it differentiates exactly.
///
/// Source: Griewank and Walther (2008), Evaluating Derivatives, chapter 3 (forward mode).
struct DualNumber {
    let value: Double
    let slopes: [Double]

    init(_ value: Double, slopes: [Double]) {
        self.value = value
        self.slopes = slopes
    }

    /// f(a) with f'(a).
    func mapped(_ value: Double, slope: Double) -> DualNumber { DualNumber(value, slopes: slopes.map { slope * $0 }) }

    /// f(a, b) with its two derivatives.
    func combined(_ other: DualNumber, _ value: Double, _ left: Double, _ right: Double) -> DualNumber {
        DualNumber(value, slopes: zip(slopes, other.slopes).map { left * $0 + right * $1 })
    }

    static func + (a: DualNumber, b: DualNumber) -> DualNumber { a.combined(b, a.value + b.value, 1, 1) }
    static func - (a: DualNumber, b: DualNumber) -> DualNumber { a.combined(b, a.value - b.value, 1, -1) }
    static func * (a: DualNumber, b: DualNumber) -> DualNumber { a.combined(b, a.value * b.value, b.value, a.value) }
    static func / (a: DualNumber, b: DualNumber) -> DualNumber {
        a.combined(b, a.value / b.value, 1 / b.value, -a.value / b.value / b.value)
    }

    /// a to the power of b; a variable exponent needs a base above 0.
    func power(_ exponent: DualNumber) -> DualNumber {
        let result = pow(value, exponent.value)
        let left = exponent.value == 0 ? 0 : exponent.value * pow(value, exponent.value - 1)
        let isConstant = exponent.slopes.allSatisfy { $0 == 0 }
        return combined(exponent, result, left, isConstant ? 0 : result * log(value))
    }

    var logarithm: DualNumber { mapped(log(value), slope: value > 0 ? 1 / value : .nan) }
    var exponential: DualNumber { mapped(exp(value), slope: exp(value)) }
    var squareRoot: DualNumber { mapped(value.squareRoot(), slope: 0.5 / value.squareRoot()) }
}
