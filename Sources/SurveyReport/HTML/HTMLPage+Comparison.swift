internal import SurveyIndicators
internal import SurveySchema
internal import SurveyStudy

extension HTMLPage {
    /// Experience beside perception, if the report has it.
    var comparison: ExperiencePerception? { ExperiencePerception(content, form) }

    /// Own experience and perceived level, group by group: what is shown, the chart, the table.
    func writeComparison(_ main: inout Markup) {
        guard let comparison else { return }
        main.newLine()
        main.element("section", ["aria-labelledby": "comparison"]) { section in
            writeHeading(2, ["id": "comparison"], &section) { $0.write(words.annex.comparison) }
            section.element("dl", ["class": "definition"]) { list in
                for (term, part) in [
                    (words.annex.experience, comparison.experience), (words.annex.perception, comparison.perception),
                ] {
                    writeTerm(term, &list) { text in
                        text.element("a", ["href": "#\(part.anchor)"]) {
                            $0.write(part.definition.name, else: part.definition.id)
                        }
                    }
                }
            }
            section.element("p", ["class": "note"], text: words.annex.comparisonNote)
            section.element("ul") { list in
                for sentence in ConclusionMaker.sentences(on: comparison, words: words) {
                    list.element("li", text: sentence.text)
                }
            }
            if let chart = charts.comparison { writeFigure(chart, kind: "panels one", &section) }
            writeComparisonTable(comparison, &section)
        }
    }

    private func writeComparisonTable(_ comparison: ExperiencePerception, _ section: inout Markup) {
        let figures = FigureText([comparison.experience, comparison.perception], numbers: numbers)
        let caption = words.annex.comparisonCaption.filled(
            comparison.label.text(in: words.language) ?? comparison.variable, comparison.wave)
        var notes = TableNotes()
        writeTable(id: "compared", caption: caption, kind: "matrix few compared", &section) { table in
            table.element("thead") { head in
                head.element("tr") { row in
                    row.element("th", ["scope": "col"], text: words.table.group)
                    for name in [words.annex.experience, words.annex.perception] {
                        row.element("th", ["scope": "col", "class": "number"], text: name)
                        row.element("th", ["scope": "col"], text: "\(name): \(words.annex.againstWhole)")
                    }
                }
            }
            table.element("tbody") { body in
                body.newLine()
                body.element("tr", ["class": "family"]) { row in
                    row.element("th", ["scope": "row"], text: words.table.whole)
                    for part in [comparison.experience, comparison.perception] {
                        writeMatrixCell(part.whole[comparison.wave], figures, &notes, &row)
                        row.element("td", text: "")
                    }
                }
                for group in comparison.rows {
                    body.newLine()
                    body.element("tr") { row in
                        row.element("th", ["scope": "row"]) { $0.write(group.label, else: group.key) }
                        for cell in [group.experience, group.perception] {
                            writeMatrixCell(cell.result, figures, &notes, &row)
                            row.element("td", text: cell.side.map(sideText) ?? words.annex.lowBase)
                        }
                    }
                }
            }
        }
        notes.write(to: &section, words: words, rules: input.study.publication, numbers: numbers)
    }

    private func sideText(_ side: ExperiencePerception.Side) -> String {
        switch side {
        case .above: words.annex.above
        case .below: words.annex.below
        case .notDistinguishable: words.annex.same
        }
    }
}
