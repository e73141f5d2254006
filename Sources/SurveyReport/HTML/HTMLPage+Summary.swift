internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveySchema
internal import SurveyStudy

extension HTMLPage {
    /// The main results: every indicator for the whole sample, by wave.
    func writeSummary(_ main: inout Markup) {
        main.newLine()
        main.element("section", ["aria-labelledby": "results"]) { section in
            section.element("h2", ["id": "results"], text: words.page.mainResults)
            section.element("p", text: words.table.matrixNote.filled(level))
            var notes = TableNotes()
            writeTable(id: "summary", caption: words.table.summaryCaption, kind: "matrix", &section) { table in
                writeWaveHead(words.table.indicator, waves: content.waves, &table)
                table.element("tbody") { body in
                    for indicator in content.sections {
                        body.newLine()
                        body.element("tr") { writeSummaryRow(indicator, &notes, &$0) }
                    }
                }
            }
            notes.write(to: &section, words: words.marks, rules: input.study.publication, numbers: numbers)
        }
    }

    private func writeSummaryRow(
        _ section: ReportContent.Section, _ notes: inout TableNotes, _ row: inout Markup
    ) {
        let figures = FigureText(section, numbers: numbers)
        row.element("th", ["scope": "row"]) { head in
            head.element("a", ["href": "#\(section.anchor)"]) {
                $0.write(section.definition.name, else: section.definition.id)
            }
            if !figures.isPercent, section.definition.unit != "mean" {
                head.write(" ")
                head.element(
                    "span", ["class": "base"], text: FigureText.unit(section.definition.unit, words: words.indicator))
            }
            if let base = section.latest?.base, !base.isEmpty {
                head.write(" ")
                head.element("span", ["class": "base"]) { span in
                    span.write("\(words.indicator.base): ")
                    span.write(base)
                }
            }
        }
        for wave in content.waves { writeMatrixCell(section.whole[wave], figures, &notes, &row) }
    }

    /// The head of a table with one column per wave.
    func writeWaveHead(_ first: String, waves: [String], _ table: inout Markup) {
        table.element("thead") { head in
            head.element("tr") { row in
                row.element("th", ["scope": "col"], text: first)
                for wave in waves { row.element("th", ["scope": "col", "class": "number"], text: wave) }
            }
        }
    }

    /// A cell with the estimate, its interval and the base count, or with a mark.
    func writeMatrixCell(
        _ result: IndicatorResult?, _ figures: FigureText, _ notes: inout TableNotes, _ row: inout Markup
    ) {
        switch FigureText.cell(result) {
        case .shown(let figure): writeMatrixFigure(figure, figures, &notes, &row)
        case .hidden: writeMark(notes.sign(.hidden), words.marks.hiddenShort(input.study.publication), &row)
        case .complementary: writeMark(notes.sign(.complementary), words.marks.complementaryShort, &row)
        case .noData: writeMark(notes.sign(.noData), words.marks.noDataShort, &row)
        case .notComputed: writeMark(notes.sign(.notComputed), words.marks.notComputed, &row)
        }
    }

    private func writeMark(_ sign: String, _ meaning: String, _ row: inout Markup) {
        row.element("td", ["class": "number mark"]) { $0.element("abbr", ["title": meaning], text: sign) }
    }

    private func writeMatrixFigure(
        _ figure: FigureText.Shown, _ figures: FigureText, _ notes: inout TableNotes, _ row: inout Markup
    ) {
        let estimate = figures.estimate(figure) + notes.references(figure)
        let interval = figures.interval(figure.estimate) ?? notes.sign(.notComputed)
        let base = words.table.baseCount.filled(numbers.count(figure.estimate.nBase))
        row.element("td", ["class": "number"]) { cell in
            cell.element("span", ["class": "value"], text: estimate)
            cell.write(" ")
            cell.element("span", ["class": "interval"], text: interval)
            cell.write(" ")
            cell.element("span", ["class": "count"], text: base)
        }
    }
}
