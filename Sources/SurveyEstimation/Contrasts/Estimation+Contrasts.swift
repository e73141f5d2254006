internal import Glibc
internal import SurveyDesign
internal import SurveyMath
public import SurveyProblems

extension Estimation {
    /// Computes functions g(θ) of the estimates of one result: differences, ratios, odds ratios, relative changes.
    ///
    ///     V(g) = J V J'        J: the derivatives of g, exact (by dual numbers, not by differences)
    ///
    /// - Shapes: the result keeps its covariance; the rows of the contrasts stand in the order given. ν are the degrees
    ///   of freedom of all PSUs behind the parts together where influences were kept, else the least of the parts'. n,
    ///   base, PSUs and sum of weights are those of the smallest part; no design effect.
    /// - `variance`: with `replicate` g is computed from the estimates of each replicate, and its variance is that of any
    ///   estimate by replicates; the options keep influences and replicates.
    /// - Missing: a contrast is not computable where a part is not, or where it is not defined (flag `undefined`).
    /// - `isLogarithmic`: the interval of a g above 0 is exp(ln g ± t·SE/g), and its test that of g = 1.
    /// - Throws: ``Problem`` `estimation.unknown-estimate`, `estimation.ambiguous-estimate`,
    ///   `estimation.log-of-nonpositive`, `estimation.contrast-without-replicates`, `estimation.no-replicate-values`.
    /// - Source: Särndal, Swensson and Wretman (1992), §5.5. Checked: R survey 4.1-1 `svycontrast`,
    ///   Tests/Reference/contrasts.json.
    public func contrasts(
        _ expressions: [ContrastExpression], of result: EstimationResult, isLogarithmic: Bool = false,
        adjustment: MultipleComparisons = .holm, variance: ContrastVariance = .linearised
    ) throws(Problem) -> ContrastResult {
        guard let covariance = result.covariance else { preconditionFailure("the options keep the covariance") }
        var slopes: [[(row: Int, slope: Double)]] = []
        var rows: [ContrastResult.Row] = []
        var spreads: [ReplicateEngine.Spread] = []
        for expression in expressions {
            var positions: [Int] = []
            for name in expression.names { positions.append(try result.position(of: name)) }
            let (value, gradient) = expression.evaluated(at: positions.map { result.rows[$0].value ?? .nan })
            if isLogarithmic, value.isFinite, value <= 0 { throw .logOfNonpositive(expression.text, value: value) }
            slopes.append(zip(positions, gradient).map { ($0, $1) })
            var own = ContrastResult.product(slopes[slopes.count - 1], slopes[slopes.count - 1], covariance)
            if variance == .replicate {
                spreads.append(try spread(of: expression, value: value, positions, result))
                own = spreads[spreads.count - 1].variance
            }
            rows.append(
                row(
                    expression, value: value, variance: own, dropped: spreads.last?.dropped ?? 0,
                    parts: positions.map { ($0, result.rows[$0]) },
                    gradient: gradient, result: result, isLogarithmic: isLogarithmic))
        }
        var matrix = Matrix(rows: slopes.count, columns: slopes.count)
        for row in slopes.indices {
            for column in slopes.indices {
                matrix[row, column] =
                    spreads.isEmpty
                    ? ContrastResult.product(slopes[row], slopes[column], covariance) ?? .nan
                    : CompensatedSum.of(
                        zip(spreads[row].deviations, spreads[column].deviations).map { $0 * $1 })
            }
        }
        let tested = rows.indices.filter { rows[$0].test != nil }
        let adjusted = adjustment.adjusted(tested.compactMap { rows[$0].test?.p })
        for (position, p) in zip(tested, adjusted) { rows[position].test?.adjustedP = p }
        return ContrastResult(
            rows: rows, covariance: matrix,
            joint: jointTest(
                rows.map(\.estimate), matrix, null: isLogarithmic ? 1 : 0,
                freedom: degreesOfFreedom(slopes.joined().map { ($0.row, result.rows[$0.row]) }, result)))
    }

