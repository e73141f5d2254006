internal import SurveyMath
internal import SurveyProblems

/// A generalised linear model on orthogonal columns, fitted by weighted least squares again and again.
///
/// It solves the score equations of a probability-weighted sample:
///
///     Σ w x (dμ/dη)(y − μ)/V(μ) = 0
///     A = Σ w x x' (dμ/dη)²/V(μ)             information, expected for every link
///     z = A⁻¹ x w (dμ/dη)(y − μ)/V(μ)        weight × influence of a row
///
/// - Source: McCullagh and Nelder (1989), §2.5; Binder (1983) for z. Documentation/Methods.md, "Regression".
struct GeneralizedLinearModel: Sendable {
    let matrix: ModelMatrix
    let family: ModelFamily
    let link: ModelLink
    /// By padded row.
    let response: [Double]
    /// By padded row; empty without one.
    let offset: [Double]

    static let mostSteps = 50
    static let rTolerance = 1e-14
    private static let height = ModelMatrix.blockRows

    // MARK: Passes over the rows

    /// What a pass gives the working weights and residuals from.
    private enum Predictor {
        /// The mean near each response where the first step starts.
        case start
        case parameters([Double])
    }

    /// The linear predictors of a block.
    @inline(__always)
    private func predict(
        _ parameters: [Double], block: Int, _ values: UnsafePointer<Double>, _ target: UnsafeMutablePointer<Double>
    ) {
        let height = ModelMatrix.blockRows
        if offset.isEmpty {
            for place in 0..<height { target[place] = 0 }
        } else {
            for place in 0..<height { target[place] = offset[block * height + place] }
        }
        let own = values + block * height * matrix.rank
        for column in 0..<matrix.rank {
            let (share, source) = (parameters[column], own + column * height)
            for place in 0..<height { target[place] += share * source[place] }
        }
    }

    /// Score, information and deviance at some parameters.
    func sums(at parameters: [Double], weights: [Double]) -> ModelSums {
        sums(weights) { block, values, predictors in predict(parameters, block: block, values, predictors) }
    }

    private func sums(
        _ weights: [Double],
        predict: @Sendable (Int, UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Void
    ) -> ModelSums {
        let (height, rank, rows) = (ModelMatrix.blockRows, matrix.rank, matrix.rowCount)
        let chunks = matrix.chunks { blocks in
            var sums = ModelSums(rank: rank)
            withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * height) { buffer in
                matrix.values.withUnsafeBufferPointer { values in
                    guard let buffer = buffer.baseAddress, let values = values.baseAddress else { return }
                    let (first, second) = (buffer, buffer + height)
                    for block in blocks {
                        predict(block, values, first)
                        let count = min(height, rows - block * height)
                        for place in 0..<count {
                            let row = block * height + place
                            let (weight, y) = (weights[row], response[row])
                            if weight == 0 {
                                (first[place], second[place]) = (0, 0)
                                continue
                            }
                            let at = link.mean(first[place])
                            let variance = family.variance(at)
                            sums.deviance += weight * family.deviance(y, at)
                            sums.closest = min(sums.closest, min(at.mean, at.rest))
                            let residual = family.residual(y, at)
                            if link == .logit {
                                first[place] = weight * residual
                                second[place] = weight * at.slope
                            } else {
                                let factor = weight * at.slope / variance
                                first[place] = factor * residual
                                second[place] = factor * at.slope
                            }
                        }
                        for place in count..<height { (first[place], second[place]) = (0, 0) }
                        sums.add(values + block * height * rank, gradient: first, weights: second)
                    }
                }
            }
            return sums
        }
        return ModelSums.joined(chunks, rank: rank)
    }

