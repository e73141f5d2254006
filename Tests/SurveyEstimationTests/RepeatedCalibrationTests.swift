@testable import SurveyEstimation
import SurveyData
import SurveyDesign
import SurveyProblems
import SurveyTestSupport
import SurveyWeighting
import Testing

/// Recorded fits are repeated on each replicate.
struct RepeatedCalibrationTests {
    @Test(arguments: ["repw-ps", "repw-raketight"])
    func `replicate weights after a fit equal R`(id: String) throws {
        let reference = try #require(try ReferenceCase.all(of: "weighting").first { $0.testDescription == id })
        let design = try reference.calibratedSample(plainly: false)
        var options = EstimationOptions()
        options.replicateRaking = .sweeps
        let engine = try #require(try ReplicateEngine(design, options: options))
        let expected = reference.expected["replicate_weights"]
        // R writes factors on the final weights, row after row.
        let weights = (0..<engine.replicates.count).map(engine.weights)
        for (position, row) in design.rows.enumerated() {
            for replicate in weights.indices {
                let wanted = try #require(expected[Int(row)][replicate].double ?? expected[replicate][Int(row)].double)
                #expect(isClose(weights[replicate][position], wanted, tolerance: 1e-9, scale: 1))
            }
        }
    }

    /// A sample raked to two margins.
    private func raked(_ sample: TestSample) throws -> (weights: [Double], record: CalibrationRecord) {
        let groups = sample.groups.map { $0.isEmpty ? "none" : $0 }
        let answers = sample.q.map { "\(min($0, 3))" }
        func targets(_ name: String, _ values: [String]) -> WeightingTargets.Margin {
            let codes = Set(values).sorted()
            return WeightingTargets.Margin(
                variables: [name],
                categories: codes.enumerated().map {
                    WeightingTargets.Category(codes: [$1], total: [300, 500, 400, 200][$0 % 4])
                })
        }
        let targets = WeightingTargets(margins: [targets("g", groups), targets("a", answers)])
        let variables = [
            try WeightingVariable(Column(name: "g", texts: groups)),
            try WeightingVariable(Column(name: "a", texts: answers)),
        ]
        let fit = try Calibration(method: .rake, rescalesMargins: true).fitted(
            sample.weights, to: targets, variables: variables
        ).get()
        return (fit.weights, CalibrationRecord(steps: [fit.step]))
    }

    private let sample = TestSample(seed: 31, strata: 3, perStratum: 8, largest: 20)

    @Test(arguments: [ReplicateMethod.jkn, .bootstrap, .half])
    func `each replicate meets the targets`(method: ReplicateMethod) throws {
        let (weights, record) = try raked(sample)
        let design = try sample.replicated(
            method, count: method.isRandom ? 80 : nil, seed: method.isRandom ? 4 : nil, weights: weights,
            calibration: record)
        let engine = try #require(try ReplicateEngine(design, options: EstimationOptions()))
        let step = try #require(record.steps.first)
        let targets = try #require(step.targets)
        for replicate in 0..<engine.replicates.count {
            let own = engine.weights(replicate: replicate)
            for (margin, totals) in targets.enumerated() {
                var sums = totals.map { _ in 0.0 }
                for (position, row) in design.rows.enumerated() {
                    sums[Int(step.categoryOfCell[margin][Int(step.cellOfRow[Int(row)])])] += own[position]
                }
                // Margins are met to a billionth; sums of rounded weights add a little.
                for (sum, total) in zip(sums, totals) { #expect(isClose(sum, total, tolerance: 1.1e-9)) }
            }
        }
    }

    @Test(arguments: [ReplicateMethod.jkn, .bootstrap])
    func `sums by cell and weights by row give the same`(method: ReplicateMethod) throws {
        let (weights, record) = try raked(sample)
        let design = try sample.replicated(
            method, count: method.isRandom ? 70 : nil, seed: method.isRandom ? 4 : nil, weights: weights,
            calibration: record)
        let engine = try #require(try ReplicateEngine(design, options: EstimationOptions()))
        let row = try #require(try Estimation(design: design).rows([sample.mean]).first)
        let answered = design.rows.indices.filter { sample.y[Int(design.rows[$0])] != nil }
        func mean(_ weights: [Double]) -> Double {
            answered.map { weights[$0] * (sample.y[Int(design.rows[$0])] ?? 0) }.reduce(0, +)
                / answered.map { weights[$0] }.reduce(0, +)
        }
        let spread = engine.spread(
            of: (0..<engine.replicates.count).map { mean(engine.weights(replicate: $0)) - mean(design.weights) })
        #expect(isClose(try #require(row.standardError), try #require(spread.variance).squareRoot(), tolerance: 1e-10))
    }

    @Test func `a controlled total has no error, and one with fixed weights has`() throws {
        let (weights, record) = try raked(sample)
        var plan = ReplicatePlan(.made(.jkn, count: nil, seed: nil))
        let fitted = try Estimation(
            design: sample.replicated(plan, weights: weights, calibration: record)
        ).rows([sample.count])
        // The margins are met to a billionth in each replicate.
        #expect(try #require(fitted.first?.standardError) < 1e-8 * (fitted.first?.value ?? 0))
        plan.recalibrates = false
        let fixed = try Estimation(
            design: sample.replicated(plan, weights: weights, calibration: record)
        ).rows([sample.count])
        #expect(try #require(fixed.first?.standardError) > 1)
    }

    @Test func `columns of replicate weights are fitted like factors`() throws {
        let (weights, record) = try raked(sample)
        let made = try sample.replicated(.jkn, weights: weights, calibration: record)
        let columns = TestSample.columns(of: try sample.replicated(.jkn), areFactors: false)
        let given = ReplicatePlan.GivenColumns(
            names: columns.columns.map(\.name), scale: columns.scale, scales: columns.scales)
        let read = try sample.replicated(
            ReplicatePlan(.given(given)), columns: columns.columns, weights: weights, calibration: record)
        let measures = [sample.mean, sample.shares, sample.total]
        for (left, right) in zip(
            try Estimation(design: made).rows(measures), try Estimation(design: read).rows(measures))
        {
            #expect(
                isClose(
                    try #require(left.standardError), try #require(right.standardError), tolerance: 1e-9,
                    scale: 1e-6 * abs(left.value ?? 0)))
        }
    }

    @Test func `too many replicates that cannot be fitted are an error, few are a caution`() throws {
        // One category has all its people in one PSU of 24: the replicate without it cannot meet the target.
        var rare = sample
        rare.groups = rare.psus.map { $0 == "p0-0" ? "rare" : "common" }
        rare.q = rare.q.map { _ in 0 }
        let (weights, record) = try raked(rare)
        let design = try rare.replicated(.jkn, weights: weights, calibration: record)
        let result = try Estimation(design: design).estimates(of: [rare.mean], by: [Breakdown()])
        #expect(result.cautions.contains { $0.code == "estimation.replicates-dropped" })
        #expect(result.rows.first?.standardError != nil)
        let drawn = try rare.replicated(.bootstrap, count: 50, seed: 1, weights: weights, calibration: record)
        #expect {
            try Estimation(design: drawn).estimates(of: [rare.mean], by: [Breakdown()])
        } throws: { ($0 as? Problem)?.code == "estimation.replicates-failed" }
    }
}
