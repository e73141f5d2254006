public import SurveyEstimation
public import SurveySchema

/// The change of one figure of an indicator between two waves, published or withheld.
public struct IndicatorChange: Sendable {
    /// The first 12 hex digits of a hash of both waves, request and definition version.
    public let id: String
    public let definition: IndicatorDefinition
    public let fromWave: String
    public let toWave: String
    /// The variable and the category of each variable of the breakdown; empty for the whole.
    public let by: Estimate.By
    public let labels: [(variable: LocalizedText, category: LocalizedText)]
    public let base: LocalizedText
    /// Nil where one of the two figures is withheld, or where a break lies between the waves.
    public let change: Change?
    /// Withheld if either figure is.
    public let display: IndicatorResult.Display
    /// Why the two waves cannot be compared, if the indicator says so.
    public let breakReason: LocalizedText?

    public init(
        id: String, definition: IndicatorDefinition, fromWave: String, toWave: String, by: Estimate.By,
        labels: [(variable: LocalizedText, category: LocalizedText)], base: LocalizedText, change: Change?,
        display: IndicatorResult.Display, breakReason: LocalizedText?
    ) {
        self.id = id
        self.definition = definition
        self.fromWave = fromWave
        self.toWave = toWave
        self.by = by
        self.labels = labels
        self.base = base
        self.change = display.isWithheld || breakReason != nil ? nil : change
        self.display = display
        self.breakReason = breakReason
    }
}
