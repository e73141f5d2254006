import SurveyEstimation
import SurveyIndicators
import SurveySchema
@testable import SurveyVerification
import Testing

struct FigureComparisonTests {
    /// A figure of 0.25 over 400 people, and R's line for it.
    private func figure(
        _ id: String = "f", isWithheld: Bool = false, error: Double? = 0.02
    ) -> VerifiedFigure {
        let estimate = Estimate(
            statistic: .share, variable: id, answer: nil, by: [("sex", "1")], value: 0.25, standardError: error,
            low: 0.2, high: 0.3, intervalMethod: "logit", level: 0.95, degreesOfFreedom: 30, n: 100, nBase: 400,
            psus: 40, sumWeights: 1000, effectiveN: nil, designEffect: nil, designEffectKind: nil, flags: [])
        let definition = StrangeWave.definition(id, .share(Expression(source: "true", root: .truth(true))))
        let result = IndicatorResult(
            id: "000000000001", definition: definition, wave: "2026", estimate: estimate, labels: [], base: .empty,
            baseExpression: "true", display: .shown)
        return VerifiedFigure.all(of: result, isWithheld: isWithheld)[0]
    }

    private func level(_ wave: String, _ value: Double) -> (estimate: Estimate, figure: VerifiedFigure) {
        let estimate = Estimate(
            statistic: .share, variable: "f", answer: nil, by: [("sex", "1")], value: value, standardError: 0.02,
            low: 0.2, high: 0.3, intervalMethod: "logit", level: 0.95, degreesOfFreedom: 30, n: 100, nBase: 400,
            psus: 40, sumWeights: 1000, effectiveN: nil, designEffect: nil, designEffectKind: nil, flags: [])
        let definition = StrangeWave.definition("f", .share(Expression(source: "true", root: .truth(true))))
        let result = IndicatorResult(
            id: "000000000001", definition: definition, wave: wave, estimate: estimate, labels: [], base: .empty,
            baseExpression: "true", display: .shown)
        return (estimate, VerifiedFigure.all(of: result, isWithheld: false)[0])
    }

