internal import Glibc

/// Numbers of portable files, in base 30: digits `0`–`9` and `A`–`T`, a point, and a power of 30 behind `+` or `-`.
enum PORNumber {
    /// Powers of 30 that a double holds exactly.
    private static let powers: [Double] = (0...13).map { power in (0..<power).reduce(1.0) { value, _ in value * 30 } }
    private static let exactLimit = 0x1p53
    private static let digits = Array("0123456789ABCDEFGHIJKLMNOPQRST".utf8)
    /// Digits of base 30 that fit into 64 bits.
    static let mostDigits = 13

    /// The double nearest to `mantissa · 30^exponent`; `hasRest` tells that the mantissa stands for a little more.
    static func value(_ mantissa: UInt64, hasRest: Bool, exponent: Int) -> Double {
        guard mantissa > 0 else { return 0 }
        guard exponent < 300 else { return .infinity }
        guard exponent > -300 else { return 0 }
        if !hasRest, mantissa < UInt64(exactLimit), exponent.magnitude < powers.count {
            let power = powers[Int(exponent.magnitude)]
            return exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
        }
        var big = BigWhole(mantissa)
        var sticky = hasRest
        var binary = exponent
        if exponent >= 0 {
            big.multiply(byPowerOf15: exponent)
        } else {
            // Enough bits that at least 64 are left behind the division.
            let room = 4 * -exponent + 66
            big.shiftLeft(room)
            binary -= room
            if big.divide(byPowerOf15: -exponent) { sticky = true }
        }
        let surplus = max(0, big.bitCount - 64)
        let (top, hasMore) = big.shiftedRight(surplus)
        guard var word = top.word else { return .infinity }
        if sticky || hasMore { word |= 1 }
        return scalbn(Double(word), Int32(clamping: binary + surplus))
    }

    /// The digits of a finite number, the fewest for most, always so many that the same double is read back.
    static func text(_ value: Double) -> [UInt8] {
        let size = value.magnitude
        let sign: [UInt8] = value < 0 ? [UInt8(ascii: "-")] : []
        if size < exactLimit, size == size.rounded(.down) { return sign + whole(UInt64(size)) }
        for places in 1...10 {
            let scaled = (size * powers[places]).rounded()
            if scaled >= exactLimit { break }
            if scaled >= 1, scaled / powers[places] == size { return sign + pointed(UInt64(scaled), exponent: -places) }
        }
        return sign + long(size)
    }

    private static func whole(_ value: UInt64) -> [UInt8] {
        var rest = value
        var text: [UInt8] = []
        repeat {
            text.append(digits[Int(rest % 30)])
            rest /= 30
        } while rest > 0
        return text.reversed()
    }

    private static func pointed(_ mantissa: UInt64, exponent: Int) -> [UInt8] {
        var (rest, power) = (mantissa, exponent)
        while rest % 30 == 0 {
            rest /= 30
            power += 1
        }
        let text = whole(rest)
        if power == 0 { return text }
        if power < 0, -power <= mostDigits {
            let zeros = [UInt8](repeating: UInt8(ascii: "0"), count: max(0, -power - text.count))
            let all = zeros + text
            return all.dropLast(-power) + [UInt8(ascii: ".")] + all.suffix(-power)
        }
        return text + [UInt8(ascii: power < 0 ? "-" : "+")] + whole(UInt64(power.magnitude))
    }

    /// Twelve digits, since 30¹¹ is more than 2⁵³.
    private static func long(_ size: Double) -> [UInt8] {
        let significand = UInt64(scalbn(size.significand, 52))
        let binary = Int(size.exponent) - 52
        let (least, most) = (powerOf30(11), powerOf30(12))
        var power = Int((log(size) / log(30.0)).rounded(.down)) - 11
        // The logarithm may be one off.
        for _ in 0..<3 {
            var big = BigWhole(significand)
            // The bits behind the point: what the division leaves in them is less than a half of the last one.
            let guardBits = max(64, power - binary)
            big.shiftLeft(binary - power + guardBits)
            if power >= 0 {
                _ = big.divide(byPowerOf15: power)
            } else {
                big.multiply(byPowerOf15: -power)
            }
            let (half, _) = big.shiftedRight(guardBits - 1)
            let rounded = half.word.map { ($0 >> 1) + ($0 & 1) }
            guard let rounded, rounded < most else {
                power += 1
                continue
            }
            if rounded < least {
                power -= 1
                continue
            }
            return pointed(rounded, exponent: power)
        }
        return pointed(least, exponent: power)
    }

    /// 30 to a power.
    private static func powerOf30(_ power: Int) -> UInt64 { (0..<power).reduce(1) { value, _ in value * 30 } }
}
