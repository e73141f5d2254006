public import SurveyData
internal import SurveyDesign
internal import SurveyMath
public import SurveyProblems
internal import SurveySchema

/// What a rank test makes of the estimated rank of a value in the population.
public enum RankScore: String, Sendable, CaseIterable {
    /// The rank itself; with more than two groups the same as `kruskal`.
    case wilcoxon
    case kruskal
    /// The normal quantile of the rank.
    case vanDerWaerden = "van-der-waerden"
    /// 1 above the median, else 0.
    case median
}

/// How equal values share their ranks.
public enum RankTies: String, Sendable, CaseIterable {
    /// All of them get the weight below, and half the weight that is tied.
    case orderFree = "order-free"
    /// The plain mean of running weights, in the order of the rows: R survey 4.1.
    case rowOrder = "row-order"
}

extension Estimation {
    /// Tests whether a variable has the same distribution in all groups, by ranks in the population.
    ///
    ///     r = weight below y + ½ weight tied at y,  W = Σw,  score s(r/W)
    ///
    /// The scores are held fixed, and their means compared between groups: of two by t on ν − 1, of G by
    /// β'V⁻¹β/(G − 1) on F(G − 1, ν − (G − 1)), β the differences from the first group.
    ///
    /// - Shapes: columns have one entry for each row of the design's table.
    /// - Missing: rows without value or group are left out before ranks and ν are made; their PSUs stay in the sample.
    /// - Throws: ``Problem`` `estimation.one-category`, `estimation.no-variation`, `estimation.too-few-degrees`,
    ///   `estimation.ranks-of-negative-weights`, `estimation.sparse-table`, and those of estimates.
    /// - Source: Lumley and Scott (2013), Biometrika 100, 831–842. Checked: R survey 4.1-1 `svyranktest`,
    ///   Tests/Reference/tests.json, with `rowOrder`; both rules agree for equal weights.
    public func rankTest(
        of column: Column, by group: Column, score: RankScore = .wilcoxon, ties: RankTies = .orderFree,
        where domain: Truth? = nil
    ) throws(Problem) -> TestResult {
        let complete = try TestedVariable(column).complete(by: group, design: design, where: domain)
        let scores = try scores(of: column, in: complete, score, ties)
        let means = try GroupEstimates(TestedVariable(scores), by: group, estimation: self, where: complete)
        let others = means.groups.count - 1
        if others == 1 {
            return try means.contrast(
                [-1, 1], kind: .rank, method: score.rawValue, groups: means.groups,
                degreesOfFreedom: means.degreesOfFreedom - 1)
        }
        let freedom = means.degreesOfFreedom - Double(others)
        guard freedom >= 1 else { throw .tooFewDegrees(found: means.degreesOfFreedom, needed: Double(others) + 1) }
        let form = try JointTest.form(means, column.name)
        let statistic = form / Double(others)
        guard let p = FDistribution.upperTail(statistic, Double(others), freedom) else {
            throw .notComputable(column.name)
        }
        var test = TestResult(
            .rank, method: score.rawValue, variables: [column.name, group.name], distribution: .f,
            statistic: statistic, df1: Double(others), df2: freedom, p: p)
        test.groups = means.groups
        test.n = means.rows.map(\.nBase).reduce(0, +)
        return test
    }

    /// The score of each row of the domain as a number; missing elsewhere.
    private func scores(
        of column: Column, in domain: Truth, _ score: RankScore, _ ties: RankTies
    ) throws(Problem) -> Column {
        let values = try NumberValues(column).values
        let weights = design.weightOfRow
        let used = values.indices.filter { domain.holds($0) && weights[$0] != 0 }
        if let negative = used.first(where: { weights[$0] < 0 }) { throw .ranksOfNegativeWeights(row: negative + 1) }
        // Equal values in the order of their rows.
        let sorted = used.sorted { values[$0] == values[$1] ? $0 < $1 : values[$0] < values[$1] }
        let total = CompensatedSum.of(used.map { weights[$0] })
        var ranks = [Double](repeating: .nan, count: values.count)
        var below = CompensatedSum()
        var first = 0
        while first < sorted.count {
            var end = first
            var tied = CompensatedSum()
            var halves = CompensatedSum()
            while end < sorted.count, values[sorted[end]] == values[sorted[first]] {
                let weight = weights[sorted[end]]
                halves.add(tied.value + weight / 2)
                tied.add(weight)
                end += 1
            }
            let within = ties == .orderFree ? tied.value / 2 : halves.value / Double(end - first)
            for position in first..<end { ranks[sorted[position]] = below.value + within }
            below.add(tied.value)
            first = end
        }
        for row in used {
            switch score {
            case .wilcoxon, .kruskal: ranks[row] /= total
            case .vanDerWaerden: ranks[row] = StandardNormal.quantile(ranks[row] / total) ?? .nan
            case .median: ranks[row] = ranks[row] > total / 2 ? 1 : 0
            }
        }
        guard used.allSatisfy({ ranks[$0].isFinite }) else { throw .notComputable(column.name) }
        return Column(
            name: column.name, kind: .number,
            values: .numbers(
                ranks.map { $0.isFinite ? $0 : 0 },
                kinds: ranks.map { $0.isFinite ? 0 : MissingKind.noAnswer.rawValue }))
    }
}

/// Whether all groups have one value.
enum JointTest {
    /// β'V⁻¹β of the differences from the first group.
    static func form(_ means: GroupEstimates, _ variable: String) throws(Problem) -> Double {
        let others = means.groups.count - 1
        let beta = (1...others).map { means.values[$0] - means.values[0] }
        var matrix = Matrix(rows: others, columns: others)
        let v = means.covariance
        for row in 1...others {
            for column in 1...others {
                matrix[row - 1, column - 1] = v[row, column] - v[row, 0] - v[0, column] + v[0, 0]
            }
        }
        let factored = PivotedCholesky(matrix.values, size: others)
        guard factored.rank > 0 else { throw .noVariation(variable) }
        guard factored.rank == others else { throw .singularGroups(variable, groups: means.groups) }
        return zip(beta, factored.solve(beta)).map { $0 * $1 }.reduce(0, +)
    }
}

extension Problem {
    /// Ranks in a population of which some people count less than nothing.
    static func ranksOfNegativeWeights(row: Int) -> Problem {
        Problem(
            "estimation.ranks-of-negative-weights", .computation, what: "Ranks need weights above 0",
            place: Place(rows: [row]), why: "a rank adds up the weights of smaller values; found a weight below 0",
            fix: "calibrate with bounds, or name another column with --weight")
    }

    /// Groups whose estimates do not vary independently.
    static func singularGroups(_ variable: String, groups: [String]) -> Problem {
        Problem(
            "estimation.singular-groups", .computation, what: "The groups of \"\(variable)\" cannot be tested together",
            place: Place(variable: variable),
            why: "their estimates must vary independently of one another; found groups \(list: groups) that do not",
            fix: "leave out groups in which nothing varies, or join groups")
    }
}
