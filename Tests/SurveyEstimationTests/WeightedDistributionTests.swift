import SurveyTestSupport
import Testing

@testable import SurveyEstimation

struct WeightedDistributionTests {
    private func distribution(_ values: [Double], _ weights: [Double]? = nil) -> WeightedDistribution {
        let order = values.indices.sorted { values[$0] < values[$1] }
        return WeightedDistribution(
            ascending: order.map { values[$0] }, weights: order.map { weights?[$0] ?? 1 })
    }

    /// Tests/Reference/inequality.R, base R 4.2.2 `quantile(type =)`, 2026-11-21.
    @Test func `equal weights give the quantiles of Hyndman and Fan's types`() throws {
        let cases = try ReferenceFolder.json("inequality.json")["cases"].array.filter { $0["kind"].string == "type" }
        #expect(cases.count == 8)
        for entry in cases {
            let rule = try #require(EstimationOptions.QuantileRule(rawValue: "hf\(entry["type"].int ?? 0)"))
            for weight in [1, 37.25] {
                let values = entry["values"].array.compactMap(\.double)
                let distribution = distribution(values, values.map { _ in weight })
                for (position, p) in entry["p"].array.compactMap(\.double).enumerated() {
                    let wanted = try #require(entry["quantiles"][position].double)
                    let found = try #require(distribution.quantile(p, by: rule))
                    #expect(isClose(found, wanted, tolerance: 1e-12), "\(rule) \(p): \(found) is not \(wanted)")
                }
            }
        }
    }

    @Test func `a tie is a tie however its sums were rounded`() {
        // 0.1 + 0.2 is not 0.3: C_2 of these weights misses half of W by the last bit.
        let distribution = distribution([1, 2, 3], [0.1, 0.2, 0.3])
        #expect(distribution.quantile(0.5, by: .math) == 2)
        #expect(distribution.quantile(0.5, by: .school) == 2.5)
        #expect(distribution.quantile(0.5 + 1e-6, by: .math) == 3)
        #expect(distribution.quantile(0.5, by: .hf4) == 2)
    }

    @Test func `hf3 takes the even of two distinct values on a tie`() {
        let distribution = distribution([10, 20, 20, 30, 40], [1, 0.5, 0.5, 1, 1])
        #expect(distribution.quantile(0.25, by: .hf3) == 20)
        #expect(distribution.quantile(0.5, by: .hf3) == 20)
        #expect(distribution.quantile(0.75, by: .hf3) == 40)
        #expect(distribution.quantile(0.6, by: .hf3) == 30)
    }

    @Test func `below the first share stands the first value, and in R the second row`() {
        let distribution = distribution([5, 5, 7, 9], [1, 1, 1, 1])
        for rule in EstimationOptions.QuantileRule.allCases {
            #expect(distribution.quantile(0.01, by: rule) == 5, "\(rule)")
        }
        let other = self.distribution([5, 6, 7, 9], [1, 1, 1, 1])
        for rule in [EstimationOptions.QuantileRule.math, .school, .hf1, .hf2, .hf3] {
            #expect(other.quantile(0.01, by: rule, belowFirst: .secondRow) == 6)
        }
        // The line through the first two rows, at 0.05 of 0.25 below the first: 5 − 0.8.
        #expect(isClose(other.quantile(0.05, by: .hf4, belowFirst: .secondRow) ?? .nan, 4.2, tolerance: 1e-12))
        #expect(other.quantile(0.05, by: .hf7, belowFirst: .secondRow) ?? 0 > 5)
    }

    @Test func `every rule has a value between the extremes, for a constant the constant`() {
        var generator = SeededGenerator(seed: 5)
        for rule in EstimationOptions.QuantileRule.allCases {
            let constant = distribution([4, 4, 4], [1, 2, 3])
            #expect(constant.quantile(0.3, by: rule) == 4)
            #expect(distribution([6], [2]).quantile(0.3, by: rule) == 6)
            for _ in 0..<20 {
                let values = (0..<9).map { _ in generator.uniform() }
                let weights = (0..<9).map { _ in 0.1 + generator.uniform() }
                for p in [-1, 0, 0.2, 0.5, 0.99, 1, 3] {
                    let value = distribution(values, weights).quantile(p, by: rule) ?? .nan
                    #expect(value >= values.min() ?? 1 && value <= values.max() ?? 0, "\(rule) \(p)")
                }
            }
        }
    }

    @Test func `quantiles ascend with p`() {
        var generator = SeededGenerator(seed: 6)
        let values = (0..<40).map { _ in Double(generator.below(12)) }
        let weights = (0..<40).map { _ in 0.1 + generator.uniform() }
        let distribution = distribution(values, weights)
        for rule in EstimationOptions.QuantileRule.allCases where rule != .shahvaish {
            let found = (0...200).map { distribution.quantile(Double($0) / 200, by: rule) ?? .nan }
            #expect(zip(found, found.dropFirst()).allSatisfy { $0 <= $1 }, "\(rule)")
        }
    }

    @Test func `rows of weight 0 are not there, and weights that sum to nothing have no quantile`() {
        #expect(distribution([1, 2, 3], [0, 1, 0]).quantile(0, by: .math) == 2)
        #expect(distribution([1, 2], [0, 0]).quantile(0.5, by: .math) == nil)
        #expect(distribution([], []).quantile(0.5, by: .hf7) == nil)
        #expect(distribution([1, 2], [1, -1]).quantile(0.5, by: .math) == nil)
        #expect(distribution([1, 2], [1, 1]).quantile(.nan, by: .math) == nil)
        #expect(distribution([1, 2], [.infinity, 1]).quantile(0.5, by: .math) == nil)
    }

    @Test func `with negative weights the first row that reaches p is taken`() {
        // C = 2, 1, 3, 4 of W = 4: the first row reaches 0.5 at once.
        #expect(distribution([1, 2, 3, 4], [2, -1, 2, 1]).quantile(0.5, by: .math) == 1)
        #expect(distribution([1, 2, 3, 4], [2, -1, 2, 1]).quantile(0.6, by: .math) == 3)
    }

    @Test func `Shah and Vaish's rule subtracts half of the weight as it stands`() {
        // (S + 0.5 − w/2)/(n + 1) with w = 1 and n = 4: 0.2, 0.4, 0.6, 0.8; with w = 2 half a step less.
        #expect(distribution([1, 2, 3, 4]).quantile(0.45, by: .shahvaish) == 2)
        #expect(distribution([1, 2, 3, 4], [2, 2, 2, 2]).quantile(0.55, by: .shahvaish) == 3)
        #expect(distribution([1, 2, 3, 4]).quantile(0.1, by: .shahvaish) == 1)
    }
}
