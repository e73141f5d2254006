import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyIndicators
import SurveyProblems
import SurveySchema
import SurveyTestSupport
import Testing

struct IndicatorPlanTests {
    private let design = DesignSpecification(strata: ["stratum"], psu: ["psu"], weight: "weight")

    private func result(_ plan: String, rules: PublicationRules? = nil) throws -> IndicatorResult {
        // 27.6 %, from 25.4 % to 30.0 %: IndicatorComputationTests has it from R.
        let entry = ExampleWave.entry("x", "share: gave = 1, base: asked gave, \(plan), by: sex")
        return try #require(
            try ExampleWave.results(entry, ExampleWave.large, design: design, rules: rules).results.first)
    }

    @Test(arguments: [
        ("down", "35", "reached", "shown"), ("down", "20", "not-reached", "shown"),
        ("down", "29", "reached", "not-distinguishable"), ("down", "26", "not-reached", "not-distinguishable"),
        ("up", "20", "reached", "shown"), ("up", "35", "not-reached", "shown"),
        ("up", "27", "reached", "not-distinguishable"),
        // A range is met from its nearer end: 65–68 is not its midpoint.
        ("up", "[20, 90]", "reached", "shown"), ("up", "[27, 90]", "reached", "not-distinguishable"),
        ("down", "[5, 35]", "reached", "shown"), ("down", "[5, 26]", "not-reached", "not-distinguishable"),
    ])
    func `the point decides the status, the interval the evidence`(
        direction: String, plan: String, status: String, evidence: String
    ) throws {
        let result = try result("direction: \(direction), plan: {\"2021\": \(plan)}")
        #expect(result.status?.rawValue == status && result.evidence?.rawValue == evidence)
    }

    @Test func `a published change of a share is in percentage points, under its later wave`() throws {
        let change =
            "published change: {\"2021\": {since: \"2020\", value: -1.8, printed: \"-1,8\", vintage: 2024-10-24}}"
        let definition = try result("direction: down, \(change)").definition
        let found = try #require(definition.publishedChange(from: "2020", to: "2021"))
        #expect(found.value == -0.018 && found.printed == "-1,8" && found.vintage == "2024-10-24")
        #expect(definition.publishedChange(from: "2021", to: "2020") == nil)
    }

    @Test func `a plan of another wave is no plan of this one, and groups have none`() throws {
        let other = try result("direction: up, plan: {\"2022\": 35}")
        #expect(other.plan == nil && other.status == nil && other.evidence == nil)
        let entry = ExampleWave.entry(
            "x", "share: gave = 1, base: asked gave, by: sex, direction: up, plan: {\"2021\": 3}")
        let all = try ExampleWave.results(entry, ExampleWave.large, design: design).results
        #expect(all.map { $0.status != nil } == [true, false, false])
    }

    @Test func `a withheld figure has no data, whatever it is`() throws {
        let hidden = try result(
            "direction: up, plan: {\"2021\": 1}, published: {\"2021\": 28.2}",
            rules: PublicationRules(minimumBase: 1000, lowBase: 1000))
        #expect(hidden.figure == nil && hidden.bounds == nil)
        #expect(hidden.status == .noData && hidden.evidence == nil)
        #expect(hidden.plan?.least == 0.01 && hidden.published?.value == 0.282)
    }

    /// 62 of 1,240 civil servants are 5 %; 61 are 4.92 % and are not rounded up.
    @Test(arguments: [(62, IndicatorResult.Status.reached), (61, .notReached)])
    func `a plan is met to the last person`(trained: Int, status: IndicatorResult.Status) throws {
        let rows = 0..<1240
        let table = Table(
            rowCount: 1240,
            columns: [
                ExampleWave.coded("sex", ["1", "2"], rows.map { .code($0 < trained ? "1" : "2") }),
                ExampleWave.number("weight", rows.map { _ in 0.1 }),
            ])
        let entry = ExampleWave.entry("x", "share: sex = 1, base: everyone, direction: up, plan: {\"2021\": 5}")
        let results = try ExampleWave.results(entry, table, design: DesignSpecification(weight: "weight")).results
        #expect(results.first?.status == status)
    }

    /// Weights 2 1 1 3 1 2 4; gave: yes, no, don't know, not asked, not asked, refused, and a yes that routing skips.
    @Test func `bounds take every undetermined answer as no and as yes`() throws {
        let entries =
            ExampleWave.entry("asked", "share: gave = 1, base: asked gave, bounds: true")
            + ExampleWave.entry("answered", "share: gave = 1, base: answered gave, bounds: true")
            + ExampleWave.entry("classes", "share: age_group = '60+', base: answered age_group, bounds: true")
            + ExampleWave.entry(
                "some", "share: age_group = '60+', base: answered age_group, where: contact = 2, bounds: true")
        let results = try ExampleWave.results(
            entries, ExampleWave.small, design: DesignSpecification(psu: ["psu"], weight: "weight")
        ).results
        func check(_ position: Int, low: Double, high: Double, base: Int) throws {
            let bounds = try #require(results[position].bounds)
            #expect(isClose(try #require(bounds.low.value), low))
            #expect(isClose(try #require(bounds.high.value), high))
            #expect(bounds.low.nBase == base && bounds.high.nBase == base)
        }
        // Rows 1, 2, 3, 6 were asked; 3 and 6 are undetermined.
        try check(0, low: 2.0 / 6, high: 5.0 / 6, base: 4)
        try check(1, low: 2.0 / 6, high: 5.0 / 6, base: 4)
        // Row 5 has no age.
        try check(2, low: 2.0 / 14, high: 3.0 / 14, base: 7)
        // Rows 4, 5 and 7 had no contact; only row 5 has no age.
        try check(3, low: 0, high: 1.0 / 8, base: 3)
        #expect(results.map { $0.figure?.nBase } == [4, 2, 6, 2])
    }
}
