internal import SurveyMath
internal import SurveyProblems

/// The sampled areas of a Fay–Herriot model: sums that its estimators of A share.
struct AreaData {
    let y: [Double]
    let d: [Double]
    let x: [[Double]]

    /// The regression at one A.
    struct Fit {
        let coefficients: [Double]
        /// C = (Σ x x'/v)⁻¹, row after row.
        let covariance: [Double]
        let residuals: [Double]
        /// 1/(A + D).
        let precisions: [Double]
    }

    init(_ areas: [FayHerriot.Area]) {
        y = areas.compactMap { $0.direct?.estimate }
        d = areas.compactMap { $0.direct?.variance }
        x = areas.map(\.covariates)
    }

    private var width: Int { x[0].count }

    static func product(_ left: [Double], _ right: [Double]) -> Double {
        var sum = CompensatedSum()
        for (a, b) in zip(left, right) { sum.add(a * b) }
        return sum.value
    }

    /// x'Mx for a square matrix, row after row.
    static func quadratic(_ x: [Double], _ matrix: [Double]) -> Double {
        var sum = CompensatedSum()
        for row in x.indices {
            for column in x.indices { sum.add(x[row] * matrix[row * x.count + column] * x[column]) }
        }
        return sum.value
    }

    /// Weighted least squares at A; nil if covariates depend on one another.
    func weighted(at variance: Double) -> Fit? {
        let precisions = d.map { 1 / (variance + $0) }
        let cross = crossed(precisions)
        let factored = PivotedCholesky(cross, size: width)
        guard factored.rank == width else { return nil }
        var right = [Double](repeating: 0, count: width)
        for area in y.indices {
            for column in 0..<width { right[column] += precisions[area] * x[area][column] * y[area] }
        }
        let coefficients = factored.solve(right)
        var covariance = [Double](repeating: 0, count: width * width)
        for column in 0..<width {
            var unit = [Double](repeating: 0, count: width)
            unit[column] = 1
            for (row, value) in factored.solve(unit).enumerated() { covariance[row * width + column] = value }
        }
        let residuals = y.indices.map { y[$0] - AreaData.product(x[$0], coefficients) }
        return Fit(coefficients: coefficients, covariance: covariance, residuals: residuals, precisions: precisions)
    }

    /// Σ weight · x x', row after row.
    private func crossed(_ weights: [Double]) -> [Double] {
        var cross = [Double](repeating: 0, count: width * width)
        for area in x.indices {
            for row in 0..<width {
                for column in 0..<width {
                    cross[row * width + column] += weights[area] * x[area][row] * x[area][column]
                }
            }
        }
        return cross
    }

    func variance(by method: FayHerriot.Method) throws(Problem) -> (value: Double, steps: Int?) {
        switch method {
        case .reml, .ml: return try likelihood(isRestricted: method == .reml)
        case .prasadRao: return (prasadRao(), nil)
        case .fayHerriot: return (try moments(), nil)
        }
    }

    /// Fisher scoring from the plain moment estimate, then a search on a bracket if it does not settle.
    private func likelihood(isRestricted: Bool) throws(Problem) -> (value: Double, steps: Int?) {
        let mean = y.reduce(0, +) / Double(y.count)
        let spread = y.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(max(1, y.count - 1))
        var variance = max(0, spread - d.reduce(0, +) / Double(d.count))
        for step in 1...200 {
            guard let (score, information) = score(at: variance, isRestricted: isRestricted), information > 0 else {
                break
            }
            let next = max(0, variance + score / information)
            if abs(next - variance) < 1e-12 * (1 + variance) { return (next, step) }
            variance = next
        }
        guard let start = score(at: 0, isRestricted: isRestricted)?.score else { throw .areasDependent() }
        if start <= 0 { return (0, 200) }
        var high = max(spread, d.max() ?? 1)
        for _ in 0..<200 {
            if let value = score(at: high, isRestricted: isRestricted)?.score, value < 0 { break }
            high *= 2
        }
        guard let root = Root.between(0, high, of: { score(at: $0, isRestricted: isRestricted)?.score }) else {
            throw .areasDependent()
        }
        return (root, 200)
    }

