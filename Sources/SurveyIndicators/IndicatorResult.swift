public import SurveyEstimation
public import SurveySchema

/// One published or withheld figure of an indicator.
public struct IndicatorResult: Sendable {
    /// What the publication rules say of a figure.
    public enum Display: String, Sendable {
        case shown
        /// A low base: in brackets.
        case bracketed
        /// Too few people or PSUs.
        case hidden
        /// Would let a hidden figure be computed.
        case complementary

        public var isWithheld: Bool { self == .hidden || self == .complementary }
    }

    /// The first 12 hex digits of a hash of wave, request and definition version.
    public let id: String
    public let definition: IndicatorDefinition
    public let wave: String
    /// The estimate; its value, error, interval and counts must not be shown where `display` withholds it.
    public let estimate: Estimate
    /// Labels of the breakdown variables and of this row's categories, in the order of `estimate.by`.
    public let labels: [(variable: LocalizedText, category: LocalizedText)]
    /// The base in words.
    public let base: LocalizedText
    /// The base as an expression.
    public let baseExpression: String
    public let display: Display

    public init(
        id: String, definition: IndicatorDefinition, wave: String, estimate: Estimate,
        labels: [(variable: LocalizedText, category: LocalizedText)], base: LocalizedText, baseExpression: String,
        display: Display
    ) {
        self.id = id
        self.definition = definition
        self.wave = wave
        self.estimate = estimate
        self.labels = labels
        self.base = base
        self.baseExpression = baseExpression
        self.display = display
    }
}
