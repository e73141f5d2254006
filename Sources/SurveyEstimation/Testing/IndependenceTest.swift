public import SurveyData
internal import SurveyDesign
internal import SurveyMath
public import SurveyProblems

/// How the independence of two variables is tested.
public enum IndependenceStatistic: String, Sendable, CaseIterable {
    /// Rao and Scott's second-order correction: X²/tr Δ on F(d₀, d₀ν).
    case f
    /// X²/(tr Δ/k) on chi-square with k degrees of freedom; the statistic shown is X² itself.
    case chiSquare = "chisq"
    /// Wald's form on the cells, on F(k, ν).
    case wald
    /// The same, adjusted for few PSUs: on F(k, ν − k + 1).
    case adjustedWald = "adjwald"
    /// The exact distribution Σ λχ²₁ against χ²(a)/a, a = d₀ν.
    case linearCombination = "lincom"
    /// The same probability by saddlepoint.
    case saddlepoint
}

extension Estimation {
    /// Tests whether two variables are independent in the population.
    ///
    ///     X² = N Σ (π_ij − π_i+ π_+j)² / (π_i+ π_+j)        Δ = (C'D⁻¹C/N)⁻¹ (C'D⁻¹ V D⁻¹C),  D = diag(π)
    ///
    /// V is the covariance of the cell shares under the design, C spans the interactions, λ are the eigenvalues of Δ,
    /// d₀ = (Σλ)²/Σλ², k = (rows − 1)(columns − 1), ν the degrees of freedom of the design in the domain.
    ///
    /// - Shapes: columns have one entry for each row of the design's table; their categories are rows and columns of
    ///   the table, less those that are empty in the domain.
    /// - Missing: a row without one of the two answers is in no cell; its PSU still counts in ν.
    /// - Throws: ``Problem`` `estimation.one-category`, `estimation.too-many-cells`, `estimation.sparse-table`,
    ///   `estimation.too-few-degrees` (Wald's forms with k ≥ ν, or ν < 1), and those of estimates.
    /// - Source: Rao and Scott (1981, 1984); Koch, Freeman and Freeman (1975) for Wald; Thomas and Rao (1987).
    ///   Checked: R survey 4.1-1 `svychisq`, Tests/Reference/tests.json.
    public func independence(
        of first: Column, and second: Column, statistic: IndependenceStatistic = .f, where domain: Truth? = nil
    ) throws(Problem) -> TestResult {
        let table = try CrossedTable(first, second, estimation: self, domain: domain)
        switch statistic {
        case .wald, .adjustedWald: return try waldIndependence(table, isAdjusted: statistic == .adjustedWald)
        default: return try raoScott(table, statistic)
        }
    }

    private func raoScott(_ table: CrossedTable, _ statistic: IndependenceStatistic) throws(Problem) -> TestResult {
        let cells = try table.shares()
        let k = table.interactionCount
        let total = Double(table.rowsOfDomain)
        let inverse = cells.shares.map { $0 > 0 ? 1 / $0 : 0 }
        var scaled = cells.covariance
        for row in inverse.indices {
            for column in inverse.indices { scaled[row, column] *= inverse[row] * inverse[column] }
        }
        var plain = Matrix(rows: inverse.count, columns: inverse.count)
        for cell in inverse.indices { plain[cell, cell] = inverse[cell] / total }
        guard
            let weights = GeneralizedEigenvalues.of(
                table.interactions(scaled).values, relativeTo: table.interactions(plain).values, size: k)
        else { throw .sparseTable(table.names, cells: cells.shares.count { $0 == 0 }) }
        let sum = weights.reduce(0, +)
        let squares = weights.map { $0 * $0 }.reduce(0, +)
        guard sum > 0, squares > 0 else { throw .noVariation(table.names[0]) }
        let degrees = sum * sum / squares
        let pearson = total * table.pearson(cells.shares)
        let a = degrees * cells.degreesOfFreedom
        guard cells.degreesOfFreedom >= 1 else { throw .tooFewDegrees(found: cells.degreesOfFreedom, needed: 1) }
        var found: Double?
        var distribution = TestResult.Distribution.mixture
        var (value, df1, df2): (Double, Double, Double?) = (pearson, Double(k), a)
        switch statistic {
        case .f:
            (value, df1, distribution) = (pearson / sum, degrees, .f)
            found = FDistribution.upperTail(value, degrees, a)
        case .chiSquare:
            (df2, distribution) = (nil, .chiSquare)
            found = ChiSquareDistribution.upperTail(pearson * Double(k) / sum, degreesOfFreedom: Double(k))
        case .linearCombination: found = MixtureRatio(weights: weights, denominator: a).upperTail(pearson)
        default:
            found = MixtureRatio(weights: weights, denominator: a, cutsDenominator: options.cutsDenominator)
                .saddlepointUpperTail(pearson)
        }
        guard let p = found else { throw .notComputable(table.names[0]) }
        var result = TestResult(
            .independence, method: statistic.rawValue, variables: table.names, distribution: distribution,
            statistic: value, df1: df1, df2: df2, p: p)
        result.n = cells.n
        result.weights = weights
        return result
    }

