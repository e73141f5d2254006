/// Rounds a double to decimal digits by its exact value, halves away from zero.
///
///     digits = ⌊ |value| · 10^places + 1/2 ⌋      computed on the binary fraction itself, so nothing is rounded twice
enum DecimalRounding {
    /// Returns sign and digits of `value · 10^places`; nil for values that are not finite or have over 38 digits.
    static func rounded(_ value: Double, places: Int) -> (isNegative: Bool, digits: UInt128)? {
        guard value.isFinite, (0...15).contains(places) else { return nil }
        guard value != 0 else { return (false, 0) }
        let exponent = Int(value.exponent) - 52
        var scaled = UInt128(UInt64((value.magnitude.significand * 4_503_599_627_370_496).rounded()))
        for _ in 0..<places { scaled *= 10 }
        if exponent >= 0 {
            guard exponent < scaled.leadingZeroBitCount else { return nil }
            return (value < 0, scaled << UInt128(exponent))
        }
        guard -exponent < 128 else { return (false, 0) }
        let half = UInt128(1) << UInt128(-exponent - 1)
        let digits = (scaled + half) >> UInt128(-exponent)
        return (value < 0 && digits > 0, digits)
    }
}
