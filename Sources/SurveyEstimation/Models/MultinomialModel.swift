internal import Glibc
internal import SurveyMath
internal import SurveyProblems

/// A multinomial regression: log(P_j/P_1) = x'β_j, fitted by Newton's method on the weighted likelihood.
///
/// - Source: Agresti (2013), Categorical Data Analysis, §8.1; Binder (1983). Documentation/Methods.md, "Regression".
struct MultinomialModel: RegressionSolver {
    let matrix: ModelMatrix
    /// The category of each padded row, from 0; the first is the base.
    let response: [UInt16]
    let categories: Int

    private var predictors: Int { categories - 1 }

    /// The coefficients of the second category, then of the third, and so on.
    var map: Matrix {
        let rank = matrix.rank
        var map = Matrix(rows: predictors * rank, columns: predictors * rank)
        for block in 0..<predictors {
            for row in 0..<rank {
                for column in 0..<rank { map[block * rank + row, block * rank + column] = matrix.inverse[row, column] }
            }
        }
        return map
    }

    /// Makes the linear predictors of a block, category after category, into probabilities.
    @inline(__always)
    private func probabilities(
        _ parameters: [Double], block: Int, _ values: UnsafePointer<Double>, _ target: UnsafeMutablePointer<Double>
    ) {
        let (height, rank) = (ModelMatrix.blockRows, matrix.rank)
        for number in 0..<predictors {
            let own = target + number * height
            for place in 0..<height { own[place] = 0 }
            for column in 0..<rank {
                let (share, source) = (parameters[number * rank + column], values + (block * rank + column) * height)
                for place in 0..<height { own[place] += share * source[place] }
            }
        }
        for place in 0..<height {
            var largest = 0.0
            for number in 0..<predictors { largest = max(largest, target[number * height + place]) }
            var whole = exp(-largest)
            for number in 0..<predictors {
                let part = exp(target[number * height + place] - largest)
                target[number * height + place] = part
                whole += part
            }
            for number in 0..<predictors { target[number * height + place] /= whole }
        }
    }

    private func sums(at parameters: [Double], weights: [Double]) -> NewtonSearch.Point {
        let (height, rank, rows, count) = (ModelMatrix.blockRows, matrix.rank, matrix.rowCount, predictors)
        let chunks = matrix.chunks { blocks in
            // One for each pair of linear predictors, the second up to the first.
            var sums = [ModelSums](repeating: ModelSums(rank: rank), count: count * (count + 1) / 2)
            withUnsafeTemporaryAllocation(of: Double.self, capacity: (count + 2) * height) { buffer in
                matrix.values.withUnsafeBufferPointer { values in
                    guard let shares = buffer.baseAddress, let values = values.baseAddress else { return }
                    let (first, second) = (shares + count * height, shares + (count + 1) * height)
                    for block in blocks {
                        probabilities(parameters, block: block, values, shares)
                        for place in 0..<min(height, rows - block * height) {
                            let row = block * height + place
                            guard weights[row] != 0 else { continue }
                            sums[0].deviance -= 2 * weights[row] * logProbability(shares, place, Int(response[row]))
                        }
                        var pair = 0
                        for number in 0..<count {
                            for other in 0...number {
                                for place in 0..<height {
                                    let row = block * height + place
                                    let weight = row < rows ? weights[row] : 0
                                    let share = shares[number * height + place]
                                    let isOwn = row < rows && Int(response[row]) == number + 1
                                    first[place] = weight * ((isOwn ? 1 : 0) - share)
                                    second[place] =
                                        weight * share
                                        * ((number == other ? 1 : 0) - shares[other * height + place])
                                }
                                sums[pair].add(
                                    values + block * height * rank, gradient: number == other ? first : nil,
                                    weights: second)
                                pair += 1
                            }
                        }
                    }
                }
            }
            return sums
        }
        let size = count * rank
        var gradient = [Double](repeating: 0, count: size)
        var information = [Double](repeating: 0, count: size * size)
        var pair = 0
        for number in 0..<count {
            for other in 0...number {
                let whole = ModelSums.joined(chunks.map { $0[pair] }, rank: rank)
                for row in 0..<rank {
                    if number == other { gradient[number * rank + row] = whole.gradient[row] }
                    for column in 0..<rank {
                        let value = whole.information[row * rank + column]
                        information[(number * rank + row) * size + other * rank + column] = value
                        information[(other * rank + column) * size + number * rank + row] = value
                    }
                }
                pair += 1
            }
        }
        return NewtonSearch.Point(
            deviance: chunks.reduce(0) { $0 + $1[0].deviance }, gradient: gradient, information: information)
    }

