internal import SurveyProblems

/// Quantiles of the rows of one group at any weights.
///
///     influence = −(1(y ≤ q) − F(q))/(W·f(q))
///
/// f is the density of ``KernelDensity``. Standard errors of quantiles that are shown are Woodruff's instead, unless
/// replicates make them.
/// - Source: Deville (1999), §4; Documentation/Methods.md, "Quantiles".
struct PreparedQuantiles: PreparedStatistic {
    private let numbers: AscendingNumbers
    private let ascending: [Double]
    private let probabilities: [Double]
    private let options: EstimationOptions

    init(_ numbers: [Double], at probabilities: [Double], options: EstimationOptions) {
        let sorted = AscendingNumbers(numbers)
        self.numbers = sorted
        ascending = sorted.order.map { sorted.values[$0] }
        self.probabilities = probabilities
        self.options = options
    }

    func values(weights: [Double]) throws(Problem) -> [Double] {
        let distribution = WeightedDistribution(
            ascending: ascending, weights: numbers.order.map { weights[$0] })
        var quantiles: [Double] = []
        for p in probabilities {
            guard let value = distribution.quantile(p, by: options.quantileRule, belowFirst: options.belowFirst) else {
                throw .emptyDomain()
            }
            quantiles.append(value)
        }
        return quantiles
    }

    func influences(weights: [Double]) throws(Problem) -> [[Double]] {
        let total = try positiveTotal(weights)
        let density = KernelDensity(numbers, weights: weights)
        return try values(weights: weights).map { quantile in
            let share = zip(numbers.values, weights).map { $0 <= quantile ? $1 : 0 }.reduce(0, +) / total
            let height = density.height(at: quantile)
            return numbers.values.map { height > 0 ? ((share - ($0 <= quantile ? 1 : 0)) / total / height) : 0 }
        }
    }
}
