internal import SurveyEstimation
public import SurveyIndicators

/// One figure of Saual, or one change between two waves, ready to be held against R's.
public struct VerifiedFigure: Sendable {
    public let id: String
    public let indicator: String
    public let wave: String
    /// The later wave of a change.
    public let toWave: String?
    public let by: [(variable: String, category: String)]
    /// True if the publication rules withhold the figure: it is compared, and its numbers go nowhere.
    public let isWithheld: Bool
    /// Numbers in the order of ``FigureField``; nil where there is none.
    let values: [Double?]
    /// What rounding is measured against, beside the numbers themselves.
    let scale: Double

    var key: String {
        let parts = [wave, toWave ?? "", indicator].map(RText.encoded)
        return (parts + [RText.key(by.map(\.variable)), RText.key(by.map(\.category))]).joined(separator: ",")
    }

    /// A figure as it was computed without publication rules.
    public init(_ result: IndicatorResult, isWithheld: Bool) {
        let estimate = result.figure
        id = result.id
        indicator = result.definition.id
        wave = result.wave
        toWave = nil
        by = result.by
        self.isWithheld = isWithheld
        values = [
            estimate?.value, estimate?.standardError, estimate?.low, estimate?.high, estimate?.degreesOfFreedom,
            (estimate?.n).map(Double.init), (estimate?.nBase).map(Double.init), nil,
        ]
        scale = abs(estimate?.value ?? 0)
    }

    /// True where nobody is in the base, so that there is nothing to compute.
    var isEmpty: Bool { values[0] == nil && (values[6] ?? 0) == 0 }
}