    /// The derivative of the (restricted) log likelihood by A, and the information about A.
    private func score(at variance: Double, isRestricted: Bool) -> (score: Double, information: Double)? {
        guard let fit = weighted(at: variance) else { return nil }
        let p = fit.precisions
        // y'PPy = Σ r²/v² for the residuals of the weighted fit.
        var squares = CompensatedSum()
        for area in y.indices { squares.add(fit.residuals[area] * fit.residuals[area] * p[area] * p[area]) }
        let first = CompensatedSum.of(p)
        let second = CompensatedSum.of(p.map { $0 * $0 })
        guard isRestricted else { return ((squares.value - first) / 2, second / 2) }
        // tr P = Σ1/v − tr(C Σxx'/v²); tr PP = Σ1/v² − 2 tr(C Σxx'/v³) + tr(C Σxx'/v² C Σxx'/v²).
        let b = Matrix(rows: width, columns: width, values: crossed(p.map { $0 * $0 }))
        let c = Matrix(rows: width, columns: width, values: fit.covariance)
        let third = Matrix(rows: width, columns: width, values: crossed(p.map { $0 * $0 * $0 }))
        let cb = c * b
        let trace = first - AreaData.trace(cb)
        let square = second - 2 * AreaData.trace(c * third) + AreaData.trace(cb * cb)
        return ((squares.value - trace) / 2, square / 2)
    }

    private static func trace(_ matrix: Matrix) -> Double {
        CompensatedSum.of((0..<matrix.rows).map { matrix[$0, $0] })
    }

    /// max(0, (Σ r² − Σ D(1 − h))/(m − p)) by plain least squares.
    private func prasadRao() -> Double {
        let ones = [Double](repeating: 1, count: y.count)
        let factored = PivotedCholesky(crossed(ones), size: width)
        var right = [Double](repeating: 0, count: width)
        for area in y.indices { for column in 0..<width { right[column] += x[area][column] * y[area] } }
        let coefficients = factored.solve(right)
        var sum = CompensatedSum()
        for area in y.indices {
            let residual = y[area] - AreaData.product(x[area], coefficients)
            let leverage = AreaData.product(x[area], factored.solve(x[area]))
            sum.add(residual * residual)
            sum.add(-d[area] * (1 - leverage))
        }
        return max(0, sum.value / Double(y.count - width))
    }

    /// The root of Σ (y − x'β)²/v = m − p, or 0.
    private func moments() throws(Problem) -> Double {
        let target = Double(y.count - width)
        func excess(_ variance: Double) -> Double? {
            weighted(at: variance).map { fit in
                CompensatedSum.of(y.indices.map { fit.residuals[$0] * fit.residuals[$0] * fit.precisions[$0] }) - target
            }
        }
        guard let start = excess(0) else { throw .areasDependent() }
        if start <= 0 { return 0 }
        var high = max(1, d.max() ?? 1)
        for _ in 0..<400 {
            guard let value = excess(high) else { throw .areasDependent() }
            if value < 0 { break }
            high *= 2
        }
        guard let root = Root.between(0, high, of: excess) else { throw .areasDependent() }
        return root
    }

    /// The variance of the estimate of A.
    func varianceOfVariance(at variance: Double, by method: FayHerriot.Method) -> Double {
        let p = d.map { 1 / (variance + $0) }
        let count = Double(d.count)
        let first = CompensatedSum.of(p)
        switch method {
        case .reml, .ml: return 2 / CompensatedSum.of(p.map { $0 * $0 })
        case .prasadRao: return 2 * CompensatedSum.of(p.map { 1 / ($0 * $0) }) / (count * count)
        case .fayHerriot: return 2 * count / (first * first)
        }
    }

    /// The bias of the estimate of A that the mean squared error takes off: nothing for REML and Prasad–Rao.
    func bias(at variance: Double, by method: FayHerriot.Method, fit: Fit) -> Double {
        let p = fit.precisions
        let (first, second) = (CompensatedSum.of(p), CompensatedSum.of(p.map { $0 * $0 }))
        switch method {
        case .reml, .prasadRao: return 0
        case .ml:
            let c = Matrix(rows: width, columns: width, values: fit.covariance)
            return -AreaData.trace(c * Matrix(rows: width, columns: width, values: crossed(p.map { $0 * $0 }))) / second
        case .fayHerriot: return 2 * (Double(d.count) * second - first * first) / (first * first * first)
        }
    }
}
