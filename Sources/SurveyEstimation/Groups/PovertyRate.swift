public import SurveyData
internal import SurveyMath
public import SurveyProblems

/// Estimates the at-risk-of-poverty rate: the share below a fraction of the median.
///
///     R = Σ w 1(x < θ)/W,  θ = a·m,  m the median (rule `math`)
///     influence = (1(x < θ) − R)/W − a·f(θ)/f(m)·(1(x ≤ m) − F(m))/W
///
/// The density f is that of ``KernelDensity``. A kernel of width σ·(Σw)^(−1/5), as some programs have it, makes standard
/// errors depend on the scale of the weights.
///
/// - Shapes: rows of a group in, one share out. A median of 0 leaves nobody below: R = 0.
/// - Missing: rows without an amount are left out; their PSUs still count in the variance.
/// - Throws: ``Problem`` `estimation.negative-amount`, `estimation.wrong-fraction`.
/// - Source: Deville (1999); Osier (2009). Checked: R survey 4.1-1
///   `withReplicates`, Tests/Reference/replicates.json, and the bootstrap.
public struct PovertyRate: GroupStatistic {
    public let columns: [Column]
    /// The poverty line as a part of the median.
    public let fraction: Double
    public var scale: IntervalScale { .share }
    public var labels: [EstimateLabel] {
        [EstimateLabel(parameter: Estimate.Parameter(name: "fraction", value: fraction))]
    }

    /// The line of the European Union.
    public static let usualFraction = 0.6

    public init(of column: Column, fraction: Double = PovertyRate.usualFraction) {
        columns = [column]
        self.fraction = fraction
    }

    public func prepared(_ numbers: [[Double]]) throws(Problem) -> any PreparedStatistic {
        guard fraction > 0, fraction.isFinite else { throw .wrongFraction(fraction) }
        try refuseNegative(numbers[0], of: columns[0].name)
        return PreparedPoverty(amounts: AscendingNumbers(numbers[0]), fraction: fraction)
    }
}

private struct PreparedPoverty: PreparedStatistic {
    let amounts: AscendingNumbers
    let fraction: Double

    private func distribution(_ weights: [Double]) throws(Problem) -> WeightedDistribution {
        _ = try positiveTotal(weights)
        return WeightedDistribution(
            ascending: amounts.order.map { amounts.values[$0] }, weights: amounts.order.map { weights[$0] })
    }

    private func share(_ weights: [Double], total: Double, where isCounted: (Double) -> Bool) -> Double {
        CompensatedSum.of(zip(amounts.values, weights).map { isCounted($0) ? $1 : 0 }) / total
    }

    func values(weights: [Double]) throws(Problem) -> [Double] {
        let distribution = try distribution(weights)
        guard let median = distribution.quantile(0.5, by: .math) else { throw .emptyDomain() }
        let isSomeoneBelow = (amounts.order.first.map { amounts.values[$0] } ?? 0) < fraction * median
        return [
            isSomeoneBelow ? share(weights, total: distribution.total) { $0 < fraction * median } : 0
        ]
    }

    func influences(weights: [Double]) throws(Problem) -> [[Double]] {
        let distribution = try distribution(weights)
        let total = distribution.total
        guard let median = distribution.quantile(0.5, by: .math) else { throw .emptyDomain() }
        let line = fraction * median
        let rate = share(weights, total: total) { $0 < line }
        let belowMedian = share(weights, total: total) { $0 <= median }
        let density = KernelDensity(amounts, weights: weights)
        let atMedian = density.height(at: median)
        let ratio = atMedian > 0 ? density.height(at: line) / atMedian : 0
        return [
            amounts.values.map { x in
                let own = (x < line ? 1 : 0) - rate
                return (own - fraction * ratio * ((x <= median ? 1 : 0) - belowMedian)) / total
            }
        ]
    }
}

extension Problem {
    /// A poverty line that is no part of a median.
    static func wrongFraction(_ fraction: Double) -> Problem {
        Problem(
            "estimation.wrong-fraction", .usage,
            what: "A poverty line cannot be \(JSONText.shortest(fraction)) medians",
            why: "the line is a fraction of the median above 0; found \(JSONText.shortest(fraction))",
            fix: "write for example 0.6")
    }
}
