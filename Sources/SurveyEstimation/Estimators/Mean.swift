public import SurveyProblems

/// Estimates the population mean of a numeric question.
///
///     mean = c + Σ w(y − c) / Σ w        influence of a row of weight 1 = (y − mean) / Σ w
///
/// The fixed centre c only keeps digits: every c gives the same mean.
///
/// - Shapes: two totals in, one number in the question's unit out.
/// - Missing: rows without an answer are in neither sum; their PSUs still count in the variance.
/// - Throws: ``Problem`` `estimation.empty-domain` if the weights of the domain sum to nothing.
/// - Source: Särndal, Swensson and Wretman (1992), §5.7; Documentation/Methods.md, "Influence values".
///   Checked: R survey 4.1-1 `svymean`, Tests/Reference/means_totals.json.
public struct Mean: Estimator {
    public let sums: [Sum] = [.weights, .deviation]
    /// The value about which the question was tallied.
    public let centre: Double

    public init(about centre: Double = 0) { self.centre = centre }

    public func value(at totals: [Double]) throws(Problem) -> Double {
        guard totals[0] > 0 else { throw .emptyDomain() }
        return centre + totals[1] / totals[0]
    }

    public func size(of value: Double, at totals: [Double]) -> Double { max(abs(value), abs(centre)) }

    public func gradient(at totals: [Double]) throws(Problem) -> [Double] {
        guard totals[0] > 0 else { throw .emptyDomain() }
        return [-totals[1] / totals[0] / totals[0], 1 / totals[0]]
    }

    public func spread(at totals: [Double], squares: [Double]) throws(Problem) -> Double? {
        guard totals[0] > 0, let square = squares.first else { return nil }
        let deviation = totals[1] / totals[0]
        return cleared(square / totals[0] - deviation * deviation, size: square / totals[0]) / (totals[0] * totals[0])
    }
}
