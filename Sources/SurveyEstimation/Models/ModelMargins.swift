public import SurveyMath
public import SurveyProblems

/// Mean predictions if every row had one category of a variable.
public struct ModelMargins: Sendable {
    public let variable: String
    /// The categories that occur, in their order.
    public let categories: [String]
    public let values: [Double]
    public let covariance: Matrix
    /// Those of the design.
    public let degreesOfFreedom: Double
}

extension Estimation {
    /// Returns the predictive margins of a categorical variable of a model.
    ///
    ///     m_l = Σ w μ(x with category l)/W,   V = G V_β G',   G = Σ w (dμ/dη) x/W
    ///
    /// With `addsSample` the sampling variance of the averaged predictions is added, as R's svypredmeans does.
    ///
    /// - Shapes: the model is one of this estimation.
    /// - Throws: ``Problem`` `estimation.model-margins-kind`, `estimation.model-margins-variable`, and those of
    ///   ``inference(of:)``.
    /// - Source: Graubard and Korn (1999), Biometrics 55, 652–659.
    public func margins(
        of variable: String, in model: ModelResult, addsSample: Bool = false
    ) throws(Problem) -> ModelMargins {
        guard let generalized = model.generalized else { throw .marginsKind(model.kind) }
        let (solver, matrix) = (generalized.solver, generalized.solver.matrix)
        let frame = matrix.frame
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
        let weights = frame.summed(generalized.weights, scale: 1)
        let whole = weights.reduce(0, +)
        let categories = frame.occurring[found]
        let width = model.values.count
        var gradients = Matrix(rows: categories.count, columns: width)
        var values = [Double](repeating: 0, count: categories.count)
        var predictions = [[Double]](repeating: [], count: categories.count)
        let height = ModelMatrix.blockRows
        var raw = [Double](repeating: 0, count: frame.columns.count * height)
        for (place, code) in categories.enumerated() {
            var (sum, own) = (CompensatedSum(), [Double](repeating: 0, count: frame.rows.count))
            for block in 0..<matrix.blockCount {
                let rows = ModelMatrix.rows(of: block, count: matrix.rowCount)
                raw.withUnsafeMutableBufferPointer { raw in
                    guard let start = raw.baseAddress else { return }
                    frame.fill(start, rows: rows, height: height, fixed: (found, code))
                    for (at, row) in rows.enumerated() {
                        var predictor = solver.offset.isEmpty ? 0 : solver.offset[row]
                        for (number, column) in matrix.kept.enumerated() {
                            predictor += model.values[number] * start[column * height + at]
                        }
                        let mean = solver.link.mean(predictor)
                        own[row] = mean.mean
                        sum.add(weights[row] * mean.mean)
                        for (number, column) in matrix.kept.enumerated() {
                            gradients[place, number] += weights[row] * mean.slope * start[column * height + at] / whole
                        }
                    }
                }
            }
            values[place] = sum.value / whole
            predictions[place] = own
        }
        var covariance = gradients * model.covariance * gradients.transposed
        if addsSample {
            let means = PredictionMeans(
                base: generalized.base, positions: frame.positions,
                predictions: frame.kinds.isEmpty
                    ? predictions : predictions.map { own in frame.kinds.map { own[Int($0)] } })
            let added = try inference(of: means).covariance.matrix
            for row in 0..<covariance.rows {
                for column in 0..<covariance.columns { covariance[row, column] += added[row, column] }
            }
        }
        return ModelMargins(
            variable: variable, categories: categories.map { labels[Int($0)] }, values: values,
            covariance: covariance, degreesOfFreedom: model.designDegreesOfFreedom)
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
    /// Margins of a model that has none here.
    static func marginsKind(_ kind: Regression.Kind) -> Problem {
        Problem(
            "estimation.model-margins-kind", .usage, what: "--margins does not go with --\(kind.rawValue)",
            why: "margins are means of one prediction a row; this model has several",
            fix: "drop --margins, or explain one answer with --logistic")
    }

    /// Margins of something that is no categorical variable of the model.
    static func marginsVariable(_ name: String, known: [String]) -> Problem {
        Problem(
            "estimation.model-margins-variable", .usage, what: "\"\(name)\" has no categories in this model",
            place: Place(variable: name),
            why: "margins need a categorical variable of the formula; found \(list: known)",
            fix: "add C(\(name)) to the formula, or name one of these")
    }
}
