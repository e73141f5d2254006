public import SurveyData
internal import SurveyDesign
internal import SurveyMath
public import SurveyProblems

extension Estimation {
    /// Tests whether the categories of a variable have given shares in the population.
    ///
    ///     X² = Σ (N̂_j − p_j N̂)²/(p_j N̂)        λ: eigenvalues of the covariance of (N̂_j − p_j N̂)/√(p_j N̂)
    ///
    /// Both N̂_j and N̂ are linearised. X² / (Σλ²/Σλ) is compared with chi-square with (Σλ)²/Σλ² degrees of freedom.
    ///
    /// - Shapes: one share for each category: the answers of a coded column in its order, else the values that occur.
    /// - Missing: rows without an answer are left out.
    /// - Throws: ``Problem`` `estimation.wrong-shares`, `estimation.one-category`, `estimation.no-variation`,
    ///   `estimation.too-many-cells`, and those of estimates.
    /// - Source: Rao and Scott (1981), §2; Satterthwaite (1946).
    ///   Checked: R survey 4.1-1 `svygofchisq`, Tests/Reference/tests.json.
    public func fit(
        of column: Column, to shares: [Double], where domain: Truth? = nil
    ) throws(Problem) -> TestResult {
        let categories = column.kind == .answers ? column.dictionary : KeyCodes(column, in: .natural).labels
        guard categories.count > 1 else { throw .oneCategory(column.name, found: categories) }
        guard categories.count <= CrossedTable.mostCells else {
            throw .tooManyCells([column.name], cells: categories.count)
        }
        let sum = shares.reduce(0, +)
        // Shares are written with few digits; what is further off is a mistake.
        guard shares.count == categories.count, shares.allSatisfy({ $0 > 0 }), abs(sum - 1) < 1e-6 else {
            throw .wrongShares(column.name, shares: shares, categories: categories)
        }
        let expected = shares.map { $0 / sum }
        var options = options
        options.keepsCovariance = true
        options.keepsInfluences = false
        let measure = Measure(statistic: .count, variable: column.name, content: .rows)
        let result = try Estimation(design: design, options: options).estimates(
            of: [measure], by: [Breakdown(by: [column])], where: domain)
        guard !result.rows.isEmpty else { throw .emptyDomain() }
        var totals = [Double](repeating: 0, count: categories.count)
        var places: [Int] = []
        for row in result.rows {
            guard let value = row.value, let place = categories.firstIndex(of: row.by[0].category) else {
                throw .notComputable(column.name)
            }
            totals[place] = value
            places.append(place)
        }
        let total = totals.reduce(0, +)
        guard total > 0 else { throw .emptyDomain() }
        // The derivative of each deviation by each total.
        var slopes = Matrix(rows: categories.count, columns: result.rows.count)
        var statistic = 0.0
        for (row, share) in expected.enumerated() {
            let mean = share * total
            let deviation = totals[row] - mean
            statistic += deviation * deviation / mean
            for (position, place) in places.enumerated() {
                slopes[row, position] =
                    ((row == place ? 1 : 0) - share - deviation * share / (2 * mean)) / mean.squareRoot()
            }
        }
        var covariance = Matrix(rows: places.count, columns: places.count)
        for row in places.indices {
            for other in places.indices {
                guard let value = result.covariance?[row, other] else { throw .notComputable(column.name) }
                covariance[row, other] = value
            }
        }
        let spread = slopes * covariance * slopes.transposed
        var identity = Matrix(rows: categories.count, columns: categories.count)
        for row in categories.indices { identity[row, row] = 1 }
        guard
            let weights = GeneralizedEigenvalues.of(
                spread.values, relativeTo: identity.values, size: categories.count)
        else { throw .notComputable(column.name) }
        guard let (scale, degrees) = ChiSquareMixture(weights: weights).satterthwaite() else {
            throw .noVariation(column.name)
        }
        guard let p = ChiSquareDistribution.upperTail(statistic / scale, degreesOfFreedom: degrees) else {
            throw .notComputable(column.name)
        }
        var test = TestResult(
            .fit, variables: [column.name], distribution: .chiSquare, statistic: statistic, df1: degrees, p: p)
        test.n = result.rows.map(\.n).reduce(0, +)
        test.weights = weights
        return test
    }
}

extension Problem {
    /// Shares that do not go with the categories of a variable.
    static func wrongShares(_ variable: String, shares: [Double], categories: [String]) -> Problem {
        Problem(
            "estimation.wrong-shares", .usage, what: "The shares given for \"\(variable)\" do not fit its categories",
            place: Place(variable: variable),
            why:
                "one share above 0 for each category, with the sum 1; found \(list: shares.map(JSONText.shortest)) for \(list: categories)",
            fix: "write one share for each of these categories, in this order")
    }
}
