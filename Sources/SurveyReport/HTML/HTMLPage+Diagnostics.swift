internal import SurveySchema
internal import SurveyWeighting

extension HTMLPage {
    private var diagnosticWords: DiagnosticWords { DiagnosticWords.in(words.language) }

    /// What a weighting did in detail: pictures of weights and margins, and tables of both.
    func writeDiagnostics(_ found: WeightingDiagnostics, wave: String, place: Int, _ section: inout Markup) {
        let own = diagnosticWords
        writeFigure(own.histogram.filled(wave), notes: [own.histogramNote], &section) { title, frame in
            writeHistograms(found, title: title, &frame)
        }
        writeMeasures(found, wave: wave, id: "diagnostics-\(place)", &section)
        let rows = HTMLPage.widest(found.margins)
        if !rows.isEmpty {
            var notes = [own.gapsNote]
            if rows.count < found.margins.count {
                notes.append(own.gapsLeftOut.filled(numbers.count(found.margins.count - rows.count)))
            }
            writeFigure(own.gaps.filled(wave), notes: notes, &section) { title, frame in
                writeGaps(rows, title: title, &frame)
            }
        }
        if !found.balance.isEmpty { writeBalance(found, wave: wave, id: "balance-\(place)", &section) }
    }

    private func writeFigure(
        _ title: String, notes: [String], _ section: inout Markup, _ content: (String, inout Markup) -> Void
    ) {
        section.newLine()
        section.element("figure", ["class": "map"]) { figure in
            figure.element("p", ["class": "panel-title"], text: title)
            let frame: KeyValuePairs = ["class": "scroll", "role": "region", "tabindex": "0", "aria-label": title]
            figure.element("div", frame) { content(title, &$0) }
            figure.element("figcaption", text: notes.joined(separator: " "))
        }
    }

    // MARK: Weights

    private static let panel = (left: 170, width: 546, height: 64, gap: 14)
    private static let ink = "#1b1f24"
    private static let blue = "#174a7c"

    /// A row of bars a step: shares of interviews by weight over mean weight, on one scale.
    private func writeHistograms(_ found: WeightingDiagnostics, title: String, _ frame: inout Markup) {
        let (left, width, height, gap) = HTMLPage.panel
        let shares = found.steps.map { step in step.histogram.map { Double($0) / Double(max(1, step.rows)) } }
        let greatest = shares.joined().max() ?? 0
        let down = found.steps.count * (height + gap) + 34
        let spoken = found.steps.map { "\(name(ofStep: $0.name)): \(numbers.text($0.kishEffect, decimals: 2))" }
        let attributes: KeyValuePairs = [
            "xmlns": "http://www.w3.org/2000/svg", "class": "tiles", "viewBox": "0 0 \(left + width + 14) \(down)",
            "role": "img", "aria-label": "\(title). \(words.parts.kish): \(spoken.joined(separator: "; "))",
        ]
        let column = width / WeightingDiagnostics.classCount
        frame.element("svg", attributes) { drawing in
            drawing.element("title", text: title)
            for (row, step) in found.steps.enumerated() {
                drawing.newLine()
                let base = row * (height + gap) + height
                writeLabel(name(ofStep: step.name), x: left - 12, y: base - height / 2, anchor: "end", &drawing)
                for (place, share) in shares[row].enumerated() where share > 0 && greatest > 0 {
                    let tall = max(1, Int((share / greatest * Double(height)).rounded()))
                    drawing.void(
                        "rect",
                        [
                            "x": String(left + place * column), "y": String(base - tall), "width": String(column - 1),
                            "height": String(tall), "fill": "#3d74a8",
                        ])
                }
                let mean = left + Int((Double(column) / WeightingDiagnostics.classWidth).rounded())
                writeLine(from: (mean, base - height), to: (mean, base), dashed: true, &drawing)
                writeLine(from: (left, base), to: (left + width, base), dashed: false, &drawing)
            }
            drawing.newLine()
            let bottom = found.steps.count * (height + gap) + 4
            for mark in 0...5 {
                let x = left + Int((Double(mark) * Double(column) / WeightingDiagnostics.classWidth).rounded())
                writeLabel(numbers.count(mark) + (mark == 5 ? "+" : ""), x: x, y: bottom, anchor: "middle", &drawing)
            }
            writeLabel(
                diagnosticWords.histogramAxis, x: left + width / 2, y: bottom + 20, anchor: "middle", &drawing)
        }
    }

