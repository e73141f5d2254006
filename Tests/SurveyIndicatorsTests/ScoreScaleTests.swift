import SurveyIndicators
import SurveyTestSupport
import Testing

struct ScoreScaleTests {
    /// Scores of the compliance documents: 100 % = 2 points, each 10 % 0.2; worked by hand.
    static let table: [(k: Int, n: Int, floor: Double, linear: Double, nearest: Double)] = [
        (38, 40, 1.8, 1.9, 2.0), (87, 120, 1.4, 1.45, 1.4), (7, 10, 1.4, 1.4, 1.4), (10, 10, 2, 2, 2), (5, 10, 1, 1, 1),
        (6, 10, 1.2, 1.2, 1.2), (9, 10, 1.8, 1.8, 1.8), (3, 10, 0.6, 0.6, 0.6), (0, 10, 0, 0, 0),
        (1, 3, 0.6, 2.0 / 3, 0.6),
    ]

    @Test(arguments: table)
    func `points go by steps`(_ row: (k: Int, n: Int, floor: Double, linear: Double, nearest: Double)) throws {
        let (k, n, floor, linear, nearest) = row
        for (between, expected) in [
            (ScoreScale.Between.floor, floor), (.linear, linear), (.nearest, nearest),
        ] {
            let scale = ScoreScale(full: 2, steps: 10, between: between, belowHalf: .continue)
            let points = try #require(scale.points(for: Double(k) / Double(n)))
            #expect(isClose(points, expected, scale: 1e-3), "\(k) of \(n), \(between)")
        }
    }

    @Test func `below half a scale goes on or gives nothing`() throws {
        for (between, expected) in [(ScoreScale.Between.floor, 0.8), (.linear, 0.9), (.nearest, 1.0)] {
            let on = ScoreScale(full: 2, steps: 10, between: between, belowHalf: .continue)
            #expect(isClose(try #require(on.points(for: 9.0 / 20)), expected))
            let zero = ScoreScale(full: 2, steps: 10, between: between, belowHalf: .zero)
            #expect(zero.points(for: 9.0 / 20) == 0)
            #expect(zero.points(for: 0.5) == 1)
        }
    }

    @Test func `rounding errors of weighted shares never cost a step`() throws {
        let scale = ScoreScale(full: 2, steps: 10, between: .floor, belowHalf: .continue)
        for step in 1...10 {
            // A tenth added step times, and one unit in the last place less.
            let sum = (0..<step).reduce(0.0) { sum, _ in sum + 0.1 }
            #expect(isClose(try #require(scale.points(for: sum.nextDown)), 0.2 * Double(step)))
        }
    }

    @Test func `nothing to assess has no score`() {
        let scale = ScoreScale(full: 2, steps: 10, between: .floor, belowHalf: .zero)
        #expect(scale.points(for: nil) == nil && scale.points(for: .nan) == nil)
    }
}