    /// Two levels of 0.25 that differ by 0.00002, and their change.
    private func levelsAndChange() throws -> [VerifiedFigure] {
        let (from, to) = (level("2025", 0.25), level("2026", 0.25002))
        let change = Change(
            from: from.estimate, to: to.estimate, difference: 0.00002, standardError: 0.02, low: -0.04, high: 0.04004,
            level: 0.95, degreesOfFreedom: 60, correlation: 0, p: 0.999, sharedPSUs: 0, overlap: .independent,
            verdict: .tooImprecise)
        let entry = IndicatorChange(
            id: "000000000002",
            definition: StrangeWave.definition("f", .share(Expression(source: "true", root: .truth(true)))),
            fromWave: "2025", toWave: "2026", by: [("sex", "1")], labels: [], base: .empty, change: change,
            display: .shown, breakReason: nil)
        return [from.figure, to.figure, try #require(VerifiedFigure(entry, isWithheld: false))]
    }

    @Test func `a change may be apart by what its own levels are apart by, and by nothing else`() throws {
        let rest = "0.02,0.2,0.3,30,100,400,"
        let figures = try levelsAndChange()
        // 1e-11 of a change of 0.00002: 5e-7 of it. Both levels are apart by 5e-12, 2e-11 of them.
        let change = "2025,2026,f,sex,1,0.00002000001,0.02,-0.04,0.04004,60,,,0.999"
        let carried = try lines(
            "2025,,f,sex,1,0.249999999995,\(rest)", "2026,,f,sex,1,0.250020000005,\(rest)", change)
        #expect(FigureComparison(figures, with: carried).areEqual)
        let alone = FigureComparison(
            figures, with: try lines("2025,,f,sex,1,0.25,\(rest)", "2026,,f,sex,1,0.25002,\(rest)", change))
        #expect(alone.differences.map(\.field) == [.estimate])
        let partly = FigureComparison(
            figures, with: try lines("2025,,f,sex,1,0.249999999998,\(rest)", "2026,,f,sex,1,0.25002,\(rest)", change))
        #expect(partly.differences.map(\.field) == [.estimate])
        let noLevels = FigureComparison(figures, with: try lines(change))
        #expect(noLevels.differences.contains { $0.field == .estimate && $0.figure.toWave == "2026" })
    }

    private func lines(_ lines: String...) throws -> [RFigure] {
        let header = "wave,to,indicator,by,group,estimate,se,ci_low,ci_high,df,n,n_base,p"
        return try #require(RFigure.all(in: Array(([header] + lines).joined(separator: "\n").utf8)))
    }

    @Test func `equal figures have no difference, and rounding is measured`() throws {
        let comparison = FigureComparison(
            [figure()], with: try lines("2026,,f,sex,1,0.25,0.02000000000000004,0.2,0.3,30,100,400,"))
        #expect(comparison.areEqual && comparison.compared == 1)
        let error = try #require(comparison.largest.first { $0.field == .se })
        // 4e-17 of 0.02: 2e-15.
        #expect(error.difference > 1e-15 && error.difference < 4e-15)
        #expect(comparison.largest.map(\.field) == [.estimate, .se, .low, .high, .df, .n, .base])
    }

    @Test func `a number that is off by more than 1e-8 is told with both values`() throws {
        let comparison = FigureComparison(
            [figure()], with: try lines("2026,,f,sex,1,0.25,0.0200000003,0.2,0.3,30,100,401,"))
        #expect(!comparison.areEqual)
        #expect(comparison.differences.map(\.field) == [.se, .base])
        #expect(comparison.differences.first?.saual == 0.02 && comparison.differences.first?.r == 0.0200000003)
    }

    @Test func `a withheld figure differs without a number`() throws {
        let comparison = FigureComparison(
            [figure(isWithheld: true)], with: try lines("2026,,f,sex,1,0.26,0.02,0.2,0.3,30,100,400,"))
        #expect(comparison.differences.count == 1 && comparison.withheld == 1)
        #expect(comparison.differences.first?.saual == nil && comparison.differences.first?.r == nil)
    }

    @Test func `a number that only one of the two has is a difference`() throws {
        let comparison = FigureComparison(
            [figure(error: nil)], with: try lines("2026,,f,sex,1,0.25,0.02,0.2,,30,100,400,"))
        #expect(comparison.differences.map(\.field) == [.se, .high])
        #expect(comparison.largest.first { $0.field == .se }?.difference == .infinity)
    }

    @Test func `a figure that only one of the two has is a difference`() throws {
        let other = try lines("2026,,g,sex,1,0.25,0.02,0.2,0.3,30,100,400,")
        let comparison = FigureComparison([figure()], with: other)
        #expect(comparison.compared == 0 && comparison.strangers == 1 && !comparison.areEqual)
        #expect(comparison.differences.count == 1 && comparison.differences.first?.field == nil)
    }

    @Test func `an error of 0 equals the rounding that R has left, and nothing larger`() throws {
        let left = try lines("2026,,f,sex,1,0.25,1e-17,0.2,0.3,30,100,400,")
        #expect(FigureComparison([figure(error: 0)], with: left).areEqual)
        let more = try lines("2026,,f,sex,1,0.25,1e-9,0.2,0.3,30,100,400,")
        #expect(!FigureComparison([figure(error: 0)], with: more).areEqual)
    }

    @Test(arguments: ["2026,,f,sex,1,0.25", "2026,,f,sex,1,a,b,c,d,e,f,g,h", ""])
    func `lines that the script does not write are refused`(line: String) {
        let text = line.isEmpty ? "" : "header\n\(line)\n"
        #expect(RFigure.all(in: Array(text.utf8)) == nil)
    }
}
