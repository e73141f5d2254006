internal import SurveyMath

extension WeightingSummary.Step {
    /// Describes weights as they are after a step, in two passes that keep nothing.
    init(
        _ name: String, weights: [Double], iterations: Int? = nil, movedShare: Double? = nil, rowsCut: Int? = nil,
        largestError: Double? = nil
    ) {
        var sums = SumsSideBySide()
        var rows = SIMD4<Double>()
        var (low, high) = (SIMD4(repeating: Double.infinity), SIMD4(repeating: -Double.infinity))
        SumsSideBySide.each(weights) { four in
            sums.add(four)
            let isUnused = four .== 0
            rows += SIMD4(repeating: 1).replacing(with: 0, where: isUnused)
            low = pointwiseMin(low, four.replacing(with: .infinity, where: isUnused))
            high = pointwiseMax(high, four.replacing(with: -.infinity, where: isUnused))
        }
        let (sum, used, greatest) = (sums.value, Int(rows.sum()), high.max())
        // Weights are scaled before they are squared, so that large ones do not overflow; a power of two rounds nothing.
        let isScaled = greatest > 0 && greatest.isFinite
        let scale = isScaled ? Double(sign: .plus, exponent: min(1_000, -greatest.exponent), significand: 1) : 0
        var squares = SumsSideBySide()
        SumsSideBySide.each(weights) { four in
            let scaled = four * scale
            squares.add(scaled * scaled)
        }
        let (first, second) = (sum * scale, squares.value)
        let effectiveN = second > 0 ? first * first / second : 0
        self.init(
            name: name, rows: used, sum: sum, least: used > 0 ? low.min() : 0, greatest: used > 0 ? greatest : 0,
            kishEffect: effectiveN > 0 ? Double(used) / effectiveN : 0, effectiveN: effectiveN,
            iterations: iterations, movedShare: movedShare, rowsCut: rowsCut, largestError: largestError)
    }
}

/// Four compensated sums, each of every fourth number.
private struct SumsSideBySide {
    private var rounded = SIMD4<Double>()
    private var error = SIMD4<Double>()

    @inline(__always)
    mutating func add(_ term: SIMD4<Double>) {
        let sum = rounded + term
        let part = sum - rounded
        error += (rounded - (sum - part)) + (term - part)
        rounded = sum
    }

    var value: Double {
        var sum = CompensatedSum()
        for lane in 0..<4 {
            sum.add(rounded[lane])
            sum.add(error[lane])
        }
        return sum.value
    }

    /// Calls a function with the numbers four by four, zeros behind the last.
    @inline(__always)
    static func each(_ numbers: [Double], _ body: (SIMD4<Double>) -> Void) {
        numbers.withUnsafeBufferPointer { numbers in
            let full = numbers.count & ~3
            for start in stride(from: 0, to: full, by: 4) {
                body(SIMD4(numbers[start], numbers[start &+ 1], numbers[start &+ 2], numbers[start &+ 3]))
            }
            var rest = SIMD4<Double>()
            for row in full..<numbers.count { rest[row - full] = numbers[row] }
            body(rest)
        }
    }
}
