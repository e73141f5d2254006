/// How units of a later stage were drawn inside the units of the stage above, in names of columns.
public struct LaterStage: Sendable, Equatable {
    /// Columns whose crossing is the stratum inside a unit of the stage above; empty means one stratum.
    public var strata: [String]
    /// Columns whose crossing is the unit; empty means that each row is one.
    ///
    /// Labels need be unique only inside the unit above.
    public var units: [String]
    /// Column of the population count (above 1) or sampling fraction (up to 1) of units by stratum.
    public var fpc: String?

    public init(strata: [String] = [], units: [String] = [], fpc: String? = nil) {
        self.strata = strata
        self.units = units
        self.fpc = fpc
    }
}
