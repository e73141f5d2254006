import Foundation
import SurveyProblems
import SurveySchema
import SurveyTestSupport
import Testing

@testable import SurveyReport
@testable import SurveyWeighting

struct DiagnosticsPageTests {
    /// Three steps over ten interviews, with margins and followed variables, made by hand.
    private static func input() throws -> ReportInput {
        func step(_ name: String, factors: (Double, Double)?, gap: Double) throws -> WeightingDiagnostics.Step {
            var histogram = [Int](repeating: 0, count: WeightingDiagnostics.classCount)
            histogram[2] = 5
            histogram[6] = 4
            histogram[20] = 1
            return WeightingDiagnostics.Step(
                name: name, rows: 10, sum: 100, least: 5, greatest: 60,
                quantiles: [5, 5, 6, 7, 16, 17, 60], kishEffect: 1.25, effectiveN: 8, weightLoss: 0.2, spread: 12,
                leastFactor: factors?.0, greatestFactor: factors?.1, rowsAtLeast: nil,
                rowsAtGreatest: factors == nil ? nil : 1, histogram: histogram, greatestGap: gap, meanGap: gap / 2)
        }
        let demo = DemoReport.analytical()
        var waves = demo.waves
        let diagnostics = WeightingDiagnostics(
            steps: [
                try step("base", factors: nil, gap: 0.12), try step("propensity", factors: (0.5, 3.25), gap: 0.08),
                try step("rake", factors: (0.75, 1.5), gap: 0),
            ],
            margins: (0..<40).map { place in
                WeightingDiagnostics.Margin(
                    variable: "region", category: "<\(place)>", target: 0.025,
                    shares: [0.025 + Double(place) / 1000, 0.03, 0.025])
            },
            balance: [
                WeightingDiagnostics.Balance(
                    variable: "education", category: "1", values: [0.25, 0.26, 0.3], distances: [0, 0.02, 0.115],
                    effects: [1.2, 1.3, 1.45]),
                WeightingDiagnostics.Balance(
                    variable: "age", category: nil, values: [41.5, nil, 42.25], distances: [0, nil, 0.05],
                    effects: [1.2, nil, 1.5]),
            ])
        waves[1].weighting?.diagnostics = diagnostics
        return ReportInput(
            study: demo.study, waves: waves, results: demo.results, programs: demo.programs,
            isInternal: demo.isInternal)
    }

    @Test(arguments: Language.spoken)
    func `the page draws weights and margins, and has their tables`(language: Language) throws {
        let page = try HTMLReport.html(try DiagnosticsPageTests.input(), language: language, languages: Language.spoken)
        let words = DiagnosticWords.in(language)
        for text in [words.histogram, words.gaps, words.table, words.balanceTable] {
            #expect(page.contains(text.filled("2023")))
        }
        #expect(page.contains(words.steps["propensity"] ?? "?"))
        // Of 40 categories the 30 that were furthest are drawn, the others counted.
        #expect(page.contains(words.gapsLeftOut.filled("10")))
        #expect(page.components(separatedBy: "<circle ").count == 61)
        #expect(!page.contains("<0>") && page.contains("&lt;39&gt;"))
        #expect(!page.contains(words.lower) && page.contains(words.upper))
        #expect(PageReader(page).words.contains(words.distance))
    }

    @Test func `a page without diagnostics has none of it`() throws {
        let page = try HTMLReport.html(DemoReport.analytical(), language: .english, languages: Language.spoken)
        #expect(!page.contains("ASMD") && !page.contains("<circle "))
    }

    @Test func `the report for machines has every number`() throws {
        let input = try DiagnosticsPageTests.input()
        let summary = try #require(input.waves[1].weighting)
        let json = ReportJSON.weighting(summary).line
        #expect(json.contains("\"diagnostics\":{") && json.contains("\"asmd\":[0,0.02,0.115]"))
        #expect(json.contains("\"factor_max\":3.25"))
    }
}
