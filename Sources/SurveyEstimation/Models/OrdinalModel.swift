internal import Glibc
internal import SurveyMath
internal import SurveyProblems

/// An ordinal regression: P(y ≤ j) = F(ζ_j − x'β), fitted by Newton's method on the weighted likelihood.
///
/// The influence of a row is (−H)⁻¹ × score with the Hessian H at the solution.
///
/// - Source: McCullagh (1980), JRSS B 42, 109–142; Binder (1983). Documentation/Methods.md, "Regression".
struct OrdinalModel: RegressionSolver {
    let matrix: ModelMatrix
    let link: ModelLink
    /// The category of each padded row, from 0.
    let response: [UInt16]
    let categories: Int

    /// Slopes of the orthogonal columns after the first, which is constant and belongs to the thresholds.
    private var slopes: Int { matrix.rank - 1 }
    private var thresholds: Int { categories - 1 }

    /// Slopes of the kept columns, then thresholds.
    var map: Matrix {
        var map = Matrix(rows: slopes + thresholds, columns: slopes + thresholds)
        for row in 0..<slopes { for column in 0..<slopes { map[row, column] = matrix.inverse[row + 1, column + 1] } }
        for threshold in 0..<thresholds {
            map[slopes + threshold, slopes + threshold] = 1
            for column in 0..<slopes { map[slopes + threshold, column] = -matrix.inverse[0, column + 1] }
        }
        return map
    }

    private struct Sums: Sendable {
        var deviance: Double
        var gradient: [Double]
        var information: [Double]
    }

    /// What one row adds, apart from its weight: the probability, and derivatives by the two ends of its interval.
    private struct Row {
        let probability, upper, lower, upperUpper, lowerLower, upperLower: Double

        @inline(__always)
        init(_ link: ModelLink, upper a: Double, lower b: Double) {
            let (first, second) = (link.distribution(a), link.distribution(b))
            probability = b > 0 ? second.above - first.above : first.below - second.below
            let part = 1 / probability
            upper = first.density * part
            lower = -second.density * part
            upperUpper = first.slope * part - upper * upper
            lowerLower = -second.slope * part - lower * lower
            upperLower = -upper * lower
        }
    }

    @inline(__always)
    private func ends(_ parameters: [Double], category: Int, predictor: Double) -> (upper: Double, lower: Double) {
        let upper = category < thresholds ? parameters[slopes + category] - predictor : .infinity
        let lower = category > 0 ? parameters[slopes + category - 1] - predictor : -.infinity
        return (upper, lower)
    }

    @inline(__always)
    private func predict(
        _ parameters: [Double], block: Int, _ values: UnsafePointer<Double>, _ target: UnsafeMutablePointer<Double>
    ) {
        let (height, rank) = (ModelMatrix.blockRows, matrix.rank)
        for place in 0..<height { target[place] = 0 }
        for column in 1..<max(1, rank) {
            let (share, source) = (parameters[column - 1], values + (block * rank + column) * height)
            for place in 0..<height { target[place] += share * source[place] }
        }
    }

    private func sums(at parameters: [Double], weights: [Double]) -> Sums {
        let (height, rank, rows) = (ModelMatrix.blockRows, matrix.rank, matrix.rowCount)
        let (slopes, thresholds) = (slopes, thresholds)
        let chunks = matrix.chunks { blocks in
            var main = ModelSums(rank: rank)
            var crossed = [ModelSums](repeating: ModelSums(rank: rank), count: thresholds)
            var own = [Double](repeating: 0, count: thresholds)
            var diagonal = own
            var beside = own
            withUnsafeTemporaryAllocation(of: Double.self, capacity: (3 + thresholds) * height) { buffer in
                matrix.values.withUnsafeBufferPointer { values in
                    guard let first = buffer.baseAddress, let values = values.baseAddress else { return }
                    let (second, predictors, shares) = (first + height, first + 2 * height, first + 3 * height)
                    for block in blocks {
                        predict(parameters, block: block, values, predictors)
                        for place in 0..<height * thresholds { shares[place] = 0 }
                        for place in 0..<height {
                            let row = block * height + place
                            guard row < rows, weights[row] != 0 else {
                                (first[place], second[place]) = (0, 0)
                                continue
                            }
                            let (weight, category) = (weights[row], Int(response[row]))
                            let ends = ends(parameters, category: category, predictor: predictors[place])
                            let at = Row(link, upper: ends.upper, lower: ends.lower)
                            main.deviance += at.probability > 0 ? -2 * weight * log(at.probability) : .infinity
                            first[place] = -weight * (at.upper + at.lower)
                            second[place] = -weight * (at.upperUpper + 2 * at.upperLower + at.lowerLower)
                            if category < thresholds {
                                own[category] += weight * at.upper
                                diagonal[category] -= weight * at.upperUpper
                                shares[category * height + place] = weight * (at.upperUpper + at.upperLower)
                            }
                            if category > 0 {
                                own[category - 1] += weight * at.lower
                                diagonal[category - 1] -= weight * at.lowerLower
                                shares[(category - 1) * height + place] = weight * (at.lowerLower + at.upperLower)
                            }
                            if category > 0, category < thresholds { beside[category] -= weight * at.upperLower }
                        }
                        let columns = values + block * height * rank
                        main.add(columns, gradient: first, weights: second)
                        for threshold in 0..<thresholds {
                            crossed[threshold].add(columns, gradient: shares + threshold * height, weights: nil)
                        }
                    }
                }
            }
            return (main, crossed, own, diagonal, beside)
        }
        let main = ModelSums.joined(chunks.map(\.0), rank: rank)
        let size = slopes + thresholds
        var information = [Double](repeating: 0, count: size * size)
        for row in 0..<slopes {
            for column in 0..<slopes {
                information[row * size + column] = main.information[(row + 1) * rank + column + 1]
            }
        }
        var gradient = Array(main.gradient.dropFirst())
        for threshold in 0..<thresholds {
            let crossed = ModelSums.joined(chunks.map { $0.1[threshold] }, rank: rank)
            for column in 0..<slopes {
                information[(slopes + threshold) * size + column] = crossed.gradient[column + 1]
                information[column * size + slopes + threshold] = crossed.gradient[column + 1]
            }
            gradient.append(chunks.reduce(0) { $0 + $1.2[threshold] })
            let at = slopes + threshold
            information[at * size + at] = chunks.reduce(0) { $0 + $1.3[threshold] }
            if threshold > 0 {
                let product = chunks.reduce(0) { $0 + $1.4[threshold] }
                information[at * size + at - 1] = product
                information[(at - 1) * size + at] = product
            }
        }
        return Sums(deviance: main.deviance, gradient: gradient, information: information)
    }

