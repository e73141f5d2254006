/// A whole number of any size, as far as the conversion between bases needs it.
struct BigWhole {
    /// Digits of 32 bits, the lowest first, none of them leading zeros.
    private(set) var limbs: [UInt32]

    init(_ value: UInt64) {
        limbs = [UInt32(truncatingIfNeeded: value), UInt32(truncatingIfNeeded: value >> 32)]
        trim()
    }

    var bitCount: Int { limbs.last.map { limbs.count * 32 - $0.leadingZeroBitCount } ?? 0 }

    private mutating func trim() {
        while limbs.last == 0 { limbs.removeLast() }
    }

    /// Multiplies by 15 to a power.
    mutating func multiply(byPowerOf15 power: Int) {
        BigWhole.inPieces(power) { factor in
            var carry: UInt64 = 0
            for index in limbs.indices {
                let product = UInt64(limbs[index]) * UInt64(factor) + carry
                limbs[index] = UInt32(truncatingIfNeeded: product)
                carry = product >> 32
            }
            if carry > 0 { limbs.append(UInt32(carry)) }
        }
    }

    /// Divides by 15 to a power; true if that leaves a rest.
    mutating func divide(byPowerOf15 power: Int) -> Bool {
        var hasRest = false
        BigWhole.inPieces(power) { divisor in
            var rest: UInt64 = 0
            for index in limbs.indices.reversed() {
                let part = rest << 32 | UInt64(limbs[index])
                limbs[index] = UInt32(part / UInt64(divisor))
                rest = part % UInt64(divisor)
            }
            if rest > 0 { hasRest = true }
            trim()
        }
        return hasRest
    }

    mutating func shiftLeft(_ count: Int) {
        let (words, bits) = (count / 32, UInt64(count % 32))
        var shifted = [UInt32](repeating: 0, count: words)
        var carry: UInt64 = 0
        for limb in limbs {
            let part = UInt64(limb) << bits | carry
            shifted.append(UInt32(truncatingIfNeeded: part))
            carry = part >> 32
        }
        if carry > 0 { shifted.append(UInt32(carry)) }
        limbs = shifted
        trim()
    }

    /// The number without its lowest bits, and whether one of these was set.
    func shiftedRight(_ count: Int) -> (whole: BigWhole, hasRest: Bool) {
        let (words, bits) = (count / 32, UInt64(count % 32))
        guard words < limbs.count else { return (BigWhole(0), !limbs.isEmpty) }
        var hasRest = limbs[..<words].contains { $0 != 0 }
        if UInt64(limbs[words]) & ((1 << bits) - 1) != 0 { hasRest = true }
        var result = BigWhole(0)
        for index in words..<limbs.count {
            let high = index + 1 < limbs.count ? UInt64(limbs[index + 1]) : 0
            result.limbs.append(UInt32(truncatingIfNeeded: (high << 32 | UInt64(limbs[index])) >> bits))
        }
        result.trim()
        return (result, hasRest)
    }

    /// The number where it has at most 64 bits.
    var word: UInt64? {
        guard limbs.count <= 2 else { return nil }
        return limbs.reversed().reduce(0) { $0 << 32 | UInt64($1) }
    }

    private static func inPieces(_ power: Int, _ use: (UInt32) -> Void) {
        var rest = power
        while rest > 0 {
            let piece = min(rest, 7)
            var factor: UInt32 = 1
            for _ in 0..<piece { factor *= 15 }
            use(factor)
            rest -= piece
        }
    }
}
