/// What an allocation promises: fractions, weights, and the error of a mean where deviations are given.
public struct AllocationOutlook: Sendable, Equatable {
    /// n/N by stratum.
    public let fractions: [Double]
    /// N/n by stratum; nil for a stratum without sample.
    public let weights: [Double?]
    /// The standard error of the mean of each stratum, S·√(1/n − 1/N); nil where no deviation is given or n is 0.
    public let errors: [Double?]
    /// The standard error of the mean of the whole; nil unless each stratum has one.
    public let error: Double?
    /// The design effect of the unequal weights, 1 + cv² (Kish); nil while a stratum has no sample.
    public let weightingEffect: Double?

    /// Looks at the sizes of strata, in their order.
    public init(_ sizes: [Int], of strata: [SamplingStratum]) {
        precondition(sizes.count == strata.count, "one size a stratum")
        let pairs = Array(zip(sizes, strata))
        fractions = pairs.map { Double($0) / Double($1.population) }
        weights = pairs.map { $0 > 0 ? Double($1.population) / Double($0) : nil }
        errors = pairs.map { size, stratum in
            guard size > 0, let deviation = stratum.deviation else { return nil }
            return deviation * max(0, 1 / Double(size) - 1 / Double(stratum.population)).squareRoot()
        }
        let whole = strata.reduce(0) { $0 + Double($1.population) }
        var variance: Double? = 0
        for (stratum, error) in zip(strata, errors) {
            let share = Double(stratum.population) / whole
            variance = variance.flatMap { sum in error.map { sum + share * share * $0 * $0 } }
        }
        error = variance?.squareRoot()
        let total = sizes.reduce(0) { $0 + Double($1) }
        weightingEffect =
            sizes.allSatisfy { $0 > 0 }
            ? total
                * pairs.reduce(0) {
                    $0 + Double($1.1.population) / whole * Double($1.1.population) / whole / Double($1.0)
                }
            : nil
    }
}
