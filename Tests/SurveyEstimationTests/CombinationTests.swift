import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyTestSupport
import Testing

/// Linear combinations of rows of one result.
struct CombinationTests {
    private var options: EstimationOptions {
        var options = EstimationOptions()
        options.keepsInfluences = true
        return options
    }

    private func differences(_ row: Estimate, _ id: String) throws -> [String] {
        let rows = try ReferenceFolder.json("combinations.json")["rows"].array
        let wanted = try #require(rows.first { $0["id"].string == id })
        var compare = Comparison(tolerance: 1e-9)
        // The difference of two numbers near 700 has an eleventh of a unit left below 1e-9 of it.
        compare(row.value, wanted["estimate"], "estimate", scale: row.variable == "api" ? 700 : 0)
        compare(row.standardError, wanted["se"], "se")
        compare(row.degreesOfFreedom, wanted["df"], "df")
        compare(row.low, wanted["ci_low"], "low")
        compare(row.high, wanted["ci_high"], "high")
        compare(Double(row.nBase), wanted["n_base"], "n_base")
        return compare.mismatches
    }

    private func sample(_ name: String, strata: [String] = [], psu: [String] = []) throws -> (
        data: ReferenceData, design: SampleDesign
    ) {
        let data = try ReferenceData(name, file: "data/\(name).csv")
        let specification = DesignSpecification(strata: strata, psu: psu, fpc: "fpc", weight: "pw")
        return (data, try SampleDesign(specification, table: data.table))
    }

    private func share(_ name: String, _ data: ReferenceData, base: Truth) throws -> Measure {
        let yes = Truth(try (0..<data.table.rowCount).map { try data.text(name, $0) == "Yes" })
        return Measure(statistic: .share, variable: name, content: .condition(yes), base: base)
    }

    /// Three shares with three bases.
    private func three(_ data: ReferenceData) throws -> [Measure] {
        let rows = 0..<data.table.rowCount
        return [
            try share("awards", data, base: Truth(try rows.map { try data.text("stype", $0) == "E" })),
            try share("comp.imp", data, base: Truth(try rows.map { try data.text("sch.wide", $0) == "Yes" })),
            try share(
                "both", data, base: Truth(try rows.map { Double(try data.text("api99", $0) ?? "") ?? 0 > 600 })),
        ]
    }

    private func composite(_ name: String, strata: [String] = [], psu: [String] = [], _ coefficients: [Double]) throws
        -> Estimate
    {
        let (data, design) = try sample(name, strata: strata, psu: psu)
        let estimation = Estimation(design: design, options: options)
        let result = try estimation.estimates(of: try three(data), by: [Breakdown()])
        return estimation.combination(
            of: result, terms: coefficients.enumerated().map { ($0, $1) }, statistic: .share, variable: "composite",
            by: [])
    }

    @Test func `composites of shares with three bases equal svycontrast`() throws {
        let third = 1.0 / 3
        let clustered = try composite("apiclus1", psu: ["dnum"], [third, third, third])
        #expect(try differences(clustered, "clus1-mean-of-3-bases") == [])
        let stratified = try composite("apistrat", strata: ["stype"], [2, 1, -0.5])
        #expect(try differences(stratified, "strat-weighted-3-bases") == [])
    }

    @Test func `a difference of two groups of two variables equals svycontrast`() throws {
        let (data, design) = try sample("apistrat", strata: ["stype"])
        let estimation = Estimation(design: design, options: options)
        let measures = try ["api00", "api99"].map {
            Measure(statistic: .mean, variable: $0, content: .mean(try data.table.column($0)))
        }
        let result = try estimation.estimates(of: measures, by: [Breakdown(by: [try data.table.column("stype")])])
        let high = try #require(result.rows.firstIndex { $0.variable == "api00" && $0.by[0].category == "H" })
        let elementary = try #require(result.rows.firstIndex { $0.variable == "api99" && $0.by[0].category == "E" })
        let row = estimation.combination(
            of: result, terms: [(high, 1), (elementary, -1)], statistic: .mean, variable: "api", by: [])
        #expect(try differences(row, "strat-difference-of-groups") == [])
    }

