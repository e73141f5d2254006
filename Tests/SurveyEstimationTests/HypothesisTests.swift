import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyMath
import SurveyProblems
import SurveySchema
import SurveyTestSupport
import Testing

/// Tests/Reference/hypotheses.json: R 4.2.2, survey 4.1-1, hypotheses.R, 2026-11-21; bad input, and our own rules.
struct HypothesisTests {
    private let wanted: JSONTree
    private let strat: ReferenceData
    private let cluster: ReferenceData

    init() throws {
        wanted = try ReferenceFolder.json("hypotheses.json")
        strat = try ReferenceData("apistrat", file: "data/apistrat.csv", folder: ReferenceFolder.url)
        cluster = try ReferenceData("apiclus1", file: "data/apiclus1.csv", folder: ReferenceFolder.url)
    }

    private func estimation(_ data: ReferenceData, strata: [String] = [], psu: [String] = []) throws -> Estimation {
        Estimation(
            design: try SampleDesign(
                DesignSpecification(strata: strata, psu: psu, fpc: "fpc", weight: "pw"), table: data.table))
    }

    private func stratified() throws -> Estimation { try estimation(strat, strata: ["stype"]) }
    private func clustered() throws -> Estimation { try estimation(cluster, psu: ["dnum"]) }

    /// Relative 1e-9; numbers of the file have 15 digits.
    private func expect(_ found: Double?, _ expected: JSONTree, _ what: String, scale: Double = 0) throws {
        let (found, expected) = (try #require(found, "\(what)"), try #require(expected.double, "\(what)"))
        #expect(isClose(found, expected, scale: scale), "\(what): \(found) is not \(expected)")
    }

    @Test func `p-values are adjusted as R adjusts them`() throws {
        let p = wanted["p"].array.compactMap(\.double)
        for (rule, name) in [
            (MultipleComparisons.holm, "holm"), (.benjaminiHochberg, "BH"), (.bonferroni, "bonferroni"),
        ] {
            for (found, expected) in zip(rule.adjusted(p), wanted["adjusted"][name].array) {
                try expect(found, expected, name)
            }
        }
        #expect(MultipleComparisons.none.adjusted(p) == p)
        #expect(MultipleComparisons.holm.adjusted([]) == [])
    }

    @Test func `a mean is held against a value, and two numbers of the same people against one another`() throws {
        let value = try clustered().tTest(of: TestedVariable(try cluster.table.column("api00")), value: 650)
        try expect(value.statistic, wanted["value"]["t"], "t")
        try expect(value.df1, wanted["value"]["df"], "df")
        try expect(value.p, wanted["value"]["p"], "p")
        try expect(value.estimate.map { $0 - 650 }, wanted["value"]["estimate"], "estimate", scale: 650)
        let paired = try stratified().pairedTTest(
            of: try strat.table.column("api00"), and: try strat.table.column("api99"))
        try expect(paired.statistic, wanted["paired"]["t"], "t")
        try expect(paired.p, wanted["paired"]["p"], "p")
        try expect(paired.low, wanted["paired"]["low"], "low")
        try expect(paired.high, wanted["paired"]["high"], "high")
        #expect(paired.variables == ["api00", "api99"] && paired.method == "paired")
    }

    @Test func `pairs of groups are differences of domain means, adjusted by Holm`() throws {
        let found = try clustered().pairwise(
            of: TestedVariable(try cluster.table.column("api00")), by: try cluster.table.column("stype"))
        #expect(found.map(\.groups) == [["E", "H"], ["E", "M"], ["H", "M"]])
        for (position, test) in found.enumerated() {
            try expect(test.estimate, wanted["pairs"]["estimate"][position], "estimate")
            try expect(test.standardError, wanted["pairs"]["se"][position], "se")
            try expect(test.p, wanted["pairs"]["p"][position], "p")
            try expect(test.adjustedP, wanted["pairs"]["holm"][position], "holm")
            #expect(test.df1 == 13)
        }
    }

    @Test func `a pair of two groups is their t test, also of a share`() throws {
        let estimation = try clustered()
        let (variable, group) = (try cluster.table.column("awards"), try cluster.table.column("comp.imp"))
        let answer = try #require(variable.dictionary.firstIndex(of: "Yes"))
        let tested = TestedVariable(variable, answers: [answer])
        let pair = try #require(try estimation.pairwise(of: tested, by: group).first)
        let test = try estimation.tTest(of: tested, by: group)
        #expect(pair.statistic == test.statistic && pair.p == test.p && pair.adjustedP == test.p)
        #expect(test.kind == .t && pair.kind == .pairwise && test.groups == ["No", "Yes"])
    }

    @Test func `a trend is the slope of a line through the estimates, with what groups share`() throws {
        let panel = try ReferenceData("apiclus1_waves", file: "data/apiclus1_waves.csv", folder: ReferenceFolder.url)
        let waves = try estimation(panel, psu: ["dnum"]).trend(
            of: TestedVariable(try panel.table.column("y")), over: try panel.table.column("wave"))
        try expect(waves.estimate, wanted["waves"]["estimate"], "slope")
        try expect(waves.standardError, wanted["waves"]["se"], "se")
        let types = try strat.table.column("stype")
        let levels = Column(
            name: "level",
            numbers: try (0..<types.rowCount).map {
                ["E": 1.0, "H": 2, "M": 3][try strat.text("stype", $0) ?? ""] ?? 0
            })
        let trend = try stratified().trend(of: TestedVariable(try strat.table.column("api00")), over: levels)
        try expect(trend.estimate, wanted["trend"]["estimate"], "slope")
        try expect(trend.standardError, wanted["trend"]["se"], "se")
        try expect(trend.statistic, wanted["trend"]["t"], "t")
        try expect(trend.p, wanted["trend"]["p"], "p")
        let problem = #expect(throws: Problem.self) {
            try stratified().trend(of: TestedVariable(try strat.table.column("api00")), over: types)
        }
        #expect(problem?.code == "estimation.no-times")
    }

