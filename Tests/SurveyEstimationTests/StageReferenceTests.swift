import Foundation
import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyProblems
import SurveyTestSupport
import Testing

/// Designs of several stages, with unequal probabilities and of two phases equal R survey 4.1-1 on data made for them:
/// strata at both stages, three stages, post-stratified stages, PPS in strata and at two stages, phases with sizes.
struct StageReferenceTests {
    @Test func `stages, unequal probabilities and phases equal R survey 4_1`() throws {
        let cases = try ReferenceCase.all(of: ReferenceFolder.url.appendingPathComponent("stages/stages.json"))
        #expect(cases.count == 38)
        for reference in cases {
            let outcome = try ReferenceKind.outcome(of: reference)
            #expect(outcome == .equal, "\(reference.testDescription): \(outcome)")
        }
    }

    @Test func `a negative variance leaves the estimate, no standard error, and a flag`() throws {
        // Two PSUs that are hardly ever drawn together: V = 2(1 − π)z² + 2Δz², z = 1/π, Δ = (0.01 − 0.25)/0.01.
        var specification = DesignSpecification()
        specification.pps = .joint
        specification.joint = try JointProbabilities([[0.5, 0.01], [0.01, 0.5]])
        let y = Column(name: "y", numbers: [1, 1])
        let design = try SampleDesign(specification, table: Table(rowCount: 2, columns: [y]))
        let total = Measure(statistic: .total, variable: "y", content: .total(y))
        var options = EstimationOptions()
        options.keepsCovariance = true
        let result = try Estimation(design: design, options: options).estimates(of: [total], by: [Breakdown()])
        let row = try #require(result.rows.first)
        #expect(row.value == 4)
        #expect(row.standardError == nil)
        #expect(row.low == nil)
        #expect(row.flags == [.negativeVariance])
        #expect(isClose(try #require(result.covariance?[0, 0]), 2 * 0.5 * 4 - 2 * 24 * 4, tolerance: 1e-12))
        #expect(result.covariance?.variance(of: [1]) == nil)
    }

    @Test func `row statistics have the same covariance as the tally under every design`() throws {
        let cases = try ReferenceCase.all(of: ReferenceFolder.url.appendingPathComponent("stages/stages.json"))
        for reference in cases where reference.statistic["kind"].string == "mean" && reference.design["domain"] == .null
        {
            let design = try reference.sample()
            guard case .numbers(let y, _) = try reference.data.table.column("y").values else { continue }
            let inference = try Estimation(design: design, options: reference.options()).inference(
                of: PlainMean(values: design.rows.map { y[Int($0)] }))
            let wanted = try #require(reference.expected["se"][0].double)
            let found = try #require(inference.covariance[0, 0]).squareRoot()
            #expect(isClose(found, wanted, tolerance: 1e-9), "\(reference.testDescription): \(found) is not \(wanted)")
            #expect(inference.degreesOfFreedom == reference.expected["df"].double)
        }
    }
}

/// A weighted mean, by its influences.
private struct PlainMean: RowStatistic {
    let values: [Double]

    var base: [Bool] { values.map { _ in true } }

    func values(weights: [Double]) -> [Double] {
        [zip(values, weights).map { $0 * $1 }.reduce(0, +) / weights.reduce(0, +)]
    }

    func influences(weights: [Double]) -> [[Double]] {
        let (mean, sum) = (values(weights: weights)[0], weights.reduce(0, +))
        return [zip(values, weights).map { $1 * ($0 - mean) / sum }]
    }
}
