internal import SurveyEstimation
public import SurveyIndicators

/// What leaving out interviews does to one indicator; the whole only, and only where both figures may be shown.
public struct IndicatorEffect: Sendable {
    public let definition: IndicatorDefinition
    /// The figure with all interviews, and without those left out.
    public let with: IndicatorResult
    public let without: IndicatorResult

    public init(definition: IndicatorDefinition, with: IndicatorResult, without: IndicatorResult) {
        self.definition = definition
        self.with = with
        self.without = without
    }

    /// Without minus with; nil where a figure is withheld or cannot be computed.
    public var difference: Double? {
        guard let before = with.figure?.value, let after = without.figure?.value else { return nil }
        return after - before
    }
}
