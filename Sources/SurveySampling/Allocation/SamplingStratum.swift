/// A stratum of a plan.
public struct SamplingStratum: Sendable, Equatable {
    public let name: String
    /// Its units in the population.
    public let population: Int
    /// The standard deviation of the answers of its units; for `neyman`, `optimal` and `power`.
    public var deviation: Double?
    /// The mean of the answers, for the coefficient of variation of `power`; nil takes the same variation everywhere.
    public var mean: Double?
    /// The total of the size of `power`; nil takes the units.
    public var size: Double?
    /// The cost of one interview, for `optimal`.
    public var cost: Double?

    public init(_ name: String, population: Int) { (self.name, self.population) = (name, population) }
}
