public import SurveyEstimation
public import SurveyProblems
internal import SurveySchema

/// Compares the figures of two waves: the whole, and the groups of breakdowns by one variable that both waves have.
///
/// - Shapes: one change for each indicator that both waves were asked for, in the order of the later one's results.
/// - Missing: a change is withheld where either figure is, and not computed across a break. Scores, which have no error,
///   have no change.
/// - Source: Documentation/Methods.md, "Combinations and changes".
public struct IndicatorChanges: Sendable {
    /// How the samples of the waves hang together.
    public let overlap: Change.Overlap
    /// The half-width up to which "no change" can be said, for figures that people read as percent (0.05 is 5 points);
    /// others take the relative standard of ``Change``.
    public let precision: Double?
    /// The waves of the study in their order, for breaks.
    public let waves: [String]
    let identify: @Sendable (String) -> String

    /// `identify` turns a text into the hex digits of its SHA-256.
    public init(
        overlap: Change.Overlap, precision: Double? = nil, waves: [String],
        identify: @escaping @Sendable (String) -> String
    ) {
        self.overlap = overlap
        self.precision = precision
        self.waves = waves
        self.identify = identify
    }

    /// Returns the changes from one wave to another; both must have kept their influences.
    ///
    /// - Throws: the problems of ``Change/between(_:_:overlap:precision:degreesOfFreedom:adjustsLonelyDomains:shared:)``.
    public func between(_ from: WaveFigures, _ to: WaveFigures) throws(Problem) -> [IndicatorChange] {
        var shared: SampleOverlap?
        if overlap != .independent, let one = from.estimated.design, let other = to.estimated.design {
            shared = try SampleOverlap(from: one, to: other)
        }
        var earlier: [String: IndicatorResult] = [:]
        for result in from.results { earlier[IndicatorChanges.key(result)] = result }
        var changes: [IndicatorChange] = []
        for result in to.results where result.by.count <= 1 {
            if case .score = result.definition.formula { continue }
            guard let before = earlier[IndicatorChanges.key(result)] else { continue }
            let reason = result.definition.breakReason(from: from.wave, to: to.wave, among: waves)
            let display =
                before.display.isWithheld || !result.display.isWithheld && before.display == .bracketed
                ? before.display : result.display
            var change: Change?
            if !display.isWithheld, reason == nil, let old = from.side(of: before), let new = to.side(of: result) {
                let standard = result.definition.isFraction ? precision ?? Change.defaultPrecision : nil
                change = try Change.between(old, new, overlap: overlap, precision: standard, shared: shared)
            }
            let request = JSONText.array([.string("change"), .string(before.id), .string(result.id)]).line
            changes.append(
                IndicatorChange(
                    id: String(identify(request).prefix(12)), definition: result.definition, fromWave: from.wave,
                    toWave: to.wave, by: result.by, labels: result.labels, base: result.base, change: change,
                    display: display, breakReason: reason))
        }
        return changes
    }

    private static func key(_ result: IndicatorResult) -> String {
        JSONText.array(
            [.string(result.definition.id)] + result.by.flatMap { [.string($0.variable), .string($0.category)] }
        ).line
    }
}

extension WaveFigures {
    /// A figure with what its comparison needs; nil for one that is no linear combination of the tally.
    fileprivate func side(of result: IndicatorResult) -> ChangeSide? {
        guard let own = figures[result.definition.id], let position = own.position(of: result.by),
            estimated.design != nil
        else { return nil }
        let figure = own.figures[position]
        guard let first = figure.terms.first else { return nil }
        if own.definition.parts.isEmpty { return ChangeSide(estimated, row: first.row) }
        return estimation.combinationSide(
            of: estimated, terms: figure.terms.map { (row: $0.row, coefficient: $0.coefficient) }, statistic: .mean,
            variable: result.definition.id, by: result.by)
    }
}