    @Test func `a difference of two races in a clustered sample equals svycontrast`() throws {
        let csv = try ReferenceFolder.csv("data/nhanes.csv")
        func texts(_ name: String) -> Column { Column(name: name, texts: csv.column(name) ?? []) }
        let y = Column(
            name: "HI_CHOL", decimals: (csv.column("HI_CHOL") ?? []).map { $0 == "NA" ? "" : $0 })
        let table = Table(
            rowCount: csv.rows.count,
            columns: [
                texts("SDMVSTRA"), texts("SDMVPSU"), texts("race"), y,
                Column(name: "WTMEC2YR", decimals: csv.column("WTMEC2YR") ?? []),
            ])
        let design = try SampleDesign(
            DesignSpecification(strata: ["SDMVSTRA"], psu: ["SDMVPSU"], weight: "WTMEC2YR", isNested: true),
            table: table)
        let estimation = Estimation(design: design, options: options)
        let result = try estimation.estimates(
            of: [Measure(statistic: .mean, variable: "HI_CHOL", content: .mean(y))],
            by: [Breakdown(by: [try table.column("race")])])
        let row = estimation.combination(
            of: result, terms: [(0, 1), (1, -1)], statistic: .mean, variable: "HI_CHOL", by: [])
        #expect(try differences(row, "nhanes-race-1-less-2") == [])
    }

    @Test func `a combination of one part is the part`() throws {
        let sample = TestSample(seed: 71)
        let estimation = Estimation(design: try sample.design(), options: options)
        let result = try estimation.estimates(
            of: [sample.mean, sample.total, sample.ratio], by: [Breakdown(), Breakdown(by: [sample.groupColumn])])
        for (position, row) in result.rows.enumerated() {
            let same = estimation.combination(
                of: result, terms: [(position, 1)], statistic: row.statistic, variable: row.variable, by: row.by)
            #expect(same.value == row.value)
            #expect(isClose(same.standardError ?? 0, row.standardError ?? 1, tolerance: 1e-12))
            #expect(same.degreesOfFreedom == row.degreesOfFreedom)
            #expect(isClose(same.low ?? 0, row.low ?? 1, tolerance: 1e-12))
            #expect(same.nBase == row.nBase && same.psus == row.psus && same.flags == row.flags)
        }
    }

    @Test func `influences are the PSU sums of weighted influences, and sum to the variance`() throws {
        let sample = TestSample(seed: 72)
        let design = try sample.design()
        let result = try Estimation(design: design, options: options).estimates(of: [sample.total], by: [Breakdown()])
        let sums = sample.psuSums { sample.weights[$0] * (sample.y[$0] ?? 0) }
        let scale = sums.map(\.sum).map(abs).max() ?? 0
        for (found, expected) in zip(result.influences[0], sums) {
            #expect(isClose(found, expected.sum, tolerance: 1e-12, scale: scale))
        }
        #expect(result.influences[0].count == design.psuCount)
    }

    @Test func `a combination of answers that sum to 1 has no error`() throws {
        let sample = TestSample(seed: 73)
        let estimation = Estimation(design: try sample.design(), options: options)
        let result = try estimation.estimates(of: [sample.shares], by: [Breakdown()])
        let row = estimation.combination(
            of: result, terms: [(0, 1), (1, 1), (2, 1)], statistic: .share, variable: "all", by: [])
        #expect(isClose(row.value ?? 0, 1, tolerance: 1e-15))
        #expect(row.standardError == 0)
    }

    @Test func `a combination with a part that is not computable is not computable`() throws {
        let sample = TestSample(seed: 74)
        let estimation = Estimation(design: try sample.design(), options: options)
        let nobody = Measure(
            statistic: .mean, variable: "y", content: .mean(sample.yColumn),
            base: Truth(sample.weights.map { _ in false }))
        let result = try estimation.estimates(of: [sample.mean, nobody], by: [Breakdown()])
        #expect(!result.influences[1].contains { !$0.isNaN })
        let row = estimation.combination(
            of: result, terms: [(0, 1), (1, 1)], statistic: .mean, variable: "both", by: [])
        #expect(row.value == nil && row.standardError == nil && row.low == nil)
        #expect(row.flags == [.emptyDomain])
    }
}
