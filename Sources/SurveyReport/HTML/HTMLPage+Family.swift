internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveySchema
internal import SurveyStudy

extension HTMLPage {
    /// The members of a family in one section: one table, one chart, one table a breakdown.
    func writeFamily(
        _ family: IndicatorDefinition.Family, _ members: [ReportContent.Section], _ main: inout Markup
    ) {
        guard let first = members.first else { return }
        let anchor = "family-\(first.number)"
        let figures = FigureText(members, numbers: numbers)
        main.newLine()
        main.element("section", ["aria-labelledby": anchor, "class": "indicator"]) { part in
            writeHeading(3, ["id": anchor, "class": "name"], &part) { $0.write(family.name, else: family.id) }
            part.element("p", text: note(of: family.kind, members))
            writeMembers(family, members, figures, &part)
            writeChart(family.id, &part)
            var variables: [[String]] = []
            for breakdown in members.flatMap(\.breakdowns) where !variables.contains(breakdown.variables) {
                variables.append(breakdown.variables)
            }
            for (place, names) in variables.enumerated() {
                writeBreakdown(names, id: "\(anchor)-by-\(place + 1)", family, members, figures, &part)
            }
            part.element("details") { details in
                details.element("summary", text: words.indicator.definition)
                for member in members {
                    details.element("p", ["class": "member"]) {
                        $0.write(member.definition.family?.member ?? member.definition.name, else: member.definition.id)
                    }
                    writeDefinition(member, &details)
                }
            }
        }
    }

    private func note(of kind: IndicatorDefinition.Family.Kind, _ members: [ReportContent.Section]) -> String {
        switch kind {
        case .funnel: return words.figures.funnelNote
        case .items: return words.figures.itemsNote
        case .answers:
            // Only a question of several answers is asked with `has`.
            let isMultiple = members.contains { member in
                if case .share(let condition) = member.definition.formula {
                    condition.source.contains(" has ")
                } else {
                    false
                }
            }
            return isMultiple ? words.figures.answersNote : words.figures.oneAnswerNote
        }
    }

    private func writeMembers(
        _ family: IndicatorDefinition.Family, _ members: [ReportContent.Section], _ figures: FigureText,
        _ part: inout Markup
    ) {
        let waves = content.waves.filter { wave in members.contains { $0.waves.contains(wave) } }
        let caption = words.figures.familyCaption.filled(family.name.text(in: words.language) ?? family.id)
        var notes = TableNotes()
        writeTable(id: "\(anchorOf(members))-whole", caption: caption, kind: matrixKind(waves.count), &part) { table in
            writeWaveHead(words.figures.member, waves: waves, &table)
            table.element("tbody") { body in
                for member in members {
                    body.newLine()
                    body.element("tr") { row in
                        row.element("th", ["scope": "row", "id": member.anchor]) { head in
                            head.write(
                                member.definition.family?.member ?? member.definition.name, else: member.definition.id)
                            guard let base = member.latest?.base, !base.isEmpty else { return }
                            head.write(" ")
                            head.element("span", ["class": "base"]) { span in
                                span.write("\(words.indicator.base): ")
                                span.write(base)
                            }
                        }
                        for wave in waves { writeMatrixCell(member.whole[wave], figures, &notes, &row) }
                    }
                }
            }
        }
        notes.write(to: &part, words: words, rules: input.study.publication, numbers: numbers)
        let rows = members.map { member in
            ReportContent.Row(
                categories: [member.definition.family?.member ?? member.definition.name], results: member.whole)
        }
        part.element("details") { details in
            details.element("summary", text: words.table.details)
            writeFigures(
                id: "\(anchorOf(members))-all", caption: caption, isOfGroups: true, rows: rows, waves: waves, figures,
                &details)
        }
    }

    private func anchorOf(_ members: [ReportContent.Section]) -> String { "family-\(members.first?.number ?? 0)" }

    private static let mostColumns = 9

