import SurveyEstimation
import SurveyIndicators
import SurveySchema
import SurveyStudy
import Testing

@testable import SurveyReport

struct ConclusionMakerTests {
    private func sentences(_ input: ReportInput, _ words: ReportWords = .english) -> [ConclusionMaker.Sentence] {
        ConclusionMaker(
            input: input, content: ReportContent(input), words: words, numbers: ReportNumbers(words.language)
        ).conclusions.flatMap(\.sentences)
    }

    private func input(_ results: [IndicatorResult], _ changes: [IndicatorChange] = []) -> ReportInput {
        var input = ReportInput(
            study: DemoReport.study(waves: ["2022", "2023"]),
            waves: [DemoReport.wave("2022"), DemoReport.wave("2023")], results: results, programs: [],
            isInternal: false)
        input.changes = changes
        return input
    }

    /// Groups of one breakdown by value, standard error and display.
    private func groups(_ rows: [(Double, Double?, IndicatorResult.Display)]) -> ReportInput {
        let share = DemoReport.definition("s", DemoReport.text("Үлес", "Доля", "Share"))
        return input(
            rows.enumerated().map { place, row in
                DemoReport.result(
                    share, wave: "2023",
                    DemoReport.estimate(
                        row.0, error: row.1 ?? 0, n: 100, nBase: 300, by: [("r", "\(place)")],
                        hasInterval: row.1 != nil),
                    labels: [
                        (DemoReport.text("Өңір", "Регион", "Region"), LocalizedText([(.english, "group \(place)")]))
                    ], display: row.2)
            })
    }

