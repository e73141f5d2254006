/// Points for a share, by steps: 100 % = `full` points, and as much less for each `step` below.
///
/// Source: the score of compliance documents, where each 10 % are worth 0.2 of 2 points.
public struct ScoreScale: Sendable, Equatable {
    /// What a value between two steps gets.
    public enum Between: String, Sendable, CaseIterable { case floor, linear, nearest }
    /// What a value below half gets.
    public enum BelowHalf: String, Sendable, CaseIterable { case `continue`, zero }

    /// Points for a share of 1.
    public let full: Double
    /// The number of equal steps from 0 to 1.
    public let steps: Int
    public let between: Between
    public let belowHalf: BelowHalf

    public init(full: Double, steps: Int, between: Between, belowHalf: BelowHalf) {
        self.full = full
        self.steps = steps
        self.between = between
        self.belowHalf = belowHalf
    }
}
