/// One stratum of a sample: its PSUs and how much of the population they are.
public struct Stratum: Sendable {
    /// What is known of the population of PSUs.
    public enum Population: Sendable, Equatable {
        /// Nothing: sampling counts as with replacement.
        case unknown
        /// The number of PSUs in the population.
        case count(Double)
        /// The share of the PSUs that were sampled.
        case fraction(Double)
    }

    /// The key, crossed columns joined by `*`; empty if the design has no strata.
    public let label: String
    /// The number of its first PSU; the PSUs of a stratum are numbered without a gap.
    public let firstPSU: Int
    /// PSUs sampled, those without a row in any domain included.
    public let psuCount: Int
    public let population: Population

    package init(label: String, firstPSU: Int, psuCount: Int, population: Population) {
        self.label = label
        self.firstPSU = firstPSU
        self.psuCount = psuCount
        self.population = population
    }

    /// The sampling fraction f = n/N of the PSUs, 0 where nothing is known.
    public var samplingFraction: Double {
        switch population {
        case .unknown: 0
        case .count(let count): Double(psuCount) / count
        case .fraction(let fraction): fraction
        }
    }

    /// True if every PSU of the stratum was sampled, so that PSUs add nothing to the variance.
    public var isCensus: Bool { 1 - samplingFraction < 1e-7 }

    /// True if one PSU was sampled of several.
    public var isLonely: Bool { psuCount == 1 && !isCensus }

    /// The numbers of its PSUs.
    public var psus: Range<Int> { firstPSU..<firstPSU + psuCount }
}
