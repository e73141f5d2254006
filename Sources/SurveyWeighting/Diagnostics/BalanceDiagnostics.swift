internal import SurveyMath

/// A share or mean of a variable under the weights of each step.
struct BalanceDiagnostics {
    let variable: String
    let category: String?
    /// The value of each row, 0 or 1 for a category; not-a-number where it has none.
    let values: [Double]

    /// Follows the figure from step to step: ASMD = |m − m₀| / s₀, and the design effect of the weights on it.
    ///
    /// The effect is n/(n − 1)·Σ(w(y − m))²/W² over S²/n with S² = n/(n − 1)·Σw(y − m)²/W: what unequal weights cost this
    /// figure, apart from strata and clusters. For a y that has nothing to do with the weights it is about Kish's.
    func followed(_ weightsOfStep: [[Double]]) -> WeightingDiagnostics.Balance {
        let moments = weightsOfStep.map(moments)
        let first = moments.first.flatMap { $0 }
        return WeightingDiagnostics.Balance(
            variable: variable, category: category, values: moments.map { $0?.mean },
            distances: moments.map { own in
                guard let own, let first else { return nil }
                if own.mean == first.mean { return 0 }
                return first.variance > 0 ? abs(own.mean - first.mean) / first.variance.squareRoot() : nil
            },
            effects: moments.map { $0?.effect })
    }

    private func moments(_ weights: [Double]) -> (mean: Double, variance: Double, effect: Double?)? {
        let rows = weights.indices.filter { weights[$0] != 0 && values[$0].isFinite }
        let scale = rows.reduce(0) { max($0, abs(weights[$1])) }
        guard scale > 0 else { return nil }
        let own = rows.map { weights[$0] / scale }
        let sum = CompensatedSum.of(own)
        guard sum > 0 else { return nil }
        let mean = CompensatedSum.of(zip(own, rows).map { $0 * values[$1] }) / sum
        let squares = CompensatedSum.of(
            zip(own, rows).map { weight, row in weight * (values[row] - mean) * (values[row] - mean) })
        let influence = CompensatedSum.of(
            zip(own, rows).map { weight, row in
                let part = weight * (values[row] - mean)
                return part * part
            })
        let variance = squares / sum
        let n = Double(rows.count)
        // n/(n − 1) stands in both variances.
        let effect = variance > 0 && rows.count > 1 ? influence / (sum * sum) / (variance / n) : nil
        return (mean, max(0, variance), effect)
    }
}
