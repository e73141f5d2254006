/// A row of the frame that was drawn, and the probabilities that brought it into the sample.
public struct DrawnUnit: Sendable, Equatable {
    /// The row of the frame, from 0.
    public let row: Int
    /// The stratum in which its unit of the first stage was drawn; certain units of a sample by size have one of their own.
    public let stratum: String
    /// Its unit of the first stage.
    public let cluster: String
    /// Units of the first stage in that stratum of the frame.
    public let population: Int
    /// The probability of its unit of the first stage.
    public let probability: Double
    /// A stage after the first.
    public struct Stage: Sendable, Equatable {
        /// The cluster that was drawn; of a row its number in the frame, from 1.
        public let unit: String
        /// Units of this stage in the unit above.
        public let population: Int
        /// The probability of the unit once the one above it is drawn.
        public let probability: Double
    }

    /// The stages after the first; none in a sample of one stage.
    public let stages: [Stage]

    /// Units of the second stage in its cluster of the frame; nil in one stage.
    public var clusterSize: Int? { stages.first?.population }
    /// The probability of the unit of the second stage once its cluster is drawn; nil in one stage.
    public var secondProbability: Double? { stages.first?.probability }

    /// One over the probability of the row.
    public var weight: Double { 1 / stages.reduce(probability) { $0 * $1.probability } }
}
