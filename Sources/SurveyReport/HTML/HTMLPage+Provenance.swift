internal import SurveyStudy

extension HTMLPage {
    /// Where the figures come from: files by their hashes, findings, programs.
    func writeProvenance(_ main: inout Markup) {
        main.newLine()
        main.element("section", ["aria-labelledby": "provenance", "class": "prose"]) { section in
            section.element("h2", ["id": "provenance"], text: words.provenance.title)
            writeProvenanceBody(&section)
        }
    }

    /// The same without its heading, for the annexes of the form.
    func writeProvenanceBody(_ section: inout Markup) {
        writeFiles(&section)
        writeFindings(&section)
        writePrograms(&section)
        section.element("p", text: words.provenance.codes)
    }

    private func writeFiles(_ section: inout Markup) {
        writeTable(id: "files", caption: words.provenance.filesCaption, &section) { table in
            table.element("thead") { head in
                head.element("tr") { row in
                    for name in [words.table.wave, words.provenance.file] {
                        row.element("th", ["scope": "col"], text: name)
                    }
                    for name in [words.provenance.rowsRead, words.provenance.imported, words.provenance.quarantined] {
                        row.element("th", ["scope": "col", "class": "number"], text: name)
                    }
                    row.element("th", ["scope": "col"], text: words.provenance.questionnaire)
                }
            }
            table.element("tbody") { body in
                for wave in input.waves {
                    body.newLine()
                    body.element("tr") { row in
                        row.element("th", ["scope": "row"], text: wave.id)
                        row.element("td") { cell in
                            cell.element("code", text: wave.fileName)
                            cell.write(" ")
                            cell.element(
                                "code", ["class": "hash", "title": words.provenance.sha256], text: wave.sha256)
                        }
                        for count in [wave.rowsRead, wave.imported, wave.quarantined] {
                            row.element("td", ["class": "number"], text: numbers.count(count))
                        }
                        row.element("td") { $0.element("code", text: wave.questionnaire) }
                    }
                }
            }
        }
        section.element("p", ["class": "notes"], text: words.provenance.hashNote)
    }

    /// Findings by code and wave, beside the numbers that the study expects.
    private func writeFindings(_ section: inout Markup) {
        let expected = input.study.expectedFindings
        var codes: [String] = []
        for code in input.waves.flatMap({ $0.findings.map(\.code) }) + expected.map(\.code) where !codes.contains(code)
        {
            codes.append(code)
        }
        guard !codes.isEmpty else {
            section.element("p", text: words.provenance.noFindings)
            return
        }
        codes.sort()
        writeTable(id: "findings", caption: words.provenance.findingsCaption, &section) { table in
            table.element("thead") { head in
                head.element("tr") { row in
                    row.element("th", ["scope": "col"], text: words.provenance.finding)
                    for name in input.waves.map(\.id) + [words.provenance.total, words.provenance.accepted] {
                        row.element("th", ["scope": "col", "class": "number"], text: name)
                    }
                }
            }
            table.element("tbody") { body in
                for code in codes {
                    let counts = input.waves.map { wave in
                        wave.findings.filter { $0.code == code }.reduce(0) { $0 &+ $1.count }
                    }
                    let accepted = expected.filter { $0.code == code }.reduce(0) { $0 &+ $1.count }
                    body.newLine()
                    body.element("tr") { row in
                        row.element("th", ["scope": "row"]) { $0.element("code", text: code) }
                        for count in counts + [counts.reduce(0, &+), accepted] {
                            row.element("td", ["class": "number"], text: numbers.count(count))
                        }
                    }
                }
            }
        }
    }

    private func writePrograms(_ section: inout Markup) {
        guard !input.programs.isEmpty else { return }
        writeTable(id: "programs", caption: words.provenance.programsCaption, &section) { table in
            table.element("thead") { head in
                head.element("tr") { row in
                    row.element("th", ["scope": "col"], text: words.provenance.program)
                    row.element("th", ["scope": "col"], text: words.provenance.version)
                }
            }
            table.element("tbody") { body in
                for program in input.programs {
                    body.element("tr") { row in
                        row.element("th", ["scope": "row"]) { $0.element("code", text: program.name) }
                        row.element("td") { $0.element("code", text: program.version) }
                    }
                }
            }
        }
    }
}

extension ReportInput.Wave {
    /// The file's name without its folder, which would tell of the machine.
    var fileName: String { file.split(separator: "/").last.map(String.init) ?? file }
}
