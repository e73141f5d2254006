import Foundation
import SurveyEstimation
import SurveyIndicators
import SurveyProblems
import SurveySchema
import SurveyStudy
import SurveyTestSupport
import Testing

@testable import SurveyReport

struct AnalyticalReportTests {
    private func page(_ input: ReportInput, _ language: Language) throws -> String {
        try HTMLReport.html(input, language: language, languages: Language.spoken)
    }

    /// Every number of a JSON object, at any depth, with the keys that lead to it.
    private func numbers(in value: Any, key: String = "") -> [(key: String, value: Double)] {
        if let fields = value as? [String: Any] { return fields.flatMap { numbers(in: $0.value, key: $0.key) } }
        if let items = value as? [Any] { return items.flatMap { numbers(in: $0, key: key) } }
        guard let number = value as? NSNumber else { return [] }
        return [(key, number.doubleValue)]
    }

    private func json(_ input: ReportInput) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(ReportJSON.json(input, language: .english).line.utf8))
    }

    /// True if a printed number is one of the values, as it is or as a percentage, rounded to its own decimals.
    private func isPrinted(_ text: String, _ values: [Double]) -> Bool {
        guard let number = Double(text) else { return false }
        let decimals = text.split(separator: ".").dropFirst().first?.count ?? 0
        // Half a unit of the last digit; reading JSON through Foundation may lose the last bit.
        let room = 0.5 * pow(10, -Double(decimals)) * (1 + 1e-9) + 1e-9
        return values.contains { abs($0 - number) <= room || abs($0 * 100 - number) <= room }
    }

    @Test(arguments: Language.spoken)
    func `every number of a table stands in the JSON`(language: Language) throws {
        for input in [DemoReport.analytical(), DemoReport.small(), DemoReport.analytical(isFilled: true)] {
            let object = try json(input)
            let known = Array(Set(numbers(in: object).map(\.value)))
            let years = Set(input.study.waves.map(\.id) + (2010...2030).map(String.init))
            let cells = TableNumbers(try page(input, language)).cells
            #expect(cells.count > 50)
            for cell in cells where !cell.contains("×") {
                // What others have printed stands as printed, with the date of the copy.
                let isForeign = cell.contains("2024") || cell.contains("2023")
                for number in TableNumbers.numbers(in: cell, language: isForeign ? "ru" : language.rawValue)
                where !isPrinted(number, known) && !(isForeign && (years.contains(number) || number == "24")) {
                    Issue.record("\(number) in \"\(cell)\" is not in the JSON")
                }
            }
        }
    }

    @Test func `every figure of the JSON stands in a table`() throws {
        let input = DemoReport.analytical()
        let text = try page(input, .english)
        let cells = TableNumbers(text).cells
        let known = Set(cells.flatMap { TableNumbers.numbers(in: $0, language: "en") } + ["13.7", "28.2"])
        let keys: Set = [
            "estimate", "ci_low", "ci_high", "n", "n_base", "n_eff", "from", "to", "difference", "bound_low",
            "bound_high", "plan_low", "plan_high", "fact", "sum", "least", "greatest", "kish_deff", "iterations",
            "moved_share", "rows_cut", "target", "before", "after", "rows_read", "imported", "quarantined", "rows",
            "value", "strata", "psus", "cases", "issued", "interviews",
        ]
        let figures = numbers(in: try json(input)).filter { keys.contains($0.key) }
        #expect(figures.count > 300)
        // The number of PSUs of a single figure is in the JSON only; that of a wave is in its passport.
        for (key, value) in figures where !(key == "psus" && value == 40) {
            #expect(known.contains { isPrinted($0, [value]) }, "\(key) \(value)")
        }
    }

    @Test(arguments: Language.spoken)
    func `the headings of the form stand literally`(language: Language) throws {
        let words = try #require(ReportWords.spoken(in: language)).form
        let text = PageReader(try page(DemoReport.analytical(), language)).words
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for heading in [
            words.title, words.annex, words.form, words.kindCaption, words.comprehensive, "I. \(words.part1)",
            "II. \(words.part2) \(words.part2Rest)", "III. \(words.part3) \(words.part3Rest)", words.item1, words.item2,
        ] {
            #expect(text.contains(heading), "\(heading)")
        }
    }

    // Headings as the annex to the Rules has them (Order No. 22 of 28.01.2020, in the wording of Order No. 192 of
    // 16.06.2023).
    @Test func `titles and the order of dates are those of the annex`() throws {
        #expect(FormWords.russian.title == "Аналитический отчет по итогам антикоррупционного мониторинга")
        #expect(
            FormWords.kazakh.title == "Сыбайлас жемқорлыққа қарсы мониторинг қорытындылары бойынша талдамалық есеп")
        let kazakh = PageReader(try page(DemoReport.analytical(isFilled: true), .kazakh)).words
            .replacing("\u{A0}", with: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(kazakh.contains("кезеңі: 2024 жылғы 15 қаңтарда басталып, 2024 жылғы 28 маусымда аяқталды"))
        let russian = PageReader(try page(DemoReport.analytical(isFilled: true), .russian)).words
            .replacing("\u{A0}", with: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(russian.contains("начат 15 января 2024 г. закончен 28 июня 2024 г."))
    }

    @Test(arguments: Language.spoken)
    func `each place that is not filled in is marked, listed and linked`(language: Language) throws {
        let input = DemoReport.analytical()
        let reader = PageReader(try page(input, language))
        let form = try #require(input.study.report)
        let places = form.openPlaces(of: input.study.waves)
        #expect(
            places == [
                .finished, .registerDate(id: "convicted"), .registerReference(id: "convicted"), .assessment,
                .riskAnalysis,
            ])
        for id in ["open-finished", "open-assessment", "open-risk-analysis"] { #expect(reader.ids.contains(id)) }
        let object = try #require(try json(input) as? [String: Any])
        let marked = try #require(object["marked_places"] as? [[String: Any]])
        #expect(marked.compactMap { $0["key"] as? String } == places.map(\.key))
        let filled = PageReader(try page(DemoReport.analytical(isFilled: true), language))
        #expect(!filled.ids.contains { $0.hasPrefix("open-") && $0 != "open-places" })
    }

    @Test(arguments: Language.spoken)
    func `the address and number of a natural person stay out until the person agrees`(language: Language) throws {
        let input = DemoReport.analytical()
        for text in [try page(input, language), ReportJSON.json(input, language: language).line] {
            #expect(!text.contains("saule@example.kz") && !text.contains("+7 700"))
        }
        var agreed = input.study
        agreed.report?.conductor = ReportForm.Conductor(
            name: .empty, email: "saule@example.kz", phone: "+7 700 000 00 01", isNaturalPerson: true,
            isContactPublished: true)
        let open = ReportInput(study: agreed, waves: input.waves, results: [], programs: [], isInternal: false)
        #expect(try page(open, language).contains("saule@example.kz"))
        #expect(try page(DemoReport.analytical(isInternal: true), language).contains("+7 700"))
    }

    @Test func `no number of a withheld figure or change stands anywhere`() throws {
        let input = DemoReport.analytical()
        let charts = try ChartDrawer(gnuplot: Gnuplot()).charts(for: input, language: .english)
        #expect(charts.cautions.isEmpty)
        #expect(charts.byIndicator["experience"]?.panels.count == 1)
        let html = try HTMLReport.html(input, language: .english, charts: charts)
        let json = ReportJSON.json(input, language: .english).line
        // 0.0909 begins a coefficient of variation of another figure.
        for number in DemoReport.withheldNumbers.filter({ $0 != "0.0909" }) + ["0.0909,", "20.4", "0.204"] {
            #expect(!PageReader(html).everything.contains(number), "\(number)")
            #expect(!json.contains(number), "\(number)")
        }
        #expect(html.contains("data-sort=\"41.2\""))
    }

    @Test func `the report goes where the rules send it`() throws {
        func routing(_ maker: ReportForm.Maker, _ kind: ReportForm.Kind) -> [String] {
            let page = HTMLPage(input: DemoReport.analytical(), words: .english, charts: .none)
            return page.routing(ReportForm(kind: kind, maker: maker))
        }
        let words = FormWords.english
        #expect(routing(.authorisedBody, .comprehensive) == [words.toBodies, words.onWebsite, words.toCouncils])
        #expect(routing(.authorisedBody, .thematic) == [words.toBodies, words.notOnWebsite, words.toCouncils])
        #expect(
            routing(.territorialDepartment, .comprehensive)
                == [words.toUnitsAndAuthorised, words.onWebsite, words.toCouncils])
        for maker in [ReportForm.Maker.territorialDepartment, .other] {
            #expect(
                routing(maker, .thematic) == [words.toUnitsAndAuthorised, words.notOnWebsite, words.toCouncils])
        }
    }

    @Test func `a page links its other languages, and a page that stands alone links none`() throws {
        let together = PageReader(try page(DemoReport.small(), .russian))
        #expect(
            together.links.filter { !$0.hasPrefix("#") }.sorted() == [
                "report-en.html", "report-en.html", "report-kk.html", "report-kk.html", "report-ru.html",
                "report-ru.html",
            ])
        let alone = PageReader(try HTMLReport.html(DemoReport.small(), language: .russian))
        #expect(alone.links.allSatisfy { $0.hasPrefix("#") })
    }

    @Test func `the page names the hash of its script, whose text XML leaves alone`() throws {
        #expect(!HTMLScript.text.contains("<") && !HTMLScript.text.contains("&"))
        #expect(!HTMLScript.text.contains("http") && !HTMLScript.text.contains("innerHTML"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        input.fileHandleForWriting.write(Data(HTMLScript.text.utf8))
        try input.fileHandleForWriting.close()
        let hex = try #require(String(data: output.fileHandleForReading.readDataToEndOfFile(), encoding: .utf8))
        let bytes = stride(from: 0, to: 64, by: 2).compactMap { place -> UInt8? in
            let start = hex.index(hex.startIndex, offsetBy: place)
            return UInt8(hex[start..<hex.index(start, offsetBy: 2)], radix: 16)
        }
        #expect(HTMLScript.hash == "sha256-" + Data(bytes).base64EncodedString())
    }

    @Test func `tables can be sorted where they have rows to sort, and numbers carry what they are sorted by`() throws {
        let text = try page(DemoReport.analytical(), .english)
        #expect(text.contains("class=\"matrix sortable\"") && text.contains("class=\"wide sortable\""))
        #expect(text.contains("id=\"sorting\" class=\"unseen\" role=\"status\""))
        #expect(text.contains("data-sort=\"28.3\""))
    }

    @Test func `tiles hold the printed figures, and hidden ones are marked without colour`() throws {
        let input = DemoReport.analytical()
        let content = ReportContent(input)
        let section = try #require(content.sections.first)
        let figures = FigureText(section, numbers: ReportNumbers(.english))
        let breakdown = try #require(section.breakdowns.first)
        let plan = try #require(
            TileMapPlan(
                breakdown, wave: "2023", layout: DemoReport.formTiles, figures: figures, words: .english))
        #expect(plan.tiles.map(\.text) == ["41.2", "[25.1]", "×", "××", "19.8", "–"])
        #expect(plan.tiles.map(\.shade) == [4, 1, nil, nil, 0, nil])
        #expect(plan.tiles.map(\.isHidden) == [false, false, true, true, false, false])
        #expect(plan.withoutTile == ["Valley"])
        #expect(plan.shades.count == 5 && plan.shades.first?.low == "19.8" && plan.shades.last?.high == "41.2")
    }

    /// The form with every text of the user replaced by one that is hostile to markup and to spreadsheets.
    private static func hostile() -> ReportInput {
        let nasty = [
            "<script>alert(1)</script>", "=HYPERLINK(\"http://x\")", "\"><img src=x onerror=alert(1)>", "]]>",
            "{1}{2}", "\u{0}\n'",
        ]
        func text(_ place: Int) -> LocalizedText { LocalizedText([(.english, nasty[place % nasty.count])]) }
        let input = DemoReport.analytical(isFilled: true)
        var study = input.study
        var form = ReportForm(kind: .thematic, maker: .other)
        form.spheres = nasty.indices.map(text)
        form.bodies = nasty.indices.map(text)
        form.conductor = ReportForm.Conductor(
            name: text(0), email: nasty[2], phone: nasty[1], isNaturalPerson: false, isContactPublished: false)
        form.started = nasty[0]
        form.assessment = text(1)
        form.riskAnalysis = .recommended(text(2))
        form.conclusions = nasty.indices.map(text)
        form.passport.population = text(0)
        form.passport.mode = text(1)
        form.tileMap = .init(variable: "region", file: nasty[0])
        form.register = nasty.indices.map { place in
            var entry = RegisterEntry(
                id: nasty[place], name: text(place), year: nasty[place], unit: .text(text(place)), source: .media)
            entry.fact = .init(value: 1, decimals: 0)
            entry.plan = .init(least: .init(value: 1, decimals: 0), greatest: .init(value: 2, decimals: 0))
            entry.direction = .up
            entry.printedStatus = nasty[place]
            entry.note = text(place)
            entry.reference = text(place)
            entry.vintage = nasty[place]
            entry.responsible = [text(place)]
            return entry
        }
        study.report = form
        var results: [IndicatorResult] = []
        for (place, sign) in nasty.enumerated() {
            var made = DemoReport.definition(sign, text(place))
            made.family = .init(id: nasty[0], kind: .items, name: text(1), member: text(place))
            made.published = [
                .init(wave: sign, value: 0.1, printed: sign, status: sign, source: text(place), vintage: sign)
            ]
            var row = DemoReport.result(made, wave: "2023", DemoReport.estimate(0.3, error: 0.01, n: 90, nBase: 300))
            row.breakReason = text(place)
            results.append(row)
        }
        var changed = ReportInput(
            study: study, waves: input.waves, results: input.results + results, programs: [], isInternal: false)
        changed.changes =
            input.changes
            + nasty.indices.map { place in
                DemoReport.change(
                    results[place].definition, 0.1, 0.2, error: 0.01, verdict: .increase,
                    by: [(nasty[0], nasty[place])],
                    labels: [(text(0), text(place))], breakReason: place == 0 ? text(0) : nil)
            }
        changed.tiles = TileLayout(tiles: nasty.enumerated().map { .init(code: $1, column: $0 + 1, row: 1) })
        return changed
    }

    @Test(arguments: Language.spoken)
    func `hostile texts in every part of the form stay text`(language: Language) throws {
        let input = AnalyticalReportTests.hostile()
        let charts = try ChartDrawer(gnuplot: Gnuplot()).charts(for: input, language: language)
        let html = try HTMLReport.html(input, language: language, charts: charts, languages: Language.spoken)
        let reader = PageReader(html)
        #expect(reader.isWellFormed)
        #expect(reader.elements["script"] == 1 && reader.elements["img"] == nil)
        #expect(!reader.attributes.contains { $0.hasPrefix("on") })
        #expect(Set(reader.ids).count == reader.ids.count)
        #expect(reader.everything.contains("=HYPERLINK(\"http://x\")"))
        let json = ReportJSON.json(input, language: language).line
        #expect(!json.contains("<script"))
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(json.utf8)) }
    }
}
