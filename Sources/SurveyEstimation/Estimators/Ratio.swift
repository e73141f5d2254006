public import SurveyProblems

/// Estimates the ratio of two population totals.
///
///     R = c + Σ w(y − cx) / Σ wx        influence of a row of weight 1 = (y − R x) / Σ wx
///
/// The fixed centre c, a ratio near R, keeps the digits of the residuals: every c gives the same ratio.
///
/// - Shapes: two totals in, one number in units of y by x out.
/// - Missing: a row needs both values; their PSUs still count in the variance.
/// - Throws: ``Problem`` `estimation.zero-denominator` if the denominator sums to 0.
/// - Source: Särndal, Swensson and Wretman (1992), §5.6; Documentation/Methods.md, "Influence values".
///   Checked: R survey 4.1-1 `svyratio`, Tests/Reference/ratios.json.
public struct Ratio: Estimator {
    public let sums: [Sum] = [.denominator, .deviation, .weights]
    /// The ratio about which the numerator was tallied.
    public let centre: Double

    public init(about centre: Double = 0) { self.centre = centre }

    public func value(at totals: [Double]) throws(Problem) -> Double {
        guard totals[0] != 0 else { throw .zeroDenominator() }
        return centre + totals[1] / totals[0]
    }

    public func size(of value: Double, at totals: [Double]) -> Double { max(abs(value), abs(centre)) }

    public func gradient(at totals: [Double]) throws(Problem) -> [Double] {
        guard totals[0] != 0 else { throw .zeroDenominator() }
        return [-totals[1] / totals[0] / totals[0], 1 / totals[0], 0]
    }

    /// The residuals y − R x sum to 0, so their weighted mean square is their variance.
    public func spread(at totals: [Double], squares: [Double]) throws(Problem) -> Double? {
        guard totals[0] != 0, totals[2] > 0, squares.count == 3 else { return nil }
        let shift = totals[1] / totals[0]
        let square = squares[0] - 2 * shift * squares[1] + shift * shift * squares[2]
        let size = squares[0] + shift * shift * squares[2]
        return cleared(square / totals[2], size: size / totals[2]) / (totals[0] * totals[0])
    }
}

extension Problem {
    /// A ratio whose denominator is 0.
    static func zeroDenominator() -> Problem {
        Problem(
            "estimation.zero-denominator", .computation, what: "The denominator of a ratio is 0",
            why: "a ratio needs a denominator whose weighted total is not 0; found 0",
            fix: "check the denominator, or widen the domain")
    }
}