    @Test func `midranks do not depend on the order of rows, and with equal weights are R's`() throws {
        let sample = TestSample(seed: 14)
        let rounded = sample.y.map { $0.map { $0.rounded() } }
        func test(_ sample: TestSample, _ y: [Double?], _ ties: RankTies, hasWeights: Bool = true) throws -> TestResult
        {
            try Estimation(design: try sample.design(hasWeights: hasWeights)).rankTest(
                of: TestSample.number("y", y), by: sample.groupColumn, score: .wilcoxon, ties: ties)
        }
        let order = Array((0..<sample.rowCount).reversed())
        let (turned, values) = (sample.ordered(order), order.map { rounded[$0] })
        let (free, freeTurned) = (try test(sample, rounded, .orderFree), try test(turned, values, .orderFree))
        #expect(isClose(free.statistic, freeTurned.statistic, tolerance: 1e-11))
        let (byRow, byRowTurned) = (try test(sample, rounded, .rowOrder), try test(turned, values, .rowOrder))
        #expect(abs(byRow.statistic - byRowTurned.statistic) > 1e-6 * abs(byRow.statistic))
        let plain = try test(sample, rounded, .orderFree, hasWeights: false)
        let plainByRow = try test(sample, rounded, .rowOrder, hasWeights: false)
        #expect(isClose(plain.statistic, plainByRow.statistic, tolerance: 1e-10))
    }

