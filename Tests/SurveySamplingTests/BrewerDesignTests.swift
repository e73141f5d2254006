import SurveyMath
import SurveyProblems
import SurveyTestSupport
import Testing

@testable import SurveySampling

struct BrewerDesignTests {
    private static func probabilities(_ units: Int, _ count: Int) throws -> [Double] {
        try InclusionProbabilities(sizes: (0..<units).map { Double(10 + $0 * 7 % 13) }, count: count).values
    }

    @Test(arguments: [(5, 2), (8, 2), (7, 3), (9, 4), (12, 5), (8, 5)])
    func `pairs sum to the probabilities of their units`(units: Int, count: Int) throws {
        let own = try BrewerDesignTests.probabilities(units, count)
        #expect(own.allSatisfy { $0 < 1 })
        let pairs = BrewerDesign(own, count: count).pairs(of: Array(0..<units))
        for row in 0..<units {
            #expect(pairs[row][row] == own[row])
            let others = (0..<units).filter { $0 != row }.reduce(0) { $0 + pairs[row][$1] }
            #expect(isClose(others, Double(count - 1) * own[row]))
            for column in 0..<units where column != row {
                #expect(pairs[row][column] == pairs[column][row])
                // The estimator of Sen, Yates and Grundy is not negative: Brewer (1975).
                #expect(pairs[row][column] > 0 && pairs[row][column] <= own[row] * own[column] * (1 + 1e-12))
            }
        }
    }

    @Test func `with two units the pairs are Sampford's, with equal probabilities those of a random sample`() throws {
        let own = try BrewerDesignTests.probabilities(9, 2)
        let (brewer, sampford) = (
            BrewerDesign(own, count: 2).pairs(of: [4, 1, 8]), try SampfordDesign(own, count: 2).pairs(of: [4, 1, 8])
        )
        for (left, right) in zip(brewer.joined(), sampford.joined()) { #expect(isClose(left, right)) }
        let equal = BrewerDesign([Double](repeating: 0.4, count: 10), count: 4).pairs(of: [0, 5])
        #expect(isClose(equal[0][1], 4.0 * 3 / (10 * 9)))
    }

    @Test func `pairs are those of all sequences of draws, one by one`() throws {
        // Each sequence has the product of the chances of Brewer (1975): π(D − π)/(D − rπ), r draws left, over their sum.
        let own = [0.35, 0.7, 0.5, 0.25, 0.6, 0.6]
        var expected = [[Double]](repeating: [Double](repeating: 0, count: 6), count: 6)
        func follow(_ drawn: [Int], _ probability: Double) {
            guard drawn.count < 3 else {
                for one in drawn { for two in drawn where one != two { expected[one][two] += probability } }
                return
            }
            let left = Double(3 - drawn.count)
            let open = own.indices.filter { !drawn.contains($0) }
            let sum = open.reduce(0) { $0 + own[$1] }
            let chances = open.map { left == 1 ? own[$0] : own[$0] * (sum - own[$0]) / (sum - left * own[$0]) }
            let all = chances.reduce(0, +)
            for (unit, chance) in zip(open, chances) { follow(drawn + [unit], probability * chance / all) }
        }
        follow([], 1)
        let pairs = BrewerDesign(own, count: 3).pairs(of: Array(0..<6))
        for row in 0..<6 {
            for column in 0..<6 where row != column { #expect(isClose(pairs[row][column], expected[row][column])) }
        }
    }

    @Test func `pairs are drawn as often as their probabilities say`() throws {
        let own = try BrewerDesignTests.probabilities(7, 3)
        let pairs = BrewerDesign(own, count: 3).pairs(of: Array(0..<7))
        var counts = [[Int]](repeating: [Int](repeating: 0, count: 7), count: 7)
        let draws = 40_000
        for seed in 0..<draws {
            var stream = RandomStream(seed: UInt64(seed), for: .selection, number: 0)
            let drawn = UnitDraw.brewer(own, count: 3, &stream)
            for one in drawn { for two in drawn { counts[one][two] += 1 } }
        }
        for row in 0..<7 {
            for column in 0..<7 {
                let (share, wanted) = (Double(counts[row][column]) / Double(draws), pairs[row][column])
                // Five standard errors; the seeds are fixed.
                #expect(abs(share - wanted) < 5 * (wanted * (1 - wanted) / Double(draws)).squareRoot())
            }
        }
    }

    @Test func `a sample by Brewer's method has its pairs, of strata that are not too large`() throws {
        var frame = SamplingFrame(rowCount: 40, strata: ["a", "b"], stratumOfRow: (0..<40).map { $0 < 18 ? 0 : 1 })
        frame.sizes = (0..<40).map { Double(5 + $0 * 7 % 11) }
        var plan = SampleSelection(.brewer, seed: 4)
        plan.hasPairs = true
        let drawn = try plan.draw([4, 2], from: frame)
        let pairs = try #require(drawn.pairs)
        #expect(pairs.count == 6)
        for (row, one) in drawn.units.enumerated() {
            #expect(isClose(pairs[row][row], one.probability))
            for (column, two) in drawn.units.enumerated() where one.stratum != two.stratum {
                #expect(isClose(pairs[row][column], one.probability * two.probability))
            }
        }
        do throws(Problem) {
            _ = try plan.draw([4, 3], from: frame)
            Issue.record("22 units were gone through")
        } catch {
            #expect(error.code == "sampling.too-many-for-brewer" && error.translationFaults == [])
        }
    }
}
