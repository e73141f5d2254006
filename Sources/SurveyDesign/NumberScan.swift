internal import SurveyMath

/// What one look at many numbers tells.
package struct NumberScan {
    let areFinite: Bool
    let hasNegative: Bool
    let hasZero: Bool
    /// Not finite if a number is not.
    let sum: Double

    init(_ numbers: [Double]) {
        // Four numbers side by side; one that is no number is never the least, but shows in the sum.
        var least = (Double.infinity, Double.infinity, Double.infinity, Double.infinity)
        sum = numbers.withUnsafeBufferPointer { numbers in
            CompensatedSum.of(numbers) { part in
                let full = part.count & ~3
                for at in stride(from: 0, to: full, by: 4) {
                    least.0 = part[at] < least.0 ? part[at] : least.0
                    least.1 = part[at + 1] < least.1 ? part[at + 1] : least.1
                    least.2 = part[at + 2] < least.2 ? part[at + 2] : least.2
                    least.3 = part[at + 3] < least.3 ? part[at + 3] : least.3
                }
                for at in full..<part.count { least.0 = part[at] < least.0 ? part[at] : least.0 }
            }
        }
        guard sum.isFinite, min(least.0, least.1, least.2, least.3) > 0 else {
            areFinite = numbers.allSatisfy(\.isFinite)
            hasNegative = numbers.contains { $0 < 0 }
            hasZero = numbers.contains(0)
            return
        }
        (areFinite, hasNegative, hasZero) = (true, false, false)
    }
}
