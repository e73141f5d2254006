internal import SurveySchema

/// Writes a codebook as one HTML file that needs no network and no other file.
///
/// Everything can be read without a script; the page's own one only adds the search and forbids every other. Texts of the
/// data stand in the markup as escaped text alone, never in a script, a style or an address. The same input gives the
/// same bytes.
public enum CodebookHTML {
    /// Returns the page in the language of the words; texts without a translation stand in another language, marked so.
    public static func html(_ codebook: CodebookContent, words: CodebookWords) -> String {
        CodebookPage(codebook: codebook, words: words).text
    }
}

/// One codebook in one language.
struct CodebookPage {
    let codebook: CodebookContent
    let words: CodebookWords
    let numbers: ReportNumbers
    let sections: [CodebookSections.Section]

    /// Lists of answers longer than this are folded.
    static let longList = 30

    init(codebook: CodebookContent, words: CodebookWords) {
        self.codebook = codebook
        self.words = words
        numbers = ReportNumbers(words.language)
        sections = CodebookSections.of(codebook.variables.map(\.name))
    }

    var isWeighted: Bool { codebook.weight != nil }

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

    private var title: String { codebook.title.text(in: words.language) ?? codebook.source }

    private func writeHead(_ head: inout Markup) {
        head.void("meta", ["charset": "utf-8"])
        head.newLine()
        head.void(
            "meta",
            [
                "http-equiv": "Content-Security-Policy",
                "content": "default-src 'none'; script-src '\(CodebookScript.hash)'; style-src 'unsafe-inline'; "
                    + "base-uri 'none'; form-action 'none'",
            ])
        head.newLine()
        head.void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        head.void("meta", ["name": "referrer", "content": "no-referrer"])
        head.void("meta", ["name": "color-scheme", "content": "light dark"])
        head.newLine()
        head.element("title", text: "\(title) · \(words.codebook)")
        head.element("style") { $0.writeMarkup(CodebookStyle.sheet) }
    }

    private func writeBody(_ body: inout Markup) {
        body.newLine()
        body.element("a", ["class": "skip", "href": "#variables"], text: words.skip)
        body.newLine()
        body.element("header") { writeHeader(&$0) }
        body.newLine()
        writeTools(&body)
        if !sections.isEmpty {
            body.newLine()
            body.element("nav", ["aria-labelledby": "contents"]) { writeContents(&$0) }
        }
        body.newLine()
        body.element("main", ["id": "variables", "tabindex": "-1"]) { main in
            if sections.isEmpty {
                for position in codebook.variables.indices { writeVariable(position, heading: 2, &main) }
            }
            for (number, section) in sections.enumerated() {
                main.newLine()
                main.element("section", ["id": "s\(number + 1)", "aria-labelledby": "h\(number + 1)"]) { part in
                    part.element("h2", ["id": "h\(number + 1)"]) { write(section, &$0) }
                    for position in section.range { writeVariable(position, heading: 3, &part) }
                }
            }
        }
        body.newLine()
        body.element("script") { $0.writeMarkup(CodebookScript.text) }
        body.newLine()
    }

    private func writeHeader(_ header: inout Markup) {
        header.element("p", ["class": "subtitle"], text: words.codebook)
        header.element("h1") { $0.write(codebook.title, else: codebook.source) }
        header.element("dl", ["class": "facts"]) { list in
            func fact(_ name: String, _ value: String) {
                list.element("div") { pair in
                    pair.element("dt", text: name)
                    pair.element("dd", text: value)
                }
            }
            fact(words.source, codebook.source)
            if let rows = codebook.rowCount { fact(words.rows, numbers.count(rows)) }
            fact(words.variables, numbers.count(codebook.variables.count))
            if let weight = codebook.weight { fact(words.weight, weight) }
        }
        header.element("p", ["class": "base"]) { base in
            if let weight = codebook.weight {
                base.write(words.weightedBase, code: [weight])
            } else {
                base.write(words.plainBase)
            }
            if codebook.omitted > 0 {
                base.write(" " + words.omitted.replacing("{1}", with: numbers.count(codebook.omitted)))
            }
        }
        guard !codebook.notes.isEmpty else { return }
        header.element("details") { details in
            details.element("summary", text: words.notes)
            for note in codebook.notes { details.element("p", text: note) }
        }
    }

    /// The search, which the script brings to light.
    private func writeTools(_ body: inout Markup) {
        let tools: KeyValuePairs = [
            "id": "tools", "role": "search", "hidden": "hidden", "data-shown": words.shown, "data-none": words.nothing,
        ]
        body.element("div", tools) { tools in
            tools.element("label", ["for": "find"], text: words.search)
            tools.void("input", ["id": "find", "type": "search", "autocomplete": "off", "spellcheck": "false"])
            tools.element("span", ["class": "choices"]) { choices in
                for (id, name) in [
                    ("missing", words.onlyMissing), ("labelled", words.onlyLabelled),
                    ("unlabelled", words.onlyUnlabelled),
                ] {
                    choices.element("label") { label in
                        label.void("input", ["type": "checkbox", "id": "only-\(id)", "data-only": id])
                        label.write(" " + name)
                    }
                }
            }
            tools.element("span", ["id": "status", "role": "status"]) { _ in }
        }
    }

    private func writeContents(_ nav: inout Markup) {
        nav.element("h2", ["id": "contents"], text: words.contents)
        nav.element("ol") { list in
            for (number, section) in sections.enumerated() {
                list.newLine()
                list.element("li", ["data-section": "s\(number + 1)"]) { item in
                    item.element("details") { details in
                        details.element("summary") { write(section, &$0) }
                        details.element("ol") { inner in
                            for position in section.range {
                                inner.element("li", ["data-variable": "v\(position + 1)"]) { entry in
                                    entry.element("a", ["href": "#v\(position + 1)"]) { link in
                                        link.element("code", text: codebook.variables[position].name)
                                        link.write(" ")
                                        link.write(codebook.variables[position].label)
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private func write(_ section: CodebookSections.Section, _ heading: inout Markup) {
        if let group = section.group {
            heading.element("code", text: group)
        } else if let first = section.range.first, let last = section.range.last {
            heading.element("code", text: codebook.variables[first].name)
            guard first != last else { return }
            heading.write(" – ")
            heading.element("code", text: codebook.variables[last].name)
        }
    }
}
