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
    /// The languages in which the same report stands beside this one; empty for a page that stands alone.
    let languages: [Language]

    init(input: ReportInput, words: ReportWords, charts: ReportCharts, languages: [Language] = []) {
        self.input = input
        self.words = words
        self.charts = charts
        self.languages = languages.count > 1 ? languages : []
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

    private var title: String {
        let study = input.study.title.text(in: words.language) ?? input.study.id
        return form == nil ? study : "\(words.form.title). \(study)"
    }

    private func writeHead(_ head: inout Markup) {
        head.void("meta", ["charset": "utf-8"])
        head.newLine()
        head.void(
            "meta",
            [
                "http-equiv": "Content-Security-Policy",
                "content": "default-src 'none'; script-src '\(HTMLScript.hash)'; style-src 'unsafe-inline'; "
                    + "base-uri 'none'; form-action 'none'",
            ])
        head.newLine()
        head.void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        head.void("meta", ["name": "referrer", "content": "no-referrer"])
        head.newLine()
        for language in languages {
            head.void(
                "link", ["rel": "alternate", "hreflang": language.rawValue, "href": HTMLReport.fileName(language)])
        }
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
        body.element("header") { header in
            writeLanguages(&header)
            writeTitle(&header)
        }
        body.newLine()
        body.element("nav", ["class": "contents", "aria-labelledby": "contents"]) { writeContents(&$0) }
        body.newLine()
        body.element("main") { main in
            if let form {
                writeForm(form, &main)
            } else {
                writeSummary(&main)
                writePlans(&main)
                writeChanges(&main)
                writeIndicators(&main)
            }
            if form == nil {
                writeMethods(&main)
                writeProvenance(&main)
            } else {
                writeAnnexes(&main)
            }
        }
        body.newLine()
        body.element("footer") { footer in
            footer.element("p") { $0.write(input.study.attribution) }
            footer.element("p", text: words.provenance.same)
        }
        body.newLine()
        let sorting: KeyValuePairs = [
            "id": "sorting", "class": "unseen", "role": "status", "data-up": words.parts.sortedUp,
            "data-down": words.parts.sortedDown, "data-none": words.parts.unsorted,
            "data-filter": words.annex.filter, "data-filtered": words.annex.filtered,
        ]
        body.element("p", sorting) { _ in }
        body.element("script") { $0.writeMarkup(HTMLScript.text) }
        body.newLine()
    }

    /// Every indicator with its tables and charts; the members of a family stand in one.
    func writeIndicators(_ main: inout Markup) {
        main.newLine()
        main.element("section", ["aria-labelledby": "indicators", "class": "indicators"]) { all in
            writeHeading(2, ["id": "indicators"], &all) { $0.write(words.page.indicators) }
            for group in content.groups {
                switch group {
                case .single(let section): writeIndicator(section, &all)
                case .family(let family, let members): writeFamily(family, members, &all)
                }
            }
        }
    }

    /// The report form of the study, if it has one.
    var form: ReportForm? { input.study.report }

    /// A heading; inside the form all headings stand one level lower.
    func writeHeading(
        _ level: Int, _ attributes: KeyValuePairs<String, String> = [:], _ markup: inout Markup,
        _ content: (inout Markup) -> Void
    ) {
        switch level + (form == nil ? 0 : 1) {
        case 2: markup.element("h2", attributes, content)
        case 3: markup.element("h3", attributes, content)
        case 4: markup.element("h4", attributes, content)
        default: markup.element("h5", attributes, content)
        }
    }

    /// Links to the same report in the other languages.
    private func writeLanguages(_ header: inout Markup) {
        guard !languages.isEmpty else { return }
        header.element("nav", ["class": "languages", "aria-label": words.parts.language]) { nav in
            nav.element("ul") { list in
                for language in languages {
                    guard let name = ReportWords.spoken(in: language)?.parts.languageName else { continue }
                    list.element("li") { item in
                        let target = HTMLReport.fileName(language)
                        let link: KeyValuePairs =
                            language == words.language
                            ? ["href": target, "hreflang": language.rawValue, "aria-current": "page"]
                            : ["href": target, "hreflang": language.rawValue]
                        item.element("a", link) { $0.element("span", ["lang": language.rawValue], text: name) }
                    }
                }
            }
        }
    }

    private func writeTitle(_ header: inout Markup) {
        if let form {
            writeFormTitle(form, &header)
        } else {
            header.element("p", ["class": "subtitle"], text: words.page.subtitle)
            header.element("h1") { $0.write(input.study.title, else: input.study.id) }
        }
        if input.isInternal {
            header.element("p", ["class": "banner", "role": "note"], text: words.page.internalUse)
        }
        if input.study.isSynthetic {
            header.element("p", ["class": "banner", "role": "note"], text: words.page.synthetic)
        }
        if let form { writeOpenPlaces(form, &header) }
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
                        let count = input.waves.first { $0.id == wave }.map { numbers.count($0.interviewCount) }
                        row.element("td", ["class": "number"], text: count ?? "–")
                    }
                }
            }
        }
    }

    private func writeContents(_ nav: inout Markup) {
        nav.element("h2", ["id": "contents", "class": "small"], text: words.page.contents)
        nav.element("ol") { list in
            if form == nil {
                writeContentsOfFigures(&list)
                writeContentsOfIndicators(&list)
            } else {
                writePart("I", words.form.part1, &list) { _ in }
                writePart("II", words.form.part2, &list) { part in
                    writeContentsOfFigures(&part)
                    if comparison != nil { writeEntry("comparison", words.annex.comparison, &part) }
                    writeContentsOfIndicators(&part)
                }
                writePart("III", words.form.part3, &list) { part in
                    writeEntry("effect", words.form.effect, &part)
                    writeEntry("conclusions", words.form.conclusions, &part)
                    writeEntry("decision", words.form.decision, &part)
                }
            }
            let ends =
                form == nil
                ? [("methods", words.methods.title), ("provenance", words.provenance.title)]
                : annexes.enumerated().map { place, annex in (annex.id, title(of: annex, at: place)) }
            for (id, title) in ends {
                list.element("li", form == nil ? [:] : ["class": "part"]) {
                    $0.element("a", ["href": "#\(id)"], text: title)
                }
            }
        }
    }

    private func writePart(
        _ number: String, _ title: String, _ list: inout Markup, _ entries: (inout Markup) -> Void
    ) {
        var inner = Markup(language: words.language)
        entries(&inner)
        list.element("li", ["class": "part"]) { item in
            item.element("a", ["href": "#part-\(number)"], text: "\(number). \(title)")
            if !inner.text.isEmpty { item.element("ol") { $0.writeMarkup(inner.text) } }
        }
    }

    private func writeEntry(_ id: String, _ title: String, _ list: inout Markup) {
        list.element("li") { $0.element("a", ["href": "#\(id)"], text: title) }
    }

    private func writeContentsOfFigures(_ list: inout Markup) {
        writeEntry("results", words.page.mainResults, &list)
        guard form == nil else { return }
        if hasPlans { writeEntry("plans", words.figures.planCaption, &list) }
        if !input.changes.isEmpty { writeEntry("changes", words.figures.changes, &list) }
    }

    private func writeContentsOfIndicators(_ list: inout Markup) {
        list.element("li") { item in
            item.element("a", ["href": "#indicators"], text: words.page.indicators)
            guard !content.sections.isEmpty else { return }
            item.element("ol") { inner in
                for group in content.groups {
                    inner.newLine()
                    inner.element("li") { entry in
                        entry.element("a", ["href": "#\(group.anchor)"]) { $0.write(group.name, else: group.anchor) }
                    }
                }
            }
        }
    }

    /// A table in a frame of its own, which scrolls where the page is narrow.
    func writeTable(
        id: String, caption: String, kind: String = "plain", isSortable: Bool = true, _ markup: inout Markup,
        _ rows: (inout Markup) -> Void
    ) {
        markup.newLine()
        let frame: KeyValuePairs = [
            "class": "scroll", "role": "region", "tabindex": "0", "aria-labelledby": "\(id)-caption",
        ]
        markup.element("div", frame) { frame in
            frame.element("table", ["class": isSortable ? "\(kind) sortable" : kind]) { table in
                table.element("caption", ["id": "\(id)-caption"]) { $0.element("span", text: caption) }
                rows(&table)
            }
        }
    }

    /// The dates of the fieldwork of a wave in words.
    func fieldPeriod(of wave: String) -> String {
        guard let found = input.study.waves.first(where: { $0.id == wave }) else { return words.page.notStated }
        let dates = [found.fieldStart, found.fieldEnd].compactMap { $0 }.map(dateText)
        return dates.isEmpty ? words.page.notStated : dates.joined(separator: " – ")
    }

    /// An ISO 8601 date in words; anything else stands as it was written.
    func dateText(_ iso: String) -> String { dateText(iso, months: words.page.months) }

    /// The same with the names of the months as a sentence needs them.
    func dateText(_ iso: String, months: [String]) -> String {
        let parts = iso.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let month = Int(parts[1]), months.indices.contains(month - 1), let day = Int(parts[2])
        else { return iso }
        return words.page.date.filled(String(day), months[month - 1], String(parts[0])).replacing(" ", with: "\u{A0}")
    }
}

extension ReportContent.Section {
    /// The target of links to this indicator.
    var anchor: String { "indicator-\(number)" }
}
