internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveySchema
internal import SurveyStudy

/// One report in one language, part after part; the parts stand in the extensions of this type.
struct HTMLPage {
    let input: ReportInput
    let content: ReportContent
    let words: ReportWords
    let numbers: ReportNumbers
    let charts: ReportCharts
    /// The confidence level of the figures, as a percentage in words of the language.
    let level: String

    init(input: ReportInput, words: ReportWords, charts: ReportCharts) {
        self.input = input
        self.words = words
        self.charts = charts
        content = ReportContent(input)
        numbers = ReportNumbers(words.language)
        level = numbers.level(input.results.lazy.compactMap { $0.figure?.level }.first ?? 0.95)
    }

    var text: String {
        var page = Markup(language: words.language)
        page.writeMarkup("<!DOCTYPE html>\n")
        page.element("html", ["lang": words.language.rawValue]) { html in
            html.newLine()
            html.element("head") { writeHead(&$0) }
            html.newLine()
            html.element("body") { writeBody(&$0) }
            html.newLine()
        }
        page.newLine()
        return page.text
    }

    private var title: String { input.study.title.text(in: words.language) ?? input.study.id }

    private func writeHead(_ head: inout Markup) {
        head.void("meta", ["charset": "utf-8"])
        head.newLine()
        head.void(
            "meta",
            [
                "http-equiv": "Content-Security-Policy",
                "content": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
            ])
        head.newLine()
        head.void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        head.void("meta", ["name": "referrer", "content": "no-referrer"])
        head.newLine()
        head.element("title", text: title)
        let stamps =
            (input.isInternal ? [words.page.internalStamp] : [])
            + (input.study.isSynthetic ? [words.page.syntheticStamp] : [])
        head.element("style") { $0.writeMarkup(HTMLStyle.sheet + HTMLStyle.pages(stamps: stamps)) }
    }

    private func writeBody(_ body: inout Markup) {
        body.newLine()
        body.element("a", ["class": "skip", "href": "#results"], text: words.page.skip)
        body.newLine()
        body.element("header") { writeTitle(&$0) }
        body.newLine()
        body.element("nav", ["aria-labelledby": "contents"]) { writeContents(&$0) }
        body.newLine()
        body.element("main") { main in
            writeSummary(&main)
            main.element("section", ["aria-labelledby": "indicators", "class": "indicators"]) { all in
                all.element("h2", ["id": "indicators"], text: words.page.indicators)
                for section in content.sections { writeIndicator(section, &all) }
            }
            writeMethods(&main)
            writeProvenance(&main)
        }
        body.newLine()
        body.element("footer") { footer in
            footer.element("p") { $0.write(input.study.attribution) }
            footer.element("p", text: words.provenance.same)
        }
        body.newLine()
    }

    private func writeTitle(_ header: inout Markup) {
        header.element("p", ["class": "subtitle"], text: words.page.subtitle)
        header.element("h1") { $0.write(input.study.title, else: input.study.id) }
        if input.isInternal {
            header.element("p", ["class": "banner", "role": "note"], text: words.page.internalUse)
        }
        if input.study.isSynthetic {
            header.element("p", ["class": "banner", "role": "note"], text: words.page.synthetic)
        }
        writeWaves(&header)
        if !input.study.attribution.isEmpty {
            header.element("h2", ["class": "small"], text: words.page.terms)
            header.element("p", ["class": "terms"]) { $0.write(input.study.attribution) }
        }
    }

    private func writeWaves(_ header: inout Markup) {
        writeTable(id: "waves", caption: words.page.waves, &header) { table in
            table.element("thead") { head in
                head.element("tr") { row in
                    row.element("th", ["scope": "col"], text: words.table.wave)
                    row.element("th", ["scope": "col"], text: words.table.fieldPeriod)
                    row.element("th", ["scope": "col", "class": "number"], text: words.methods.rowCount)
                }
            }
            table.element("tbody") { body in
                for wave in content.waves {
                    body.element("tr") { row in
                        row.element("th", ["scope": "row"], text: wave)
                        row.element("td", text: fieldPeriod(of: wave))
                        let count = input.waves.first { $0.id == wave }.map { numbers.count($0.imported) }
                        row.element("td", ["class": "number"], text: count ?? "–")
                    }
                }
            }
        }
    }

    private func writeContents(_ nav: inout Markup) {
        nav.element("h2", ["id": "contents", "class": "small"], text: words.page.contents)
        nav.element("ol") { list in
            list.element("li") { $0.element("a", ["href": "#results"], text: words.page.mainResults) }
            list.element("li") { item in
                item.element("a", ["href": "#indicators"], text: words.page.indicators)
                guard !content.sections.isEmpty else { return }
                item.element("ol") { inner in
                    for section in content.sections {
                        inner.newLine()
                        inner.element("li") { entry in
                            entry.element("a", ["href": "#\(section.anchor)"]) {
                                $0.write(section.definition.name, else: section.definition.id)
                            }
                        }
                    }
                }
            }
            list.element("li") { $0.element("a", ["href": "#methods"], text: words.methods.title) }
            list.element("li") { $0.element("a", ["href": "#provenance"], text: words.provenance.title) }
        }
    }

    /// A table in a frame of its own, which scrolls where the page is narrow.
    func writeTable(
        id: String, caption: String, kind: String = "", _ markup: inout Markup, _ rows: (inout Markup) -> Void
    ) {
        markup.newLine()
        let frame: KeyValuePairs = [
            "class": "scroll", "role": "region", "tabindex": "0", "aria-labelledby": "\(id)-caption",
        ]
        markup.element("div", frame) { frame in
            frame.element("table", ["class": kind.isEmpty ? "plain" : kind]) { table in
                table.element("caption", ["id": "\(id)-caption"]) { $0.element("span", text: caption) }
                rows(&table)
            }
        }
    }

    private func fieldPeriod(of wave: String) -> String {
        guard let found = input.study.waves.first(where: { $0.id == wave }) else { return words.page.notStated }
        let dates = [found.fieldStart, found.fieldEnd].compactMap { $0 }.map(dateText)
        return dates.isEmpty ? words.page.notStated : dates.joined(separator: " – ")
    }

    /// An ISO 8601 date in words; anything else stands as it was written.
    private func dateText(_ iso: String) -> String {
        let parts = iso.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let month = Int(parts[1]), words.page.months.indices.contains(month - 1),
            let day = Int(parts[2])
        else { return iso }
        return words.page.date.filled(String(day), words.page.months[month - 1], String(parts[0]))
            .replacing(" ", with: "\u{A0}")
    }
}

extension ReportContent.Section {
    /// The target of links to this indicator.
    var anchor: String { "indicator-\(number)" }
}
