import SurveyData
import SurveyDesign
@testable import SurveyEstimation
import SurveyProblems
import SurveyTestSupport
import Testing

/// A mean computed the long way, from rows.
private struct MeanOfRows: RowStatistic {
    let values: [Double?]

    var base: [Bool] { values.map { $0 != nil } }

    func values(weights: [Double]) throws(Problem) -> [Double] {
        [
            zip(values, weights).map { ($0 ?? 0) * $1 }.reduce(0, +)
                / zip(values, weights).map { $0 == nil ? 0 : $1 }.reduce(0, +)
        ]
    }

    func influences(weights: [Double]) throws(Problem) -> [[Double]] {
        let mean = try values(weights: weights)[0]
        let sum = zip(values, weights).map { $0 == nil ? 0 : $1 }.reduce(0, +)
        return [zip(values, weights).map { value, weight in value.map { weight * ($0 - mean) / sum } ?? 0 }]
    }
}

struct RowStatisticTests {
    /// Means of one variable in the reference collection, under every design that can be built; after weighting steps the
    /// first of several.
    private func cases() throws -> [ReferenceCase] {
        try ["means_totals", "domains", "lonely_psu", "calibrated", "designs"].flatMap(ReferenceCase.all).filter {
            $0.statistic["kind"].string == "mean" && $0.expected["error"].bool != true
                && ($0.statistic["variables"].strings.count == 1 || !$0.design["steps"].array.isEmpty)
                && !$0.data.isFactor($0.statistic["variables"].strings[0])
        }
    }

    @Test func `a mean computed from rows has the error that R gives it`() throws {
        var run = 0
        for reference in try cases() {
            let sample: SampleDesign
            do { sample = try reference.sample() } catch is NotSupported { continue }
            let column = try reference.data.table.column(reference.statistic["variables"].strings[0])
            guard case .numbers(let numbers, let kinds) = column.values else { continue }
            let domain = try reference.domain()
            let statistic = MeanOfRows(
                values: sample.rows.map { row in
                    let isAnswered = kinds.isEmpty || kinds[Int(row)] == 0
                    return isAnswered && domain?.holds(Int(row)) != false ? numbers[Int(row)] : nil
                })
            let found = try Estimation(design: sample, options: reference.options()).inference(of: statistic)
            var compare = Comparison(tolerance: reference.tolerance)
            compare(found.values[0], reference.expected["estimate"][0], "estimate")
            compare(
                found.covariance[0, 0]?.squareRoot(), reference.expected["se"][0], "se", scale: abs(found.values[0]))
            #expect(compare.mismatches.isEmpty, "\(reference.testDescription): \(compare.mismatches)")
            run += 1
        }
        #expect(run >= 30)
    }

    @Test func `a statistic without a row is refused`() throws {
        let reference = try #require(try cases().first)
        let sample = try reference.sample()
        let problem = #expect(throws: Problem.self) {
            _ = try Estimation(design: sample).inference(of: MeanOfRows(values: sample.rows.map { _ in nil }))
        }
        #expect(problem?.code == "estimation.empty-domain")
    }
}
