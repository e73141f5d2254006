/// What was drawn in one stratum.
public struct DrawnStratum: Sendable, Equatable {
    public let name: String
    /// Units of the first stage in the frame.
    public let population: Int
    /// Units of the first stage that were drawn.
    public let units: Int
    /// Those of them that were certain.
    public let certain: Int
    /// Rows that were drawn.
    public let rows: Int
    /// Rows of the frame.
    public let frameRows: Int
    /// The sum of the weights, which estimates the rows of the frame.
    public let sumOfWeights: Double
}
