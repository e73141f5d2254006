/// What a command line or a study file says of replicates.
public struct ReplicatePlan: Sendable, Equatable {
    /// Where the replicates come from.
    public enum Source: Sendable, Equatable {
        /// Made here: of a method, so many (nil: its own number, or 500), drawn from a seed.
        case made(ReplicateMethod, count: Int?, seed: UInt64?)
        /// Columns of the data.
        case given(GivenColumns)
    }

    /// Replicate weights that came with the data.
    public struct GivenColumns: Sendable, Equatable {
        /// Names of columns; `*` stands for any text, and columns are taken in the order of the file.
        public var names: [String]
        /// How they were made; it gives the scale where `scale` is nil.
        public var method: ReplicateMethod?
        public var scale: Double?
        /// A number for each replicate; nil: that of the method, or 1.
        public var scales: [Double]?
        /// True if the columns are factors on the weight, false if they are weights themselves.
        public var areFactors = false

        public init(names: [String], method: ReplicateMethod? = nil, scale: Double? = nil, scales: [Double]? = nil) {
            self.names = names
            self.method = method
            self.scale = scale
            self.scales = scales
        }
    }

    /// What degrees of freedom are counted from.
    public enum DegreesOfFreedom: String, Sendable, CaseIterable {
        /// The rank of the replicate weights of the rows in the base, less one.
        case rank
        /// The number of replicates, less one.
        case count = "reps"
    }

    public var source: Source
    public var degreesOfFreedom = DegreesOfFreedom.rank
    /// Deviations from the estimate of the full sample, not from the mean of the replicates.
    public var centresOnEstimate = false
    /// Repeats the recorded fits of the weights on each replicate.
    public var recalibrates = true

    public init(_ source: Source) { self.source = source }

    /// Replicates of a random method where nobody says how many.
    public static let defaultCount = 500

    public var method: ReplicateMethod? {
        switch source {
        case .made(let method, _, _): method
        case .given(let columns): columns.method
        }
    }

    public var seed: UInt64? {
        guard case .made(_, _, let seed) = source else { return nil }
        return seed
    }

    /// The columns that it needs.
    public var columns: [String] {
        guard case .given(let given) = source else { return [] }
        return given.names
    }
}
