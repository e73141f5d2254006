@testable import SurveyEstimation
import SurveyData
import SurveyDesign
import SurveyProblems
import SurveyTestSupport
import SurveyWeighting
import Testing

/// Targets that are estimates are drawn anew for each replicate.
struct RepeatedTargetsTests {
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

    private struct Schools {
        let table: Table
        let weights: [Double]

        init() throws {
            let data = try ReferenceData("apistrat", file: "data/apistrat.csv")
            guard case .numbers(let weights, _) = try data.table.column("pw").values else {
                throw NotSupported("weights")
            }
            self.weights = weights
            let hasAward = try (0..<data.table.rowCount).map { try data.text("awards", $0) == "Yes" ? "1" : "0" }
            table = Table(
                rowCount: data.table.rowCount,
                columns: data.table.columns + [
                    Column(name: "award", decimals: hasAward),
                    Column(name: "one", decimals: hasAward.map { _ in "1" }),
                ])
        }
    }

    private func design(
        _ schools: Schools, _ margins: [WeightingTargets.Margin], _ method: Calibration.Method,
        _ replicates: ReplicateMethod, count: Int? = nil, seed: UInt64? = nil
    ) throws -> SampleDesign {
        let variables = try margins.flatMap(\.variables).map {
            try WeightingVariable(try schools.table.column($0))
        }
        let targets = WeightingTargets(margins: margins)
        let fit =
            method == .calibrate
            ? try GeneralCalibration(distance: .linear).fitted(
                schools.weights, to: targets, variables: variables, columns: []
            ).get()
            : try Calibration(method: method).fitted(schools.weights, to: targets, variables: variables).get()
        var specification = DesignSpecification(strata: ["stype"])
        specification.replicates = ReplicatePlan(.made(replicates, count: count, seed: seed))
        return try SampleDesign(
            specification, table: schools.table, weights: fit.weights,
            calibration: CalibrationRecord(steps: [fit.step]))
    }

    private func errors(_ design: SampleDesign, _ names: [String], _ table: Table) throws -> [Double] {
        var measures: [Measure] = []
        for name in names {
            measures.append(Measure(statistic: .total, variable: name, content: .total(try table.column(name))))
        }
        return try Estimation(design: design).rows(measures).map { try #require($0.standardError) }
    }

    @Test(arguments: [Calibration.Method.poststratify, .calibrate])
    func `a total that a target settles has the target's error`(method: Calibration.Method) throws {
        let schools = try Schools()
        let design = try design(schools, [Self.awards], method, .bootstrap, count: 60, seed: 3)
        let found = try errors(design, ["award", "one"], schools.table)
        #expect(isClose(found[0], 120, tolerance: 1e-8))  // the fit meets a target of 4167 to 1e-9
        // √(80² + 120²): errors of one margin are independent.
        #expect(isClose(found[1], 144.222051018559565, tolerance: 1e-8))
    }

    @Test func `errors of several margins leave their common sum alone`() throws {
        let schools = try Schools()
        let design = try design(schools, [Self.awards, Self.wide], .rake, .bootstrap, count: 80, seed: 3)
        let found = try errors(design, ["award", "one"], schools.table)
        // √(120² − 120⁴/(80² + 120²))
        #expect(isClose(found[0], 66.5640235470274952, tolerance: 1e-6))  // margins are met to 1e-9 of 4167
        #expect(found[1] < 1e-4)
    }

    @Test func `the variance is that of R's matrices but for what is random in a bootstrap`() throws {
        let rows = try ReferenceFolder.json("weighting-steps.json")["rows"].array
        let schools = try Schools()
        for (id, margins, method) in [
            ("post-total", [Self.awards], Calibration.Method.poststratify),
            ("raked-total", [Self.awards, Self.wide], .rake),
        ] {
            let wanted = try #require(rows.first { $0["id"].string == id })
            let design = try design(schools, margins, method, .bootstrap, count: 3000, seed: 11)
            let found = try errors(design, ["api00"], schools.table)
            // An error from 3000 draws is known to 1/√6000 of itself; four times that.
            #expect(isClose(found[0], try #require(wanted["se"].double), tolerance: 0.052), "\(id)")
        }
    }

    @Test func `a seed draws the same targets again, and another one others`() throws {
        let schools = try Schools()
        let found = try [5, 5, 6].map { seed in
            try errors(
                design(schools, [Self.awards], .poststratify, .bootstrap, count: 40, seed: seed), ["api00"],
                schools.table)[0]
        }
        #expect(found[0] == found[1])
        #expect(found[0] != found[2])
    }

    @Test func `replicates without a seed, or fewer than errors, are refused`() throws {
        let schools = try Schools()
        for (method, count, seed, code) in [
            (ReplicateMethod.jkn, nil, nil, "estimation.replicates-with-errors"),
            (.bootstrap, 2, UInt64(1), "estimation.replicates-below-errors"),
        ] as [(ReplicateMethod, Int?, UInt64?, String)] {
            let design = try design(schools, [Self.awards], .poststratify, method, count: count, seed: seed)
            #expect {
                try errors(design, ["api00"], schools.table)
            } throws: { ($0 as? Problem)?.code == code }
        }
    }
}