    // MARK: Margins

    private static let mostRows = 30

    /// The categories that were furthest from their targets, in the order of the targets.
    private static func widest(_ margins: [WeightingDiagnostics.Margin]) -> [WeightingDiagnostics.Margin] {
        func distance(_ margin: WeightingDiagnostics.Margin) -> Double {
            abs((margin.shares.first ?? margin.target) - margin.target)
        }
        let order = margins.indices.sorted {
            let (left, right) = (distance(margins[$0]), distance(margins[$1]))
            return left == right ? $0 < $1 : left > right
        }
        return order.prefix(mostRows).sorted().map { margins[$0] }
    }

    /// A line a category, from the distance before the weighting to that after it.
    private func writeGaps(_ margins: [WeightingDiagnostics.Margin], title: String, _ frame: inout Markup) {
        let (left, width, _, _) = HTMLPage.panel
        let gaps = margins.map { margin in
            (before: (margin.shares.first ?? 0) - margin.target, after: (margin.shares.last ?? 0) - margin.target)
        }
        let widest = gaps.reduce(0) { max($0, abs($1.before), abs($1.after)) }
        // The nearest of 1, 2, 5 times a power of ten that holds all distances, in percentage points.
        var reach = 0.0001
        let steps = [2, 2.5, 2]
        var turn = 0
        while reach < widest, reach < 1 {
            reach *= steps[turn % 3]
            turn += 1
        }
        func x(_ gap: Double) -> Int { left + width / 2 + Int((gap / reach * Double(width) / 2 * 0.96).rounded()) }
        func points(_ gap: Double) -> String { numbers.text(gap, decimals: reach < 0.02 ? 2 : 1, shift: 2) }
        let line = 20
        let down = margins.count * line + 34
        let spoken = zip(margins, gaps).map { margin, gap in
            "\(label(of: margin)): \(points(gap.before)) → \(points(gap.after))"
        }
        let attributes: KeyValuePairs = [
            "xmlns": "http://www.w3.org/2000/svg", "class": "tiles", "viewBox": "0 0 \(left + width + 14) \(down)",
            "role": "img", "aria-label": "\(title). \(spoken.joined(separator: "; "))",
        ]
        frame.element("svg", attributes) { drawing in
            drawing.element("title", text: title)
            let bottom = margins.count * line + 6
            for mark in [-reach, -reach / 2, 0, reach / 2, reach] {
                writeLine(from: (x(mark), 0), to: (x(mark), bottom), dashed: mark != 0, &drawing)
                writeLabel(points(mark), x: x(mark), y: bottom + 14, anchor: "middle", &drawing)
            }
            for (row, gap) in gaps.enumerated() {
                drawing.newLine()
                let y = row * line + line / 2
                let shown = HTMLPage.shortened(label(of: margins[row]), to: 26)
                writeLabel(shown, x: left - 12, y: y + 4, anchor: "end", &drawing)
                writeLine(from: (x(gap.before), y), to: (x(gap.after), y), dashed: false, &drawing)
                for (at, fill) in [(gap.before, "#ffffff"), (gap.after, HTMLPage.blue)] {
                    drawing.void(
                        "circle",
                        [
                            "cx": String(x(at)), "cy": String(y), "r": "4.5", "fill": fill, "stroke": HTMLPage.blue,
                            "stroke-width": "1.5",
                        ])
                }
            }
        }
    }

    /// The answers of a category as the questionnaire words them; the codes where it does not have them.
    private func label(of margin: WeightingDiagnostics.Margin) -> String {
        let variables = margin.variable.split(separator: "*").map(String.init)
        let codes = margin.category.split(separator: "*").map(String.init)
        let labels = zip(variables, codes).compactMap { variable, code in
            let answers =
                input.questionnaire?.question(variable)?.answers
                ?? input.questionnaire?.derivedVariable(variable)?.answers
            return answers?.first { $0.code == code }?.label.text(in: words.language)
        }
        guard variables.count == codes.count, labels.count == codes.count else {
            return "\(margin.variable) \(margin.category)"
        }
        return labels.joined(separator: ", ")
    }

