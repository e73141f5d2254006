public import SurveyMath
public import SurveyProblems

/// Mean predictions if every row had one category of a variable.
public struct ModelMargins: Sendable {
    public let variable: String
    /// The categories that occur, in their order.
    public let categories: [String]
    /// The answers of an ordinal or multinomial response: each category then has one value for each; empty for one mean.
    public let answers: [String]
    /// Category after category.
    public let values: [Double]
    public let covariance: Matrix
    /// Those of the design.
    public let degreesOfFreedom: Double
}

extension Estimation {
    /// Returns the predictive margins of a categorical variable of a model.
    ///
    ///     m_l = Σ w μ(x with category l)/W,   V = G V_β G',   G = Σ w (∂μ/∂β)/W
    ///
    /// μ is the mean, or of ordinal and multinomial models the probability of each answer. With `addsSample` the sampling
    /// variance of the averaged predictions is added, as R's svypredmeans does.
    ///
    /// - Shapes: the model is one of this estimation.
    /// - Throws: ``Problem`` `estimation.model-margins-variable`, and those of ``inference(of:)``.
    /// - Source: Graubard and Korn (1999), Biometrics 55, 652–659. Checked: R survey 4.1-1 `svypredmeans`,
    ///   Tests/Reference/models.json; by answer Tests/Reference/models-answers.json.
    public func margins(
        of variable: String, in model: ModelResult, addsSample: Bool = false
    ) throws(Problem) -> ModelMargins {
        let frame = model.model.frame
        let found = frame.variables.indices.first { place in
            guard frame.variables[place].factor.name == variable, case .categories = frame.variables[place].content
            else { return false }
            return true
        }
        guard let found, case .categories(_, let labels) = frame.variables[found].content else {
            let known = frame.variables.compactMap { variable -> String? in
                if case .categories = variable.content { return variable.factor.name }
                return nil
            }
            throw .marginsVariable(variable, known: known)
        }
        let codes = frame.occurring[found]
        let made = codes.map { model.model.averaged(model.values, fixed: (found, $0)) }
        let gradients = Matrix(
            rows: made.reduce(0) { $0 + $1.means.count }, columns: model.values.count, values: made.flatMap(\.slopes))
        var covariance = gradients * model.covariance * gradients.transposed
        if addsSample {
            let means = PredictionMeans(
                base: model.model.base, positions: frame.positions,
                predictions: made.flatMap { made in
                    made.predictions.map { own in
                        frame.kinds.isEmpty ? own : frame.kinds.map { own[Int($0)] }
                    }
                })
            let added = try inference(of: means).covariance.matrix
            for row in 0..<covariance.rows {
                for column in 0..<covariance.columns { covariance[row, column] += added[row, column] }
            }
        }
        return ModelMargins(
            variable: variable, categories: codes.map { labels[Int($0)] }, answers: model.answers,
            values: made.flatMap(\.means), covariance: covariance, degreesOfFreedom: model.designDegreesOfFreedom)
    }
}

/// The predictions of all rows with one category of a variable.
private struct AveragedPredictions {
    var means: [Double]
    /// Prediction × parameter.
    var slopes: [Double]
    /// By prediction and row of the matrix.
    var predictions: [[Double]]
}

extension FittedModel {
    fileprivate var frame: ModelFrame { solver.matrix.frame }

    fileprivate func averaged(_ parameters: [Double], fixed: (variable: Int, code: UInt16)) -> AveragedPredictions {
        let (matrix, count, width) = (solver.matrix, solver.predictionCount, parameters.count)
        let own = frame.summed(weights, scale: scale)
        let whole = CompensatedSum.of(own)
        var sums = [CompensatedSum](repeating: CompensatedSum(), count: count)
        var gradients = [Double](repeating: 0, count: count * width)
        var predictions = [[Double]](repeating: [Double](repeating: 0, count: matrix.rowCount), count: count)
        let height = ModelMatrix.blockRows
        var raw = [Double](repeating: 0, count: frame.columns.count * height)
        var (x, means) = ([Double](repeating: 0, count: matrix.rank), [Double](repeating: 0, count: count))
        var slopes = gradients
        for block in 0..<matrix.blockCount {
            let rows = ModelMatrix.rows(of: block, count: matrix.rowCount)
            raw.withUnsafeMutableBufferPointer { raw in
                if let start = raw.baseAddress { frame.fill(start, rows: rows, height: height, fixed: fixed) }
            }
            for (at, row) in rows.enumerated() {
                for (number, column) in matrix.kept.enumerated() { x[number] = raw[column * height + at] }
                solver.predict(parameters, row: row, &x, means: &means, slopes: &slopes)
                for place in 0..<count {
                    predictions[place][row] = means[place]
                    sums[place].add(own[row] * means[place])
                }
                for place in gradients.indices { gradients[place] += own[row] * slopes[place] }
            }
        }
        return AveragedPredictions(
            means: sums.map { $0.value / whole }, slopes: gradients.map { $0 / whole }, predictions: predictions)
    }
}

/// The weighted means of predictions that are taken as fixed.
private struct PredictionMeans: RowStatistic {
    let base: [Bool]
    let positions: [UInt32]
    /// By category and complete row.
    let predictions: [[Double]]

    func values(weights: [Double]) throws(Problem) -> [Double] {
        let whole = positions.reduce(0) { $0 + weights[Int($1)] }
        guard whole > 0 else { throw .emptyDomain() }
        return predictions.map { own in
            var sum = CompensatedSum()
            for (row, position) in positions.enumerated() { sum.add(weights[Int(position)] * own[row]) }
            return sum.value / whole
        }
    }

    func influences(weights: [Double]) throws(Problem) -> [[Double]] {
        let means = try values(weights: weights)
        let whole = positions.reduce(0) { $0 + weights[Int($1)] }
        return zip(predictions, means).map { own, mean in
            var influences = [Double](repeating: 0, count: base.count)
            for (row, position) in positions.enumerated() {
                influences[Int(position)] = weights[Int(position)] * (own[row] - mean) / whole
            }
            return influences
        }
    }
}

extension Problem {
    /// Margins of something that is no categorical variable of the model.
    static func marginsVariable(_ name: String, known: [String]) -> Problem {
        Problem(
            "estimation.model-margins-variable", .usage, what: "\"\(name)\" has no categories in this model",
            place: Place(variable: name),
            why: "margins need a categorical variable of the formula; found \(list: known)",
            fix: "add C(\(name)) to the formula, or name one of these")
    }
}
