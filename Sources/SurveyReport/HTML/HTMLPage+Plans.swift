internal import SurveyIndicators
internal import SurveySchema
internal import SurveyStudy

extension HTMLPage {
    /// Every row of plan and fact, in the order of the indicators.
    var planRows: [PlanRow] { content.sections.flatMap { $0.planRows(waves: content.waves) } }

    var hasPlans: Bool { !planRows.isEmpty || form?.register.isEmpty == false }

    /// Plans beside facts: those of the survey, then those that were entered.
    func writePlans(_ main: inout Markup) {
        guard hasPlans else { return }
        main.newLine()
        main.element("section", ["aria-labelledby": "plans"]) { section in
            writeHeading(form == nil ? 2 : 3, ["id": "plans"], &section) { $0.write(words.figures.planAndFact) }
            section.element("p", ["class": "prose"], text: words.figures.planNote)
            let rows = planRows
            if !rows.isEmpty { writePlanTable(rows, &section) }
            if let register = form?.register, !register.isEmpty { writeRegister(register, &section) }
        }
    }

    private func writePlanTable(_ rows: [PlanRow], _ section: inout Markup) {
        var notes = TableNotes()
        writeTable(id: "plan", caption: words.figures.planCaption, kind: "wide", &section) { table in
            writeHead(
                [words.table.indicator, words.table.wave],
                numbers: [words.figures.plan, words.figures.fact, words.figures.published],
                last: [words.figures.pointRule, words.figures.evidence, words.figures.printedStatus], &table)
            table.element("tbody") { body in
                for row in rows {
                    body.newLine()
                    body.element("tr") { writePlanRow(row, &notes, &$0) }
                }
            }
        }
        notes.write(to: &section, words: words, rules: input.study.publication, numbers: numbers)
    }

    private func writePlanRow(_ row: PlanRow, _ notes: inout TableNotes, _ line: inout Markup) {
        let figures = FigureText(row.section, numbers: numbers)
        line.element("th", ["scope": "row"]) { head in
            head.element("a", ["href": "#\(row.section.anchor)"]) {
                $0.write(row.section.definition.name, else: row.section.definition.id)
            }
        }
        line.element("td", text: row.wave)
        writeNumber(row.plan.map(figures.plan), key: row.plan.map { figures.sortKey($0.least) }, &notes, &line)
        writeMatrixCell(row.result, figures, &notes, &line)
        writePublished(row.published, &line)
        line.element("td", text: row.status.map(statusText) ?? "")
        line.element("td", text: row.evidence.map(evidenceText) ?? "")
        line.element("td", text: row.published?.status ?? "")
    }

    /// The value as others have printed it, with the date of the copy and the source.
    private func writePublished(_ published: IndicatorDefinition.Published?, _ line: inout Markup) {
        guard let published else { return line.element("td", text: "") }
        line.element("td", ["class": "number"]) { cell in
            cell.element("span", ["class": "value"], text: published.printed)
            if let vintage = published.vintage {
                cell.write(" ")
                cell.element("span", ["class": "base"], text: words.figures.vintage.filled(dateText(vintage)))
            }
            guard !published.source.isEmpty else { return }
            cell.write(" ")
            cell.element("span", ["class": "base"]) { $0.write(published.source) }
        }
    }

    func statusText(_ status: IndicatorResult.Status) -> String {
        switch status {
        case .reached: words.figures.reached
        case .notReached: words.figures.notReached
        case .noData: words.figures.noData
        }
    }

    private func evidenceText(_ evidence: IndicatorResult.Evidence) -> String {
        switch evidence {
        case .shown: words.figures.evidenceShown
        case .notDistinguishable: words.figures.notDistinguishable
        }
    }

    // MARK: The register

