/// Random numbers that are the same everywhere: xoshiro256** with its state from SplitMix64, one stream a replicate.
///
/// A stream depends on the seed, on what it is for and on its number alone; so results depend neither on threads nor on how
/// many streams there are.
///
/// Source: Blackman and Vigna (2021), ACM Transactions on Mathematical Software 47(4), 36; Steele, Lea and Flood (2014),
/// OOPSLA, 453–472. Checked: the authors' test vectors.
public struct RandomStream: RandomNumberGenerator, Sendable {
    /// What random numbers are for: steps of different purposes never share a stream.
    public enum Purpose: UInt64, Sendable {
        case bootstrap = 1
        case selection = 2
        case simulation = 3
        case imputation = 4
        case targets = 5
    }

    @usableFromInline var a: UInt64
    @usableFromInline var b: UInt64
    @usableFromInline var c: UInt64
    @usableFromInline var d: UInt64

    private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Takes the stream of a number, from 0.
    public init(seed: UInt64, for purpose: Purpose, number: Int) {
        let start = RandomStream.mixed(RandomStream.mixed(seed &+ RandomStream.step) ^ purpose.rawValue)
        let state = start &+ (UInt64(truncatingIfNeeded: number) &+ 1) &* RandomStream.step
        self.init(splitMixFrom: RandomStream.mixed(state))
    }

    /// Takes four words of SplitMix64 as the state.
    init(splitMixFrom state: UInt64) {
        a = RandomStream.mixed(state &+ RandomStream.step)
        b = RandomStream.mixed(state &+ 2 &* RandomStream.step)
        c = RandomStream.mixed(state &+ 3 &* RandomStream.step)
        d = RandomStream.mixed(state &+ 4 &* RandomStream.step)
    }

    /// Takes a state as it is.
    init(state a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64) { (self.a, self.b, self.c, self.d) = (a, b, c, d) }

    /// The output function of SplitMix64.
    static func mixed(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    @inlinable
    public mutating func next() -> UInt64 {
        let product = b &* 5
        let result = (product << 7 | product >> 57) &* 9
        let shifted = b << 17
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= shifted
        d = d << 45 | d >> 19
        return result
    }

    /// A whole number from 0 up to, but not including, `bound`: by multiplication, and rejection of the few that would be
    /// too likely.
    ///
    /// Source: Lemire (2019), ACM Transactions on Modeling and Computer Simulation 29(1), 3.
    @inlinable
    public mutating func integer(below bound: Int) -> Int {
        precondition(bound > 0, "a bound above 0")
        let range = UInt64(bound)
        var product = next().multipliedFullWidth(by: range)
        if product.low < range {
            let floor = (0 &- range) % range
            while product.low < floor { product = next().multipliedFullWidth(by: range) }
        }
        return Int(truncatingIfNeeded: product.high)
    }

    /// A number from 0 up to, but not including, 1, of 53 random bits.
    @inlinable
    public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A number of the standard normal distribution, by its inverse.
    public mutating func normal() -> Double {
        StandardNormal.quantile((Double(next() >> 11) + 0.5) * 0x1p-53) ?? 0
    }
}
