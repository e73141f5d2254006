import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyTestSupport
import Testing

/// High cholesterol in NHANES 2009-10 under the default rules; Tests/Reference/nhanes.R, R 4.2.2, survey 4.1-1, 2026-11-21.
struct NHANESTests {
    private func data() throws -> (table: Table, design: SampleDesign, reference: JSONTree) {
        let csv = try ReferenceFolder.csv("data/nhanes_0910_hichol.csv")
        let columns = csv.header.map { name in
            ["race", "RIAGENDR", "SDMVPSU", "SDMVSTRA", "HI_CHOL", "agecat"].contains(name)
                ? Column(name: name, texts: (csv.column(name) ?? []).map { $0 == "NA" ? "" : $0 })
                : Column(name: name, decimals: csv.column(name) ?? [])
        }
        let table = Table(rowCount: csv.rows.count, columns: columns)
        let specification = DesignSpecification(
            strata: ["SDMVSTRA"], psu: ["SDMVPSU"], weight: "WTMEC2YR", isNested: true)
        return (table, try SampleDesign(specification, table: table), try ReferenceFolder.json("nhanes.json"))
    }

    @Test func `shares by race, and by race and sex, equal R with the degrees of freedom of the domain`() throws {
        let (table, design, reference) = try data()
        let column = try table.column("HI_CHOL")
        let one = try #require(column.dictionary.firstIndex(of: "1"))
        let measure = Measure(statistic: .share, variable: "HI_CHOL", content: .shares(of: column, only: [one]))
        let breakdowns = [
            Breakdown(), Breakdown(by: [try table.column("race")]),
            Breakdown(by: [try table.column("race"), try table.column("RIAGENDR")]),
        ]
        let rows = try Estimation(design: design).rows([measure], by: breakdowns)
        let expected = reference["rows"].array
        #expect(rows.count == 13 && expected.count == 13)
        for (row, wanted) in zip(rows, expected) {
            #expect(row.by.allSatisfy { wanted["by"][$0.variable].string == $0.category })
            #expect(row.by.count == wanted["by"].object.count)
            #expect(row.n == wanted["n"].int && row.nBase == wanted["n_base"].int && row.psus == wanted["psus"].int)
            #expect(row.intervalMethod == "logit" && row.designEffectKind == "wor" && row.flags.isEmpty)
            var compare = Comparison(tolerance: reference["tolerance_rel"].double ?? 0)
            compare(row.value, wanted["estimate"], "share")
            compare(row.standardError, wanted["se"], "se")
            compare(row.degreesOfFreedom, wanted["df"], "df")
            compare(row.low, wanted["ci_low"], "low")
            compare(row.high, wanted["ci_high"], "high")
            compare(row.designEffect, wanted["deff"], "deff")
            compare(row.sumWeights, wanted["sum_weights"], "weights")
            compare(row.effectiveN, .number(Double(row.nBase) / (wanted["deff"].double ?? .nan)), "n_eff")
            #expect(compare.mismatches.isEmpty, "\(row.by): \(compare.mismatches)")
        }
    }

    @Test func `svyby and its covariances are the rows with the degrees of freedom of the whole design`() throws {
        let (table, design, reference) = try data()
        let column = try table.column("HI_CHOL")
        let one = try #require(column.dictionary.firstIndex(of: "1"))
        var options = EstimationOptions()
        options.degreesOfFreedom = .full
        options.shareInterval = .mean
        options.keepsCovariance = true
        let result = try Estimation(design: design, options: options).estimates(
            of: [Measure(statistic: .share, variable: "HI_CHOL", content: .shares(of: column, only: [one]))],
            by: [Breakdown(by: [try table.column("race")])])
        let expected = reference["svyby"]
        var compare = Comparison(tolerance: 1e-9)
        for (position, row) in result.rows.enumerated() {
            compare(row.value, expected["estimate"][position], "share")
            compare(row.standardError, expected["se"][position], "se")
            compare(row.degreesOfFreedom, expected["df"], "df")
            compare(row.low, expected["ci_low"][position], "low")
            compare(row.high, expected["ci_high"][position], "high")
            for other in 0..<4 {
                let scale = compare.scale(row) * compare.scale(result.rows[other])
                compare(result.covariance?[position, other], expected["vcov"][position][other], "vcov", scale: scale)
            }
        }
        #expect(compare.mismatches.isEmpty, "\(compare.mismatches)")
    }

    @Test func `PSU labels that repeat between strata are refused without nest`() throws {
        let (table, _, _) = try data()
        let specification = DesignSpecification(strata: ["SDMVSTRA"], psu: ["SDMVPSU"], weight: "WTMEC2YR")
        #expect(throws: (any Error).self) { try SampleDesign(specification, table: table) }
    }
}
