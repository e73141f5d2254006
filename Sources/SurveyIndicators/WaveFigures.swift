internal import SurveyEstimation
public import SurveyProblems

/// The figures of one wave, before and after the publication rules.
///
/// What leaves the house are the `results`; the rest stays inside this room, where changes between waves are made of it.
public struct WaveFigures: Sendable {
    public let wave: String
    /// For each indicator asked for: the whole, then its breakdowns.
    public let results: [IndicatorResult]
    public let cautions: [Problem]
    let estimation: Estimation
    let estimated: EstimationResult
    /// The figures of every indicator that was needed, by its id.
    let figures: [String: IndicatorFigures]
}

/// The figures of one indicator: the whole, then each breakdown in which it is judged.
struct IndicatorFigures: Sendable {
    /// One term of a linear combination of rows of the tally.
    struct Term: Sendable {
        let row: Int
        let coefficient: Double
    }

    /// One figure and what it is made of.
    struct Figure: Sendable {
        let estimate: Estimate
        /// Empty for a score, which is no linear combination.
        let terms: [Term]
        var bounds: (low: Estimate, high: Estimate)?
    }

    /// The variables and categories of a group; empty for the whole.
    typealias Group = [String]

    let definition: IndicatorDefinition
    let figures: [Figure]
    var displays: [IndicatorResult.Display]
    var notes: [[IndicatorResult.Note]]
    private let positions: [Group: Int]

    init(_ definition: IndicatorDefinition, _ figures: [Figure]) {
        self.definition = definition
        self.figures = figures
        displays = [IndicatorResult.Display](repeating: .shown, count: figures.count)
        notes = [[IndicatorResult.Note]](repeating: [], count: figures.count)
        positions = Dictionary(
            figures.enumerated().map { (IndicatorFigures.group($1.estimate.by), $0) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The position of a group among the figures.
    func position(of by: Estimate.By) -> Int? { positions[IndicatorFigures.group(by)] }

    static func group(_ by: Estimate.By) -> Group { by.flatMap { [$0.variable, $0.category] } }
}
