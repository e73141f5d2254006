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
    /// The stages after the first, in their order.
    public var laterStages: [LaterStage] = []
    /// Columns of the probability of each unit to be drawn, stage by stage: the weight is 1 over their product.
    public var probabilities: [String] = []
    /// How unequal probabilities enter the variance; other than `none` it needs `probabilities`.
    public var pps = PPSMethod.none
    public var ppsVariance = PPSVariance.horvitzThompson
    /// Σ π² over the population, for `hartley-rao`; nil estimates it by Σ π over the sampled PSUs of each stratum.
    public var sumSquaredProbabilities: Double?
    /// The probabilities of pairs, for `joint`, and the file that they were read from.
    public var joint: JointProbabilities?
    public var jointFile: String?
    /// Takes |Δ| below the smallest joint probability / 10⁴ as 0, as R survey does.
    public var dropsSmallDeltas = false
    public var stages = StageUse.all
    /// False takes sampling as with replacement; population sizes then make weights only.
    public var usesPopulations = true
    /// The column by which the nearest stratum is found for `collapse`; nil takes the order of strata.
    public var collapseBy: String?
    /// The second sample drawn from the rows of this one.
    public var twoPhase: TwoPhase?
    /// Replicates that give the variances; nil for linearised ones.
    public var replicates: ReplicatePlan?
    /// True if standard errors are to take the weight as fixed, whatever is known of how it was made.
    public var ignoresRecord = false

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
    public var columns: [String] { keyColumns + numberColumns }

    /// Columns whose values are labels.
    public var keyColumns: [String] {
        strata + psu + laterStages.flatMap { $0.strata + $0.units } + [collapseBy].compactMap { $0 }
            + (twoPhase.map { $0.strata + $0.units } ?? [])
    }

    /// Columns whose values are numbers.
    public var numberColumns: [String] {
        let own = [fpc, weight] + laterStages.map(\.fpc) + [twoPhase?.subset, twoPhase?.fpc]
        return own.compactMap { $0 } + probabilities + (replicates?.columns ?? [])
    }
}
