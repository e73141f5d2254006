internal import SurveyIndicators
internal import SurveySchema

extension HTMLPage {
    /// The annex with the number of people behind every figure: by base, wave and group.
    func writeBases(of all: ReportBases, _ section: inout Markup) {
        section.element("p", text: words.annex.basesNote)
        writeBasesLegend(all, &section)
        for (place, wave) in content.waves.enumerated() {
            let bases = all.bases.filter { all.count($0, wave: wave, group: nil) != nil }
            for start in stride(from: 0, to: bases.count, by: ReportBases.across) {
                let part = Array(bases[start..<min(start + ReportBases.across, bases.count)])
                writeBases(
                    part, of: all, wave: wave, id: "bases-\(place + 1)-\(start / ReportBases.across + 1)", &section)
            }
        }
    }

    private func writeBasesLegend(_ all: ReportBases, _ section: inout Markup) {
        writeTable(id: "bases-legend", caption: words.annex.basesLegend, &section) { table in
            writeHead([words.annex.baseNumber, words.indicator.base, words.annex.usedBy], numbers: [], &table)
            table.element("tbody") { body in
                for base in all.bases {
                    body.newLine()
                    body.element("tr") { row in
                        row.element("th", ["scope": "row", "id": "base-\(base.number)"]) {
                            $0.element("code", text: String(base.number))
                        }
                        row.element("td") { cell in
                            cell.write(base.text)
                            guard base.expression != "true" else { return }
                            cell.write(" ")
                            cell.element("code", ["class": "hash"], text: base.expression)
                        }
                        row.element("td") { writeUsers(base, &$0) }
                    }
                }
            }
        }
    }

    private func writeUsers(_ base: ReportBases.Base, _ cell: inout Markup) {
        for (place, section) in base.sections.enumerated() {
            if place > 0 { cell.write("; ") }
            cell.element("a", ["href": "#\(section.anchor)"]) {
                $0.write(section.definition.name, else: section.definition.id)
            }
        }
    }

    private func writeBases(
        _ bases: [ReportBases.Base], of all: ReportBases, wave: String, id: String, _ section: inout Markup
    ) {
        let caption = words.annex.basesCaption.filled(
            wave, String(bases.first?.number ?? 0), String(bases.last?.number ?? 0))
        let groups = all.groups.filter { group in
            bases.contains { all.count($0, wave: wave, group: group) != nil }
        }
        writeTable(id: id, caption: caption, kind: "bases", &section) { table in
            table.element("thead") { head in
                head.element("tr") { row in
                    row.element("th", ["scope": "col"], text: words.table.group)
                    for base in bases {
                        row.element("th", ["scope": "col", "class": "number"]) {
                            $0.element("code", text: String(base.number))
                        }
                    }
                }
            }
            table.element("tbody") { body in
                writeCounts(words.table.whole, bases.map { all.count($0, wave: wave, group: nil) }, &body)
                for group in groups {
                    let name = group.label.text(in: words.language) ?? group.key.joined()
                    writeCounts(name, bases.map { all.count($0, wave: wave, group: group) }, &body)
                }
            }
        }
    }

    private func writeCounts(_ name: String, _ counts: [Int?], _ body: inout Markup) {
        body.newLine()
        body.element("tr") { row in
            row.element("th", ["scope": "row"], text: name)
            for count in counts {
                if let count {
                    row.element("td", ["class": "number", "data-sort": String(count)], text: numbers.count(count))
                } else {
                    row.element("td", ["class": "number mark"], text: "–")
                }
            }
        }
    }
}
