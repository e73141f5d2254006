import SurveyData
import SurveyDesign
import SurveyMath
import SurveyProblems
import SurveyTestSupport
import Testing

@testable import SurveyEstimation

struct QuantileEstimateTests {
    private func quantiles(_ column: Column, _ probabilities: [Double] = [0.25, 0.5, 0.75]) -> Measure {
        Measure(statistic: .quantile, variable: column.name, content: .quantiles(of: column, at: probabilities))
    }

    private func estimation(
        _ sample: TestSample, _ change: (inout EstimationOptions) -> Void = { _ in }
    ) throws -> Estimation {
        var options = EstimationOptions()
        change(&options)
        return Estimation(design: try sample.design(), options: options)
    }

    @Test func `a group of a breakdown and the same domain have the same quantiles`() throws {
        let sample = TestSample(seed: 3)
        let estimation = try estimation(sample)
        let rows = try estimation.rows([quantiles(sample.yColumn)], by: [Breakdown(by: [sample.groupColumn])])
        let domain = Truth(sample.groups.map { $0 == "south" })
        let south = try estimation.rows([quantiles(sample.yColumn)], where: domain)
        let own = rows.filter { $0.by[0].category == "south" }
        #expect(own.count == 3 && south.count == 3)
        for (row, other) in zip(own, south) {
            #expect(row.value == other.value && row.low == other.low && row.high == other.high)
            #expect(row.standardError == other.standardError && row.degreesOfFreedom == other.degreesOfFreedom)
            #expect(row.n == other.n && row.psus == other.psus && row.parameter == other.parameter)
        }
    }

    @Test func `the order of rows does not matter`() throws {
        var generator = SeededGenerator(seed: 4)
        let sample = TestSample(seed: 9)
        let order = (0..<sample.rowCount).map { ($0, generator.next()) }.sorted { $0.1 < $1.1 }.map(\.0)
        let other = sample.ordered(order)
        for rule in [EstimationOptions.QuantileRule.math, .school, .hf7] {
            let rows = try estimation(sample) { $0.quantileRule = rule }.rows([quantiles(sample.yColumn)])
            let moved = try estimation(other) { $0.quantileRule = rule }.rows([quantiles(other.yColumn)])
            for (row, same) in zip(rows, moved) {
                #expect(isClose(row.value ?? .nan, same.value ?? 0, tolerance: 1e-12))
                #expect(isClose(row.standardError ?? .nan, same.standardError ?? 0, tolerance: 1e-12))
            }
        }
    }

