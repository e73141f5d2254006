public import SurveyMath
public import SurveyProblems

/// Whether several coefficients of a model are 0 together.
public enum TermTest {
    /// The approximation of the distribution of the likelihood ratio.
    public enum Approximation: String, Sendable, CaseIterable {
        case saddlepoint
        case linearCombination = "lincom"
    }

    /// Wald's test: F = β'V⁻¹β/k on F(k, ν); with infinite ν chi-square over k.
    ///
    /// - Shapes: k coefficients, their k × k covariance under the design.
    /// - Throws: ``Problem`` `estimation.no-variation` if the covariance is singular, `estimation.too-few-degrees`,
    ///   `estimation.not-computable`.
    /// - Source: Wald (1943). Checked: R survey 4.1-1 `regTermTest(method = "Wald")`, Tests/Reference/tests.json.
    public static func wald(
        beta: [Double], covariance: Matrix, degreesOfFreedom: Double, terms: [String]
    ) throws(Problem) -> TestResult {
        precondition(!beta.isEmpty && covariance.rows == beta.count && covariance.columns == beta.count, "k × k")
        guard degreesOfFreedom >= 1 else { throw .tooFewDegrees(found: degreesOfFreedom, needed: 1) }
        let factored = PivotedCholesky(covariance.values, size: beta.count)
        guard factored.rank == beta.count else { throw .noVariation(terms.joined(separator: ", ")) }
        let form = zip(beta, factored.solve(beta)).map { $0 * $1 }.reduce(0, +)
        let k = Double(beta.count)
        guard form.isFinite, let p = FDistribution.upperTail(form / k, k, degreesOfFreedom) else {
            throw .notComputable(terms.joined(separator: ", "))
        }
        return TestResult(
            .term, method: "wald", variables: terms, distribution: .f, statistic: form / k, df1: k,
            df2: degreesOfFreedom, p: p)
    }

    /// The working likelihood ratio: X² = deviance without the terms − deviance with them, against Σ λχ²₁ over χ²(ν)/ν.
    ///
    /// λ are the eigenvalues of V₀⁻¹V: V the covariance under the design, V₀ the naive one of the same coefficients.
    ///
    /// - Throws: ``Problem`` `estimation.no-variation` if V₀ is singular, `estimation.too-few-degrees`,
    ///   `estimation.not-computable`.
    /// - Source: Lumley and Scott (2014), Biometrika 101, 121–136. Checked: R survey 4.1-1 `regTermTest(method = "LRT")`.
    public static func likelihoodRatio(
        deviances: (without: Double, with: Double), covariance: Matrix, naive: Matrix, degreesOfFreedom: Double,
        approximation: Approximation = .saddlepoint, cutsDenominator: Bool = false, terms: [String]
    ) throws(Problem) -> TestResult {
        precondition(covariance.rows == naive.rows && covariance.columns == naive.columns, "two k × k matrices")
        guard degreesOfFreedom >= 1 else { throw .tooFewDegrees(found: degreesOfFreedom, needed: 1) }
        let name = terms.joined(separator: ", ")
        guard
            let weights = GeneralizedEigenvalues.of(
                covariance.values, relativeTo: naive.values, size: covariance.rows)
        else { throw .noVariation(name) }
        let statistic = deviances.without - deviances.with
        let mixture = MixtureRatio(
            weights: weights, denominator: degreesOfFreedom, cutsDenominator: cutsDenominator)
        let found =
            approximation == .saddlepoint
            ? mixture.saddlepointUpperTail(statistic) : mixture.upperTail(statistic)
        guard statistic.isFinite, let p = found else { throw .notComputable(name) }
        var test = TestResult(
            .term, method: "lrt", variables: terms, distribution: .mixture, statistic: statistic,
            df1: Double(covariance.rows), df2: degreesOfFreedom, p: p)
        test.weights = weights
        return test
    }
}
