internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveyProblems
internal import SurveySchema
internal import SurveyStudy

extension HTMLPage {
    /// One indicator: what it is, its chart, and its tables.
    func writeIndicator(_ section: ReportContent.Section, _ main: inout Markup) {
        let figures = FigureText(section, numbers: numbers)
        main.newLine()
        main.element("section", ["aria-labelledby": section.anchor, "class": "indicator"]) { part in
            writeHeading(3, ["id": section.anchor, "class": "name"], &part) {
                $0.write(section.definition.name, else: section.definition.id)
            }
            writeDefinition(section, &part)
            writeChart(section.definition.id, &part)
            writeFigures(
                id: "\(section.anchor)-whole", caption: words.table.wholeByWave, isOfGroups: false,
                rows: [ReportContent.Row(categories: [], results: section.whole)], waves: section.waves, figures, &part)
            for (place, breakdown) in section.breakdowns.enumerated() {
                let id = "\(section.anchor)-by-\(place + 1)"
                writeTileMap(breakdown, table: id, section, figures, &part)
                writeBreakdown(breakdown, id: id, section, figures, &part)
            }
        }
    }

    /// What an indicator is.
    func writeDefinition(_ section: ReportContent.Section, _ part: inout Markup) {
        let definition = section.definition
        part.element("dl", ["class": "definition"]) { list in
            writeTerm(words.indicator.definition, &list) { writeFormula(definition, &$0) }
            writeTerm(words.indicator.base, &list) { base in
                if let text = section.latest?.base, !text.isEmpty {
                    base.write(text)
                    base.write(" ")
                }
                if let expression = section.latest?.baseExpression, !expression.isEmpty, expression != "true" {
                    base.element("code", text: expression)
                }
            }
            writeTerm(words.indicator.unit, &list) {
                $0.write(FigureText.unit(definition.unit, words: words.indicator))
            }
            writeTerm(words.indicator.direction, &list) { direction in
                switch definition.direction {
                case .up: direction.write(words.indicator.up)
                case .down: direction.write(words.indicator.down)
                case nil: direction.write(words.page.notStated)
                }
            }
            writeTerm(words.indicator.source, &list) { $0.write(definition.source, else: words.page.notStated) }
            if let form { writeProvenance(of: section, form, &list) }
            writeTerm(words.indicator.identifier, &list) {
                $0.element("code", text: "\(definition.id)@\(definition.version)")
            }
        }
    }

    func writeTerm(_ term: String, _ list: inout Markup, _ text: (inout Markup) -> Void) {
        list.element("div") { pair in
            pair.element("dt", text: term)
            pair.element("dd", [:], text)
        }
    }

    private func writeFormula(_ definition: IndicatorDefinition, _ text: inout Markup) {
        switch definition.formula {
        case .share(let condition):
            text.write(words.indicator.share + " ")
            text.element("code", text: condition.source)
        case .mean(let number):
            text.write(words.indicator.mean + " ")
            text.element("code", text: number.source)
        case .ratio(let over, let under):
            text.write(words.indicator.ratio + " ")
            text.element("code", text: over.source)
            text.write(" \(words.indicator.dividedBy) ")
            text.element("code", text: under.source)
        case .quantile(let number, let p):
            text.write(words.indicator.quantile + " ")
            text.element("code", text: number.source)
            text.write(", p = " + JSONText.shortest(p))
        case .composite(let parts): writeComposite(parts, &text)
        case .score(let indicator, let scale): writeScore(of: indicator, scale, &text)
        }
    }

    /// The chart of an indicator or a family by its id.
    func writeChart(_ id: String, _ part: inout Markup) {
        guard let chart = charts.byIndicator[id], !chart.panels.isEmpty else { return }
        writeFigure(chart, kind: "panels", &part)
    }

    /// The panels of a chart with what must be known to read them.
    func writeFigure(_ chart: ReportCharts.IndicatorChart, kind: String, _ part: inout Markup) {
        part.newLine()
        part.element("figure") { figure in
            figure.element("div", ["class": kind]) { panels in
                for panel in chart.panels {
                    panels.element("div", ["class": "panel"]) { frame in
                        frame.element("p", ["class": "panel-title"], text: panel.title)
                        frame.writeMarkup(panel.svg.markup)
                    }
                }
            }
            figure.element("figcaption", text: chart.notes.joined(separator: " "))
        }
    }

    private func writeBreakdown(
        _ breakdown: ReportContent.Breakdown, id: String, _ section: ReportContent.Section, _ figures: FigureText,
        _ part: inout Markup
    ) {
        let name = joined(breakdown.labels, by: " × ")
        let caption = words.table.breakdown.filled(name)
        guard section.waves.count > 1 else {
            writeFigures(
                id: id, caption: caption, isOfGroups: true, rows: breakdown.rows, waves: section.waves, figures, &part)
            return
        }
        var notes = TableNotes()
        writeTable(id: id, caption: caption, kind: matrixKind(section.waves.count), &part) { table in
            writeWaveHead(words.table.group, waves: section.waves, &table)
            table.element("tbody") { body in
                for group in breakdown.rows {
                    body.newLine()
                    body.element("tr") { row in
                        row.element("th", ["scope": "row"]) { writeCategories(group.categories, &$0) }
                        for wave in section.waves { writeMatrixCell(group.results[wave], figures, &notes, &row) }
                    }
                }
            }
        }
        notes.write(to: &part, words: words, rules: input.study.publication, numbers: numbers)
        part.element("details") { details in
            details.element("summary", text: words.table.details)
            writeFigures(
                id: "\(id)-all", caption: words.table.breakdownDetails.filled(name), isOfGroups: true,
                rows: breakdown.rows, waves: section.waves, figures, &details)
        }
    }