    func fitted(weights: [Double], from start: [Double]?, loop: ModelLoop) throws(Problem) -> ModelFit {
        try NewtonSearch(names: names).solution(from: start ?? self.start(weights: weights)) { parameters in
            let sums = sums(at: parameters, weights: weights)
            return NewtonSearch.Point(
                deviance: sums.deviance, gradient: sums.gradient, information: sums.information)
        }
    }

    /// The names of what is fitted, for problems: columns in their order, then thresholds.
    private var names: [String] {
        matrix.kept.dropFirst().map { matrix.frame.columns[$0].name } + (0..<thresholds).map { "\($0 + 1)|\($0 + 2)" }
    }

    /// No slopes, and thresholds at the quantiles of the shares.
    private func start(weights: [Double]) -> [Double] {
        var shares = [Double](repeating: 0, count: categories)
        for row in 0..<matrix.rowCount { shares[Int(response[row])] += weights[row] }
        let whole = shares.reduce(0, +)
        var below = 0.0
        let points = (0..<thresholds).map { threshold in
            below += shares[threshold]
            return link.predictor(min(max(below / whole, 1e-9), 1 - 1e-9))
        }
        return [Double](repeating: 0, count: slopes) + points
    }

    func scores(of fit: ModelFit) -> [ModelScore] {
        let (height, rows) = (ModelMatrix.blockRows, matrix.rowCount)
        var scores = [[Double]](repeating: [Double](repeating: 0, count: matrix.paddedCount), count: 1 + thresholds)
        var predictors = [Double](repeating: 0, count: height)
        matrix.values.withUnsafeBufferPointer { values in
            predictors.withUnsafeMutableBufferPointer { predictors in
                guard let values = values.baseAddress, let own = predictors.baseAddress else { return }
                for block in 0..<matrix.blockCount {
                    predict(fit.parameters, block: block, values, own)
                    for place in 0..<min(height, rows - block * height) {
                        let row = block * height + place
                        let category = Int(response[row])
                        let ends = ends(fit.parameters, category: category, predictor: own[place])
                        let at = Row(link, upper: ends.upper, lower: ends.lower)
                        scores[0][row] = -(at.upper + at.lower)
                        if category < thresholds { scores[1 + category][row] = at.upper }
                        if category > 0 { scores[category][row] = at.lower }
                    }
                }
            }
        }
        // Columns of the bread: slopes take x of the orthogonal columns, a threshold takes 1 = x₀ / inverse₀₀.
        let bread = map * fit.inverse
        let constant = matrix.inverse[0, 0]
        let all = Array(0..<bread.rows)
        return (0...thresholds).map { number in
            if number == 0 {
                return ModelScore(
                    values: scores[0], columns: 1..<max(1, matrix.rank),
                    shares: bread.block(rows: all, columns: Array(0..<slopes)))
            }
            let share = bread.block(rows: all, columns: [slopes + number - 1])
            return ModelScore(
                values: scores[number], columns: 0..<1,
                shares: Matrix(rows: share.rows, columns: 1, values: share.values.map { $0 / constant }))
        }
    }

    var predictionCount: Int { categories }

    /// P(j) = F(ζ_j − x'β) − F(ζ_{j−1} − x'β).
    func predict(
        _ parameters: [Double], row: Int, _ x: UnsafeMutablePointer<Double>, means: UnsafeMutablePointer<Double>,
        slopes: UnsafeMutablePointer<Double>
    ) {
        var predictor = 0.0
        for column in 0..<self.slopes { predictor += parameters[column] * x[column + 1] }
        let width = self.slopes + thresholds
        for place in 0..<(categories * width) { slopes[place] = 0 }
        for category in 0..<categories {
            let ends = ends(parameters, category: category, predictor: predictor)
            let (upper, lower) = (link.distribution(ends.upper), link.distribution(ends.lower))
            means[category] = ends.lower > 0 ? lower.above - upper.above : upper.below - lower.below
            let own = slopes + category * width
            for column in 0..<self.slopes { own[column] = (lower.density - upper.density) * x[column + 1] }
            if category < thresholds { own[self.slopes + category] = upper.density }
            if category > 0 { own[self.slopes + category - 1] = -lower.density }
        }
    }

    func on(_ matrix: ModelMatrix) -> OrdinalModel {
        OrdinalModel(matrix: matrix, link: link, response: response, categories: categories)
    }
}