    private static func shortened(_ text: String, to letters: Int) -> String {
        text.count <= letters ? text : String(text.prefix(letters - 1)) + "…"
    }

    private func writeLabel(_ text: String, x: Int, y: Int, anchor: String, _ drawing: inout Markup) {
        drawing.element(
            "text",
            [
                "x": String(x), "y": String(y), "text-anchor": anchor, "font-size": "12", "fill": HTMLPage.ink,
                "font-family": "DejaVu Sans, Noto Sans, Verdana, sans-serif",
            ], text: text)
    }

    private func writeLine(from: (Int, Int), to: (Int, Int), dashed: Bool, _ drawing: inout Markup) {
        drawing.void(
            "path",
            [
                "d": "M\(from.0),\(from.1)L\(to.0),\(to.1)", "stroke": "#8c97a3", "stroke-width": "1",
                "stroke-dasharray": dashed ? "3 3" : "none",
            ])
    }

    // MARK: Tables

    private func percent(_ value: Double, _ decimals: Int) -> String {
        numbers.percent(numbers.text(value, decimals: decimals, shift: 2))
    }

    private func writeMeasures(_ found: WeightingDiagnostics, wave: String, id: String, _ section: inout Markup) {
        let own = diagnosticWords
        func weight(_ place: Int) -> (WeightingDiagnostics.Step) -> String? {
            { $0.quantiles.indices.contains(place) ? numbers.text($0.quantiles[place], decimals: 3) : nil }
        }
        let measures: [(name: String, text: (WeightingDiagnostics.Step) -> String?)] = [
            (own.quantile5, weight(1)), (own.median, weight(3)), (own.quantile95, weight(5)),
            (own.loss, { percent($0.weightLoss, 1) }),
            (own.spread, { $0.spread.map { numbers.text($0, decimals: 1) } }),
            (own.leastFactor, { $0.leastFactor.map { numbers.text($0, decimals: 3) } }),
            (own.greatestFactor, { $0.greatestFactor.map { numbers.text($0, decimals: 3) } }),
            (own.lower, { $0.rowsAtLeast.map(numbers.count) }),
            (own.upper, { $0.rowsAtGreatest.map(numbers.count) }),
            (own.gap, { $0.greatestGap.map { percent($0, 2) } }),
            (own.meanGap, { $0.meanGap.map { percent($0, 2) } }),
        ]
        writeTable(id: id, caption: own.table.filled(wave), isSortable: false, &section) { table in
            writeHead([words.parts.step], numbers: found.steps.map { name(ofStep: $0.name) }, &table)
            table.element("tbody") { body in
                for measure in measures {
                    let texts = found.steps.map(measure.text)
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

    private func writeBalance(_ found: WeightingDiagnostics, wave: String, id: String, _ section: inout Markup) {
        let own = diagnosticWords
        let heads = [words.parts.before, words.parts.after, own.distance, own.effect]
        writeTable(id: id, caption: own.balanceTable.filled(wave), isSortable: false, &section) { table in
            writeHead([words.parts.variable, words.parts.category], numbers: heads, &table)
            table.element("tbody") { body in
                for figure in found.balance {
                    func value(_ number: Double??) -> String? {
                        number.flatMap { $0 }.map {
                            figure.category == nil ? numbers.text($0, decimals: 3) : percent($0, 1)
                        }
                    }
                    let texts = [
                        value(figure.values.first), value(figure.values.last),
                        figure.distances.last.flatMap { $0 }.map { numbers.text($0, decimals: 3) },
                        figure.effects.last.flatMap { $0 }.map { numbers.text($0, decimals: 2) },
                    ]
                    body.newLine()
                    body.element("tr") { row in
                        row.element("th", ["scope": "row"]) { $0.element("code", text: figure.variable) }
                        row.element("td") { cell in
                            if let code = figure.category {
                                cell.element("code", text: code)
                            } else {
                                cell.write(own.mean)
                            }
                        }
                        for text in texts {
                            row.element("td", ["class": text == nil ? "number mark" : "number"], text: text ?? "")
                        }
                    }
                }
            }
        }
        section.element("p", text: own.balanceNote)
    }
}