    @Test func `the saddlepoint of an uncut denominator is nearer the exact probability than R's`() throws {
        let (rows, columns) = (try cluster.table.column("stype"), try cluster.table.column("sch.wide"))
        let exact = try clustered().independence(of: rows, and: columns, statistic: .linearCombination).p
        let own = try clustered().independence(of: rows, and: columns, statistic: .saddlepoint).p
        // numerics: 0.0229 uncut, 0.0264 cut, 0.0220 exact.
        #expect(abs(own - 0.0229) < 5e-5 && abs(exact - 0.0220) < 5e-5)
        var options = EstimationOptions()
        options.cutsDenominator = true
        let cut = try Estimation(design: try clustered().design, options: options).independence(
            of: rows, and: columns, statistic: .saddlepoint
        ).p
        #expect(abs(cut - 0.0264) < 5e-5)
    }

    @Test func `independence does not depend on which variable is the row`() throws {
        let (a, b) = (try strat.table.column("stype"), try strat.table.column("awards"))
        for statistic in IndependenceStatistic.allCases {
            let first = try stratified().independence(of: a, and: b, statistic: statistic)
            let second = try stratified().independence(of: b, and: a, statistic: statistic)
            #expect(isClose(first.p, second.p, tolerance: 1e-8), "\(statistic)")
            #expect(isClose(first.statistic, second.statistic, tolerance: 1e-10), "\(statistic)")
        }
    }

    @Test func `an answer nobody gave changes no test of independence`() throws {
        let sample = TestSample(seed: 3)
        let wider = Column(name: "q", codes: ["yes", "no", "maybe", "never"], answers: sample.q)
        let estimation = Estimation(design: try sample.design())
        for statistic in IndependenceStatistic.allCases {
            let plain = try estimation.independence(of: sample.qColumn, and: sample.groupColumn, statistic: statistic)
            let other = try estimation.independence(of: wider, and: sample.groupColumn, statistic: statistic)
            #expect(plain.p == other.p, "\(statistic)")
        }
    }

