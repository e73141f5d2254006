import Foundation
import SurveyEstimation
import SurveyIndicators
import SurveyProblems
import SurveySchema
import SurveyStudy
import SurveyTestSupport
import Testing

@testable import SurveyReport

struct AnnexTests {
    private func page(_ input: ReportInput, _ language: Language) throws -> String {
        try HTMLReport.html(input, language: language, languages: Language.spoken)
    }

    @Test func `a group stands apart from the whole only where the intervals do not overlap and the base is not low`()
        throws
    {
        let input = DemoReport.analytical()
        let comparison = try #require(ExperiencePerception(ReportContent(input), input.study.report))
        #expect(comparison.wave == "2023" && comparison.rows.map(\.key) == ["1", "2", "3", "4", "5", "6"])
        // Experience: whole 0.283, 0.2621–0.3056; groups by hand, ± 1.9 and 2.05 standard errors.
        #expect(
            comparison.rows.map(\.experience.side) == [.above, nil, nil, nil, .below, .notDistinguishable])
        #expect(
            comparison.rows.map(\.perception.side) == [.above, nil, nil, nil, .notDistinguishable, .below])
    }

    @Test(arguments: Language.spoken)
    func `the sentences name the groups that stand apart, and no withheld one`(language: Language) throws {
        let input = DemoReport.analytical()
        let words = try #require(ReportWords.spoken(in: language))
        let comparison = try #require(ExperiencePerception(ReportContent(input), input.study.report))
        let sentences = ConclusionMaker.sentences(on: comparison, words: words)
        #expect(
            sentences.map(\.kind) == [.experienceAbove, .experienceBelow, .perceptionAbove, .perceptionBelow])
        let hidden = try #require(DemoReport.east.text(in: language))
        #expect(!sentences.contains { $0.text.contains(hidden) || $0.text.contains("{") })
        let text = PageReader(try page(input, language)).words
        for sentence in sentences { #expect(text.components(separatedBy: sentence.text).count == 3) }
    }

    @Test func `a report without a comparison has no part for it`() throws {
        var input = DemoReport.analytical()
        #expect(try page(input, .english).contains("id=\"comparison\""))
        var study = input.study
        study.report?.comparison = nil
        input = ReportInput(study: study, waves: input.waves, results: input.results, programs: [], isInternal: false)
        #expect(try !page(input, .english).contains("id=\"comparison\""))
    }

    @Test(arguments: Language.spoken)
    func `the annexes are numbered in the language, and a plain report has none`(language: Language) throws {
        let reader = PageReader(try page(DemoReport.analytical(), language))
        let titles: [Language: [String]] = [
            .english: ["Annex 1. Questionnaire", "Annex 3. Field quality", "Annex 4. Bases"],
            .russian: ["Приложение 1. Анкета", "Приложение 3. Качество полевых работ", "Приложение 4. Базы"],
            .kazakh: ["1-қосымша. Сауалнама", "3-қосымша. Далалық жұмыс сапасы", "4-қосымша. Базалар"],
        ]
        for title in try #require(titles[language]) { #expect(reader.words.contains(title), "\(title)") }
        for id in ["questionnaire", "methods", "field", "bases", "provenance"] { #expect(reader.ids.contains(id)) }
        let plain = PageReader(try page(DemoReport.small(), language))
        #expect(!plain.ids.contains("questionnaire") && !plain.ids.contains("bases") && plain.ids.contains("methods"))
    }

    @Test func `the questionnaire prints each roster once, its items, ranges and limits, and says what is private`()
        throws
    {
        let text = PageReader(try page(DemoReport.analytical(), .english)).words
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(text.components(separatedBy: "Did you give money").count == 2)
        for words in [
            "Did you give money: …?", "For each of: Clinic School Yes No Hard to say", "a number; from 18 to 110.",
            "several answers; at most: 3.", "a text. The answers are not published.",
        ] { #expect(text.contains(words), "\(words)") }
    }

    @Test func `outcome rates and interviews stand in the page and in the JSON`() throws {
        let input = DemoReport.analytical()
        let cells = TableNumbers(try page(input, .english)).cells
        // 74 of 120 cases: 61.666… %; of 105 known ones 70.476 %.
        for cell in ["61.7%", "70.5%", "120", "2,391"] { #expect(cells.contains(cell), "\(cell)") }
        let json = try JSONSerialization.jsonObject(with: Data(ReportJSON.json(input, language: .english).line.utf8))
        let waves = try #require((json as? [String: Any])?["waves"] as? [[String: Any]])
        #expect(waves.compactMap { $0["interviews"] as? Int } == [2409, 2391])
        let rates = try #require((waves[1]["outcomes"] as? [String: Any])?["rates"] as? [String: Any])
        #expect(abs((rates["RR1"] as? Double ?? .nan) - 74.0 / 120) < 1e-15)
    }

    @Test func `the bases show the people behind each figure, and none behind a hidden one`() throws {
        let bases = ReportBases(ReportContent(DemoReport.analytical()))
        let base = try #require(bases.bases.first { $0.expression == "asked con" })
        func count(_ key: String) -> Int? {
            bases.groups.first { $0.by == ["region"] && $0.key == [key] }.flatMap {
                bases.count(base, wave: "2023", group: $0)
            }
        }
        #expect(bases.count(base, wave: "2023", group: nil) == 1704)
        #expect(["1", "2", "3", "4"].map(count) == [341, 44, nil, nil])
    }

    @Test func `a published change stands as printed beside the computed one, and is spoken of`() throws {
        let text = PageReader(try page(DemoReport.analytical(), .russian)).words
        #expect(text.contains("опубликовано: 5,0") && text.contains("+4,6"))
        #expect(text.contains("Опубликованное изменение между волнами 2022 и 2023: 5,0"))
    }

    @Test func `a field filters each long table, and paper has all its rows`() throws {
        let text = HTMLScript.text
        #expect(text.contains("field.type = \"search\"") && text.contains("aria-controls"))
        #expect(HTMLStyle.sheet.contains("tr[hidden] { display: table-row !important; }"))
        let html = try page(DemoReport.analytical(), .kazakh)
        #expect(html.contains("data-filter=\"«{1}» кестесінің жолдарын сүзу\""))
    }
}
