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

    /// What the influences of rows on the reported parameters are made of.
    func scores(of fit: ModelFit) -> [ModelScore]

    /// Predictions of one row: 1, or one for each answer.
    var predictionCount: Int { get }

    /// The mean of a row of the matrix, or the probabilities of its answers, if it had other values.
    ///
    /// - Shapes: reported parameters; `x` has the kept columns as they are; `means` take `predictionCount` numbers,
    ///   `slopes` as many for each parameter, prediction after prediction.
    func predict(
        _ parameters: [Double], row: Int, _ x: UnsafeMutablePointer<Double>, means: UnsafeMutablePointer<Double>,
        slopes: UnsafeMutablePointer<Double>)

    /// The same model on other columns of the same rows.
    func on(_ matrix: ModelMatrix) -> Self
}

/// A regression that was fitted, of whatever kind.
protocol FittedModel: RowStatistic {
    associatedtype Solver: RegressionSolver
    var solver: Solver { get }
    var weights: [Double] { get }
    var scale: Double { get }

    /// The same model of the same rows without some terms.
    func without(_ terms: [ModelFormula.Term]) throws(Problem) -> Self
    var deviance: Double { get }
}

/// A regression fitted to a sample, as a statistic of its rows.
struct FittedRegression<Solver: RegressionSolver>: FittedModel {
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
        let own = solver.matrix.frame.summed(weights, scale: scale)
        fit = try solver.fitted(weights: own, from: nil, loop: loop)
    }

    /// R refits replicates with weights that sum to 1, which its rule of stopping sees.
    private func fitted(_ weights: [Double]) throws(Problem) -> (fit: ModelFit, scale: Double) {
        if weights == self.weights { return (fit, scale) }
        var whole = scale
        if loop == .r {
            whole = solver.matrix.frame.positions.reduce(0) { $0 + weights[Int($1)] }
            guard whole > 0 else { throw .modelSingular() }
        }
        let own = solver.matrix.frame.summed(weights, scale: whole)
        return (try solver.fitted(weights: own, from: fit.parameters, loop: loop), whole)
    }

    var deviance: Double { fit.deviance }

    func without(_ terms: [ModelFormula.Term]) throws(Problem) -> FittedRegression {
        let frame = solver.matrix.frame
        let smaller = try ModelMatrix(
            ModelFrame(frame, formula: frame.formula.leavingOut(terms)), weights: frame.summed(weights, scale: scale),
            threads: solver.matrix.threads)
        guard smaller.rank > 0 else { throw .modelSingular() }
        return try FittedRegression(solver.on(smaller), base: base, weights: weights, scale: scale, loop: loop)
    }

    func values(weights: [Double]) throws(Problem) -> [Double] { solver.map * (try fitted(weights).fit.parameters) }

    func influences(weights: [Double]) throws(Problem) -> [[Double]] {
        let (fit, scale) = try fitted(weights)
        return solver.matrix.influences(solver.scores(of: fit), weights: weights, scale: scale)
    }

    func unitSums(weights: [Double], starts: [Int]) throws(Problem) -> [[Double]] {
        let (fit, scale) = try fitted(weights)
        return solver.matrix.unitSums(solver.scores(of: fit), weights: weights, scale: scale, starts: starts)
    }
}

extension ModelFrame {
    /// The weights of the matrix rows, each the sum of its complete rows, and 0 in the rows that fill the last block.
    ///
    /// `weights` are those of the rows in use.
    func summed(_ weights: [Double], scale: Double) -> [Double] {
        let height = ModelMatrix.blockRows
        let padding = (height - rows.count % height) % height
        guard !kinds.isEmpty else {
            return positions.map { weights[Int($0)] / scale } + [Double](repeating: 0, count: padding)
        }
        var sums = [CompensatedSum](repeating: CompensatedSum(), count: rows.count + padding)
        sums.withUnsafeMutableBufferPointer { sums in
            for (row, position) in positions.enumerated() { sums[Int(kinds[row])].add(weights[Int(position)]) }
        }
        return sums.map { $0.value / scale }
    }
}

extension GeneralizedLinearModel: RegressionSolver {
    var map: Matrix { matrix.inverse }

    func scores(of fit: ModelFit) -> [ModelScore] {
        [ModelScore(values: residuals(of: fit), columns: 0..<matrix.rank, shares: map * fit.inverse)]
    }

    var predictionCount: Int { 1 }

    func predict(
        _ parameters: [Double], row: Int, _ x: UnsafeMutablePointer<Double>, means: UnsafeMutablePointer<Double>,
        slopes: UnsafeMutablePointer<Double>
    ) {
        var predictor = offset.isEmpty ? 0 : offset[row]
        for column in 0..<matrix.rank { predictor += parameters[column] * x[column] }
        let at = link.mean(predictor)
        means[0] = at.mean
        for column in 0..<matrix.rank { slopes[column] = at.slope * x[column] }
    }

    func on(_ matrix: ModelMatrix) -> GeneralizedLinearModel {
        GeneralizedLinearModel(matrix: matrix, family: family, link: link, response: response, offset: offset)
    }
}
