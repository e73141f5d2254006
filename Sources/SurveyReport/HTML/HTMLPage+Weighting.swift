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
            if let found = item.summary.diagnostics {
                writeDiagnostics(found, wave: item.wave, place: place + 1, &section)
            }
        }
    }

    /// A column a step, a row a measure; a measure stands only where a step has something to say of it.
    private func writeSteps(_ summary: WeightingSummary, wave: String, id: String, _ section: inout Markup) {
        let parts = words.parts
        func percent(_ value: Double, _ decimals: Int) -> String {
            numbers.percent(numbers.text(value, decimals: decimals, shift: 2))
        }
        let measures: [(name: String, text: (WeightingSummary.Step) -> String?)] = [
            (parts.rows, { numbers.count($0.rows) }), (parts.sum, { numbers.text($0.sum, decimals: 0) }),
            (parts.least, { numbers.text($0.least, decimals: 3) }),
            (parts.greatest, { numbers.text($0.greatest, decimals: 3) }),
            (parts.kish, { numbers.text($0.kishEffect, decimals: 3) }),
            (parts.effective, { numbers.text($0.effectiveN, decimals: 0) }),
            (parts.iterations, { $0.iterations.map(numbers.count) }),
            (parts.moved, { $0.movedShare.map { percent($0, 2) } }), (parts.cut, { $0.rowsCut.map(numbers.count) }),
            (parts.error, { $0.largestError.map { percent($0, 4) } }),
        ]
        writeTable(id: id, caption: parts.stepsCaption.filled(wave), isSortable: false, &section) { table in
            writeHead([parts.step], numbers: summary.steps.map { name(ofStep: $0.name) }, &table)
            table.element("tbody") { body in
                for measure in measures {
                    let texts = summary.steps.map(measure.text)
                    guard texts.contains(where: { $0 != nil }) else { continue }
                    body.newLine()
                    body.element("tr") { row in
                        row.element("th", ["scope": "row"], text: measure.name)
                        for text in texts {
                            row.element("td", ["class": text == nil ? "number mark" : "number"], text: text ?? "")
                        }
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

    func name(ofStep step: String) -> String {
        switch step {
        case "base": words.parts.base
        case "nonresponse": words.parts.nonresponse
        case "trim": words.parts.trim
        case "rake": words.parts.rake
        case "poststratify": words.parts.poststratify
        case "calibrate": words.parts.calibrate
        default: DiagnosticWords.in(words.language).steps[step] ?? step
        }
    }
}
