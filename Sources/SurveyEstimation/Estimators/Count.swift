public import SurveyProblems

/// Estimates the number of people in a domain.
///
///     N = Σ w        influence of a row of weight 1 = 1
///
/// - Shapes: one total in, one number of people out.
/// - Missing: nothing can be missing.
/// - Throws: nothing; the count of nobody is refused before.
/// - Source: Särndal, Swensson and Wretman (1992), §2.8; Documentation/Methods.md, "Influence values".
///   Checked: R survey 4.1-1 `svytotal` of factors, Tests/Reference/means_totals.json.
public struct Count: Estimator {
    public let sums: [Sum] = [.weights]

    public init() {}

    public func value(at totals: [Double]) throws(Problem) -> Double { totals[0] }

    public func gradient(at totals: [Double]) throws(Problem) -> [Double] { [1] }

    /// Inside the domain every row counts 1: the spread is that of belonging to it, which only the whole base knows.
    public func spread(at totals: [Double], squares: [Double]) throws(Problem) -> Double? { nil }
}