    private func waldIndependence(_ table: CrossedTable, isAdjusted: Bool) throws(Problem) -> TestResult {
        let cells = try table.totals()
        let (k, nu) = (Double(table.interactionCount), cells.degreesOfFreedom)
        guard k < nu else { throw .tooFewDegrees(found: nu, needed: k + 1) }
        let (deviations, covariance) = table.departures(cells.shares, cells.covariance)
        let factored = PivotedCholesky(covariance.values, size: deviations.count)
        guard factored.rank == deviations.count else {
            throw .sparseTable(table.names, cells: cells.shares.count { $0 == 0 })
        }
        let form = zip(deviations, factored.solve(deviations)).map { $0 * $1 }.reduce(0, +)
        let df2 = isAdjusted ? nu - k + 1 : nu
        // With the normal limit of ν both forms are chi-square over k.
        let value = isAdjusted && nu.isFinite ? form * df2 / (k * nu) : form / k
        guard let p = FDistribution.upperTail(value, k, df2) else { throw .notComputable(table.names[0]) }
        var result = TestResult(
            .independence, method: isAdjusted ? "adjwald" : "wald", variables: table.names, distribution: .f,
            statistic: value, df1: k, df2: df2, p: p)
        result.n = cells.n
        return result
    }
}

extension Problem {
    /// A variable that has one category only among the rows that are tested.
    static func oneCategory(_ variable: String, found: [String]) -> Problem {
        Problem(
            "estimation.one-category", .computation, what: "\"\(variable)\" has fewer than two categories to test",
            place: Place(variable: variable),
            why: "a test compares at least 2 categories with rows; found \(list: found)",
            fix: "name another variable, or widen --where")
    }

    /// A table with more cells than a test can take.
    static func tooManyCells(_ variables: [String], cells: Int) -> Problem {
        Problem(
            "estimation.too-many-cells", .usage, what: "The table of \"\(variables[0])\" has too many cells",
            place: Place(variable: variables.joined(separator: "*")),
            why: "a test takes at most \(CrossedTable.mostCells) cells; found \(cells)",
            fix: "join categories, or name a variable with fewer of them")
    }

    /// A table in which too many cells are empty for its interactions to be told apart.
    static func sparseTable(_ variables: [String], cells: Int) -> Problem {
        Problem(
            "estimation.sparse-table", .computation,
            what: "The table of \"\(variables[0])\" is too sparse for this test",
            place: Place(variable: variables.joined(separator: "*")),
            why: "the cells must vary independently of one another; found \(cells) empty cells",
            fix: "join categories, or use --statistic f")
    }

    /// Fewer degrees of freedom than a test needs.
    static func tooFewDegrees(found: Double, needed: Double) -> Problem {
        Problem(
            "estimation.too-few-degrees", .computation, what: "The sample has too few PSUs for this test",
            why:
                "PSUs less strata must be at least \(JSONText.shortest(needed)); found \(JSONText.shortest(found))",
            fix: "join categories or groups, or choose another test, such as --statistic f")
    }

    /// A variable that does not vary.
    static func noVariation(_ variable: String) -> Problem {
        Problem(
            "estimation.no-variation", .computation, what: "\"\(variable)\" does not vary",
            place: Place(variable: variable), why: "a test needs a standard error above 0; found 0",
            fix: "name another variable, or widen --where")
    }

    /// A statistic or probability that is not a number: weights or values of too different sizes.
    static func notComputable(_ variable: String) -> Problem {
        Problem(
            "estimation.not-computable", .computation, what: "The test of \"\(variable)\" cannot be computed",
            place: Place(variable: variable), why: "the statistic must be a finite number; found none",
            fix: "look for values and weights of very different sizes")
    }
}