    private func writeRegister(_ register: [RegisterEntry], _ section: inout Markup) {
        let texts = RegisterText(numbers: numbers)
        writeTable(id: "register", caption: words.figures.registerCaption, kind: "wide", &section) { table in
            writeHead(
                [words.table.indicator, words.figures.year, words.figures.unit],
                numbers: [words.figures.plan, words.figures.fact],
                last: [words.figures.pointRule, words.figures.printedStatus, words.form.source], &table)
            table.element("tbody") { body in
                for entry in register {
                    body.newLine()
                    body.element("tr") { writeEntry(entry, texts, &$0) }
                }
            }
        }
    }

    private func writeEntry(_ entry: RegisterEntry, _ texts: RegisterText, _ line: inout Markup) {
        line.element("th", ["scope": "row"]) { head in
            head.write(entry.name, else: entry.id)
            if let direction = entry.direction {
                head.write(" ")
                head.element(
                    "span", ["class": "base"], text: direction == .up ? words.indicator.up : words.indicator.down)
            }
        }
        line.element("td", text: entry.year)
        line.element("td") { cell in
            switch entry.unit {
            case .known(let word): cell.write(texts.unit(word, words: words))
            case .text(let text): cell.write(text)
            }
        }
        let plan = entry.plan
        writeEntered(plan.map { texts.plan($0, entry) }, plan?.least, &line) { _ in }
        writeEntered(entry.fact.map { texts.number($0, entry) }, entry.fact, &line) { cell in
            let mark = entry.mark.map { $0 == .blank ? words.figures.blankMark : words.figures.dashMark }
            cell.element("span", ["class": "mark"], text: mark ?? words.figures.noData)
        }
        line.element("td", text: entry.status.map(statusText) ?? "")
        line.element("td", text: entry.printedStatus ?? "")
        line.element("td") { writeSource(of: entry, &$0) }
    }

    private func writeEntered(
        _ text: String?, _ number: RegisterEntry.Number?, _ line: inout Markup, else empty: (inout Markup) -> Void
    ) {
        guard let text, let number else { return line.element("td", ["class": "number"], empty) }
        let key = FigureText.plain(number.value, decimals: number.decimals)
        line.element("td", ["class": "number", "data-sort": key], text: text)
    }

    private func writeSource(of entry: RegisterEntry, _ cell: inout Markup) {
        cell.write(words.form.name(of: entry.source))
        if let date = entry.date { cell.write(", " + dateText(date)) }
        var details: [(inout Markup) -> Void] = []
        if !entry.reference.isEmpty { details.append { $0.write(entry.reference) } }
        if let vintage = entry.vintage { details.append { $0.write(words.figures.vintage.filled(dateText(vintage))) } }
        if !entry.note.isEmpty { details.append { $0.write(entry.note) } }
        if !entry.responsible.isEmpty {
            details.append { $0.write(words.figures.responsible.filled(joined(entry.responsible, by: ", "))) }
        }
        for detail in details {
            cell.write(" ")
            cell.element("span", ["class": "base"], detail)
        }
    }

    // MARK: Pieces of tables

    /// A head of text columns, number columns and text columns again.
    func writeHead(
        _ first: [String], numbers: [String], last: [String] = [], codes: [String] = [], _ table: inout Markup
    ) {
        table.element("thead") { head in
            head.element("tr") { row in
                for name in first { row.element("th", ["scope": "col"], text: name) }
                for name in numbers { row.element("th", ["scope": "col", "class": "number"], text: name) }
                for name in last { row.element("th", ["scope": "col"], text: name) }
                for name in codes { row.element("th", ["scope": "col", "class": "code"], text: name) }
            }
        }
    }

    /// A number with what it is sorted by, or the mark of one that is not there.
    func writeNumber(_ text: String?, key: String?, _ notes: inout TableNotes, _ row: inout Markup) {
        guard let text else {
            return row.element("td", ["class": "number mark"], text: notes.sign(.notComputed))
        }
        row.element("td", key.map { ["class": "number", "data-sort": $0] } ?? ["class": "number"], text: text)
    }
}
