internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveySchema
internal import SurveyStudy

extension HTMLPage {
    /// The main results: every indicator for the whole sample, by wave; the members of a family below its name.
    func writeSummary(_ main: inout Markup) {
        main.newLine()
        main.element("section", ["aria-labelledby": "results"]) { section in
            writeHeading(2, ["id": "results"], &section) { $0.write(words.page.mainResults) }
            section.element("p", text: words.table.matrixNote.filled(level))
            var notes = TableNotes()
            writeTable(
                id: "summary", caption: words.table.summaryCaption, kind: matrixKind(content.waves.count), &section
            ) { table in
                writeWaveHead(words.table.indicator, waves: content.waves, &table)
                for part in summaryParts {
                    table.newLine()
                    let family: IndicatorDefinition.Family? =
                        if case .family(let family, _)? = part.first { family } else { nil }
                    table.element("tbody", family == nil ? [:] : ["class": "members"]) { body in
                        if let family { writeFamilyRow(family, part, &body) }
                        for indicator in part.flatMap(\.sections) {
                            body.newLine()
                            body.element("tr") { writeSummaryRow(indicator, &notes, &$0) }
                        }
                    }
                }
            }
            notes.write(to: &section, words: words, rules: input.study.publication, numbers: numbers)
        }
    }

    /// Families each by itself, and the indicators between them together, so that sorting keeps families whole.
    private var summaryParts: [[ReportContent.Group]] {
        var parts: [[ReportContent.Group]] = []
        for group in content.groups {
            if case .single = group, case .single? = parts.last?.last {
                parts[parts.count - 1].append(group)
            } else {
                parts.append([group])
            }
        }
        return parts
    }

    private func writeFamilyRow(
        _ family: IndicatorDefinition.Family, _ part: [ReportContent.Group], _ body: inout Markup
    ) {
        body.element("tr", ["class": "family"]) { row in
            let span = String(content.waves.count + 1)
            row.element("th", ["scope": "rowgroup", "colspan": span]) { head in
                head.element("a", ["href": "#\(part.first?.anchor ?? "")"]) { $0.write(family.name, else: family.id) }
            }
        }
    }

    private func writeSummaryRow(
        _ section: ReportContent.Section, _ notes: inout TableNotes, _ row: inout Markup
    ) {
        let figures = FigureText(section, numbers: numbers)
        let family = section.definition.family
        row.element("th", ["scope": "row"]) { head in
            head.element("a", ["href": "#\(section.anchor)"]) {
                $0.write(family?.member ?? section.definition.name, else: section.definition.id)
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
        writeHead([first], numbers: waves, &table)
    }

    /// A cell with the estimate, its interval and the base count, or with a mark.
    func writeMatrixCell(
        _ result: IndicatorResult?, _ figures: FigureText, shade: Int? = nil, _ notes: inout TableNotes,
        _ row: inout Markup
    ) {
        switch FigureText.cell(result) {
        case .shown(let figure): writeMatrixFigure(figure, result, figures, shade: shade, &notes, &row)
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
        _ figure: FigureText.Shown, _ result: IndicatorResult?, _ figures: FigureText, shade: Int?,
        _ notes: inout TableNotes, _ row: inout Markup
    ) {
        let references = notes.references(figure, breakReason: result?.breakReason, in: words.language)
        let interval = figures.interval(figure.estimate) ?? notes.sign(.notComputed)
        let base = words.table.baseCount.filled(numbers.count(figure.estimate.nBase))
        let bounds = result?.bounds.flatMap(figures.bounds)
        if bounds != nil { _ = notes.sign(.bounds) }
        let kind = shade.map { "number shade-\($0)" } ?? "number"
        row.element("td", ["class": kind, "data-sort": figures.sortKey(figure.value)]) { cell in
            if result?.breakReason != nil { writeBreak(&cell) }
            cell.element("span", ["class": "value"], text: figures.estimate(figure) + references)
            cell.write(" ")
            cell.element("span", ["class": "interval"], text: interval)
            cell.write(" ")
            if let bounds {
                cell.element("span", ["class": "bounds"], text: "⟨\(bounds)⟩")
                cell.write(" ")
            }
            cell.element("span", ["class": "count"], text: base)
        }
    }

    /// The mark of a figure that stands apart from those before it.
    func writeBreak(_ cell: inout Markup) {
        cell.element("abbr", ["class": "break", "title": words.figures.breakMark], text: "¦")
        cell.write(" ")
    }
}