    @Test func `what cannot be tested is refused by name`() throws {
        let sample = TestSample(seed: 5)
        let estimation = Estimation(design: try sample.design())
        let same = Column(name: "same", texts: sample.groups.map { _ in "a" })
        let constant = TestSample.number("c", sample.y.map { _ in 7 })
        let nothing = TestSample.number("n", sample.y.map { _ in nil })
        let empty = Truth(sample.y.map { _ in false })
        func code(_ body: () throws -> Void) -> String? { #expect(throws: Problem.self, performing: body)?.code }
        let (q, group) = (sample.qColumn, sample.groupColumn)
        #expect(code { _ = try estimation.independence(of: q, and: same) } == "estimation.one-category")
        #expect(code { _ = try estimation.independence(of: q, and: q) } == "estimation.tested-with-itself")
        #expect(code { _ = try estimation.independence(of: q, and: group, where: empty) } == "estimation.empty-domain")
        #expect(code { _ = try estimation.fit(of: q, to: [0.5, 0.5]) } == "estimation.wrong-shares")
        #expect(code { _ = try estimation.fit(of: q, to: [0.5, 0.5, 0]) } == "estimation.wrong-shares")
        #expect(code { _ = try estimation.fit(of: q, to: [0.5, 0.3, 0.3]) } == "estimation.wrong-shares")
        #expect(code { _ = try estimation.fit(of: same, to: [1]) } == "estimation.one-category")
        #expect(
            code { _ = try estimation.tTest(of: TestedVariable(sample.yColumn), by: same) } == "estimation.one-category"
        )
        #expect(
            code { _ = try estimation.tTest(of: TestedVariable(sample.yColumn), by: group) }
                == "estimation.more-than-two-groups")
        #expect(code { _ = try estimation.tTest(of: TestedVariable(constant), value: 6) } == "estimation.no-variation")
        #expect(code { _ = try estimation.tTest(of: TestedVariable(nothing), value: 6) } == "estimation.empty-domain")
        #expect(code { _ = try estimation.rankTest(of: constant, by: group) } == "estimation.no-variation")
        #expect(code { _ = try estimation.rankTest(of: nothing, by: group) } == "estimation.empty-domain")
        #expect(
            code { _ = try estimation.pairwise(of: TestedVariable(constant), by: group) } == "estimation.no-variation")
        let infinite = TestSample.number("y", sample.y.enumerated().map { $0 == 3 ? .infinity : $1 })
        let answered = TestSample.number("y", sample.y.enumerated().map { $0 == 3 ? nil : $1 })
        let mean = try estimation.tTest(of: TestedVariable(infinite), value: 1)
        #expect(mean.p == (try estimation.tTest(of: TestedVariable(answered), value: 1)).p)
    }

    @Test func `Wald's forms are refused where the sample has too few PSUs`() throws {
        // Two strata of three PSUs: 4 degrees of freedom, and a table of 3 × 3 with 4 interactions.
        let sample = TestSample(seed: 9, strata: 2, perStratum: 3, largest: 40)
        let estimation = Estimation(design: try sample.design())
        for statistic in [IndependenceStatistic.wald, .adjustedWald] {
            let problem = #expect(throws: Problem.self) {
                try estimation.independence(of: sample.qColumn, and: sample.groupColumn, statistic: statistic)
            }
            #expect(problem?.code == "estimation.too-few-degrees")
        }
        #expect(try estimation.independence(of: sample.qColumn, and: sample.groupColumn).p <= 1)
    }

    @Test func `one PSU a stratum, negative and huge weights are refused or computed, never trapped on`() throws {
        var sample = TestSample(seed: 21)
        sample.weights[0] = 1e300
        sample.weights[1] = -2
        let estimation = Estimation(design: try sample.design())
        let problem = #expect(throws: Problem.self) {
            try estimation.rankTest(of: sample.yColumn, by: sample.groupColumn)
        }
        #expect(problem?.code == "estimation.ranks-of-negative-weights")
        for statistic in IndependenceStatistic.allCases {
            _ = try? estimation.independence(of: sample.qColumn, and: sample.groupColumn, statistic: statistic)
        }
        let lonely = TestSample(strata: ["a", "b"], psus: ["1", "2"], weights: [1, 1], y: [1, 2])
        let alone = #expect(throws: Problem.self) {
            try Estimation(design: try lonely.design()).tTest(of: TestedVariable(lonely.yColumn), value: 0)
        }
        #expect(alone?.code == "estimation.lonely-psu")
    }

    @Test func `terms of a model are tested by Wald and by the likelihood ratio`() throws {
        // Hand arithmetic: β = (1, 2), V = diag(1, 4): β'V⁻¹β = 2, F = 1 on (2, ν); λ of V₀ = V/2 are 2.
        let v = Matrix(rows: 2, columns: 2, values: [1, 0, 0, 4])
        let wald = try TermTest.wald(beta: [1, 2], covariance: v, degreesOfFreedom: 30, terms: ["a", "b"])
        #expect(wald.statistic == 1 && wald.df1 == 2 && wald.df2 == 30)
        #expect(wald.p == FDistribution.upperTail(1, 2, 30))
        let naive = Matrix(rows: 2, columns: 2, values: [0.5, 0, 0, 2])
        let ratio = try TermTest.likelihoodRatio(
            deviances: (12, 4), covariance: v, naive: naive, degreesOfFreedom: 30,
            approximation: .linearCombination, terms: ["a", "b"])
        #expect(ratio.weights.allSatisfy { isClose($0, 2, tolerance: 1e-12) })
        // 2 χ²₂ over χ²₃₀/30 above 8 is F(2, 30) above 2.
        #expect(isClose(ratio.p, try #require(FDistribution.upperTail(2, 2, 30)), tolerance: 1e-10))
        let problem = #expect(throws: Problem.self) {
            try TermTest.wald(
                beta: [1, 2], covariance: Matrix(rows: 2, columns: 2), degreesOfFreedom: 30, terms: ["a"])
        }
        #expect(problem?.code == "estimation.no-variation")
    }
}
