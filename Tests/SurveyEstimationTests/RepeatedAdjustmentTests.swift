@testable import SurveyEstimation
import SurveyData
import SurveyDesign
import SurveyProblems
import SurveyTestSupport
import SurveyWeighting
import Testing

/// Recorded steps that are no fits are done again on each replicate.
struct RepeatedAdjustmentTests {
    private let sample = TestSample(seed: 77, strata: 3, perStratum: 8, largest: 20)

    /// Of the issued cases some refuse, some are not eligible, and of some nothing is known.
    private var outcomes: [String] {
        sample.weights.indices.map { ["1", "1", "2", "1", "1", "3", "1", "2", "1", "4", "1"][$0 * 7 % 11] }
    }

    private func adjusted(_ weights: [Double], _ rate: NonresponseAdjustment.Rate) throws
        -> NonresponseAdjustment.Result
    {
        let step = NonresponseAdjustment(
            cells: ["stratum"], outcome: "outcome", classes: .status, rate: rate, fewestRespondents: 1,
            greatestFactor: 100)
        return try step.adjusted(
            weights,
            variables: [
                try WeightingVariable(Column(name: "stratum", texts: sample.strata)),
                try WeightingVariable(Column(name: "outcome", texts: outcomes)),
            ]
        ).get()
    }

    @Test(arguments: [ReplicateMethod.jkn, .bootstrap])
    func `weights of a replicate are those of the step on the replicate's base weights`(method: ReplicateMethod) throws
    {
        let made = try adjusted(sample.weights, .weighted)
        let record = CalibrationRecord(steps: [], adjustments: [try #require(made.record)])
        let (count, seed): (Int?, UInt64?) = method.isRandom ? (70, 4) : (nil, nil)
        let design = try sample.replicated(method, count: count, seed: seed, weights: made.weights, calibration: record)
        let plain = try sample.replicated(method, count: count, seed: seed)
        let engine = try #require(try ReplicateEngine(design, options: EstimationOptions()))
        let base = try #require(try ReplicateEngine(plain, options: EstimationOptions()))
        var compared = 0
        for replicate in 0..<engine.replicates.count where !engine.isFailed(replicate) {
            var weights = [Double](repeating: 0, count: sample.rowCount)
            for (position, weight) in base.weights(replicate: replicate).enumerated() {
                weights[Int(plain.rows[position])] = weight
            }
            let wanted = try adjusted(weights, .weighted).weights
            for (position, weight) in engine.weights(replicate: replicate).enumerated() {
                compared += 1
                #expect(isClose(weight, wanted[Int(design.rows[position])], tolerance: 1e-12, scale: 1))
            }
        }
        #expect(compared > 1000)
        // The step adds to the variance: its factors are not those of the full sample.
        let repeated = try Estimation(design: design).rows([sample.count])
        var plan = ReplicatePlan(.made(.jkn, count: nil, seed: nil))
        plan.recalibrates = false
        let fixed = try Estimation(
            design: sample.replicated(plan, weights: made.weights, calibration: record)
        ).rows([sample.count])
        #expect(repeated.first?.value == fixed.first?.value)
        #expect(repeated.first?.standardError != fixed.first?.standardError)
    }

    @Test(arguments: NonresponseAdjustment.Rate.allCases)
    func `sums by cell and weights by row give the same after raking`(rate: NonresponseAdjustment.Rate) throws {
        let made = try adjusted(sample.weights, rate)
        let groups = sample.groups.map { $0.isEmpty ? "none" : $0 }
        let targets = WeightingTargets(margins: [
            WeightingTargets.Margin(
                variables: ["g"],
                categories: Set(groups).sorted().map { WeightingTargets.Category(codes: [$0], total: 250) })
        ])
        var weights = made.weights
        for row in weights.indices where outcomes[row] == "3" { weights[row] = 0 }
        let fit = try Calibration(method: .poststratify).fitted(
            weights, to: targets, variables: [try WeightingVariable(Column(name: "g", texts: groups))]
        ).get()
        let record = CalibrationRecord(steps: [fit.step], adjustments: [try #require(made.record)])
        let design = try sample.replicated(
            .bootstrap, count: 60, seed: 9, weights: fit.weights, calibration: record)
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
        // The fit comes last, and its totals are met in each replicate.
        for replicate in 0..<engine.replicates.count where !engine.isFailed(replicate) {
            #expect(isClose(engine.weights(replicate: replicate).reduce(0, +), 250 * Double(Set(groups).count)))
        }
    }

    @Test func `columns of replicate weights, which hold respondents only, keep the factors of the full sample`() throws
    {
        let made = try adjusted(sample.weights, .weighted)
        let record = CalibrationRecord(steps: [], adjustments: [try #require(made.record)])
        let drawn = try sample.replicated(.jkn, weights: made.weights)
        let columns = TestSample.columns(of: drawn, areFactors: false)
        let given = ReplicatePlan.GivenColumns(
            names: columns.columns.map(\.name), scale: columns.scale, scales: columns.scales)
        let read = try sample.replicated(
            ReplicatePlan(.given(given)), columns: columns.columns, weights: made.weights, calibration: record)
        let measures = [sample.mean, sample.shares, sample.total]
        for (left, right) in zip(
            try Estimation(design: drawn).rows(measures), try Estimation(design: read).rows(measures))
        {
            #expect(
                isClose(
                    try #require(left.standardError), try #require(right.standardError), tolerance: 1e-9,
                    scale: 1e-6 * abs(left.value ?? 0)))
        }
    }
}
