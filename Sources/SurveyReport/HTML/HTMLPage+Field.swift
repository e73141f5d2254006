internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveyQuality
internal import SurveySchema
internal import SurveyStudy
internal import SurveyWeighting

/// The annex on the quality of the fieldwork.
extension HTMLPage {
    /// What became of the issued cases, how long interviews took, and what the audit found.
    func writeField(_ section: inout Markup) {
        for (place, wave) in input.waves.enumerated() {
            if let outcomes = wave.outcomes { writeOutcomes(outcomes, wave, id: "outcomes-\(place + 1)", &section) }
        }
        if input.waves.allSatisfy({ $0.outcomes == nil }) {
            section.element("p", text: words.annex.noOutcomes)
        } else {
            writeRates(&section)
        }
        for (place, wave) in input.waves.enumerated() {
            if let audit = wave.audit { writeAudit(audit, wave, id: "audit-\(place + 1)", &section) }
        }
        if input.waves.contains(where: { $0.audit != nil }) { section.element("p", text: words.annex.auditNote) }
        section.element("p", text: words.annex.setAsideNote)
    }

    private func writeOutcomes(
        _ outcomes: FieldOutcomes, _ wave: ReportInput.Wave, id: String, _ section: inout Markup
    ) {
        let issued = outcomes.issued
        writeTable(id: id, caption: words.annex.outcomes.filled(wave.id), isSortable: false, &section) { table in
            writeHead([words.annex.outcome], numbers: [words.annex.cases, words.annex.part], &table)
            table.element("tbody") { body in
                for code in outcomes.codes {
                    body.newLine()
                    body.element("tr") { row in
                        row.element("th", ["scope": "row"]) { head in
                            head.write(code.label, else: code.code)
                            head.write(" ")
                            head.element("code", text: code.code)
                        }
                        writeCount(code.cases, &row)
                        let share = issued > 0 ? Double(code.cases) / Double(issued) : 0
                        row.element(
                            "td", ["class": "number", "data-sort": FigureText.plain(share, decimals: 1, shift: 2)],
                            text: percent(share))
                    }
                }
                body.element("tr", ["class": "family"]) { row in
                    row.element("th", ["scope": "row"], text: words.annex.issued)
                    writeCount(issued, &row)
                    row.element("td", text: "")
                }
            }
        }
    }

    private func writeRates(_ section: inout Markup) {
        let waves = input.waves.compactMap { wave in wave.outcomes?.rates.map { (id: wave.id, rates: $0.all) } }
        guard let first = waves.first else { return }
        writeTable(id: "rates", caption: words.annex.ratesCaption, &section) { table in
            writeHead([words.annex.rate], numbers: waves.map(\.id), &table)
            table.element("tbody") { body in
                for (place, rate) in first.rates.enumerated() {
                    body.newLine()
                    body.element("tr") { row in
                        row.element("th", ["scope": "row"]) { head in
                            head.element("code", text: rate.name)
                            head.write(" " + rateGroup(rate.name))
                        }
                        for wave in waves {
                            let value = wave.rates.indices.contains(place) ? wave.rates[place].value : nil
                            row.element("td", ["class": "number"], text: value.map(percent) ?? "–")
                        }
                    }
                }
            }
        }
        section.element("p", ["class": "notes"], text: words.annex.ratesNote)
    }

    private func rateGroup(_ name: String) -> String {
        let groups = words.annex.rateGroups
        let place = ["RR", "COOP", "REF", "CON"].firstIndex { name.hasPrefix($0) }
        return place.flatMap { groups.indices.contains($0) ? groups[$0] : nil } ?? ""
    }

    // MARK: The audit

    private func writeAudit(_ audit: FieldAudit, _ wave: ReportInput.Wave, id: String, _ section: inout Markup) {
        writeTable(id: id, caption: words.annex.auditCaption.filled(wave.id), isSortable: false, &section) { table in
            table.element("tbody") { body in
                for (name, text) in lines(of: audit) {
                    body.newLine()
                    body.element("tr") { row in
                        row.element("th", ["scope": "row"], text: name)
                        row.element("td", ["class": "number"], text: text)
                    }
                }
            }
        }
        writeRhos(audit, wave, id: "\(id)-rho", &section)
        writeEffects(audit, wave, id: "\(id)-effect", &section)
    }

