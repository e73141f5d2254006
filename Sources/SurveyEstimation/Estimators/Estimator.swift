public import SurveyProblems

/// A statistic that is a function of a few weighted totals.
///
/// The tally keeps its `sums` by PSU and domain. A linearised variance needs only `gradient` · PSU sums, a replicate
/// variance only `value` at reweighted totals: neither knows which statistic it serves.
public protocol Estimator: Sendable {
    /// The sums that the estimator needs, in the order of `totals`.
    var sums: [Sum] { get }

    /// The estimate at the totals of a domain.
    func value(at totals: [Double]) throws(Problem) -> Double

    /// The derivative of the estimate by each total.
    func gradient(at totals: [Double]) throws(Problem) -> [Double]

    /// The weighted variance (divisor Σw) of the influence of one row of weight 1, for the design effect.
    ///
    /// `squares` are the domain's sums of squares and products of the tally.
    func spread(at totals: [Double], squares: [Double]) throws(Problem) -> Double?

    /// The size of the numbers that were added to make an estimate: what its rounding errors are measured against.
    func size(of value: Double, at totals: [Double]) -> Double
}

extension Estimator {
    public func size(of value: Double, at totals: [Double]) -> Double { abs(value) }

    /// A variance that is the difference of numbers of some size; 0 where it is only what rounding left of equal values.
    func cleared(_ variance: Double, size: Double) -> Double { variance > 1e-13 * abs(size) ? variance : 0 }
}

/// One weighted sum that a tally keeps for each PSU and domain.
public enum Sum: Sendable, Equatable {
    /// Σw over the rows of the base that have an answer.
    case weights
    /// Σw over the rows with one answer.
    case answer(Int)
    /// Σw·(y − centre), or for a ratio Σw·(y − centre·x).
    case deviation
    /// Σw·x, the denominator of a ratio.
    case denominator
}

extension Problem {
    /// A statistic of nobody.
    static func emptyDomain() -> Problem {
        Problem(
            "estimation.empty-domain", .computation, what: "No row is left to compute from",
            why: "the weights of the base must sum to more than 0; the domain has no such row",
            fix: "widen --where or the base, or check the answers")
    }
}