    private func row(
        _ expression: ContrastExpression, value found: Double, variance: Double?, dropped: Int,
        parts: [(row: Int, estimate: Estimate)],
        gradient: [Double], result: EstimationResult, isLogarithmic: Bool
    ) -> ContrastResult.Row {
        let estimates = parts.map(\.estimate)
        // What rounding is measured against: the parts at their slopes.
        var size = abs(found.isFinite ? found : 0)
        for (part, slope) in zip(estimates, gradient) {
            let own = abs(slope) * max(abs(part.value ?? 0), part.standardError ?? 0)
            if own.isFinite { size = max(size, own) }
        }
        let value: Double? = found.isFinite ? (abs(found) < 1e-13 * size ? 0 : found) : nil
        var error = value == nil ? nil : variance.map { max(0, $0).squareRoot() }
        if let known = error, known < 1e-12 * size { error = 0 }
        let freedom = degreesOfFreedom(parts, result)
        var flags: [Estimate.Flag] = []
        for flag in estimates.flatMap(\.flags) where flag != .noDegreesOfFreedom && !flags.contains(flag) {
            flags.append(flag)
        }
        if dropped > 0, value != nil, !flags.contains(.droppedReplicates) { flags.append(.droppedReplicates) }
        if value == nil || error == nil, !flags.contains(.undefined) { flags.append(.undefined) }
        if freedom < 1 { flags.append(.noDegreesOfFreedom) }
        var limits: (low: Double, high: Double)?
        var test: TestResult?
        if let value, let error, freedom >= 1,
            let t = StudentT.quantile((1 + options.level) / 2, degreesOfFreedom: freedom)
        {
            let found =
                isLogarithmic
                ? (value * exp(-t * error / value), value * exp(t * error / value))
                : (value - t * error, value + t * error)
            if found.0.isFinite, found.1.isFinite { limits = found }
            let ratio = isLogarithmic ? log(value) / (error / value) : value / error
            if error > 0, ratio.isFinite, let p = StudentT.bothTails(ratio, degreesOfFreedom: freedom) {
                test = TestResult(
                    .t, method: "contrast", variables: [expression.text], distribution: .t, statistic: ratio,
                    df1: freedom, p: p)
            }
        }
        let estimate = Estimate(
            statistic: .contrast, variable: expression.text, answer: nil, by: [], value: value, standardError: error,
            low: limits?.low, high: limits?.high, intervalMethod: limits == nil ? nil : isLogarithmic ? "log" : "mean",
            level: options.level, degreesOfFreedom: freedom, n: estimates.map(\.n).min() ?? 0,
            nBase: estimates.map(\.nBase).min() ?? 0, psus: estimates.map(\.psus).min() ?? 0,
            sumWeights: estimates.map(\.sumWeights).min() ?? 0, effectiveN: nil, designEffect: nil,
            designEffectKind: nil, flags: flags)
        return ContrastResult.Row(estimate: estimate, test: test)
    }

    private func degreesOfFreedom(_ parts: [(row: Int, estimate: Estimate)], _ result: EstimationResult) -> Double {
        if options.degreesOfFreedom == .design, let design = result.design, !parts.isEmpty,
            parts.allSatisfy({ result.supports.indices.contains($0.row) })
        {
            let supports = parts.map { result.supports[$0.row] }
            // Rows without kept influences have no PSUs here.
            if supports.allSatisfy({ $0.marks.count == design.psuCount }) {
                let all = supports.dropFirst().reduce(supports[0]) { $0.union($1) }
                return Double(all.degreesOfFreedom(in: design.strata))
            }
        }
        return parts.compactMap(\.estimate.degreesOfFreedom).min() ?? Double(design.degreesOfFreedom)
    }

    /// (g − g₀)'(JVJ')⁻¹(g − g₀)/k on F(k, ν), k the rank of JVJ'; on the log scale of ln g.
    private func jointTest(
        _ estimates: [Estimate], _ covariance: Matrix, null: Double, freedom: Double
    ) -> TestResult? {
        let k = estimates.count
        guard k > 1, freedom >= 1 else { return nil }
        let values = estimates.map { $0.value ?? .nan }
        guard values.allSatisfy(\.isFinite), covariance.values.allSatisfy(\.isFinite) else { return nil }
        var matrix = covariance
        var deviations = values
        if null == 1 {
            deviations = values.map { log($0) }
            for row in 0..<k { for column in 0..<k { matrix[row, column] /= values[row] * values[column] } }
        }
        let factored = PivotedCholesky(matrix.values, size: k)
        // Contrasts that follow from one another count once; their values must follow from one another, too.
        let solution = factored.solve(deviations)
        let isConsistent = zip(matrix * solution, deviations).allSatisfy {
            abs($0 - $1) <= 1e-7 * (deviations.map(abs).max() ?? 0)
        }
        let rank = Double(factored.rank)
        guard rank > 0, isConsistent else { return nil }
        let statistic = zip(deviations, solution).map { $0 * $1 }.reduce(0, +) / rank
        guard statistic.isFinite, let p = FDistribution.upperTail(statistic, rank, freedom) else { return nil }
        return TestResult(
            .joint, method: "wald", variables: estimates.map(\.variable), distribution: .f, statistic: statistic,
            df1: rank, df2: freedom, p: p)
    }
}

extension ContrastResult {
    /// Σ slope · slope' · covariance; nil where a part has no variance and a slope.
    static func product(
        _ left: [(row: Int, slope: Double)], _ right: [(row: Int, slope: Double)], _ covariance: CovarianceMatrix
    ) -> Double? {
        var sum = 0.0
        for first in left where first.slope != 0 {
            for second in right where second.slope != 0 {
                guard let value = covariance[first.row, second.row] else { return nil }
                sum += first.slope * second.slope * value
            }
        }
        return sum.isFinite ? sum : nil
    }
}

extension Problem {
    /// A logarithmic interval of what is not above 0.
    static func logOfNonpositive(_ text: String, value: Double) -> Problem {
        Problem(
            "estimation.log-of-nonpositive", .computation, what: "\"\(text)\" has no interval on the log scale",
            place: Place(variable: text), why: "the estimate must be above 0; found \(JSONText.shortest(value))",
            fix: "drop --log, or write a ratio of what is above 0")
    }
}
