internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveySchema
internal import SurveyStudy

extension HTMLPage {
    /// Every change between waves, with what the figures say of it.
    func writeChanges(_ main: inout Markup) {
        guard !input.changes.isEmpty else { return }
        let hasGroups = input.changes.contains { !$0.by.isEmpty }
        main.newLine()
        main.element("section", ["aria-labelledby": "changes"]) { section in
            writeHeading(form == nil ? 2 : 3, ["id": "changes"], &section) { $0.write(words.figures.changes) }
            section.element("div", ["class": "prose"]) { notes in
                for sentence in changeNotes { notes.element("p", text: sentence) }
            }
            let whole = input.changes.filter(\.by.isEmpty)
            writeChanges(whole, id: "change", caption: words.figures.changeCaption, hasGroups: false, &section)
            guard hasGroups else { return }
            // Hundreds of rows: they are there for who looks for a group, and not on paper.
            section.element("details") { details in
                details.element("summary", text: words.annex.groupChanges)
                writeChanges(
                    input.changes.filter { !$0.by.isEmpty }, id: "change-groups",
                    caption: words.annex.groupChangesCaption, hasGroups: true, &details)
            }
        }
    }

    private func writeChanges(
        _ changes: [IndicatorChange], id: String, caption: String, hasGroups: Bool, _ section: inout Markup
    ) {
        var notes = TableNotes()
        writeTable(id: id, caption: caption, kind: "wide", &section) { table in
            writeHead(
                [words.table.indicator] + (hasGroups ? [words.table.group] : []) + [words.figures.between],
                numbers: [words.figures.before, words.figures.after, words.figures.difference],
                last: [words.figures.verdict], codes: [words.table.code], &table)
            table.element("tbody") { body in
                for change in changes {
                    body.newLine()
                    body.element("tr") { writeChange(change, hasGroups: hasGroups, &notes, &$0) }
                }
            }
        }
        notes.write(to: &section, words: words, rules: input.study.publication, numbers: numbers)
    }

    /// What must be known to read the table: the rule, the unit, how the samples hang together.
    private var changeNotes: [String] {
        let found = input.changes.compactMap(\.change)
        var sentences = [words.figures.changeNote.filled(level)]
        if input.changes.contains(where: { $0.definition.unit == "percent" }) {
            sentences.append(words.figures.changeUnit)
        }
        if found.contains(where: { $0.overlap == .independent }) { sentences.append(words.figures.independent) }
        if let shared = found.filter({ $0.overlap != .independent }).map(\.sharedPSUs).max() {
            sentences.append(words.figures.sharedPSUs.filled(numbers.count(shared)))
        }
        if input.changes.contains(where: { published($0) != nil }) { sentences.append(words.annex.publishedChangeNote) }
        return sentences
    }

    /// What others have printed of a change of the whole.
    private func published(_ change: IndicatorChange) -> IndicatorDefinition.PublishedChange? {
        change.by.isEmpty ? change.definition.publishedChange(from: change.fromWave, to: change.toWave) : nil
    }

    private func writeChange(
        _ change: IndicatorChange, hasGroups: Bool, _ notes: inout TableNotes, _ row: inout Markup
    ) {
        let section = content.sections.first { $0.definition.id == change.definition.id }
        row.element("th", ["scope": "row"]) { head in
            guard let section else { return head.write(change.definition.name, else: change.definition.id) }
            head.element("a", ["href": "#\(section.anchor)"]) {
                $0.write(change.definition.name, else: change.definition.id)
            }
        }
        if hasGroups {
            row.element("td") { cell in
                if change.by.isEmpty { cell.write(words.table.whole) }
                writeCategories(change.labels.map(\.category), &cell)
            }
        }
        row.element("td", ["class": "waves"], text: "\(change.fromWave) – \(change.toWave)")
        if let found = change.change, !change.display.isWithheld, let section {
            writeChange(
                found, FigureText(section, numbers: numbers), change.display, published(change), &notes, &row)
        } else {
            writeNoChange(change, &notes, &row)
        }
        row.element("td", ["class": "code"]) { $0.element("code", text: change.id) }
    }

    private func writeChange(
        _ found: Change, _ figures: FigureText, _ display: IndicatorResult.Display,
        _ printed: IndicatorDefinition.PublishedChange?, _ notes: inout TableNotes, _ row: inout Markup
    ) {
        for value in [found.from.value, found.to.value] {
            writeNumber(value.map(figures.valueText), key: value.map(figures.sortKey), &notes, &row)
        }
        writeDifference(found, figures, isBracketed: display == .bracketed, printed, &notes, &row)
        row.element("td", ["class": "verdict"], text: verdictText(found.verdict))
    }

    /// The difference with its interval below it.
    private func writeDifference(
        _ found: Change, _ figures: FigureText, isBracketed: Bool, _ printed: IndicatorDefinition.PublishedChange?,
        _ notes: inout TableNotes, _ row: inout Markup
    ) {
        guard let difference = found.difference else { return writeNumber(nil, key: nil, &notes, &row) }
        if isBracketed { _ = notes.sign(.bracketed) }
        let text = figures.signed(difference)
        let interval = figures.interval(found) ?? notes.sign(.notComputed)
        row.element("td", ["class": "number", "data-sort": figures.sortKey(difference)]) { cell in
            cell.element("span", ["class": "value"], text: isBracketed ? "[\(text)]" : text)
            cell.write(" ")
            cell.element("span", ["class": "interval"], text: interval)
            guard let printed else { return }
            cell.write(" ")
            cell.element("span", ["class": "base"]) { note in
                note.write(words.annex.publishedChange.filled(printed.printed))
                if !printed.source.isEmpty {
                    note.write("; ")
                    note.write(printed.source)
                }
                if let vintage = printed.vintage {
                    note.write(", " + words.figures.vintage.filled(dateText(vintage)))
                }
            }
        }
    }

    /// One cell across the numbers of a change that has none.
    private func writeNoChange(_ change: IndicatorChange, _ notes: inout TableNotes, _ row: inout Markup) {
        if let reason = change.breakReason {
            row.element("td", ["class": "mark", "colspan": "3"]) { cell in
                writeBreak(&cell)
                cell.write(words.figures.breakNote + " ")
                cell.write(reason)
            }
        } else {
            let mark: (TableNotes.Mark, String) =
                switch change.display {
                case .complementary: (.complementary, words.marks.complementaryShort)
                case .hidden: (.hidden, words.marks.hiddenShort(input.study.publication))
                default: (.notComputed, words.marks.notComputed)
                }
            row.element("td", ["class": "mark", "colspan": "3"], text: "\(notes.sign(mark.0)) \(mark.1)")
        }
        row.element("td", text: "")
    }

    func verdictText(_ verdict: Change.Verdict) -> String {
        switch verdict {
        case .increase: words.figures.increase
        case .decrease: words.figures.decrease
        case .noChangeShown: words.figures.noChange
        case .tooImprecise: words.figures.tooImprecise
        }
    }
}
