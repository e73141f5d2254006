import SurveyMath
import SurveyTestSupport
import Testing

/// Tests/Reference/distributions.json: R 4.2.2, distributions.R, 2026-11-21.
struct DistributionsTests {
    private func compute(_ name: String, _ x: [Double]) -> Double? {
        switch name {
        case "normal.quantile": StandardNormal.quantile(x[0])
        case "normal.tail": StandardNormal.upperTail(x[0])
        case "t.quantile": StudentT.quantile(x[0], degreesOfFreedom: x[1])
        case "t.tail": StudentT.upperTail(x[0], degreesOfFreedom: x[1])
        case "f.tail": FDistribution.upperTail(x[0], x[1], x[2])
        case "beta.quantile": BetaDistribution.quantile(x[0], x[1], x[2])
        default: nil
        }
    }

    @Test func `quantiles and tails equal R`() throws {
        let cases = try ReferenceFolder.json("distributions.json")["cases"].array
        #expect(cases.count == 146)
        for entry in cases {
            let (name, x) = (entry["function"].string ?? "", entry["arguments"].array.compactMap(\.double))
            let expected = try #require(entry["value"].double)
            let found = try #require(compute(name, x), "\(name) \(x)")
            // The median of a symmetric distribution is 0 up to rounding.
            #expect(isClose(found, expected, scale: 1e-7), "\(name) \(x): \(found) is not \(expected)")
        }
    }

    @Test func `a tail far out is small and not 0`() throws {
        let tail = try #require(StandardNormal.upperTail(12.8))
        #expect(tail > 0 && tail < 1e-36)
    }

    @Test func `what is not defined is nil`() {
        #expect(StandardNormal.quantile(0) == nil)
        #expect(StandardNormal.quantile(.nan) == nil)
        #expect(StudentT.quantile(0.5, degreesOfFreedom: 0) == nil)
        #expect(StudentT.quantile(1, degreesOfFreedom: 5) == nil)
        #expect(StudentT.upperTail(1, degreesOfFreedom: -1) == nil)
        #expect(FDistribution.upperTail(1, 0, 5) == nil)
        #expect(FDistribution.upperTail(.nan, 1, 5) == nil)
        #expect(BetaDistribution.quantile(0.5, 0, 1) == nil)
        #expect(BetaDistribution.quantile(0.5, .infinity, 1) == nil)
        #expect(BetaDistribution.lowerTail(0.5, 1, .nan) == nil)
    }

    @Test func `infinitely many degrees of freedom are the normal distribution`() throws {
        let t = try #require(StudentT.quantile(0.975, degreesOfFreedom: .infinity))
        #expect(t == StandardNormal.quantile(0.975))
        #expect(StudentT.upperTail(1.5, degreesOfFreedom: .infinity) == StandardNormal.upperTail(1.5))
    }

    @Test func `beta quantiles give their probability back for any shape`() throws {
        var generator = SeededGenerator(seed: 29)
        for _ in 0..<4000 {
            let size = 2 + 20_000 * generator.uniform() * generator.uniform()
            let share = 0.0001 + 0.9998 * generator.uniform()
            for p in [0.025, 0.975] {
                let x = try #require(BetaDistribution.quantile(p, size * share, size * (1 - share) + 1))
                let back = try #require(BetaDistribution.lowerTail(x, size * share, size * (1 - share) + 1))
                // One unit in the last place of x moves p by more than 1e-12 where the density is highest.
                #expect(abs(back - p) < 1e-11)
            }
        }
    }

    @Test func `the version names the library`() {
        #expect(MathLibrary.version.name == "GSL")
        #expect(MathLibrary.version.version.first?.isNumber == true)
    }
}
