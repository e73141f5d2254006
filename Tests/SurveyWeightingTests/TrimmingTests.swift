import SurveyProblems
import SurveyTestSupport
import Testing

@testable import SurveyWeighting

struct TrimmingTests {
    @Test func `one pass by hand`() throws {
        // 10 is cut to 6, the 4 cut go to the three rows inside, 4/3 each.
        let result = try Trimming(greatest: 6, isOnce: true).trimmed([1, 2, 5, 10])
        let expected: [Double] = [7 / 3, 10 / 3, 19 / 3, 6]
        #expect(zip(result.weights, expected).allSatisfy { isClose($0, $1) })
        #expect(result.rowsCut == 1 && result.rowsOutside == 1 && result.passes == 1)
        #expect(isClose(result.movedShare, 4.0 / 18))
    }

    @Test func `strict trimming keeps the sum and leaves no row outside`() throws {
        var numbers = SeededGenerator(seed: 5)
        for spread in Trimming.Spread.allCases {
            for _ in 0..<200 {
                let weights = (0..<30).map { _ in
                    numbers.below(6) == 0 ? 0 : 0.1 + 5 * numbers.uniform() * numbers.uniform()
                }
                let trimming = Trimming(greatest: 2, least: 0.4, of: .mean, spread: spread)
                let result = try trimming.trimmed(weights)
                let used = weights.count { $0 != 0 }
                let mean = weights.reduce(0, +) / Double(used)
                #expect(isClose(result.weights.reduce(0, +), weights.reduce(0, +)))
                #expect(zip(weights, result.weights).allSatisfy { ($0 == 0) == ($1 == 0) })
                // The mean here and the compensated one differ in the last bits.
                let (low, high) = (0.4 * mean * (1 - 1e-14), 2 * mean * (1 + 1e-14))
                #expect(result.weights.allSatisfy { $0 == 0 || ($0 >= low && $0 <= high) })
                #expect(result.rowsOutside == 0)
            }
        }
    }

    @Test func `limits follow the median of the weights in use`() throws {
        let result = try Trimming(greatest: 2, of: .median, spread: .proportional).trimmed([0, 1, 2, 3, 6, 0])
        // The median of 1, 2, 3, 6 is 2.5, so 6 becomes 5, and the 1 cut is spread over 6: by the factor 7/6.
        let expected: [Double] = [0, 7 / 6, 14 / 6, 21 / 6, 5, 0]
        #expect(zip(result.weights, expected).allSatisfy { isClose($0, $1) })
    }

    @Test func `limits that the weights cannot keep are refused`() {
        func code(_ trimming: Trimming, _ weights: [Double] = [1, 2, 9]) -> String? {
            #expect(throws: Problem.self) { try trimming.trimmed(weights) }?.code
        }
        #expect(code(Trimming(greatest: 3)) == "weighting.trim-infeasible")
        #expect(code(Trimming(least: 5)) == "weighting.trim-infeasible")
        #expect(code(Trimming(greatest: 0.5, isOnce: true)) == "weighting.trim-infeasible")
        #expect(code(Trimming()) == "weighting.trim-limits")
        #expect(code(Trimming(greatest: 1, least: 2)) == "weighting.trim-limits")
        #expect(code(Trimming(greatest: .nan)) == "weighting.trim-limits")
        #expect(code(Trimming(greatest: -1)) == "weighting.trim-limits")
        #expect(code(Trimming(greatest: 5), [0, 0]) == "weighting.no-weights")
        #expect(code(Trimming(greatest: 5), []) == "weighting.no-weights")
    }

    @Test func `equal weights at the limit stay`() throws {
        let result = try Trimming(greatest: 2, least: 1).trimmed([2, 2, 2])
        #expect(result.weights == [2, 2, 2])
        #expect(result.passes == 0)
    }
}
