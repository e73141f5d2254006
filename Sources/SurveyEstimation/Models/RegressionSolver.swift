internal import SurveyMath
internal import SurveyProblems

/// A regression that can be fitted at any weights: what differs between kinds of regression.
///
/// Parameters are fitted on orthogonal columns; `map` makes those of the model from them.
protocol RegressionSolver: Sendable {
    var matrix: ModelMatrix { get }
    /// Reported parameters from fitted ones.
    var map: Matrix { get }

    /// The solution at some weights, one a padded row, from another solution if there is one.
    func fitted(weights: [Double], from start: [Double]?, loop: ModelLoop) throws(Problem) -> ModelFit

    /// For each reported parameter weight × influence of each row of the matrix.
    func influences(of fit: ModelFit, weights: [Double]) -> [[Double]]
}

/// A regression fitted to a sample, as a statistic of its rows.
struct FittedRegression<Solver: RegressionSolver>: RowStatistic {
    let solver: Solver
    let base: [Bool]
    let loop: ModelLoop
    /// The weights of the sample, by row in use, and the fit at them.
    let weights: [Double]
    let fit: ModelFit
    /// Weights are divided by this, so that those of the domain have the mean 1.
    let scale: Double

    init(_ solver: Solver, base: [Bool], weights: [Double], scale: Double, loop: ModelLoop) throws(Problem) {
        self.solver = solver
        self.base = base
        self.weights = weights
        self.scale = scale
        self.loop = loop
        let own = FittedRegression.padded(weights, scale: scale, matrix: solver.matrix)
        fit = try solver.fitted(weights: own, from: nil, loop: loop)
    }

    /// The weights of the complete rows on the scale of the fit, 0 in the rows that fill the last block.
    static func padded(_ weights: [Double], scale: Double, matrix: ModelMatrix) -> [Double] {
        var padded = [Double](repeating: 0, count: matrix.paddedCount)
        for (row, position) in matrix.frame.positions.enumerated() { padded[row] = weights[Int(position)] / scale }
        return padded
    }

    /// R refits replicates with weights that sum to 1, which its rule of stopping sees.
    private func fitted(_ weights: [Double]) throws(Problem) -> (fit: ModelFit, weights: [Double]) {
        if weights == self.weights {
            return (fit, FittedRegression.padded(weights, scale: scale, matrix: solver.matrix))
        }
        var whole = scale
        if loop == .r {
            whole = solver.matrix.frame.positions.reduce(0) { $0 + weights[Int($1)] }
            guard whole > 0 else { throw .modelSingular() }
        }
        let own = FittedRegression.padded(weights, scale: whole, matrix: solver.matrix)
        return (try solver.fitted(weights: own, from: fit.parameters, loop: loop), own)
    }

    func values(weights: [Double]) throws(Problem) -> [Double] { solver.map * (try fitted(weights).fit.parameters) }

    func influences(weights: [Double]) throws(Problem) -> [[Double]] {
        let (fit, own) = try fitted(weights)
        let byRow = solver.influences(of: fit, weights: own)
        let positions = solver.matrix.frame.positions
        if positions.count == base.count { return byRow }
        return byRow.map { values in
            var whole = [Double](repeating: 0, count: base.count)
            for (row, position) in positions.enumerated() { whole[Int(position)] = values[row] }
            return whole
        }
    }
}

extension ModelMatrix {
    /// Σ over linear predictors l and columns c of shares[l][parameter, c] · x_c · scores[l], by parameter and row.
    func combined(_ scores: [[Double]], shares: [Matrix]) -> [[Double]] {
        let (height, rank, rows) = (ModelMatrix.blockRows, rank, rowCount)
        return (0..<(shares.first?.rows ?? 0)).map { parameter in
            [Double](unsafeUninitializedCapacity: rows) { result, count in
                if let start = result.baseAddress {
                    let target = SharedNumbers(start)
                    ModelMatrix.each(blockCount, threads: threads) { blocks in
                        withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * height) { buffer in
                            values.withUnsafeBufferPointer { values in
                                guard let sum = buffer.baseAddress, let values = values.baseAddress else { return }
                                let own = sum + height
                                for block in blocks {
                                    for place in 0..<height { sum[place] = 0 }
                                    for (number, score) in scores.enumerated() {
                                        for place in 0..<height { own[place] = 0 }
                                        for column in 0..<rank {
                                            let share = shares[number][parameter, column]
                                            if share == 0 { continue }
                                            let source = values + (block * rank + column) * height
                                            for place in 0..<height { own[place] += share * source[place] }
                                        }
                                        score.withUnsafeBufferPointer { score in
                                            for place in 0..<height {
                                                sum[place] += own[place] * score[block * height + place]
                                            }
                                        }
                                    }
                                    for place in 0..<min(height, rows - block * height) {
                                        target.start[block * height + place] = sum[place]
                                    }
                                }
                            }
                        }
                    }
                }
                count = rows
            }
        }
    }
}

extension GeneralizedLinearModel: RegressionSolver {
    var map: Matrix { matrix.inverse }

    func influences(of fit: ModelFit, weights: [Double]) -> [[Double]] {
        matrix.combined([residuals(of: fit, weights: weights)], shares: [map * fit.inverse])
    }
}
