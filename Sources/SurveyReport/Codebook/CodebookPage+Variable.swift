internal import SurveySchema

/// One variable of the page: what was asked, what was answered, and why not.
extension CodebookPage {
    func writeVariable(_ position: Int, heading level: Int, _ main: inout Markup) {
        let variable = codebook.variables[position]
        func flag(_ value: Bool) -> String { value ? "1" : "0" }
        let attributes: KeyValuePairs = [
            "class": "variable", "id": "v\(position + 1)", "aria-labelledby": "n\(position + 1)",
            "data-missing": flag(variable.hasGaps), "data-labelled": flag(variable.isLabelled),
            "data-unlabelled": flag(variable.label.isEmpty),
        ]
        main.newLine()
        main.element("article", attributes) { article in
            article.element("div", ["class": "about"]) { about in
                let name: (inout Markup) -> Void = { heading in
                    heading.element("code", text: variable.name)
                    if variable.label.isEmpty { return }
                    heading.write(" ")
                    heading.element("span", ["class": "label"]) { $0.write(variable.label) }
                }
                if level == 2 {
                    about.element("h2", ["id": "n\(position + 1)"], name)
                } else {
                    about.element("h3", ["id": "n\(position + 1)"], name)
                }
                writeOthers(of: variable.label, "p", &about)
                about.element("p", ["class": "kind"], text: facts(of: variable).joined(separator: " · "))
                for (who, text) in variable.wordings {
                    about.element("p", ["class": "wording"]) { paragraph in
                        paragraph.write(words.wording, code: [who])
                        paragraph.write(": ")
                        paragraph.write(text)
                        writeOthers(of: text, "span", &paragraph)
                    }
                }
                for set in codebook.sets where set.variables.contains(variable.name) {
                    about.element("p", ["class": "kind"]) { paragraph in
                        paragraph.write(words.member, code: [set.name])
                        if !set.label.isEmpty {
                            paragraph.write(": ")
                            paragraph.write(set.label)
                        }
                    }
                }
                if variable.isPrivate { about.element("p", ["class": "kind"], text: words.isPrivate) }
            }
            if variable.answers.count > CodebookPage.longList {
                article.element("details", ["class": "long"]) { details in
                    details.element(
                        "summary",
                        text: words.more.replacing("{1}", with: numbers.count(variable.answers.count)))
                    writeTable(of: variable, &details)
                }
            } else if !variable.answers.isEmpty || variable.hasGaps {
                writeTable(of: variable, &article)
            }
        }
    }

    private func facts(of variable: CodebookContent.Variable) -> [String] {
        var facts = [words.type(variable.type)]
        if let measure = variable.measure { facts.append("\(words.measure): \(words.measure(measure))") }
        if let format = variable.format { facts.append("\(words.format): \(format)") }
        if let count = variable.count { facts.append("\(words.count) \(numbers.count(count))") }
        if let range = variable.range { facts.append("\(words.range): \(range.least) … \(range.greatest)") }
        return facts
    }

    /// The same text in the other languages in which it exists, on a line of their own.
    private func writeOthers(of text: LocalizedText, _ element: StaticString, _ markup: inout Markup) {
        let shown = text[words.language] != nil ? words.language : text[.english] != nil ? .english : nil
        let others =
            shown.map { shown in text.texts.filter { $0.language != shown } } ?? Array(text.texts.dropFirst())
        guard !others.isEmpty else { return }
        markup.element(element, ["class": "other"]) { line in
            for (position, other) in others.enumerated() {
                if position > 0 { line.write(" · ") }
                // Names of languages come from data files.
                let known = Language.spoken.contains(other.language) ? other.language.rawValue : "und"
                line.element("span", ["lang": known], text: other.text)
            }
        }
    }

    private func writeTable(of variable: CodebookContent.Variable, _ article: inout Markup) {
        let answered = variable.weight ?? 0
        let all = answered + variable.gaps.reduce(0) { $0 + ($1.weight ?? 0) }
        let rows = (variable.count ?? 0) + variable.gaps.reduce(0) { $0 + ($1.count ?? 0) }
        article.element("table") { table in
            table.element("thead") { head in
                head.element("tr") { row in
                    row.element("th", ["scope": "col", "class": "code"], text: words.code)
                    row.element("th", ["scope": "col"], text: words.answers)
                    row.element("th", ["scope": "col", "class": "number"], text: words.count)
                    row.element("th", ["scope": "col", "class": "number"], text: words.percent)
                    if isWeighted {
                        row.element("th", ["scope": "col", "class": "number"], text: words.weightedPercent)
                    }
                }
            }
            if !variable.answers.isEmpty {
                table.element("tbody") { body in
                    for entry in variable.answers {
                        let figures = Figures(
                            entry.count, of: variable.count ?? 0, entry.weight, of: answered, isWeighted: isWeighted)
                        writeRow(entry.code, figures, &body) { cell in
                            cell.write(entry.label)
                            writeOthers(of: entry.label, "span", &cell)
                        }
                    }
                }
            }
            guard variable.hasGaps else { return }
            table.element("tbody", ["class": "gaps"]) { body in
                body.element("tr", ["class": "head"]) { row in
                    row.element("th", ["scope": "rowgroup", "colspan": isWeighted ? "5" : "4"], text: words.missing)
                }
                for gap in variable.gaps {
                    let figures = Figures(gap.count, of: rows, gap.weight, of: all, isWeighted: isWeighted)
                    writeRow(gap.codes.map(\.code).joined(separator: ", "), figures, &body) { cell in
                        cell.write(words.kind(gap.kind))
                        for (_, label) in gap.codes where !label.isEmpty {
                            cell.element("span", ["class": "other"]) { $0.write(label) }
                            writeOthers(of: label, "span", &cell)
                        }
                    }
                }
            }
        }
    }

    /// What stands in the last columns of a row.
    private struct Figures {
        let count: Int?
        let share: Double?
        let weightedShare: Double?
        /// The length of the bar.
        let bar: Double?

        init(_ count: Int?, of total: Int, _ weight: Double?, of all: Double, isWeighted: Bool) {
            self.count = count
            share = count.flatMap { total > 0 ? Double($0) / Double(total) : nil }
            weightedShare = weight.flatMap { all > 0 ? $0 / all : nil }
            bar = isWeighted ? weightedShare : share
        }
    }

    private func writeRow(
        _ code: String, _ figures: Figures, _ body: inout Markup, _ label: (inout Markup) -> Void
    ) {
        body.newLine()
        body.element("tr") { row in
            row.element("td", ["class": code.count > 16 ? "code" : "code whole"]) { $0.element("code", text: code) }
            row.element("th", ["scope": "row"]) { cell in
                cell.element("span", ["class": "answer"], label)
                guard let bar = figures.bar else { return }
                let width = DecimalRounding.rounded(min(max(bar, 0), 1), places: 4).map { Int($0.digits) } ?? 0
                cell.element("span", ["class": "bar", "aria-hidden": "true"]) { track in
                    track.element("span", ["style": "width:\(width / 100).\(width % 100 / 10)\(width % 10)%"]) { _ in }
                }
            }
            row.element("td", ["class": "number"], text: figures.count.map(numbers.count) ?? "–")
            row.element("td", ["class": "number"], text: percent(figures.share))
            if isWeighted { row.element("td", ["class": "number"], text: percent(figures.weightedShare)) }
        }
    }

    private func percent(_ share: Double?) -> String {
        share.map { numbers.text($0, decimals: 1, shift: 2) } ?? "–"
    }
}
