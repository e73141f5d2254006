/// How long the interviews of a wave took; rows are numbers from 0.
public struct FieldDurations: Sendable {
    /// Interviews with a readable start and end.
    public let n: Int
    /// Minutes: quartiles by Hyndman and Fan's definition 7.
    public let lowerQuartile: Double
    public let median: Double
    public let upperQuartile: Double
    /// Below so many minutes an interview is short.
    public let shortBelow: Double
    public let short: [Int]
    /// Rows whose interview began before an earlier one of the same interviewer had ended.
    public let overlapping: [Int]
    /// Rows whose start lies outside the field dates.
    public let outsideField: [Int]
    /// Rows whose end lies before their start.
    public let negative: [Int]
    /// Rows whose start or end cannot be read.
    public let unreadable: [Int]
}
