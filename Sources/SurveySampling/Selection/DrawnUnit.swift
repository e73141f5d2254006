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
    /// Rows of its cluster in the frame; nil in one stage.
    public let clusterSize: Int?
    /// The probability of the row once its cluster is drawn; nil in one stage.
    public let secondProbability: Double?

    /// One over the probability of the row.
    public var weight: Double { 1 / (probability * (secondProbability ?? 1)) }
}