    /// The class of a table with so many columns of figures: on paper few of them need one line each.
    func matrixKind(_ columns: Int) -> String { columns <= 3 ? "matrix few" : "matrix" }

    func writeCategories(_ categories: [LocalizedText], _ markup: inout Markup) {
        for (place, category) in categories.enumerated() {
            if place > 0 { markup.write(" · ") }
            markup.write(category)
        }
    }

    /// Texts of the user in the report's language, joined for captions.
    func joined(_ texts: [LocalizedText], by sign: String) -> String {
        texts.map { $0.text(in: words.language) ?? "" }.joined(separator: sign)
    }

    /// A table with one row per figure and everything that is known of it.
    func writeFigures(
        id: String, caption: String, isOfGroups: Bool, rows: [ReportContent.Row], waves: [String],
        _ figures: FigureText,
        _ part: inout Markup
    ) {
        var notes = TableNotes()
        let isOfWaves = waves.count > 1 || !isOfGroups
        writeTable(id: id, caption: caption, kind: "figures", &part) { table in
            writeFiguresHead(isOfGroups: isOfGroups, isOfWaves: isOfWaves, &table)
            table.element("tbody") { body in
                for group in rows {
                    for (place, wave) in waves.filter({ group.results[$0] != nil }).enumerated() {
                        body.newLine()
                        body.element("tr", isOfGroups && place == 0 ? ["class": "first"] : [:]) { row in
                            // Each row names its group, so that sorted rows can be read; repeats are pale.
                            if isOfGroups {
                                row.element("th", place == 0 ? ["scope": "row"] : ["scope": "row", "class": "again"]) {
                                    writeCategories(group.categories, &$0)
                                }
                            }
                            if isOfWaves { row.element("th", ["scope": "row"], text: wave) }
                            if let result = group.results[wave] { writeFigureCells(result, figures, &notes, &row) }
                        }
                    }
                }
            }
        }
        notes.write(to: &part, words: words, rules: input.study.publication, numbers: numbers)
    }

    private func writeFiguresHead(isOfGroups: Bool, isOfWaves: Bool, _ table: inout Markup) {
        writeHead(
            (isOfGroups ? [words.table.group] : []) + (isOfWaves ? [words.table.wave] : []),
            numbers: [
                words.table.estimate, words.table.interval.filled(level), words.table.answered, words.table.base,
                words.table.effective,
            ], codes: [words.table.code], &table)
    }

    private func writeFigureCells(
        _ result: IndicatorResult, _ figures: FigureText, _ notes: inout TableNotes, _ row: inout Markup
    ) {
        switch FigureText.cell(result) {
        case .shown(let figure): writeFigureCells(figure, result, figures, &notes, &row)
        case .hidden: writeWithheld(notes.sign(.hidden), words.marks.hiddenShort(input.study.publication), &row)
        case .complementary: writeWithheld(notes.sign(.complementary), words.marks.complementaryShort, &row)
        case .noData: writeWithheld(notes.sign(.noData), words.marks.noDataShort, &row)
        case .notComputed: writeWithheld(notes.sign(.notComputed), words.marks.notComputed, &row)
        }
        row.element("td", ["class": "code"]) { $0.element("code", text: result.id) }
    }

    /// One cell across all numbers of a figure that has none to show.
    private func writeWithheld(_ sign: String, _ meaning: String, _ row: inout Markup) {
        row.element("td", ["class": "mark", "colspan": "5"], text: "\(sign) \(meaning)")
    }

    private func writeFigureCells(
        _ figure: FigureText.Shown, _ result: IndicatorResult, _ figures: FigureText, _ notes: inout TableNotes,
        _ row: inout Markup
    ) {
        let references = notes.references(figure, breakReason: result.breakReason, in: words.language)
        let bounds = result.bounds.flatMap(figures.bounds)
        if bounds != nil { _ = notes.sign(.bounds) }
        row.element("td", ["class": "number", "data-sort": figures.sortKey(figure.value)]) { cell in
            if result.breakReason != nil { writeBreak(&cell) }
            cell.element("span", ["class": "value"], text: figures.estimate(figure))
            cell.write(references)
            guard let bounds else { return }
            cell.write(" ")
            cell.element("span", ["class": "bounds"], text: "⟨\(bounds)⟩")
        }
        let estimate = figure.estimate
        writeNumber(figures.interval(estimate), key: estimate.low.map(figures.sortKey), &notes, &row)
        for count in [estimate.n, estimate.nBase] {
            row.element("td", ["class": "number", "data-sort": String(count)], text: numbers.count(count))
        }
        writeNumber(
            estimate.effectiveN.map { numbers.text($0, decimals: 0) },
            key: estimate.effectiveN.map { FigureText.plain($0, decimals: 0) }, &notes, &row)
    }
}