    /// One breakdown of all members in the latest wave: a row a group, a column a member, or the other way round.
    private func writeBreakdown(
        _ variables: [String], id: String, _ family: IndicatorDefinition.Family, _ members: [ReportContent.Section],
        _ figures: FigureText, _ part: inout Markup
    ) {
        guard let wave = content.waves.last(where: { wave in members.contains { $0.waves.contains(wave) } }) else {
            return
        }
        let broken = members.map { member in member.breakdowns.first { $0.variables == variables } }
        var keys: [[String]] = []
        var labels: [[LocalizedText]] = []
        for breakdown in broken.compactMap({ $0 }) {
            for (key, row) in zip(breakdown.keys, breakdown.rows) where !keys.contains(key) {
                keys.append(key)
                labels.append(row.categories)
            }
        }
        let name = joined(broken.compactMap { $0 }.first?.labels ?? [], by: " × ")
        let caption = words.figures.familyBreakdown.filled(
            family.name.text(in: words.language) ?? family.id, name, wave)
        var notes = TableNotes()
        // Paper has room for so many columns; more members than that become rows.
        let isTurned = members.count > HTMLPage.mostColumns && keys.count < members.count
        let shades =
            isTurned ? broken.map { _ in nil } : broken.map { $0.map { Shades($0, wave: wave, figures: figures) } }
        let names = members.map { $0.definition.family?.member ?? $0.definition.name }
        func cell(_ breakdown: ReportContent.Breakdown?, _ key: [String]) -> IndicatorResult? {
            breakdown?.keys.firstIndex(of: key).flatMap { breakdown?.rows[$0].results[wave] }
        }
        writeTable(id: id, caption: caption, kind: isTurned ? matrixKind(keys.count) : "matrix", &part) { table in
            guard !isTurned else {
                writeHead([words.figures.member], numbers: labels.map { joined($0, by: " · ") }, &table)
                table.element("tbody") { body in
                    for (place, breakdown) in broken.enumerated() {
                        body.newLine()
                        body.element("tr") { row in
                            row.element("th", ["scope": "row"]) { $0.write(names[place], else: members[place].anchor) }
                            for key in keys { writeMatrixCell(cell(breakdown, key), figures, &notes, &row) }
                        }
                    }
                }
                return
            }
            writeHead(
                [words.table.group],
                numbers: zip(names, members).map { $0.text(in: words.language) ?? $1.definition.id }, &table)
            table.element("tbody") { body in
                for (key, label) in zip(keys, labels) {
                    body.newLine()
                    body.element("tr") { row in
                        row.element("th", ["scope": "row"]) { writeCategories(label, &$0) }
                        for (breakdown, shades) in zip(broken, shades) {
                            let result = cell(breakdown, key)
                            writeMatrixCell(
                                result, figures, shade: shades?.shade(result?.figure?.value), &notes, &row)
                        }
                    }
                }
            }
        }
        if shades.contains(where: { $0?.isUsed == true }) {
            part.element("p", ["class": "notes"], text: words.annex.shades)
        }
        notes.write(to: &part, words: words, rules: input.study.publication, numbers: numbers)
        writeAll(
            members, broken, keys: keys, id: "\(id)-all", caption: words.table.breakdownDetails.filled(name), figures,
            &part)
    }

    /// Four shades between the least and the greatest figure of a column that is shown.
    private struct Shades {
        private let least: Double
        private let greatest: Double
        var isUsed: Bool { greatest > least }

        init(_ breakdown: ReportContent.Breakdown, wave: String, figures: FigureText) {
            let values = breakdown.rows.compactMap { row -> Double? in
                guard case .shown(let figure) = FigureText.cell(row.results[wave]) else { return nil }
                return Double(figures.sortKey(figure.value))
            }
            least = values.min() ?? 0
            greatest = values.max() ?? 0
            self.figures = figures
        }

        private let figures: FigureText

