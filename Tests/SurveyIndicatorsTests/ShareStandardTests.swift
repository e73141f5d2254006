import SurveyEstimation
import Testing

@testable import SurveyIndicators

/// Widths were computed with scipy 1.17.1 on 2026-11-21 by the formula in the source:
/// `beta.ppf(.975, m*p+1, m*(1-p)) - beta.ppf(.025, m*p, m*(1-p)+1)`, `m = min(n, p*(1-p)/se**2 * (t.ppf(.975, n-1)/t.ppf(.975, df))**2)`.
struct ShareStandardTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let p: Double
        let error: Double
        let n: Int
        let df: Double
        let width: Double
        let isPrecise: Bool
        let notes: [IndicatorResult.Note]
        var testDescription: String { name }
    }

    static let cases = [
        Case(
            name: "a common share", p: 0.5, error: 0.025, n: 800, df: 30, width: 0.1043107432823771, isPrecise: true,
            notes: []),
        Case(
            name: "wider than 0.30", p: 0.5, error: 0.09, n: 800, df: 30, width: 0.3836007616637483, isPrecise: false,
            notes: []),
        Case(
            name: "narrow although relatively wide", p: 0.02, error: 0.008, n: 800, df: 30, width: 0.036846620955146354,
            isPrecise: true, notes: []),
        Case(
            name: "relatively wider than 1.3", p: 0.05, error: 0.0165, n: 400, df: 30, width: 0.0738882818250697,
            isPrecise: false, notes: []),
        Case(
            name: "the complement is imprecise", p: 0.97, error: 0.012, n: 400, df: 40, width: 0.054420001268411844,
            isPrecise: true, notes: [.complementImprecise]),
        Case(
            name: "too few rows", p: 0.5, error: 0.02, n: 25, df: 30, width: 0.4092589990727014, isPrecise: false,
            notes: []),
        Case(
            name: "few degrees of freedom", p: 0.3, error: 0.012, n: 3000, df: 7, width: 0.057661046169580676,
            isPrecise: true, notes: [.review]),
        Case(
            name: "no variance", p: 0.3, error: 0, n: 200, df: 20, width: 0.13126023138355403, isPrecise: true,
            notes: []),
        Case(
            name: "wide with a small effective sample", p: 0.4, error: 0.08, n: 60, df: 12, width: 0.35785367402021256,
            isPrecise: false, notes: []),
    ]

    private func estimate(_ p: Double?, _ error: Double?, n: Int, df: Double?) -> Estimate {
        Estimate(
            statistic: .share, variable: "x", answer: nil, by: [], value: p, standardError: error, low: nil, high: nil,
            intervalMethod: nil, level: 0.95, degreesOfFreedom: df, n: n, nBase: n, psus: 40, sumWeights: 1,
            effectiveN: nil,
            designEffect: nil, designEffectKind: nil, flags: [])
    }

    @Test(arguments: cases)
    func `a share is judged by the width of its interval`(_ each: Case) throws {
        let width = try #require(
            ShareStandard.width(
                p: each.p, variance: each.error * each.error, n: Double(each.n), degreesOfFreedom: each.df))
        #expect(abs(width - each.width) <= 1e-9 * each.width)
        let judged = ShareStandard(estimate(each.p, each.error, n: each.n, df: each.df))
        #expect(judged.isPrecise == each.isPrecise)
        #expect(judged.notes == each.notes)
    }

    @Test func `shares of 0 and 1 are shown from 30 rows and a person should look`() {
        for p in [0.0, 1.0] {
            #expect(ShareStandard(estimate(p, 0, n: 30, df: 20)).isPrecise)
            #expect(ShareStandard(estimate(p, 0, n: 30, df: 20)).notes == [.review])
            #expect(!ShareStandard(estimate(p, 0, n: 29, df: 20)).isPrecise)
        }
    }

    @Test func `a share without error, freedom or value is not precise`() {
        #expect(!ShareStandard(estimate(0.5, nil, n: 500, df: 20)).isPrecise)
        #expect(!ShareStandard(estimate(0.5, 0.01, n: 500, df: nil)).isPrecise)
        #expect(!ShareStandard(estimate(0.5, 0.01, n: 500, df: 0)).isPrecise)
        #expect(!ShareStandard(estimate(nil, nil, n: 500, df: 20)).isPrecise)
        #expect(!ShareStandard(estimate(1.2, 0.01, n: 500, df: 20)).isPrecise)
        #expect(ShareStandard(estimate(0.5, 0.01, n: 5000, df: .infinity)).isPrecise)
    }
}
