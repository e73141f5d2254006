import Foundation
import SurveyIndicators
import SurveyProblems
import SurveySchema
import SurveyTestSupport
import Testing

@testable import SurveyReport

struct HTMLReportTests {
    @Test(arguments: Language.spoken)
    func `a report is the one that was looked at`(language: Language) throws {
        let page = try HTMLReport.html(DemoReport.small(), language: language, charts: DemoReport.stubbedCharts())
        try Snapshot.expect(page, named: "small-\(language).html")
        let form = try HTMLReport.html(
            DemoReport.analytical(), language: language, charts: DemoReport.stubbedCharts(),
            languages: Language.spoken)
        try Snapshot.expect(form, named: "form-\(language).html")
    }

    @Test(arguments: Language.spoken)
    func `a page is well-formed, with unique ids and links that lead somewhere`(language: Language) throws {
        for input in [
            DemoReport.small(), DemoReport.large(), DemoReport.hostile(), DemoReport.analytical(),
            DemoReport.analytical(isFilled: true),
        ] {
            let page = PageReader(try HTMLReport.html(input, language: language, charts: DemoReport.stubbedCharts()))
            #expect(page.isWellFormed)
            #expect(Set(page.ids).count == page.ids.count)
            for link in page.links { #expect(link.hasPrefix("#") && page.ids.contains(String(link.dropFirst()))) }
        }
    }

    @Test(arguments: Language.spoken)
    func `no number of a withheld figure stands anywhere in a page with charts`(language: Language) throws {
        let input = DemoReport.small()
        let charts = try ChartDrawer(gnuplot: Gnuplot()).charts(for: input, language: language)
        #expect(charts.cautions.isEmpty && charts.byIndicator.count == 2)
        let text = PageReader(try HTMLReport.html(input, language: language, charts: charts)).everything
        for number in DemoReport.withheldNumbers { #expect(!text.contains(number), "\(number)") }
        #expect(text.contains("××"))
        for section in ReportContent(input).sections {
            let plan = ChartPlan(section, words: .english, numbers: ReportNumbers(language))
            for script in [plan.trend, plan.groups].compactMap({ $0?.script.text }) {
                for number in ["61.803", "0.618", "44.53", "41.42", "0.414"] { #expect(!script.contains(number)) }
            }
        }
    }

    @Test(arguments: [Language.kazakh, .russian])
    func `a Kazakh or Russian page has no Latin word beside codes`(language: Language) throws {
        for input in [
            DemoReport.small(isInternal: true), DemoReport.large(), DemoReport.analytical(),
            DemoReport.analytical(isFilled: true),
        ] {
            let charts = try ChartDrawer(gnuplot: Gnuplot()).charts(for: input, language: language)
            let page = PageReader(try HTMLReport.html(input, language: language, charts: charts))
            let latin = page.words.split { !($0.isASCII && $0.isLetter) }.filter {
                $0.count > 1 && !["SHA", "II", "III"].contains($0)
            }
            #expect(latin.isEmpty, "\(Set(latin))")
        }
    }

    @Test func `an English page has no Cyrillic letter`() throws {
        let page = PageReader(try HTMLReport.html(DemoReport.large(), language: .english))
        #expect(!page.words.unicodeScalars.contains { (0x400...0x4FF).contains($0.value) })
    }

    @Test func `texts of users are escaped, in the page and in its charts`() throws {
        let input = DemoReport.hostile()
        let charts = try ChartDrawer(gnuplot: Gnuplot()).charts(for: input, language: .english)
        #expect(charts.cautions.isEmpty)
        let page = try HTMLReport.html(input, language: .english, charts: charts)
        let reader = PageReader(page)
        #expect(reader.isWellFormed)
        #expect(reader.elements["script"] == 1)
        #expect(!reader.attributes.contains { $0.hasPrefix("on") })
        #expect(page.replacing("<script>" + HTMLScript.text, with: "").contains("<script") == false)
        #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(page.contains("&quot;; system(&quot;id"))
        #expect(!FileManager.default.fileExists(atPath: "/tmp/saual-was-here"))
    }

    @Test func `a page asks for nothing from outside and allows no script but its own`() throws {
        let charts = try ChartDrawer(gnuplot: Gnuplot()).charts(for: DemoReport.small(), language: .russian)
        let page = try HTMLReport.html(DemoReport.small(), language: .russian, charts: charts)
        #expect(page.contains("default-src &#39;none&#39;"))
        let foreign = page.replacing("http://www.w3.org/2000/svg", with: "")
        #expect(page.contains("script-src &#39;\(HTMLScript.hash)&#39;;"))
        for sign in ["http:", "https:", "<link", "<img", "<iframe", "url(", "@import", "javascript:"] {
            #expect(!foreign.contains(sign), "\(sign)")
        }
    }

    @Test func `the same input gives the same bytes, without folders of the machine`() throws {
        let input = DemoReport.small()
        let drawer = ChartDrawer(gnuplot: try Gnuplot())
        let pages = try (0..<2).map { _ in
            try HTMLReport.html(input, language: .kazakh, charts: drawer.charts(for: input, language: .kazakh))
        }
        #expect(pages[0] == pages[1])
        #expect(!pages[0].contains("/home/someone"))
        #expect(pages[0].contains("safety-2021.csv"))
    }

    @Test(arguments: [(true, true), (true, false), (false, true), (false, false)])
    func `internal and synthetic reports say so at the head and on every sheet`(isInternal: Bool, isSynthetic: Bool)
        throws
    {
        let input = DemoReport.small(isInternal: isInternal, isSynthetic: isSynthetic)
        let page = try HTMLReport.html(input, language: .english)
        #expect(page.contains(ReportWords.english.page.internalUse) == isInternal)
        #expect(page.contains(ReportWords.english.page.synthetic) == isSynthetic)
        #expect(page.contains("@top-center") == (isInternal || isSynthetic))
    }

    @Test func `a text without a translation stands in English and is marked as such`() throws {
        var input = DemoReport.hostile()
        input = ReportInput(
            study: input.study, waves: input.waves, results: input.results, programs: [], isInternal: false)
        let page = try HTMLReport.html(input, language: .kazakh)
        #expect(page.contains("<span lang=\"en\">"))
        #expect(page.contains("<html lang=\"kk\">"))
    }

    @Test func `a report in a language without words is refused`() {
        let problem = #expect(throws: Problem.self) {
            try HTMLReport.html(DemoReport.small(), language: Language(rawValue: "es"))
        }
        #expect(problem?.code == "report.unspoken-language")
        #expect(problem?.why.description == "reports are written in kk, ru, en; found es")
    }

    @Test func `a study without results or waves still gives a page`() throws {
        let input = ReportInput(
            study: DemoReport.study(waves: []), waves: [], results: [], programs: [], isInternal: false)
        #expect(PageReader(try HTMLReport.html(input, language: .english)).isWellFormed)
    }

    @Test func `one wave has full tables and no hidden details`() throws {
        let large = DemoReport.large()
        let input = ReportInput(
            study: DemoReport.study(waves: ["2025"]), waves: large.waves.filter { $0.id == "2025" },
            results: large.results.filter { $0.wave == "2025" }, programs: [], isInternal: false)
        let page = PageReader(try HTMLReport.html(input, language: .english))
        #expect(page.isWellFormed)
        #expect(page.elements["details"] == nil)
    }
}
