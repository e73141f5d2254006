import SurveyEstimation
import SurveyIndicators
import SurveyProblems
import SurveySchema
import Testing

@testable import SurveyReport

struct ReportContentTests {
    @Test func `a category that is new in a later wave stands after its neighbour`() {
        let share = DemoReport.definition("s", .empty)
        func row(_ wave: String, _ code: String) -> IndicatorResult {
            DemoReport.result(
                share, wave: wave, DemoReport.estimate(0.5, error: 0.1, n: 50, nBase: 100, by: [("r", code)]),
                labels: [(.empty, .empty)])
        }
        let input = ReportInput(
            study: DemoReport.study(waves: ["1", "2"]), waves: [DemoReport.wave("1"), DemoReport.wave("2")],
            results: [row("1", "a"), row("1", "c"), row("2", "a"), row("2", "b"), row("2", "c"), row("2", "d")],
            programs: [], isInternal: false)
        let sections = ReportContent(input).sections
        #expect(sections.map(\.waves) == [["1", "2"]])
        #expect(sections.first?.breakdowns.first?.keys == [["a"], ["b"], ["c"], ["d"]])
    }

    @Test func `decimals are one for percent and three digits of the largest figure else`() {
        func decimals(_ value: Double, _ unit: String) -> Int? {
            let definition = DemoReport.definition(
                "m", .empty, formula: .mean(DemoReport.expression("x")), unit: unit)
            let result = DemoReport.result(
                definition, wave: "1", DemoReport.estimate(value, error: 0.1, n: 50, nBase: 100, statistic: .mean))
            let input = ReportInput(
                study: DemoReport.study(waves: ["1"]), waves: [], results: [result], programs: [], isInternal: false)
            return ReportContent(input).sections.first.map { FigureText($0, numbers: ReportNumbers(.english)).decimals }
        }
        #expect(decimals(0.3, "percent") == 1)
        #expect(decimals(184_320, "tenge") == 0)
        #expect(decimals(-412.5, "points") == 1)
        #expect(decimals(41.26, "mean") == 2)
        #expect(decimals(0.5, "mean") == 3)
        #expect(decimals(0.05, "mean") == 4)
        #expect(decimals(0, "mean") == 2)
    }

    @Test(arguments: ["ru", "kk"])
    func `every problem of reports has its words in both languages`(language: String) {
        let problems: [Problem] = [
            .unspokenLanguage(Language(rawValue: "es")), .gnuplotMissing(), .gnuplotFailed(status: 1, said: "x"),
            .gnuplotStopped(seconds: 20), .gnuplotNotStarted(reason: "x"), .unknownDrawing(part: "x"),
        ]
        for problem in problems {
            let words = ProblemTexts.words(of: problem, in: language)
            #expect(words.what != problem.what.description, "\(problem.code)")
            for (text, message) in [(words.what, problem.what), (words.why, problem.why), (words.fix, problem.fix)] {
                for value in message.values { #expect(text.contains(value), "\(problem.code)") }
                #expect(!text.contains("{"))
            }
        }
    }
}
