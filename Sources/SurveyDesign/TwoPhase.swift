/// A second sample drawn from the rows of a first one, in names of columns: the design itself is the first phase.
public struct TwoPhase: Sendable, Equatable {
    /// How the variances of both phases are put together.
    public enum Method: String, Sendable, CaseIterable {
        /// Horvitz–Thompson with Δ₁ + Δ₂ − Δ₁Δ₂; can be negative.
        case full
        /// The sum of the variances of both phases, for simple or stratified sampling of rows in both.
        case approximate = "approx"
        /// Another name of `approx`, as in R survey.
        case simple
    }

    /// The column that is 1 in the rows of the second phase and 0 in the others.
    public var subset: String
    /// Columns whose crossing is the stratum of the second phase.
    public var strata: [String]
    /// Columns whose crossing is the unit of the second phase; empty means that each row is one.
    public var units: [String]
    /// Column of the count or fraction of units; nil counts them in the first phase.
    public var fpc: String?
    public var method: Method

    public init(
        subset: String, strata: [String] = [], units: [String] = [], fpc: String? = nil, method: Method = .full
    ) {
        self.subset = subset
        self.strata = strata
        self.units = units
        self.fpc = fpc
        self.method = method
    }
}
