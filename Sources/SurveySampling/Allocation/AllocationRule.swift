/// By what a sample is shared out among strata.
public enum AllocationRule: String, Sendable, CaseIterable {
    /// The same number in each.
    case equal
    /// By the units of the population.
    case proportional
    /// By units times standard deviation: the least variance of the mean of the whole (Neyman 1934).
    case neyman
    /// As neyman, divided by the root of the cost of an interview: the least variance for the money (Cochran 1977, 5.5).
    case optimal
    /// By the total of a size to some power times the coefficient of variation: between equal precision in each stratum
    /// (power 0) and the best for the whole (power 1) (Bankier 1988).
    case power
}
