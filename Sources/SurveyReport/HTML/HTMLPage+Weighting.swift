internal import SurveyWeighting

extension HTMLPage {
    /// What the weighting of each wave did: its steps, and the targets before and after.
    func writeWeightingSteps(_ section: inout Markup) {
        let weighted = input.waves.compactMap { wave in wave.weighting.map { (wave: wave.id, summary: $0) } }
        guard !weighted.isEmpty else { return }
        section.element("p", text: words.parts.weightingNote)
        for (place, item) in weighted.enumerated() {
            writeSteps(item.summary, wave: item.wave, id: "weighting-\(place + 1)", &section)
            if !item.summary.margins.isEmpty {
                writeMargins(item.summary, wave: item.wave, id: "margins-\(place + 1)", &section)
            }
        }
    }

    private func writeSteps(_ summary: WeightingSummary, wave: String, id: String, _ section: inout Markup) {
        var notes = TableNotes()
        let parts = words.parts
        // A column stands only where a step has something to say in it.
        let hasIterations = summary.steps.contains { $0.iterations != nil }
        let hasMoved = summary.steps.contains { $0.movedShare != nil }
        let hasCut = summary.steps.contains { $0.rowsCut != nil }
        let hasError = summary.steps.contains { $0.largestError != nil }
        writeTable(id: id, caption: parts.stepsCaption.filled(wave), isSortable: false, &section) { table in
            let optional: [(Bool, String)] = [
                (hasIterations, parts.iterations), (hasMoved, parts.moved), (hasCut, parts.cut),
                (hasError, parts.error),
            ]
            writeHead(
                [parts.step],
                numbers: [parts.rows, parts.sum, parts.least, parts.greatest, parts.kish, parts.effective]
                    + optional.filter(\.0).map(\.1), &table)
            table.element("tbody") { body in
                for step in summary.steps {
                    body.newLine()
                    body.element("tr") { row in
                        row.element("th", ["scope": "row"], text: name(ofStep: step.name))
                        var cells: [String?] = [
                            numbers.count(step.rows), numbers.text(step.sum, decimals: 0),
                            numbers.text(step.least, decimals: 3), numbers.text(step.greatest, decimals: 3),
                            numbers.text(step.kishEffect, decimals: 3), numbers.text(step.effectiveN, decimals: 0),
                        ]
                        if hasIterations { cells.append(step.iterations.map(numbers.count)) }
                        if hasMoved {
                            cells.append(
                                step.movedShare.map { numbers.percent(numbers.text($0, decimals: 2, shift: 2)) })
                        }
                        if hasCut { cells.append(step.rowsCut.map(numbers.count)) }
                        if hasError {
                            cells.append(
                                step.largestError.map { numbers.percent(numbers.text($0, decimals: 4, shift: 2)) })
                        }
                        for cell in cells { writeNumber(cell, key: nil, &notes, &row) }
                    }
                }
            }
        }
    }

    private func writeMargins(_ summary: WeightingSummary, wave: String, id: String, _ section: inout Markup) {
        let parts = words.parts
        writeTable(id: id, caption: parts.marginsCaption.filled(wave), &section) { table in
            writeHead(
                [parts.variable, parts.category], numbers: [parts.target, parts.before, parts.after], &table)
            table.element("tbody") { body in
                for margin in summary.margins {
                    body.newLine()
                    body.element("tr") { row in
                        row.element("th", ["scope": "row"]) { $0.element("code", text: margin.variable) }
                        row.element("td") { $0.element("code", text: margin.category) }
                        for value in [margin.target, margin.before, margin.after] {
                            row.element(
                                "td", ["class": "number", "data-sort": FigureText.plain(value, decimals: 0)],
                                text: numbers.text(value, decimals: 0))
                        }
                    }
                }
            }
        }
    }

    private func name(ofStep step: String) -> String {
        switch step {
        case "base": words.parts.base
        case "nonresponse": words.parts.nonresponse
        case "trim": words.parts.trim
        case "rake": words.parts.rake
        case "poststratify": words.parts.poststratify
        default: step
        }
    }
}
