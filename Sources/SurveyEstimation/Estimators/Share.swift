public import SurveyProblems

/// Estimates the share of the population that gives one answer.
///
///     p = Σ w 1(answer) / Σ w        influence of a row of weight 1 = (1(answer) − p) / Σ w
///
/// - Shapes: two totals in, one number between 0 and 1 out (outside only if weights are negative).
/// - Missing: rows without an answer are in neither sum; their PSUs still count in the variance.
/// - Throws: ``Problem`` `estimation.empty-domain` if the weights of the domain sum to nothing.
/// - Source: Särndal, Swensson and Wretman (1992), §5.7; Documentation/Methods.md, "Influence values".
///   Checked: R survey 4.1-1 `svymean` of factors, Tests/Reference/means_totals.json.
public struct Share: Estimator {
    public let sums: [Sum]

    /// Takes the position of the answer among those that are tallied.
    public init(of answer: Int) { sums = [.weights, .answer(answer)] }

    public func value(at totals: [Double]) throws(Problem) -> Double {
        guard totals[0] > 0 else { throw .emptyDomain() }
        return totals[1] / totals[0]
    }

    public func gradient(at totals: [Double]) throws(Problem) -> [Double] {
        let share = try value(at: totals)
        return [-share / totals[0], 1 / totals[0]]
    }

    public func spread(at totals: [Double], squares: [Double]) throws(Problem) -> Double? {
        let share = try value(at: totals)
        return max(0, share * (1 - share)) / (totals[0] * totals[0])
    }
}
