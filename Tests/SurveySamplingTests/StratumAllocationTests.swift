import SurveyProblems
import SurveyTestSupport
import Testing

@testable import SurveySampling

struct StratumAllocationTests {
    private func strata(_ populations: [Int], deviations: [Double]? = nil) -> [SamplingStratum] {
        populations.enumerated().map { position, population in
            var stratum = SamplingStratum("s\(position)", population: population)
            stratum.deviation = deviations?[position]
            return stratum
        }
    }

    @Test func `each rule by hand`() throws {
        let four = strata([4000, 3000, 2000, 1000], deviations: [1, 2, 3, 6])
        func sizes(_ rule: AllocationRule, _ total: Int) throws -> [Int] {
            try StratumAllocation(rule).sizes(total: total, of: four)
        }
        #expect(try sizes(.equal, 100) == [25, 25, 25, 25])
        #expect(try sizes(.proportional, 100) == [40, 30, 20, 10])
        // N·S = 4000, 6000, 6000, 6000
        #expect(try sizes(.neyman, 110) == [20, 30, 30, 30])
        // √N = 63.25, 54.77, 44.72, 31.62; of 100 that is 32.54, 28.18, 23.01, 16.27, and the unit that is missing goes to 0.54.
        #expect(
            try StratumAllocation(.power).sizes(total: 100, of: strata([4000, 3000, 2000, 1000])) == [33, 28, 23, 16])
    }

    @Test func `cost and size enter by their formulas`() throws {
        var two = strata([1000, 1000], deviations: [2, 2])
        two[0].cost = 1
        two[1].cost = 4
        // 1/√1 against 1/√4
        #expect(try StratumAllocation(.optimal).sizes(total: 90, of: two) == [60, 30])
        var regions = strata([100, 100, 100], deviations: [1, 2, 1])
        for position in regions.indices {
            regions[position].mean = 10
            regions[position].size = [100.0, 100, 1600][position]
        }
        // √100·0.1, √100·0.2, √1600·0.1: 1 : 2 : 4
        #expect(try StratumAllocation(.power).sizes(total: 70, of: regions) == [10, 20, 40])
        var plan = StratumAllocation(.power)
        plan.exponent = 0
        // Coefficients of variation alone: 1 : 2 : 1
        #expect(try plan.sizes(total: 80, of: regions) == [20, 40, 20])
    }

    @Test func `limits are kept, and the rest goes to the others in the same ratio`() throws {
        var plan = StratumAllocation(.proportional)
        plan.least = 30
        // 1000 : 10000 : 100000 of 500 would be 4.5, 45, 450; the first is raised to 30, the others share 470 as 1 : 10.
        #expect(try plan.sizes(total: 500, of: strata([1000, 10000, 100_000])) == [30, 43, 427])
        plan.greatest = 200
        #expect(try plan.sizes(total: 400, of: strata([1000, 10000, 100_000])) == [30, 170, 200])
        // A stratum gives no more than it has, and no less where it is smaller than the least.
        #expect(try plan.sizes(total: 60, of: strata([12, 400])) == [12, 48])
        let all = try StratumAllocation(.neyman).sizes(total: 112, of: strata([12, 400], deviations: [900, 1]))
        #expect(all == [12, 100])
    }

    @Test func `whole numbers sum exactly and keep the limits, whatever the strata`() throws {
        var numbers = SeededGenerator(seed: 71)
        for round in 0..<300 {
            let count = 1 + numbers.below(40)
            var regions = (0..<count).map { SamplingStratum("\($0)", population: 1 + numbers.below(50_000)) }
            for position in regions.indices {
                regions[position].deviation = 0.01 + 10 * numbers.uniform()
                regions[position].cost = 1 + numbers.uniform()
                regions[position].mean = 5
            }
            var plan = StratumAllocation(AllocationRule.allCases[round % 5])
            plan.least = numbers.below(5)
            if numbers.below(2) == 0 { plan.greatest = 20 + numbers.below(300) }
            let upper = regions.map { min($0.population, plan.greatest ?? $0.population) }
            let lower = upper.map { min($0, plan.least) }
            let (bottom, top) = (lower.reduce(0, +), upper.reduce(0, +))
            let total = max(1, bottom + numbers.below(top - bottom + 1))
            let sizes = try plan.sizes(total: total, of: regions)
            #expect(sizes.reduce(0, +) == total)
            #expect(sizes.indices.allSatisfy { sizes[$0] >= lower[$0] && sizes[$0] <= upper[$0] })
        }
    }

    @Test func `neyman in whole numbers has the least variance of all`() throws {
        var numbers = SeededGenerator(seed: 5)
        for _ in 0..<40 {
            let regions = strata(
                (0..<4).map { _ in 3 + numbers.below(40) }, deviations: (0..<4).map { _ in 0.1 + numbers.uniform() })
            var plan = StratumAllocation(.neyman)
            plan.least = 1
            func variance(_ sizes: [Int]) -> Double {
                zip(sizes, regions).reduce(0) {
                    let spread = Double($1.1.population) * ($1.1.deviation ?? 0)
                    return $0 + spread * spread / Double($1.0)
                }
            }
            let found = try plan.sizes(total: 14, of: regions)
            var least = Double.infinity
            for a in 1...11 {
                for b in 1...11 {
                    for c in 1...11 where a + b + c < 14 {
                        let sizes = [a, b, c, 14 - a - b - c]
                        guard zip(sizes, regions).allSatisfy({ $0 <= $1.population }) else { continue }
                        least = min(least, variance(sizes))
                    }
                }
            }
            #expect(isClose(variance(found), least, tolerance: 1e-12))
        }
    }

    @Test func `the outlook of an allocation by hand`() {
        let regions = strata([100, 300], deviations: [4, 2])
        let outlook = AllocationOutlook([25, 15], of: regions)
        #expect(outlook.fractions == [0.25, 0.05] && outlook.weights == [4, 20])
        // 16·(1/25 − 1/100) = 0.48; 4·(1/15 − 1/300) = 0.25333…
        let (first, second) = (0.48, 4.0 * (1.0 / 15 - 1.0 / 300))
        #expect(zip(outlook.errors, [first, second]).allSatisfy { isClose($0 ?? 0, $1.squareRoot()) })
        #expect(isClose(outlook.error ?? 0, (first / 16 + second * 9 / 16).squareRoot()))
        // n Σw² / (Σw)² with w = 4 (25 times) and 20 (15 times): Σw² = 400 + 6000
        let effect: Double = 40 * 6400 / 160_000
        #expect(isClose(outlook.weightingEffect ?? 0, effect))
    }

    @Test func `what cannot be shared out is refused`() {
        func code(_ total: Int, _ regions: [SamplingStratum], _ change: (inout StratumAllocation) -> Void = { _ in })
            -> String?
        {
            var plan = StratumAllocation(.proportional)
            change(&plan)
            return #expect(throws: Problem.self) { try plan.sizes(total: total, of: regions) }?.code
        }
        #expect(code(10, []) == "sampling.no-strata")
        #expect(code(0, strata([5])) == "sampling.out-of-range")
        #expect(code(10, strata([50]), { $0.least = -1 }) == "sampling.out-of-range")
        #expect(code(10, strata([50, 50, 50]), { $0.least = 4 }) == "sampling.least-too-great")
        #expect(code(100, strata([50, 20])) == "sampling.greatest-too-small")
        #expect(code(10, strata([50, 0])) == "sampling.stratum-number")
        #expect(code(10, strata([50, 50]), { $0.rule = .neyman }) == "sampling.stratum-number")
        #expect(
            code(10, strata([50, 50], deviations: [0, 0]), { $0.rule = .neyman }) == "sampling.nothing-to-share-by")
        #expect(code(10, strata([50, 50], deviations: [1, .nan]), { $0.rule = .neyman }) == "sampling.stratum-number")
        #expect(code(10, strata([50, 50], deviations: [1, 1]), { $0.rule = .power }) == "sampling.stratum-number")
        #expect(code(10, strata([Int.max, Int.max]), { $0.least = Int.max }) == "sampling.least-too-great")
    }
}
