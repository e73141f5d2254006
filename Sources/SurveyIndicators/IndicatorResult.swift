public import SurveyEstimation
public import SurveySchema

/// One published or withheld figure of an indicator.
///
/// A withheld figure keeps its place and its labels and carries no number at all, so no writer can print one by mistake.
public struct IndicatorResult: Sendable {
    /// What the publication rules say of a figure.
    public enum Display: String, Sendable {
        case shown
        /// A low base: in brackets.
        case bracketed
        /// Too few people or PSUs, or too imprecise.
        case hidden
        /// Would let a hidden figure be computed.
        case complementary

        public var isWithheld: Bool { self == .hidden || self == .complementary }
    }

    /// What a reader of a shown figure must know besides.
    public enum Note: String, Sendable {
        /// One minus the share is too imprecise to be quoted by itself.
        case complementImprecise = "complement-imprecise"
        /// A share of 0 or 1, or few degrees of freedom: a person should look before it is published.
        case review
    }

    /// Whether a figure meets its plan, by the point alone.
    public enum Status: String, Sendable, CaseIterable {
        case reached
        case notReached = "not-reached"
        /// No figure, or a withheld one.
        case noData = "no-data"
    }

    /// Whether the interval settles the status.
    public enum Evidence: String, Sendable, CaseIterable {
        case shown
        /// The interval holds the plan.
        case notDistinguishable = "not-distinguishable"
    }

    /// The first 12 hex digits of a hash of wave, request and definition version.
    public let id: String
    public let definition: IndicatorDefinition
    public let wave: String
    /// The variable and the category of each variable of the breakdown; empty for the whole.
    public let by: Estimate.By
    /// The estimate with its error, interval and counts; nil where `display` withholds it.
    public let figure: Estimate?
    /// Labels of the breakdown variables and of this row's categories, in the order of `by`.
    public let labels: [(variable: LocalizedText, category: LocalizedText)]
    /// The base in words.
    public let base: LocalizedText
    /// The base as an expression.
    public let baseExpression: String
    public let display: Display
    /// Nothing where the figure is withheld.
    public let notes: [Note]

    /// The figure with every undetermined answer as no and as yes, where the definition asks for it and the figure is shown.
    public var bounds: (low: Estimate, high: Estimate)?
    /// The plan for the wave, its status and evidence; of the whole only.
    public var plan: IndicatorDefinition.Plan?
    public var status: Status?
    public var evidence: Evidence?
    /// What others have printed for the wave; of the whole only.
    public var published: IndicatorDefinition.Published?
    /// Why the figure cannot be compared with earlier waves.
    public var breakReason: LocalizedText?

    /// Makes a result; where `display` withholds the figure, nothing of the estimate but its place is kept.
    public init(
        id: String, definition: IndicatorDefinition, wave: String, estimate: Estimate,
        labels: [(variable: LocalizedText, category: LocalizedText)], base: LocalizedText, baseExpression: String,
        display: Display, notes: [Note] = []
    ) {
        self.id = id
        self.definition = definition
        self.wave = wave
        by = estimate.by
        figure = display.isWithheld ? nil : estimate
        self.labels = labels
        self.base = base
        self.baseExpression = baseExpression
        self.display = display
        self.notes = display.isWithheld ? [] : notes
    }
}