    /// Counts only: a published report says how many interviewers were flagged, and not whom.
    private func lines(of audit: FieldAudit) -> [(name: String, text: String)] {
        let annex = words.annex
        var lines = [(words.parts.interviews, numbers.count(audit.interviews))]
        if !audit.interviewers.isEmpty {
            lines.append((annex.interviewers, numbers.count(audit.interviewers.count)))
            let each = audit.interviewers.map(\.interviews)
            if let least = each.min(), let most = each.max() {
                lines.append((annex.interviewsEach, numbers.range(numbers.count(least), numbers.count(most))))
            }
        }
        if let time = audit.durations {
            func minutes(_ value: Double) -> String { numbers.text(value, decimals: 1) }
            lines += [
                (annex.shortest, numbers.count(time.n)), (annex.minutesMedian, minutes(time.median)),
                (
                    annex.minutesQuartiles,
                    numbers.range(minutes(time.lowerQuartile), minutes(time.upperQuartile))
                ),
                (annex.short.filled(minutes(time.shortBelow)), numbers.count(time.short.count)),
                (annex.overlapping, numbers.count(time.overlapping.count)),
                (annex.outsideField, numbers.count(time.outsideField.count)),
                (annex.negativeTimes, numbers.count(time.negative.count)),
                (annex.unreadableTimes, numbers.count(time.unreadable.count)),
            ]
        }
        lines += [
            (annex.duplicates, numbers.count(audit.duplicates.reduce(0) { $0 + $1.count })),
            (annex.straightLines, numbers.count(audit.audited.count { $0.isStraightLine })),
            (annex.suspects, numbers.count(audit.audited.count { $0.isSuspect })),
        ]
        if !audit.interviewers.isEmpty { lines.append((annex.flagged, numbers.count(audit.flagged.count))) }
        return lines
    }

    private func writeRhos(_ audit: FieldAudit, _ wave: ReportInput.Wave, id: String, _ section: inout Markup) {
        let all = audit.publishedEffects
        guard !all.isEmpty else { return }
        writeTable(id: id, caption: words.annex.rhoCaption.filled(wave.id), &section) { table in
            writeHead(
                [words.annex.question],
                numbers: [words.annex.rho, words.parts.interviews, words.annex.interviewers], &table)
            table.element("tbody") { body in
                for effect in all {
                    body.newLine()
                    body.element("tr") { row in
                        row.element("th", ["scope": "row"]) { head in
                            writeVariable(effect.variable, &head)
                            head.element("code", text: effect.variable)
                        }
                        row.element(
                            "td", ["class": "number", "data-sort": FigureText.plain(effect.rho, decimals: 3)],
                            text: numbers.text(effect.rho, decimals: 3))
                        writeCount(effect.interviews, &row)
                        writeCount(effect.interviewers, &row)
                    }
                }
            }
        }
    }

    /// The text of a question; of an item of a multiple question also its answer.
    private func writeVariable(_ variable: String, _ head: inout Markup) {
        guard let questionnaire = input.questionnaire else { return }
        if let question = questionnaire.question(variable) {
            head.write(question.text)
        } else if let open = variable.lastIndex(of: "["), variable.hasSuffix("]"),
            let question = questionnaire.question(String(variable[..<open]))
        {
            let code = variable[variable.index(after: open)...].dropLast()
            head.write(question.text)
            guard let answer = question.answers.first(where: { $0.code == code }) else { return head.write(" ") }
            head.write(" — ")
            head.write(answer.label)
        }
        head.write(" ")
    }

    private func writeEffects(_ audit: FieldAudit, _ wave: ReportInput.Wave, id: String, _ section: inout Markup) {
        guard !audit.effects.isEmpty else { return }
        var notes = TableNotes()
        let caption = words.annex.effectsCaption.filled(wave.id)
        writeTable(id: id, caption: caption, kind: matrixKind(2), &section) { table in
            writeHead(
                [words.table.indicator],
                numbers: [words.annex.withAll, words.annex.withoutFlagged, words.figures.difference], &table)
            table.element("tbody") { body in
                for effect in audit.effects {
                    guard let part = content.sections.first(where: { $0.definition.id == effect.definition.id }) else {
                        continue
                    }
                    let figures = FigureText(part, numbers: numbers)
                    body.newLine()
                    body.element("tr") { row in
                        row.element("th", ["scope": "row"]) { $0.write(effect.definition.name, else: part.anchor) }
                        writeMatrixCell(effect.with, figures, &notes, &row)
                        writeMatrixCell(effect.without, figures, &notes, &row)
                        let difference = effect.difference
                        writeNumber(difference.map(figures.signed), key: difference.map(figures.sortKey), &notes, &row)
                    }
                }
            }
        }
        notes.write(to: &section, words: words, rules: input.study.publication, numbers: numbers)
    }

    private func writeCount(_ count: Int, _ row: inout Markup) {
        row.element("td", ["class": "number", "data-sort": String(count)], text: numbers.count(count))
    }

    private func percent(_ share: Double) -> String {
        numbers.percent(numbers.text(share, decimals: 1, shift: 2))
    }
}

extension FieldAudit {
    /// The ten questions on which interviewers differ most; more would fill a book.
    var publishedEffects: [InterviewerEffect] { Array(interviewerEffects.prefix(10)) }
}
