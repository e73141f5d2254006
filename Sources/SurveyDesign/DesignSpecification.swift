/// How rows were drawn, in names of columns: what a command line or a study file says of a design.
public struct DesignSpecification: Sendable, Equatable {
    /// Columns whose crossing is the stratum; empty means one stratum.
    public var strata: [String]
    /// Columns whose crossing is the primary sampling unit; empty means that each row is one.
    public var psu: [String]
    /// Column of the population count (above 1) or sampling fraction (up to 1) of PSUs by stratum.
    public var fpc: String?
    /// Column of the weight; nil means N/n from the fpc, or 1 with a caution.
    public var weight: String?
    /// True if PSU labels are unique only inside strata.
    public var isNested: Bool
    public var lonelyPSU: LonelyPSU
    /// Replicates that give the variances; nil for linearised ones.
    public var replicates: ReplicatePlan?

    public init(
        strata: [String] = [], psu: [String] = [], fpc: String? = nil, weight: String? = nil, isNested: Bool = false,
        lonelyPSU: LonelyPSU = .fail
    ) {
        self.strata = strata
        self.psu = psu
        self.fpc = fpc
        self.weight = weight
        self.isNested = isNested
        self.lonelyPSU = lonelyPSU
    }

    /// Every column that the design needs.
    public var columns: [String] {
        strata + psu + [fpc, weight].compactMap { $0 } + (replicates?.columns ?? [])
    }
}
