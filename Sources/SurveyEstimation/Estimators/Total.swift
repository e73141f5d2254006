public import SurveyProblems

/// Estimates the population total of a numeric question.
///
///     total = c Σ w + Σ w(y − c)        influence of a row of weight 1 = y
///
/// - Shapes: two totals in, one number in the question's unit out.
/// - Missing: rows without an answer are in neither sum, as if their value were 0.
/// - Throws: nothing; the total of nobody is refused before.
/// - Source: Särndal, Swensson and Wretman (1992), §2.8; Documentation/Methods.md, "Influence values".
///   Checked: R survey 4.1-1 `svytotal`, Tests/Reference/means_totals.json.
public struct Total: Estimator {
    public let sums: [Sum] = [.weights, .deviation]
    /// The value about which the question was tallied.
    public let centre: Double

    public init(about centre: Double = 0) { self.centre = centre }

    public func value(at totals: [Double]) throws(Problem) -> Double { centre * totals[0] + totals[1] }

    public func size(of value: Double, at totals: [Double]) -> Double { max(abs(value), abs(centre * totals[0])) }

    public func gradient(at totals: [Double]) throws(Problem) -> [Double] { [centre, 1] }

    public func spread(at totals: [Double], squares: [Double]) throws(Problem) -> Double? {
        guard totals[0] > 0, let square = squares.first else { return nil }
        let deviation = totals[1] / totals[0]
        return cleared(square / totals[0] - deviation * deviation, size: square / totals[0])
    }
}
