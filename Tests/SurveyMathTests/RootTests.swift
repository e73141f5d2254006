@testable import SurveyMath
import Testing

struct RootTests {
    @Test func `roots are found to the last digits`() throws {
        let root = try #require(Root.between(0, 1) { x in 1 - x * x })
        #expect(root == 1)
        let cubic = try #require(Root.between(0, 2) { x in x * x * x - 2 })
        #expect(abs(cubic * cubic * cubic - 2) < 1e-15 * 8)
    }

    @Test func `ends of one sign have no root between them`() {
        #expect(Root.between(1, 2) { $0 } == nil)
    }

    @Test func `a function that is not defined on the way has no root`() {
        #expect(Root.between(-1, 1) { abs($0) < 0.5 ? nil : $0 } == nil)
    }

    @Test func `a root at an end is returned`() {
        #expect(Root.between(0, 1) { $0 } == 0)
        #expect(Root.between(-1, 0) { $0 } == 0)
    }

    @Test func `root finding alone gives the beta quantiles of GSL`() throws {
        for (p, a, b) in [(0.025, 3.2, 17.0), (0.975, 812.5, 40.25), (0.5, 0.3, 1.1)] {
            let solved = try #require(BetaDistribution.solvedQuantile(p, a, b))
            let library = try #require(BetaDistribution.quantile(p, a, b))
            #expect(abs(solved - library) <= 1e-12 * library)
        }
    }
}
