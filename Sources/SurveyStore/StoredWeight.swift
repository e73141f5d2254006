/// What a study file says of a weight that was made for a wave.
public struct WeightRecord: Sendable, Equatable {
    public let name: String
    /// Rows of the wave when the weight was made.
    public let rowCount: Int
    /// How it was made, as JSON for people who look into the file.
    public let recipe: String
}

/// A weight with its values.
public struct StoredWeight: Sendable, Equatable {
    public let name: String
    /// One a row of the wave; 0 for rows that stand for nobody.
    public let values: [Double]
    /// How it was made, as JSON for people who look into the file.
    public let recipe: String
    /// The record of the weighting in bytes that the room that made it understands.
    public let record: [UInt8]

    public init(name: String, values: [Double], recipe: String, record: [UInt8]) {
        self.name = name
        self.values = values
        self.recipe = recipe
        self.record = record
    }
}