    @inline(__always)
    private func logProbability(_ shares: UnsafePointer<Double>, _ place: Int, _ category: Int) -> Double {
        let height = ModelMatrix.blockRows
        if category > 0 { return log(shares[(category - 1) * height + place]) }
        var rest = 1.0
        for number in 0..<predictors { rest -= shares[number * height + place] }
        return log(max(rest, ModelLink.least))
    }

    func fitted(weights: [Double], from start: [Double]?, loop: ModelLoop) throws(Problem) -> ModelFit {
        let names = (0..<predictors).flatMap { _ in matrix.kept.map { matrix.frame.columns[$0].name } }
        let zero = [Double](repeating: 0, count: predictors * matrix.rank)
        return try NewtonSearch(names: names).solution(from: start ?? zero) { sums(at: $0, weights: weights) }
    }

    func scores(of fit: ModelFit) -> [ModelScore] {
        let (height, rank, rows) = (ModelMatrix.blockRows, matrix.rank, matrix.rowCount)
        var scores = [[Double]](repeating: [Double](repeating: 0, count: matrix.paddedCount), count: predictors)
        var shares = [Double](repeating: 0, count: height * predictors)
        matrix.values.withUnsafeBufferPointer { values in
            shares.withUnsafeMutableBufferPointer { shares in
                guard let values = values.baseAddress, let own = shares.baseAddress else { return }
                for block in 0..<matrix.blockCount {
                    probabilities(fit.parameters, block: block, values, own)
                    for place in 0..<min(height, rows - block * height) {
                        let row = block * height + place
                        for number in 0..<predictors {
                            let isOwn = Int(response[row]) == number + 1
                            scores[number][row] = (isOwn ? 1 : 0) - own[number * height + place]
                        }
                    }
                }
            }
        }
        let bread = map * fit.inverse
        let all = Array(0..<bread.rows)
        return (0..<predictors).map { number in
            ModelScore(
                values: scores[number], columns: 0..<rank,
                shares: bread.block(rows: all, columns: Array(number * rank..<(number + 1) * rank)))
        }
    }

    var predictionCount: Int { categories }

    func predict(
        _ parameters: [Double], row: Int, _ x: UnsafeMutablePointer<Double>, means: UnsafeMutablePointer<Double>,
        slopes: UnsafeMutablePointer<Double>
    ) {
        let rank = matrix.rank
        means[0] = 0
        var largest = 0.0
        for number in 0..<predictors {
            var predictor = 0.0
            for column in 0..<rank { predictor += parameters[number * rank + column] * x[column] }
            means[number + 1] = predictor
            largest = max(largest, predictor)
        }
        var whole = 0.0
        for category in 0..<categories {
            means[category] = exp(means[category] - largest)
            whole += means[category]
        }
        for category in 0..<categories { means[category] /= whole }
        for category in 0..<categories {
            for number in 0..<predictors {
                let slope = means[category] * ((category == number + 1 ? 1 : 0) - means[number + 1])
                let own = slopes + (category * predictors + number) * rank
                for column in 0..<rank { own[column] = slope * x[column] }
            }
        }
    }

    func on(_ matrix: ModelMatrix) -> MultinomialModel {
        MultinomialModel(matrix: matrix, response: response, categories: categories)
    }
}
