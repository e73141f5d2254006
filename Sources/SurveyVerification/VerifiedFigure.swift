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
    /// `low` or `high` for a bound of the figure.
    public let bound: String?
    /// True if the publication rules withhold the figure: it is compared, and its numbers go nowhere.
    public let isWithheld: Bool
    /// Numbers in the order of ``FigureField``; nil where there is none.
    let values: [Double?]
    /// What rounding is measured against, beside the numbers themselves.
    let scale: Double

    var key: String { key(wave, toWave) }

    /// The keys of the two levels that a change is the difference of; none for a level.
    var levelKeys: [String] { toWave.map { [key(wave, nil), key($0, nil)] } ?? [] }

    private func key(_ wave: String, _ toWave: String?) -> String {
        var parts = [wave, toWave ?? "", indicator].map(RText.encoded)
        if let bound { parts[2] += "*" + bound }
        return (parts + [RText.key(by.map(\.variable)), RText.key(by.map(\.category))]).joined(separator: ",")
    }

    /// A figure as it was computed without publication rules, and its bounds where it has them.
    public static func all(of result: IndicatorResult, isWithheld: Bool) -> [VerifiedFigure] {
        func figure(_ estimate: Estimate?, _ bound: String?) -> VerifiedFigure {
            VerifiedFigure(
                id: result.id, indicator: result.definition.id, wave: result.wave, toWave: nil, by: result.by,
                bound: bound, isWithheld: isWithheld,
                values: [
                    estimate?.value, estimate?.standardError, estimate?.low, estimate?.high,
                    estimate?.degreesOfFreedom, (estimate?.n).map(Double.init), (estimate?.nBase).map(Double.init), nil,
                ], scale: abs(estimate?.value ?? 0))
        }
        let bounds = result.bounds.map { [figure($0.low, "low"), figure($0.high, "high")] } ?? []
        return [figure(result.figure, nil)] + bounds
    }

    /// A change as it was computed without publication rules; nil where the waves cannot be compared.
    public init?(_ entry: IndicatorChange, isWithheld: Bool) {
        guard let change = entry.change else { return nil }
        self.init(
            id: entry.id, indicator: entry.definition.id, wave: entry.fromWave, toWave: entry.toWave, by: entry.by,
            bound: nil, isWithheld: isWithheld,
            values: [
                change.difference, change.standardError, change.low, change.high, change.degreesOfFreedom, nil, nil,
                change.p,
            ], scale: max(abs(change.from.value ?? 0), abs(change.to.value ?? 0)))
    }

    private init(
        id: String, indicator: String, wave: String, toWave: String?, by: Estimate.By, bound: String?,
        isWithheld: Bool, values: [Double?], scale: Double
    ) {
        self.id = id
        self.indicator = indicator
        self.wave = wave
        self.toWave = toWave
        self.by = by
        self.bound = bound
        self.isWithheld = isWithheld
        self.values = values
        self.scale = scale
    }

    /// True where nobody is in the base, so that there is nothing to compute.
    var isEmpty: Bool { values[0] == nil && (values[6] ?? 0) == 0 }
}