    @Test func `the interval maps the interval of the share up to the quantile`() throws {
        let sample = TestSample(seed: 8)
        let row = try #require(try estimation(sample).rows([quantiles(sample.yColumn, [0.5])]).first)
        let median = try #require(row.value)
        let below = Truth(values: sample.y.map { $0.map { $0 <= median ? Truth.yes : Truth.no } ?? Truth.unknown })
        let share = try #require(
            try estimation(sample) { $0.shareInterval = .mean }.rows([
                Measure(statistic: .share, variable: "y", content: .condition(below))
            ]).first)
        let known = zip(sample.y, sample.weights).compactMap { value, weight in value.map { ($0, weight) } }
            .sorted { $0.0 < $1.0 }
        let distribution = WeightedDistribution(ascending: known.map(\.0), weights: known.map(\.1))
        #expect(row.low == distribution.quantile(share.low ?? .nan, by: .math))
        #expect(row.high == distribution.quantile(share.high ?? .nan, by: .math))
        let t = try #require(StudentT.quantile(0.975, degreesOfFreedom: row.degreesOfFreedom ?? .nan))
        let error = ((row.high ?? 0) - (row.low ?? 0)) / (2 * t)
        #expect(isClose(row.standardError ?? .nan, error, tolerance: 1e-12))
        #expect(row.designEffect == share.designEffect && row.psus == share.psus)
        #expect(row.n == row.nBase && row.n == known.count)
    }

    @Test func `covariances of quantiles have the squares of standard errors on their diagonal`() throws {
        let sample = TestSample(seed: 21, perStratum: 9)
        let result = try estimation(sample) { $0.keepsCovariance = true }.estimates(
            of: [quantiles(sample.yColumn), sample.mean], by: [Breakdown()])
        let matrix = try #require(result.covariance)
        for (position, row) in result.rows.enumerated() {
            let error = try #require(row.standardError)
            #expect(isClose(matrix[position, position] ?? .nan, error * error, tolerance: 1e-9))
        }
        // A median rises with the mean.
        #expect(matrix[1, 3] ?? 0 > 0)
    }

    @Test func `an end beyond the sample is open, or the extreme value where asked`() throws {
        let sample = TestSample(seed: 15)
        let open = try #require(try estimation(sample).rows([quantiles(sample.yColumn, [0.001])]).first)
        #expect(open.low == nil && open.standardError == nil && open.high != nil && open.value != nil)
        #expect(open.flags.contains(.openEnd))
        let closed = try #require(
            try estimation(sample) { $0.openEnd = .extreme }.rows([quantiles(sample.yColumn, [0.001])]).first)
        #expect(closed.low == sample.y.compactMap { $0 }.min() && closed.standardError != nil)
        #expect(closed.flags.contains(.openEnd))
    }

    @Test func `the greatest number has an interval, but not under R's rules`() throws {
        let sample = TestSample(seed: 15)
        let row = try #require(try estimation(sample).rows([quantiles(sample.yColumn, [1])]).first)
        let greatest = try #require(sample.y.compactMap { $0 }.max())
        #expect(row.value == greatest && row.flags.contains(.edge) && row.flags.contains(.openEnd))
        #expect(row.high == nil && row.low ?? greatest < greatest)
        let plain = try #require(
            try estimation(sample) { $0.quantilesHaveEdges = false }.rows([quantiles(sample.yColumn, [1])]).first)
        #expect(plain.low == greatest && plain.high == greatest && plain.standardError == 0)
        // Half the sample has the greatest value: its share is surely above 0.2, so the quantile is not above it.
        var many = sample
        many.y = sample.y.indices.map { $0 % 2 == 0 ? 5 : 5 }
        let constant = try #require(try estimation(many).rows([quantiles(many.yColumn, [0.5])]).first)
        #expect(constant.value == 5 && constant.low == 5 && constant.high == 5 && constant.standardError == 0)
    }

    @Test func `the inverted test holds every number between its ends and no other`() throws {
        let sample = TestSample(seed: 33, perStratum: 6)
        let estimation = try estimation(sample) { $0.quantileInterval = .score }
        let row = try #require(try estimation.rows([quantiles(sample.yColumn, [0.4])]).first)
        let t = try #require(StudentT.quantile(0.975, degreesOfFreedom: row.degreesOfFreedom ?? .nan))
        let values = Set(sample.y.compactMap { $0 }).sorted()
        let held = try values.filter { value in
            let below = Truth(values: sample.y.map { $0.map { $0 <= value ? Truth.yes : Truth.no } ?? Truth.unknown })
            let share = try #require(
                try estimation.rows([Measure(statistic: .share, variable: "y", content: .condition(below))]).first)
            return abs((share.value ?? 0) - 0.4) <= t * (share.standardError ?? 0)
        }
        let last = try #require(held.last)
        #expect(row.low == held.first)
        #expect(row.high == values.first { $0 > last })
        #expect(row.intervalMethod == "score")
    }

    @Test func `methods of the interval are named and differ`() throws {
        let sample = TestSample(seed: 18, perStratum: 8)
        for interval in [EstimationOptions.QuantileInterval.mean, .logit, .beta, .asin, .score] {
            let row = try #require(
                try estimation(sample) { $0.quantileInterval = interval }.rows([quantiles(sample.yColumn, [0.2])]).first
            )
            #expect(row.intervalMethod == interval.rawValue)
            #expect(row.low ?? .infinity <= row.value ?? 0 && row.high ?? 0 >= row.value ?? .infinity)
        }
    }

    @Test func `no answer at all is no quantile`() throws {
        var sample = TestSample(seed: 2)
        sample.y = sample.y.indices.map { sample.groups[$0] == "north" ? nil : sample.y[$0] }
        let rows = try estimation(sample).rows(
            [quantiles(sample.yColumn, [0.5])], by: [Breakdown(by: [sample.groupColumn])])
        let north = try #require(rows.first { $0.by[0].category == "north" })
        #expect(north.value == nil && north.standardError == nil && north.flags.contains(.emptyDomain))
        sample.y = sample.y.map { _ in nil }
        let problem = #expect(throws: Problem.self) { try estimation(sample).rows([quantiles(sample.yColumn)]) }
        #expect(problem?.code == "estimation.empty-domain")
    }

    @Test func `p outside 0 to 1, a text and missing replicates are refused`() throws {
        let sample = TestSample(seed: 2)
        for p in [-0.1, 1.5, .nan, .infinity] {
            let problem = #expect(throws: Problem.self) {
                try estimation(sample).rows([quantiles(sample.yColumn, [0.5, p])])
            }
            #expect(problem?.code == "estimation.wrong-probability")
        }
        let text = #expect(throws: Problem.self) { try estimation(sample).rows([quantiles(sample.groupColumn)]) }
        #expect(text?.code == "data.not-numbers")
        let replicates = #expect(throws: Problem.self) {
            try estimation(sample) { $0.quantileInterval = .replicate }.rows([quantiles(sample.yColumn)])
        }
        #expect(replicates?.code == "estimation.no-replicates-for-quantiles")
    }

    @Test func `one PSU is refused, or has a quantile without an interval`() throws {
        let sample = TestSample(
            strata: ["a", "a", "a"], psus: ["1", "1", "1"], weights: [1, 2, 1e9], y: [3, 1, 2])
        #expect(throws: Problem.self) {
            try Estimation(design: try sample.design()).rows([quantiles(sample.yColumn, [0.5])])
        }
        let row = try #require(
            try Estimation(design: try sample.design(.certainty)).rows([quantiles(sample.yColumn, [0.5])]).first)
        #expect(row.value == 2 && row.low == nil && row.flags.contains(.noDegreesOfFreedom))
    }

    @Test func `negative and huge weights neither trap nor pass in silence`() throws {
        var sample = TestSample(seed: 41)
        sample.weights[3] = -2
        sample.weights[5] = 1e9
        sample.y[7] = .greatestFiniteMagnitude
        sample.y[8] = -.greatestFiniteMagnitude
        for rule in EstimationOptions.QuantileRule.allCases {
            let rows = try estimation(sample) { $0.quantileRule = rule }.rows(
                [quantiles(sample.yColumn, [0, 0.5, 1])], by: [Breakdown(), Breakdown(by: [sample.groupColumn])])
            #expect(rows.allSatisfy { $0.flags.contains(.negativeWeight) })
        }
    }

    @Test func `weights times 1000 change no quantile and no error`() throws {
        let sample = TestSample(seed: 51)
        var scaled = sample
        scaled.weights = sample.weights.map { $0 * 1000 }
        let rows = try estimation(sample).rows([quantiles(sample.yColumn)])
        for (row, other) in zip(rows, try estimation(scaled).rows([quantiles(scaled.yColumn)])) {
            #expect(row.value == other.value && row.low == other.low && row.high == other.high)
        }
    }

    @Test func `the statistic of rows has the same values, and influences of the size of Woodruff's error`() throws {
        let sample = TestSample(seed: 61, strata: 8, perStratum: 20, largest: 9)
        let design = try sample.design()
        let estimation = Estimation(design: design)
        let row = try #require(try estimation.rows([quantiles(sample.yColumn, [0.5])]).first)
        let positions = design.rows.indices.filter { sample.y[Int(design.rows[$0])] != nil }
        let numbers = positions.compactMap { sample.y[Int(design.rows[$0])] }
        let statistic = StatisticOfGroup(
            PreparedQuantiles(numbers, at: [0.5], options: estimation.options), positions: positions,
            rowCount: design.rows.count)
        let inference = try estimation.inference(of: statistic)
        #expect(inference.values == [row.value ?? .nan])
        let error = try #require(inference.covariance[0, 0]?.squareRoot())
        // Two estimates of one density, by a kernel and by two quantiles, agree to a third.
        #expect(isClose(error, row.standardError ?? 0, tolerance: 0.33))
    }
}
