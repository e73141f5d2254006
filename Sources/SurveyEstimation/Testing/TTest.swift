public import SurveyData
internal import SurveyDesign
internal import SurveyMath
public import SurveyProblems
internal import SurveySchema

/// An estimate held against a value by its standard error.
struct TTest {
    let estimate: Double
    /// The value of the hypothesis.
    var null = 0.0
    let variance: Double
    /// What rounding is measured against.
    let size: Double
    let degreesOfFreedom: Double
    let level: Double
    let variable: String

    func result(_ kind: TestResult.Kind, method: String = "", variables: [String]) throws(Problem) -> TestResult {
        guard degreesOfFreedom >= 1 else { throw .tooFewDegrees(found: degreesOfFreedom, needed: 1) }
        let error = variance.squareRoot()
        guard variance > 0, error > 1e-12 * size else { throw .noVariation(variable) }
        let difference = estimate - null
        let t = abs(difference) <= 1e-13 * max(size, abs(null)) ? 0 : difference / error
        guard let p = StudentT.bothTails(t, degreesOfFreedom: degreesOfFreedom),
            let width = StudentT.quantile((1 + level) / 2, degreesOfFreedom: degreesOfFreedom), t.isFinite
        else { throw .notComputable(variable) }
        var test = TestResult(
            kind, method: method, variables: variables, distribution: .t, statistic: t, df1: degreesOfFreedom, p: p)
        test.estimate = estimate
        test.standardError = error
        test.low = estimate - width * error
        test.high = estimate + width * error
        test.level = level
        return test
    }
}

extension Estimation {
    /// Tests whether two groups of the population have the same mean, or share, of a variable.
    ///
    ///     t = (θ₂ − θ₁)/SE on ν − 1 degrees of freedom
    ///
    /// - Shapes: columns have one entry for each row of the design's table; the group has two categories in the domain,
    ///   and the estimate is the second less the first. ν counts the PSUs with a row that has answer and group.
    /// - Missing: rows without answer or group are left out; their PSUs stay in the sample.
    /// - Throws: ``Problem`` `estimation.one-category`, `estimation.more-than-two-groups`, `estimation.no-variation`,
    ///   `estimation.too-few-degrees`, and those of estimates.
    /// - Source: the coefficient of the group in a linear model (Binder 1983) is this difference of domain means.
    ///   Checked: R survey 4.1-1 `svyttest`, Tests/Reference/tests.json.
    public func tTest(
        of tested: TestedVariable, by group: Column, where domain: Truth? = nil
    ) throws(Problem) -> TestResult {
        let means = try GroupEstimates(tested, by: group, estimation: self, where: domain)
        guard means.groups.count == 2 else { throw .moreThanTwoGroups(group.name, groups: means.groups) }
        return try means.contrast(
            [-1, 1], kind: .t, groups: means.groups, degreesOfFreedom: means.degreesOfFreedom - 1)
    }

    /// Tests whether the mean, or share, of a variable is a given value: t = (θ − value)/SE on ν − 1.
    ///
    /// - Missing: rows without an answer are left out, also from ν.
    /// - Throws: as the test of two groups.
    /// - Source: Checked: R survey 4.1-1 `svyttest(y ~ 0)`, whose degrees of freedom are those of the design less 1.
    public func tTest(
        of tested: TestedVariable, value: Double, where domain: Truth? = nil
    ) throws(Problem) -> TestResult {
        let complete = try tested.complete(by: nil, design: design, where: domain)
        let result = try estimates(of: [tested.measure], by: [Breakdown()], where: complete)
        guard let row = result.rows.first, let mean = row.value, let error = row.standardError,
            let freedom = row.degreesOfFreedom
        else { throw .notComputable(tested.column.name) }
        var test = try TTest(
            estimate: mean, null: value, variance: error * error, size: abs(mean), degreesOfFreedom: freedom - 1,
            level: options.level, variable: tested.column.name
        ).result(.t, variables: [tested.column.name])
        test.n = row.nBase
        return test
    }

    /// Tests whether two numbers of the same people have the same mean: the one-sample test of first − second.
    ///
    /// - Missing: rows without either number are left out.
    /// - Throws: `estimation.tested-with-itself`, and as the test of two groups.
    /// - Source: Korn and Graubard (1999), §3.
    public func pairedTTest(
        of first: Column, and second: Column, where domain: Truth? = nil
    ) throws(Problem) -> TestResult {
        guard first.name != second.name else { throw .testedWithItself(first.name) }
        let (left, right) = (try NumberValues(first).values, try NumberValues(second).values)
        // Doubled values overflow nothing that is compared: what is not finite counts as missing.
        let differences = zip(left, right).map { $0 - $1 }
        let column = Column(
            name: first.name, kind: .number,
            values: .numbers(
                differences.map { $0.isFinite ? $0 : 0 },
                kinds: differences.map { $0.isFinite ? 0 : MissingKind.noAnswer.rawValue }))
        let test = try tTest(of: TestedVariable(column), value: 0, where: domain)
        var paired = TestResult(
            .t, method: "paired", variables: [first.name, second.name], distribution: .t, statistic: test.statistic,
            df1: test.df1, p: test.p)
        (paired.estimate, paired.standardError, paired.low) = (test.estimate, test.standardError, test.low)
        (paired.high, paired.level, paired.n) = (test.high, test.level, test.n)
        return paired
    }
}

extension Problem {
    /// A test of two groups with more of them.
    static func moreThanTwoGroups(_ variable: String, groups: [String]) -> Problem {
        Problem(
            "estimation.more-than-two-groups", .usage, what: "\"\(variable)\" has more than two groups",
            place: Place(variable: variable), why: "this test compares 2 groups; found \(list: groups)",
            fix: "choose two with --where, or compare all pairs with --pairwise")
    }
}
