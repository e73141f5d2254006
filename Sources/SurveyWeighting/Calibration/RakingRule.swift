/// When a raking has come to its end.
public enum RakingRule: Sendable, Equatable {
    /// After a sweep no category is further from its target than `tolerance` of it; not reached in `sweeps`: an error.
    case margins(tolerance: Double, sweeps: Int)
    /// R survey's rule: no crossed cell changed by `epsilon` or more in a sweep (below 1: of the sum of weights); not
    /// reached in `sweeps`: the weights as they are, with a caution. R's defaults are 1 and 10.
    case cells(epsilon: Double, sweeps: Int)

    /// The rule of numbers that must hold: each margin is met to a billionth.
    public static let standard = RakingRule.margins(tolerance: 1e-9, sweeps: 1_000)
}
