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
        #expect(cases.count == 34)
        for reference in cases {
            let outcome = try ReferenceKind.outcome(of: reference)
            #expect(outcome == .equal, "\(reference.testDescription): \(outcome)")
        }
    }

    @Test func `a negative variance leaves the estimate, no standard error, and a flag`() throws {
        let cases = try ReferenceCase.all(of: ReferenceFolder.url.appendingPathComponent("stages/stages.json"))
        let reference = try #require(cases.first { $0.testDescription == "two-phase-full-total" })
        let row = try #require(
            try reference.estimates(of: reference.statistic, options: reference.options()).rows.first)
        #expect(row.value != nil)
        #expect(row.standardError == nil)
        #expect(row.low == nil)
        #expect(row.flags == [.negativeVariance])
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
