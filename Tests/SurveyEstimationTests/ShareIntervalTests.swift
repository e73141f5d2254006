@testable import SurveyEstimation
import SurveyMath
import SurveyTestSupport
import Testing

struct ShareIntervalTests {
    private func interval(_ share: Double, _ variance: Double, n: Int, df: Double = 30, level: Double = 0.95) throws
        -> ShareInterval
    {
        let t = try #require(StudentT.quantile((1 + level) / 2, degreesOfFreedom: df))
        return ShareInterval(share: share, variance: variance, n: n, degreesOfFreedom: df, level: level, t: t)
    }

    /// Tests/Reference/korn-graubard.R, R 4.2.2, 2026-11-21.
    @Test func `beta and Korn-Graubard intervals equal their formula in R`() throws {
        let cases = try ReferenceFolder.json("korn-graubard.json")["cases"].array
        #expect(cases.count == 218)
        for entry in cases {
            let share = try #require(entry["share"].double)
            let interval = try interval(
                share, entry["variance"].double ?? .nan, n: entry["n"].int ?? 0, df: entry["df"].double ?? .nan,
                level: entry["level"].double ?? .nan)
            let isEdge = share == 0 || share == 1
            for (name, method) in [("korn_graubard", EstimationOptions.ShareInterval.kornGraubard), ("beta", .beta)] {
                let found = try #require(isEdge ? interval.edgeLimits() : interval.limits(by: method))
                var compare = Comparison(tolerance: 1e-9)
                // Below 1e-300 a limit is 0.
                compare(found.low, entry[name][0], "low", scale: 1e-290)
                compare(found.high, entry[name][1], "high")
                #expect(compare.mismatches.isEmpty, "\(entry): \(compare.mismatches)")
                #expect(found.method == (isEdge ? "korn-graubard" : method.rawValue))
            }
        }
    }

    /// Tests/Reference/inequality.R, R 4.2.2, 2026-11-21.
    @Test func `arcsine, Wilson and likelihood intervals equal their formulas in R`() throws {
        let cases = try ReferenceFolder.json("inequality.json")["cases"].array
            .filter { $0["kind"].string == "interval" }
        #expect(cases.count == 16)
        for entry in cases {
            var interval = try interval(
                entry["share"].double ?? .nan, entry["variance"].double ?? .nan, n: entry["n"].int ?? 0,
                df: entry["df"].double ?? .nan)
            var compare = Comparison(tolerance: 1e-9)
            for method in [EstimationOptions.ShareInterval.asin, .wilson, .likelihood] {
                let found = try #require(interval.limits(by: method))
                // R's root finding stops at 1e-15 absolute, which is 1e-9 of the smallest limits.
                compare(found.low, entry[method.rawValue][0], "\(method) low", scale: 1e-3)
                compare(found.high, entry[method.rawValue][1], "\(method) high")
                #expect(found.method == method.rawValue)
            }
            interval.clipsArcsine = false
            let plain = try #require(interval.limits(by: .asin))
            compare(plain.low, entry["asin_unclipped"][0], "unclipped low")
            compare(plain.high, entry["asin_unclipped"][1], "unclipped high")
            #expect(compare.mismatches.isEmpty, "\(entry): \(compare.mismatches)")
        }
    }

    @Test func `an edge design effect divides the number of rows`() throws {
        var interval = try interval(0, 0, n: 40)
        interval.edgeDesignEffect = 2
        let limits = try #require(interval.edgeLimits())
        #expect(limits.low == 0)
        #expect(isClose(limits.high, 1 - 0.025.root(of: 20), tolerance: 1e-12))
    }

    @Test func `a likelihood that hardly falls leaves the ends at 0 and 1`() throws {
        let limits = try #require(try interval(0.5, 1e6, n: 3).limits(by: .likelihood))
        #expect(limits.low == 0 && limits.high == 1)
    }

    @Test func `at 0 and 1 the interval is that of independent rows`() throws {
        let low = try #require(try interval(0, 0, n: 40).edgeLimits())
        #expect(low.low == 0)
        #expect(isClose(low.high, 1 - 0.025.root(of: 40), tolerance: 1e-12))
        let high = try #require(try interval(1, 0, n: 40).edgeLimits())
        #expect(high.high == 1)
        #expect(isClose(high.low, 0.025.root(of: 40), tolerance: 1e-12))
    }

    @Test func `a share without variance is its own interval, but for Korn-Graubard`() throws {
        for method in [EstimationOptions.ShareInterval.logit, .mean, .beta, .asin, .wilson, .likelihood] {
            let limits = try #require(try interval(0.3, 0, n: 40).limits(by: method))
            #expect(limits.low == 0.3 && limits.high == 0.3 && limits.method == method.rawValue)
        }
        let limits = try #require(try interval(0.3, 0, n: 40).limits(by: .kornGraubard))
        #expect(limits.low < 0.2 && limits.high > 0.4)
    }

    @Test func `a share outside 0…1 has the plain interval`() throws {
        let limits = try #require(try interval(-0.1, 0.01, n: 40).limits(by: .logit))
        #expect(limits.method == "mean")
        #expect(
            isClose(limits.low, -0.1 - 0.1 * (StudentT.quantile(0.975, degreesOfFreedom: 30) ?? 0), tolerance: 1e-12))
    }

    @Test func `one row has no beta interval`() throws {
        #expect(try interval(0.5, 0.1, n: 1).limits(by: .beta) == nil)
    }
}

extension Double {
    /// The root of a given order.
    fileprivate func root(of order: Int) -> Double {
        var root = 1.0
        for _ in 0..<200 { root -= (pow(root, order) - self) / (Double(order) * pow(root, order - 1)) }
        return root
    }

    private func pow(_ base: Double, _ exponent: Int) -> Double {
        (0..<exponent).reduce(1.0) { power, _ in power * base }
    }
}
