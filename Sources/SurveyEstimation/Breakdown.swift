public import SurveyData

/// Groups for which a measure is computed: the crossing of coded columns; none is the whole.
public struct Breakdown: Sendable {
    public let columns: [Column]

    public init(by columns: [Column] = []) { self.columns = columns }
}