        func shade(_ value: Double?) -> Int? {
            guard isUsed, let value, let printed = Double(figures.sortKey(value)) else { return nil }
            return min(4, 1 + Int((printed - least) / (greatest - least) * 4))
        }
    }

    /// Every figure of a breakdown of a family: a row a member, group and wave.
    private func writeAll(
        _ members: [ReportContent.Section], _ broken: [ReportContent.Breakdown?], keys: [[String]], id: String,
        caption: String, _ figures: FigureText, _ part: inout Markup
    ) {
        var rows: [ReportContent.Row] = []
        for (member, breakdown) in zip(members, broken) {
            guard let breakdown else { continue }
            let name = member.definition.family?.member ?? member.definition.name
            for key in keys {
                guard let place = breakdown.keys.firstIndex(of: key) else { continue }
                let row = breakdown.rows[place]
                rows.append(ReportContent.Row(categories: [name] + row.categories, results: row.results))
            }
        }
        part.element("details") { details in
            details.element("summary", text: words.table.details)
            writeFigures(
                id: id, caption: caption, isOfGroups: true, rows: rows, waves: content.waves, figures, &details)
        }
    }

    // MARK: Formulas in words

    /// A composite as the mean, difference or weighted sum of its parts.
    func writeComposite(_ parts: [IndicatorDefinition.Part], _ text: inout Markup) {
        let equal = parts.allSatisfy { abs($0.coefficient * Double(parts.count) - 1) < 1e-9 }
        let isDifference = parts.map(\.coefficient) == [1, -1]
        text.write(
            (equal && !parts.isEmpty
                ? words.figures.meanOf : isDifference ? words.figures.differenceOf : words.figures.weightedSum) + " ")
        for (place, part) in parts.enumerated() {
            if place > 0 { text.write(isDifference ? " \(words.figures.less) " : "; ") }
            if !equal, !isDifference { text.write(coefficient(part.coefficient) + "\u{A0}× ") }
            writeReference(to: part.indicator, &text)
        }
    }

    private func coefficient(_ value: Double) -> String {
        for decimals in 0...4 {
            let text = FigureText.plain(value, decimals: decimals)
            if let back = Double(text), abs(back - value) < 1e-9 { return numbers.text(value, decimals: decimals) }
        }
        return numbers.text(value, decimals: 4)
    }

    /// Points for another indicator, by steps.
    func writeScore(of indicator: String, _ scale: ScoreScale, _ text: inout Markup) {
        var sentences = [words.figures.scoreOf.filled(coefficient(scale.full), numbers.count(scale.steps))]
        switch scale.between {
        case .floor: sentences.append(words.figures.betweenFloor)
        case .linear: sentences.append(words.figures.betweenLinear)
        case .nearest: sentences.append(words.figures.betweenNearest)
        }
        switch scale.belowHalf {
        case .zero: sentences.append(words.figures.belowHalfZero)
        case .continue: sentences.append(words.figures.belowHalfContinues)
        }
        text.write(sentences.joined(separator: " ") + " ")
        writeReference(to: indicator, &text)
    }

    /// Names another indicator, with a link if the report has it.
    private func writeReference(to id: String, _ text: inout Markup) {
        guard let section = content.sections.first(where: { $0.definition.id == id }) else {
            return text.element("code", text: id)
        }
        text.element("a", ["href": "#\(section.anchor)"]) { $0.write(section.definition.name, else: id) }
    }

    /// The source of information, date and reference that every figure of the form carries.
    func writeProvenance(of section: ReportContent.Section, _ form: ReportForm, _ list: inout Markup) {
        writeTerm(words.form.source, &list) { $0.write(words.form.name(of: form.source)) }
        writeTerm(words.form.date, &list) { dates in
            let known = section.waves.map { "\($0): \(fieldPeriod(of: $0))" }
            dates.write(known.joined(separator: "; "))
        }
        writeTerm(words.form.reference, &list) { $0.write(input.study.title, else: input.study.id) }
    }
}
