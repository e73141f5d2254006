public import SurveyData
internal import SurveyMath
public import SurveyProblems

extension Estimation {
    /// Compares the mean, or share, of a variable between all pairs of groups.
    ///
    /// - Shapes: one result a pair, (1, 2), (1, 3), …; the estimate is the later group less the earlier one, by t on
    ///   ν − 1 as in the test of two groups. Pairs whose difference has no variance are refused together with the rest.
    /// - Missing: rows without answer or group are left out; their PSUs stay in the sample.
    /// - Throws: as the test of two groups, `estimation.too-many-pairs`.
    /// - Source: differences of domain estimates, Documentation/Methods.md; Holm (1979) for the adjusted p.
    public func pairwise(
        of tested: TestedVariable, by group: Column, adjustment: MultipleComparisons = .holm,
        where domain: Truth? = nil
    ) throws(Problem) -> [TestResult] {
        let means = try GroupEstimates(tested, by: group, estimation: self, where: domain)
        guard means.groups.count <= GroupEstimates.mostCompared else {
            throw .tooManyPairs(group.name, groups: means.groups.count)
        }
        var tests: [TestResult] = []
        for second in 1..<means.groups.count {
            for first in 0..<second {
                var coefficients = means.groups.map { _ in 0.0 }
                (coefficients[first], coefficients[second]) = (-1, 1)
                tests.append(
                    try means.contrast(
                        coefficients, kind: .pairwise, method: adjustment.rawValue,
                        groups: [means.groups[first], means.groups[second]],
                        degreesOfFreedom: means.degreesOfFreedom - 1))
            }
        }
        // By the earlier group, then the later one.
        let pairs = (0..<means.groups.count).flatMap { first in
            ((first + 1)..<max(means.groups.count, first + 1)).map { second in second * (second - 1) / 2 + first }
        }
        tests = pairs.map { tests[$0] }
        for (position, p) in adjustment.adjusted(tests.map(\.p)).enumerated() { tests[position].adjustedP = p }
        return tests
    }

    /// Tests whether the mean, or share, of a variable rises or falls in a straight line over ordered groups: waves.
    ///
    ///     slope = Σ c_g θ_g,  c_g = (x_g − x̄)/Σ(x − x̄)²        t = slope/SE on ν − 1
    ///
    /// x is the number that the group's category is: a year, a wave. Every group counts the same, as in a least-squares
    /// line through the estimates; groups that share PSUs are correlated, and the slope knows it.
    ///
    /// - Missing: rows without answer or group are left out; their PSUs stay in the sample.
    /// - Throws: as the test of two groups, `estimation.no-times` if a category is no number.
    /// - Source: linear contrast of estimates, Korn and Graubard (1999), §3; Ingram et al. (2018), NCHS Guidelines for
    ///   Analysis of Trends.
    public func trend(
        of tested: TestedVariable, over group: Column, where domain: Truth? = nil
    ) throws(Problem) -> TestResult {
        let means = try GroupEstimates(tested, by: group, estimation: self, where: domain)
        var times: [Double] = []
        for category in means.groups {
            guard let time = Double(category), time.isFinite else {
                throw .noTimes(group.name, category: category)
            }
            times.append(time)
        }
        return try means.contrast(
            GroupEstimates.slope(times), kind: .trend, groups: means.groups,
            degreesOfFreedom: means.degreesOfFreedom - 1)
    }
}

extension GroupEstimates {
    /// Groups of which all pairs may be compared.
    static let mostCompared = 100

    /// The coefficients of the slope of a least-squares line.
    static func slope(_ times: [Double]) -> [Double] {
        let mean = times.reduce(0, +) / Double(times.count)
        let squares = times.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
        return times.map { ($0 - mean) / squares }
    }
}

extension Problem {
    /// More groups than can be compared in pairs.
    static func tooManyPairs(_ variable: String, groups: Int) -> Problem {
        Problem(
            "estimation.too-many-pairs", .usage, what: "\"\(variable)\" has too many groups to compare in pairs",
            place: Place(variable: variable), why: "at most \(GroupEstimates.mostCompared) groups; found \(groups)",
            fix: "join groups, or choose some with --where")
    }

    /// A group of a trend that is no point in time.
    static func noTimes(_ variable: String, category: String) -> Problem {
        Problem(
            "estimation.no-times", .usage, what: "\"\(variable)\" is no time for a trend",
            place: Place(variable: variable),
            why: "the groups of a trend are numbers, such as years; found \"\(category)\"",
            fix: "name the variable of the year or wave")
    }
}