    @Test func `the highest and the lowest group are named where intervals stand apart`() {
        let found = sentences(groups([(0.30, 0.01, .shown), (0.40, 0.01, .shown), (0.20, 0.01, .shown)]))
        #expect(found.map(\.kind) == [.highest, .lowest])
        #expect(
            found.first?.text
                == "Wave 2023, breakdown “Region”: the highest figure is that of “group 1”: 40.0% (38.1–42.1). "
                + "Its interval overlaps with that of no other group shown.")
        #expect(found.last?.text.contains("the lowest figure is that of “group 2”: 20.0%") == true)
    }

    @Test func `intervals that overlap, low bases and missing intervals name no group`() {
        #expect(sentences(groups([(0.30, 0.01, .shown), (0.32, 0.01, .shown)])).isEmpty)
        #expect(sentences(groups([(0.30, 0.01, .shown)])).isEmpty)
        #expect(sentences(groups([(0.30, 0.01, .shown), (0.60, nil, .shown)])).isEmpty)
        let low = sentences(groups([(0.30, 0.01, .shown), (0.60, 0.01, .bracketed)]))
        #expect(low.map(\.kind) == [.lowest])
        let hidden = sentences(groups([(0.30, 0.01, .shown), (0.90, 0.01, .hidden), (0.60, 0.01, .shown)]))
        #expect(hidden.map(\.kind) == [.highest, .lowest])
        #expect(hidden.first?.text.contains("group 2") == true && hidden.first?.text.contains("90") == false)
    }

    private func change(
        _ direction: IndicatorDefinition.Direction?, _ from: Double, _ to: Double, error: Double? = 0.01,
        verdict: Change.Verdict, display: IndicatorResult.Display = .shown, unit: String = "percent"
    ) -> ReportInput {
        let made = DemoReport.definition(
            "c", DemoReport.text("К", "К", "C"),
            formula: unit == "percent" ? nil : .mean(DemoReport.expression("x")), direction: direction, unit: unit)
        let results = [("2022", from), ("2023", to)].map {
            DemoReport.result(made, wave: $0, DemoReport.estimate($1, error: 0.01, n: 100, nBase: 300))
        }
        return input(
            results, [DemoReport.change(made, from, to, error: error, verdict: verdict, display: display)])
    }

    @Test func `a rise is better or worse as the direction of the indicator says, and neither without one`() {
        let up = sentences(change(.up, 0.30, 0.36, verdict: .increase))
        #expect(
            up.map(\.text) == [
                "Between waves 2022 and 2023 the figure rose from 30.0% to 36.0%; change: +6.0 percentage points "
                    + "(95% confidence interval: 4.0–8.0). This is a change for the better."
            ])
        #expect(
            sentences(change(.down, 0.30, 0.36, verdict: .increase)).first?.text.hasSuffix("for the worse.") == true)
        #expect(sentences(change(.down, 0.36, 0.30, verdict: .decrease)).first?.text.hasSuffix("the better.") == true)
        #expect(sentences(change(nil, 0.30, 0.36, verdict: .increase)).first?.text.hasSuffix("4.0–8.0).") == true)
    }

    @Test func `what is not shown is not called a change, and a withheld change is not spoken of`() {
        let none = sentences(change(.up, 0.30, 0.31, verdict: .noChangeShown))
        #expect(none.map(\.kind) == [.noChange])
        #expect(none.first?.text.contains("rose") == false)
        #expect(sentences(change(.up, 0.30, 0.31, error: nil, verdict: .increase)).map(\.kind) == [.tooImprecise])
        #expect(sentences(change(.up, 0.30, 0.36, verdict: .increase, display: .hidden)).isEmpty)
    }

    @Test func `numbers and nouns agree in every language`() {
        func text(_ unit: String, _ from: Double, _ to: Double, _ words: ReportWords) -> String {
            sentences(change(nil, from, to, verdict: .increase, unit: unit), words).first?.text ?? ""
        }
        #expect(text("percent", 0.30, 0.36, .russian).contains("изменение: +6,0 процентного пункта ("))
        #expect(text("percent", 0.30, 0.36, .kazakh).contains("өзгеріс: +6,0 пайыздық тармақ ("))
        #expect(text("points", 2000, 2001, .russian).contains("+1 балл ("))
        #expect(text("points", 2000, 2003, .russian).contains("+3 балла ("))
        #expect(text("points", 2000, 2011, .russian).contains("+11 баллов ("))
        #expect(text("points", 2000, 2021, .russian).contains("+21 балл ("))
        #expect(text("points", 2000, 2112, .russian).contains("+112 баллов ("))
        #expect(text("points", 2000, 2001, .english).contains("+1 point ("))
        #expect(text("points", 2000, 2021, .english).contains("+21 points ("))
        #expect(text("points", 2.5, 3.5, .russian).contains("+1,00 балла ("))
        #expect(text("tenge", 184_320, 190_000, .kazakh).contains("+5\u{202F}680 теңге ("))
    }

    @Test func `plans are told by the point and by the interval, printed statuses stand as printed`() {
        let texts = sentences(DemoReport.analytical()).map(\.text)
        #expect(
            texts.contains(
                "Wave 2023: the figure 28.3% reaches the plan (29.6%), but its confidence interval holds the plan; the "
                    + "survey does not tell the two apart."))
        #expect(
            texts.contains(
                "Wave 2023: the plan (64.5–68%) is not reached: 61.3%. The confidence interval bears it out."))
        #expect(texts.contains("2023: the plan (42) is not reached: 39."))
        #expect(texts.contains("2023: there is a plan (0.54), and no figure to hold against it."))
        #expect(texts.filter { $0 == "Printed status, unchanged: “Исполнено”." }.count == 2)
    }

    @Test func `where nothing is supported the report says so`() throws {
        var study = DemoReport.study(waves: ["2023"])
        study.report = ReportForm(kind: .thematic, maker: .other)
        let empty = ReportInput(study: study, waves: [], results: [], programs: [], isInternal: false)
        #expect(sentences(empty).isEmpty)
        #expect(try HTMLReport.html(empty, language: .russian).contains(ConclusionWords.russian.none))
    }
}