    /// The sums of the first least squares, of working responses at means near the responses.
    private func startSums(weights: [Double]) -> ModelSums {
        let (height, rank, rows) = (ModelMatrix.blockRows, matrix.rank, matrix.rowCount)
        let chunks = matrix.chunks { blocks in
            var sums = ModelSums(rank: rank)
            withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * height) { buffer in
                matrix.values.withUnsafeBufferPointer { values in
                    guard let first = buffer.baseAddress, let values = values.baseAddress else { return }
                    let second = first + height
                    for block in blocks {
                        for place in 0..<height {
                            let row = block * height + place
                            guard row < rows, weights[row] != 0 else {
                                (first[place], second[place]) = (0, 0)
                                continue
                            }
                            let (weight, y) = (weights[row], response[row])
                            let mean = family.start(y, weight: weight)
                            let predictor = link.predictor(mean)
                            var at = link.mean(predictor)
                            at.mean = mean
                            at.rest = 1 - mean
                            let working = weight * at.slope * at.slope / family.variance(at)
                            let shift = offset.isEmpty ? 0 : offset[row]
                            first[place] = working * (predictor - shift + (y - mean) / at.slope)
                            second[place] = working
                            sums.deviance += weight * family.deviance(y, at)
                        }
                        sums.add(values + block * height * rank, gradient: first, weights: second)
                    }
                }
            }
            return sums
        }
        return ModelSums.joined(chunks, rank: rank)
    }

    // MARK: Fit

    /// The solution at some weights, on the scale of mean 1, from another solution if there is one.
    func fitted(weights: [Double], from start: [Double]? = nil, loop: ModelLoop) throws(Problem) -> ModelFit {
        loop == .r
            ? try fittedAsR(weights: weights, from: start) : try fittedToSolution(weights: weights, from: start)
    }

    private func fittedToSolution(weights: [Double], from start: [Double]?) throws(Problem) -> ModelFit {
        var parameters: [Double]
        if let start {
            parameters = start
        } else {
            let first = startSums(weights: weights)
            parameters = try inverse(of: first, after: nil) * first.gradient
        }
        var sums = self.sums(at: parameters, weights: weights)
        var inverse = try self.inverse(of: sums, after: start == nil ? parameters : nil)
        var last = Double.infinity
        for step in 1...GeneralizedLinearModel.mostSteps {
            var move = inverse * sums.gradient
            let size = GeneralizedLinearModel.size(of: move)
            let whole = GeneralizedLinearModel.size(of: parameters)
            // Where rounding is all that is left, a step is no smaller than the one before.
            if size <= 1e-12 * whole || (size <= 1e-9 * whole && size >= 0.5 * last) || size == 0 {
                for place in parameters.indices { parameters[place] += move[place] }
                sums = self.sums(at: parameters, weights: weights)
                inverse = try self.inverse(of: sums, after: move)
                return ModelFit(
                    parameters: parameters, inverse: inverse, deviance: sums.deviance, working: parameters, steps: step)
            }
            guard size.isFinite else { throw unsettled(move) }
            // Where responses are told apart, every step adds about as much as the one before.
            if sums.closest < 1e-8, family == .binomial, step > 15, size > 0.01 * whole { throw unsettled(move) }
            last = size
            let before = sums.deviance
            var next = zip(parameters, move).map { $0 + $1 }
            var tried = self.sums(at: next, weights: weights)
            var halvings = 0
            while !(tried.deviance <= before + 1e-9 * (abs(before) + 0.1)), halvings < 30 {
                for place in move.indices { move[place] *= 0.5 }
                next = zip(parameters, move).map { $0 + $1 }
                tried = self.sums(at: next, weights: weights)
                halvings += 1
            }
            guard halvings < 30 else { throw unsettled(move) }
            (parameters, sums) = (next, tried)
            inverse = try self.inverse(of: sums, after: move)
        }
        throw unsettled(inverse * sums.gradient)
    }

    /// Repeats the loop of R's glm.fit: what it stops at, and the weights that it keeps.
    private func fittedAsR(weights: [Double], from start: [Double]?) throws(Problem) -> ModelFit {
        var parameters = start ?? []
        var sums: ModelSums
        if start == nil {
            sums = startSums(weights: weights)
        } else {
            sums = self.sums(at: parameters, weights: weights)
        }
        for step in 1...GeneralizedLinearModel.mostSteps {
            let inverse = try self.inverse(of: sums, after: step > 1 ? parameters : nil)
            let working = parameters
            if parameters.isEmpty {
                parameters = inverse * sums.gradient
            } else {
                parameters = zip(parameters, inverse * sums.gradient).map { $0 + $1 }
            }
            guard parameters.allSatisfy(\.isFinite) else { throw unsettled(parameters) }
            let before = sums.deviance
            sums = self.sums(at: parameters, weights: weights)
            if abs(sums.deviance - before) / (abs(sums.deviance) + 0.1) < GeneralizedLinearModel.rTolerance {
                if family == .binomial, sums.closest < 10 * Double.ulpOfOne { throw unsettled(inverse * sums.gradient) }
                return ModelFit(
                    parameters: parameters, inverse: inverse, deviance: sums.deviance,
                    working: working.isEmpty ? parameters : working, steps: step)
            }
        }
        throw unsettled(zip(parameters, parameters).map { $0 - $1 })
    }

    private static func size(of numbers: [Double]) -> Double {
        numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }

    /// The inverse of the information; singular before any step the weights are to blame, later the last move.
    private func inverse(of sums: ModelSums, after move: [Double]?) throws(Problem) -> Matrix {
        let rank = matrix.rank
        let information = Matrix(rows: rank, columns: rank, values: sums.information)
        guard let inverse = information.symmetricInverse() else {
            if let move { throw unsettled(move) }
            throw .modelSingular()
        }
        return inverse
    }

    /// The problem of a coefficient that does not settle: the column that moves the linear predictor most.
    private func unsettled(_ move: [Double]) -> Problem {
        let finite = move.map { $0.isFinite ? $0 : 0 }
        let slopes =
            matrix.inverse * (finite.count == matrix.rank ? finite : [Double](repeating: 0, count: matrix.rank))
        var worst: (name: String, size: Double)?
        for (place, slope) in slopes.enumerated() {
            let column = matrix.frame.columns[matrix.kept[place]]
            if column.term == nil, matrix.rank > 1 { continue }
            let size = abs(slope) * matrix.spread(of: place)
            if size >= worst?.size ?? 0 { worst = (column.name, size) }
        }
        return family == .binomial
            ? .modelSeparation(worst?.name ?? ModelFormula.intercept)
            : .modelNotSettled(worst?.name ?? ModelFormula.intercept)
    }

    // MARK: Influences

    /// By padded row u with z = A⁻¹ x w u; after R's loop with the working weights that it keeps.
    func residuals(of fit: ModelFit) -> [Double] {
        let (height, rows) = (ModelMatrix.blockRows, matrix.rowCount)
        let isAtSolution = fit.working == fit.parameters
        var result = [Double](repeating: 0, count: matrix.paddedCount)
        result.withUnsafeMutableBufferPointer { result in
            guard let start = result.baseAddress else { return }
            let target = SharedNumbers(start)
            ModelMatrix.each(matrix.blockCount, threads: matrix.threads) { blocks in
                withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * height) { buffer in
                    matrix.values.withUnsafeBufferPointer { values in
                        guard let now = buffer.baseAddress, let values = values.baseAddress else { return }
                        let before = now + height
                        for block in blocks {
                            predict(fit.parameters, block: block, values, now)
                            if !isAtSolution { predict(fit.working, block: block, values, before) }
                            for place in 0..<min(height, rows - block * height) {
                                let row = block * height + place
                                let at = link.mean(now[place])
                                let residual = family.residual(response[row], at)
                                if isAtSolution {
                                    let factor = link == .logit ? 1 : at.slope / family.variance(at)
                                    target.start[row] = factor * residual
                                } else {
                                    let old = link.mean(before[place])
                                    let working = old.slope * old.slope / family.variance(old)
                                    target.start[row] = working * residual / at.slope
                                }
                            }
                        }
                    }
                }
            }
        }
        return result
    }

    /// The fitted means by row.
    func means(at parameters: [Double]) -> [Double] {
        var means = [Double](repeating: 0, count: matrix.paddedCount)
        let height = ModelMatrix.blockRows
        means.withUnsafeMutableBufferPointer { means in
            guard let start = means.baseAddress else { return }
            let target = SharedNumbers(start)
            ModelMatrix.each(matrix.blockCount, threads: matrix.threads) { blocks in
                matrix.values.withUnsafeBufferPointer { values in
                    guard let values = values.baseAddress else { return }
                    for block in blocks {
                        let own = target.start + block * height
                        predict(parameters, block: block, values, own)
                        for place in 0..<height { own[place] = link.mean(own[place]).mean }
                    }
                }
            }
        }
        return Array(means.prefix(matrix.rowCount))
    }
}

