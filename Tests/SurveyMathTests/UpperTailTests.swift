import SurveyMath
import SurveyTestSupport
import Testing

/// Tests/Reference/upper-tails.json: mpmath 1.3.0 at 50 digits, upper-tails.py, 2026-11-21.
struct UpperTailTests {
    private func compute(_ name: String, _ x: [Double]) -> Double? {
        switch name {
        case "normal": return StandardNormal.upperTail(x[0])
        case "chisq": return ChiSquareDistribution.upperTail(x[0], degreesOfFreedom: x[1])
        case "t": return StudentT.upperTail(x[0], degreesOfFreedom: x[1])
        case "f": return FDistribution.upperTail(x[0], x[1], x[2])
        case "ratio":
            let weights = Array(x[2...])
            let pairs = weights.map { _ in 2.0 }
            if x[1] == 0 { return ChiSquareMixture(weights: weights, degreesOfFreedom: pairs).upperTail(x[0]) }
            return ChiSquareMixture(weights: weights + [-x[0] / x[1]], degreesOfFreedom: pairs + [x[1]]).upperTail(0)
        default: return nil
        }
    }

    @Test func `upper tails equal a computation to 50 digits, also where R and GSL lose theirs`() throws {
        let cases = try ReferenceFolder.json("upper-tails.json")["cases"].array
        #expect(cases.count > 350)
        var worst: [String: Double] = [:]
        for entry in cases {
            let (name, x) = (entry["function"].string ?? "", entry["arguments"].array.compactMap(\.double))
            let expected = try #require(Double(entry["value"].string ?? ""))
            let found = try #require(compute(name, x), "\(name) \(x)")
            let error = abs(found - expected) / expected
            worst[name] = max(worst[name] ?? 0, error)
            #expect(error <= 1e-12, "\(name) \(x): \(found) is not \(expected), \(error)")
        }
        print("relative errors of tails:", worst.sorted { $0.key < $1.key })
    }

    @Test func `one chi-square is the mixture with one weight`() throws {
        for x in [0.2, 1.0, 3.84, 50.0, 300.0] {
            let mixture = try #require(ChiSquareMixture(weights: [2], degreesOfFreedom: [3]).upperTail(2 * x))
            #expect(
                isClose(
                    mixture, try #require(ChiSquareDistribution.upperTail(x, degreesOfFreedom: 3)), tolerance: 1e-12))
            let odd = try #require(ChiSquareMixture(weights: [1]).upperTail(x))
            #expect(
                isClose(odd, try #require(ChiSquareDistribution.upperTail(x, degreesOfFreedom: 1)), tolerance: 1e-12))
            let ratio = try #require(ChiSquareMixture.ratio(weights: [1], exceeding: x, denominator: 12).upperTail(0))
            #expect(isClose(ratio, try #require(FDistribution.upperTail(x, 1, 12)), tolerance: 1e-12))
        }
    }

    @Test func `weights may all be negative, 0, or of many scales`() throws {
        #expect(ChiSquareMixture(weights: [-1, -2]).upperTail(0) == 0)
        #expect(ChiSquareMixture(weights: [0, 0]).upperTail(1) == 0)
        #expect(ChiSquareMixture(weights: []).upperTail(-1) == 1)
        #expect(ChiSquareMixture(weights: [1, 2]).upperTail(-3) == 1)
        let lower = try #require(ChiSquareMixture(weights: [-1]).upperTail(-3.841458820694124))
        #expect(isClose(lower, 0.95, tolerance: 1e-12))
        // The smallest weight adds nothing that shows.
        let plain = try #require(ChiSquareMixture(weights: [1, 0.5]).upperTail(9))
        let tiny = try #require(ChiSquareMixture(weights: [1, 0.5, 1e-15]).upperTail(9))
        #expect(isClose(plain, tiny, tolerance: 1e-12))
        #expect(ChiSquareMixture(weights: [.nan]).upperTail(1) == nil)
        #expect(ChiSquareMixture(weights: [1]).upperTail(.nan) == nil)
        #expect(ChiSquareMixture(weights: [1], degreesOfFreedom: [0]).upperTail(1) == nil)
    }

    @Test func `the difference of two equal chi-squares is above 0 half the time`() throws {
        let half = try #require(ChiSquareMixture(weights: [1, -1], degreesOfFreedom: [3, 3]).upperTail(0))
        #expect(isClose(half, 0.5, tolerance: 1e-12))
    }

    @Test func `the saddlepoint is near the exact tail, and smooth at the mean`() throws {
        let mixture = ChiSquareMixture(weights: [2, 1, 0.5])
        for x in [1.0, 3.4, 3.4999999, 3.5, 3.5000001, 8, 30] {
            let exact = try #require(mixture.upperTail(x))
            let near = try #require(mixture.saddlepointUpperTail(x))
            // The approximation is good to a few percent, less so where one weight rules the tail.
            #expect(abs(near - exact) < 0.1 * exact, "\(x): \(near), \(exact)")
        }
        let left = try #require(mixture.saddlepointUpperTail(3.5 - 1e-9))
        let right = try #require(mixture.saddlepointUpperTail(3.5 + 1e-9))
        #expect(abs(left - right) < 1e-8)
    }

    @Test func `eigenvalues are those of one matrix relative to another`() throws {
        // Hand arithmetic: B = diag(4, 1), A = [[8, 2], [2, 5]] has the eigenvalues of [[2, 1], [1, 5]].
        let values = try #require(GeneralizedEigenvalues.of([8, 2, 2, 5], relativeTo: [4, 0, 0, 1], size: 2))
        let root = (13.0).squareRoot() / 2
        #expect(isClose(values[0], 3.5 + root, tolerance: 1e-14) && isClose(values[1], 3.5 - root, tolerance: 1e-14))
        #expect(GeneralizedEigenvalues.of([1, 0, 0, 1], relativeTo: [1, 1, 1, 1], size: 2) == nil)
        #expect(GeneralizedEigenvalues.of([.nan], relativeTo: [1], size: 1) == nil)
        #expect(GeneralizedEigenvalues.of([], relativeTo: [], size: 0) == [])
    }

    @Test func `what has no tail is nil`() {
        #expect(ChiSquareDistribution.upperTail(1, degreesOfFreedom: 0) == nil)
        #expect(ChiSquareDistribution.upperTail(.nan, degreesOfFreedom: 2) == nil)
        #expect(ChiSquareDistribution.upperTail(.infinity, degreesOfFreedom: 2) == 0)
        #expect(ChiSquareDistribution.upperTail(-1, degreesOfFreedom: 2) == 1)
        #expect(StudentT.upperTail(.infinity, degreesOfFreedom: 3) == 0)
        #expect(StudentT.bothTails(0, degreesOfFreedom: 3) == 1)
        #expect(FDistribution.upperTail(1e300, 1e10, 1) != nil)
        #expect(FDistribution.upperTail(3, 2, .infinity) == ChiSquareDistribution.upperTail(6, degreesOfFreedom: 2))
    }
}
