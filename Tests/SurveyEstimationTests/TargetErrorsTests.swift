import SurveyData
import SurveyDesign
import SurveyProblems
import SurveyTestSupport
import SurveyWeighting
import Testing

@testable import SurveyEstimation

/// Targets that are estimates themselves: what their errors add to a variance, against R (Tests/Reference/weighting-steps.R).
struct TargetErrorsTests {
    private static func margin(_ name: String, _ categories: [(String, Double, Double)]) -> WeightingTargets.Margin {
        WeightingTargets.Margin(
            variables: [name],
            categories: categories.map { code, total, error in
                var category = WeightingTargets.Category(codes: [code], total: total)
                category.standardError = error
                return category
            })
    }

    private static let awards = margin("awards", [("No", 2027, 80), ("Yes", 4167, 120)])
    private static let wide = margin("sch.wide", [("No", 1072, 60), ("Yes", 5122, 90)])

    private func design(
        _ data: ReferenceData, _ margins: [WeightingTargets.Margin], _ method: Calibration.Method
    ) throws -> SampleDesign {
        guard case .numbers(let weights, _) = try data.table.column("pw").values else { throw NotSupported("weights") }
        let variables = try margins.flatMap(\.variables).map { try WeightingVariable(try data.table.column($0)) }
        let fit = try Calibration(method: method).fitted(
            weights, to: WeightingTargets(margins: margins), variables: variables
        ).get()
        return try SampleDesign(
            DesignSpecification(strata: ["stype"]), table: data.table, weights: fit.weights,
            calibration: CalibrationRecord(steps: [fit.step]))
    }

    @Test(arguments: ["post-total", "post-mean", "raked-total"])
    func `errors of targets count in the variance, as R's matrices give it`(id: String) throws {
        let rows = try ReferenceFolder.json("weighting-steps.json")["rows"].array
        let wanted = try #require(rows.first { $0["id"].string == id })
        let data = try ReferenceData("apistrat", file: "data/apistrat.csv")
        let isRaked = id == "raked-total"
        let design = try design(
            data, isRaked ? [Self.awards, Self.wide] : [Self.awards], isRaked ? .rake : .poststratify)
        let y = try data.table.column("api00")
        let measure =
            id == "post-mean"
            ? Measure(statistic: .mean, variable: "y", content: .mean(y))
            : Measure(statistic: .total, variable: "y", content: .total(y))
        let row = try #require(try Estimation(design: design).rows([measure]).first)
        #expect(isClose(try #require(row.value), try #require(wanted["estimate"].double)))
        #expect(isClose(try #require(row.standardError), try #require(wanted["se"].double)))
    }

    @Test func `the total of a category has the error of its target and no other`() throws {
        let data = try ReferenceData("apistrat", file: "data/apistrat.csv")
        let design = try design(data, [Self.awards], .poststratify)
        let count = Measure(statistic: .count, variable: "", content: .rows)
        let rows = try Estimation(design: design).rows(
            [count], by: [Breakdown(), Breakdown(by: [try data.table.column("awards")])])
        let errors = rows.compactMap(\.standardError)
        // √(80² + 120²), 80, 120
        #expect(errors.count == 3)
        for (found, wanted) in zip(errors, [Double(20_800).squareRoot(), 80, 120]) { #expect(isClose(found, wanted)) }
    }

    @Test func `the record keeps the errors as bytes`() throws {
        let data = try ReferenceData("apistrat", file: "data/apistrat.csv")
        let design = try design(data, [Self.awards, Self.wide], .rake)
        let archive = WeightingArchive(
            record: design.calibration, summary: WeightingSummary(steps: [], margins: []))
        let read = try #require(WeightingArchive(packed: archive.packed, rowCount: data.table.rowCount))
        #expect(read.record == design.calibration)
        #expect(read.record?.steps.first?.targetErrors?.heldSums == [0..<2, 2..<4])
    }

    @Test func `sweeps are refused where targets have errors`() throws {
        let data = try ReferenceData("apistrat", file: "data/apistrat.csv")
        let design = try design(data, [Self.awards, Self.wide], .rake)
        var options = EstimationOptions()
        options.rakeResiduals = .sweeps
        let measure = Measure(statistic: .mean, variable: "y", content: .mean(try data.table.column("api00")))
        let problem = #expect(throws: Problem.self) {
            try Estimation(design: design, options: options).rows([measure])
        }
        #expect(problem?.code == "estimation.sweeps-with-errors")
    }
}