extension ModelMatrix {
    /// The largest size of a kept column among the rows: what a coefficient is multiplied with at most.
    func spread(of place: Int) -> Double {
        var raw = [Double](repeating: 0, count: frame.columns.count * ModelMatrix.blockRows)
        var largest = 0.0
        raw.withUnsafeMutableBufferPointer { raw in
            guard let start = raw.baseAddress else { return }
            for block in 0..<blockCount {
                let rows = ModelMatrix.rows(of: block, count: rowCount)
                frame.fill(start, rows: rows, height: ModelMatrix.blockRows)
                for row in 0..<rows.count {
                    largest = max(largest, abs(start[kept[place] * ModelMatrix.blockRows + row]))
                }
            }
        }
        return largest
    }
}

extension Problem {
    /// A coefficient of a binary response that grows without end.
    static func modelSeparation(_ column: String) -> Problem {
        Problem(
            "estimation.model-separation", .computation, what: "The coefficient of \"\(column)\" does not settle",
            place: Place(variable: column),
            why:
                "the columns tell responses of 0 from those of 1 without error, so no coefficient is the best",
            fix: "leave the column out, or join categories that have only one response")
    }

    /// A fit that does not end.
    static func modelNotSettled(_ column: String) -> Problem {
        Problem(
            "estimation.model-not-settled", .computation, what: "The coefficient of \"\(column)\" does not settle",
            place: Place(variable: column), why: "a fit takes at most \(GeneralizedLinearModel.mostSteps) steps",
            fix: "leave the column out, or give it in another unit")
    }

    /// A model whose coefficients these weights cannot tell apart.
    static func modelSingular() -> Problem {
        Problem(
            "estimation.model-singular", .computation, what: "The coefficients cannot be told apart with these weights",
            why: "each column must vary among the rows with a weight; found one that depends on the others there",
            fix: "leave a column out, or join small categories")
    }
}
