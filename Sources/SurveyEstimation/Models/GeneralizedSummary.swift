internal import Glibc
internal import SurveyMath
internal import SurveyProblems

/// Numbers about the fit of a generalised linear model, with weights of mean 1.
struct GeneralizedSummary {
    let model: FittedRegression<GeneralizedLinearModel>
    /// By padded row.
    let weights: [Double]

    init(_ model: FittedRegression<GeneralizedLinearModel>, weights: [Double]) {
        self.model = model
        self.weights = weights
    }

    private var solver: GeneralizedLinearModel { model.solver }

    /// n/(n − 1) · Σ w (r − r̄)²/W of Pearson's residuals r = (y − μ)/√V(μ).
    var dispersion: Double? {
        let means = solver.means(at: model.fit.parameters)
        var (sum, whole) = (CompensatedSum(), CompensatedSum())
        let residuals = means.enumerated().map { row, mean -> Double in
            let at = LinkedMean(mean: mean, rest: 1 - mean, slope: 1)
            let variance = solver.family.variance(at)
            return (solver.response[row] - mean) / variance.squareRoot()
        }
        for (row, residual) in residuals.enumerated() {
            sum.add(weights[row] * residual)
            whole.add(weights[row])
        }
        let mean = sum.value / whole.value
        var squares = CompensatedSum()
        for (row, residual) in residuals.enumerated() {
            squares.add(weights[row] * (residual - mean) * (residual - mean))
        }
        let n = Double(solver.matrix.frame.positions.count)
        guard n > 1, whole.value > 0 else { return nil }
        return n / (n - 1) * squares.value / whole.value
    }

    /// The deviance of the best constant mean, of the intercept beside the offset, or of no coefficient at all.
    func nullDeviance() throws(Problem) -> Double {
        let (family, link, rows) = (solver.family, solver.link, solver.matrix.rowCount)
        func deviance(_ mean: (Int) -> LinkedMean) -> Double {
            var sum = CompensatedSum()
            for row in 0..<rows where weights[row] != 0 {
                sum.add(weights[row] * family.deviance(solver.response[row], mean(row)))
            }
            return sum.value
        }
        guard solver.matrix.frame.formula.hasIntercept else {
            return deviance { link.mean(solver.offset.isEmpty ? 0 : solver.offset[$0]) }
        }
        if solver.offset.isEmpty {
            var (sum, whole) = (CompensatedSum(), CompensatedSum())
            for row in 0..<rows {
                sum.add(weights[row] * solver.response[row])
                whole.add(weights[row])
            }
            let mean = sum.value / whole.value
            return deviance { _ in LinkedMean(mean: mean, rest: 1 - mean, slope: 1) }
        }
        let all = solver.matrix.frame.formula.terms
        return try model.without(all).deviance
    }

    /// Parameters counted by their design effects; of a linear model the variance is a parameter too.
    func criterion(naive: Matrix, covariance: Matrix, terms: [Int?]) -> ModelCriterion? {
        let places = terms.indices.filter { terms[$0] != nil }
        var trace = 0.0
        if !places.isEmpty {
            guard let inverse = naive.block(rows: places, columns: places).symmetricInverse() else { return nil }
            let effects = inverse * covariance.block(rows: places, columns: places)
            trace = places.indices.reduce(0) { $0 + effects[$1, $1] }
        }
        let count = Double(places.count)
        guard solver.family == .gaussian else {
            guard count > 0 else { return nil }
            return ModelCriterion(
                effectiveParameters: trace, value: model.fit.deviance + 2 * trace, meanEffect: trace / count)
        }
        let means = solver.means(at: model.fit.parameters)
        let whole = CompensatedSum.of(Array(weights.prefix(means.count)))
        let variance = model.fit.deviance / whole
        guard variance > 0 else { return nil }
        var squares = CompensatedSum()
        for (row, mean) in means.enumerated() {
            let residual = solver.response[row] - mean
            let score = (residual * residual / variance - 1) / (2 * variance)
            squares.add(weights[row] * score * score)
        }
        let effect = squares.value / (whole / (2 * variance * variance))
        let parameters = trace / variance + effect
        let likelihood = whole * (log(variance) + 1 + log(2 * Double.pi))
        return ModelCriterion(
            effectiveParameters: parameters, value: likelihood + 2 * parameters, meanEffect: parameters / (count + 1))
    }
}
