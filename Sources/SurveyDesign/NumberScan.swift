internal import SurveyMath

/// What one look at many numbers tells.
package struct NumberScan {
    let areFinite: Bool
    let hasNegative: Bool
    let hasZero: Bool
    /// Not finite if a number is not.
    let sum: Double

    private static let part = 1024

    init(_ numbers: [Double]) {
        // Eight numbers side by side; plain sums of a part, compensated between parts.
        var total = CompensatedSum()
        var arePositive = SIMDMask<SIMD8<Int64>>(repeating: true)
        numbers.withUnsafeBytes { bytes in
            for start in stride(from: 0, to: numbers.count, by: NumberScan.part) {
                let end = min(start + NumberScan.part, numbers.count)
                let full = start + (end - start) & ~7
                var sums = SIMD8<Double>.zero
                for at in stride(from: start, to: full, by: 8) {
                    let own = bytes.loadUnaligned(fromByteOffset: at &* 8, as: SIMD8<Double>.self)
                    sums += own
                    arePositive .&= own .> 0
                }
                for at in full..<end {
                    sums[0] += numbers[at]
                    arePositive[0] = arePositive[0] && numbers[at] > 0
                }
                total.add(sums.sum())
            }
        }
        sum = total.value
        guard sum.isFinite, all(arePositive) else {
            areFinite = numbers.allSatisfy(\.isFinite)
            hasNegative = numbers.contains { $0 < 0 }
            hasZero = numbers.contains(0)
            return
        }
        (areFinite, hasNegative, hasZero) = (true, false, false)
    }
}
