internal import Glibc
internal import SurveyMath

/// The density of a weighted distribution by a Gaussian kernel.
///
///     f(x) = Σ w φ((y − x)/h)/(W·h),   h = 0.9·min(σ, IQR/1.34)·n_eff^(−1/5),   n_eff = (Σw)²/Σw²
///
/// - Source: Silverman (1986), §3.4.2, with the effective number of rows, so that the scale of weights does not matter.
struct KernelDensity {
    private let values: [Double]
    private let weights: [Double]
    private let total: Double
    /// h; 0 for a constant.
    let width: Double

    init(_ numbers: AscendingNumbers, weights: [Double]) {
        values = numbers.values
        self.weights = weights
        let distribution = WeightedDistribution(
            ascending: numbers.order.map { numbers.values[$0] }, weights: numbers.order.map { weights[$0] })
        total = distribution.total
        let deviations = Deviations(values).centred(weights, total: total)
        let square = CompensatedSum.of(zip(deviations, weights).map { $0 * $0 * $1 }) / total
        let low = distribution.quantile(0.25, by: .math) ?? 0
        let high = distribution.quantile(0.75, by: .math) ?? 0
        let range = (high - low) / 1.34
        let deviation = max(0, square).squareRoot()
        let effective = total * total / CompensatedSum.of(weights.map { $0 * $0 })
        width = 0.9 * (range > 0 ? min(range, deviation) : deviation) * pow(effective, -0.2)
    }

    /// f at a point; 0 for a constant, which has none.
    func height(at point: Double) -> Double {
        guard width > 0 else { return 0 }
        let sum = CompensatedSum.of(
            zip(values, weights).map { value, weight in
                let distance = (value - point) / width
                return weight * exp(-distance * distance / 2)
            })
        return sum / (total * width * (2 * Double.pi).squareRoot())
    }
}
