internal import SurveyDesign
internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveySchema
internal import SurveyStudy
internal import SurveyWeighting

extension HTMLPage {
    /// The survey in one table: who, when, whom, how, how many, by which rules and programs.
    func writePassport(_ section: inout Markup) {
        let parts = words.parts
        section.element("h3", text: parts.passport)
        let waves = input.waves
        writeTable(id: "passport", caption: parts.passportCaption, kind: "passport", isSortable: false, &section) {
            table in
            writeHead([parts.item] + waves.map(\.id), numbers: [], &table)
            table.element("tbody") { body in
                func row(_ item: String, _ cells: [String]) {
                    body.newLine()
                    body.element("tr") { row in
                        row.element("th", ["scope": "row"], text: item)
                        for cell in cells { row.element("td", text: cell) }
                    }
                }
                func all(_ item: String, _ write: (inout Markup) -> Void) {
                    body.newLine()
                    body.element("tr") { row in
                        row.element("th", ["scope": "row"], text: item)
                        row.element("td", ["colspan": String(max(1, waves.count))], write)
                    }
                }
                func stated(_ item: String, _ text: LocalizedText?) {
                    all(item) { $0.write(text ?? .empty, else: parts.unknown) }
                }
                let design = input.study.design
                stated(parts.conductedBy, form?.conductor?.name)
                row(words.table.fieldPeriod, waves.map { fieldPeriod(of: $0.id) })
                stated(parts.population, form?.passport.population)
                stated(parts.sample, form?.passport.sample)
                stated(parts.mode, form?.passport.mode)
                body.newLine()
                body.element("tr") { row in
                    row.element("th", ["scope": "row"], text: words.provenance.questionnaire)
                    for wave in waves { row.element("td") { $0.element("code", text: wave.questionnaire) } }
                }
                row(parts.interviews, waves.map { numbers.count($0.interviewCount) })
                stated(parts.response, form?.passport.response)
                row(words.methods.stratumCount, waves.map { numbers.count($0.strata) })
                row(words.methods.psuCount, waves.map { numbers.count($0.psus) })
                row(parts.degrees, waves.map { degrees(of: $0.id).map { numbers.text($0, decimals: 0) } ?? "–" })
                all(parts.weights) { cell in
                    if let weight = design.weight {
                        cell.write(parts.weightColumn, code: [weight])
                    } else {
                        cell.write(parts.noWeight)
                    }
                }
                if waves.contains(where: { $0.weighting != nil }) {
                    let last = waves.map { $0.weighting?.steps.last }
                    row(parts.kish, last.map { $0.map { numbers.text($0.kishEffect, decimals: 3) } ?? "–" })
                    row(parts.effective, last.map { $0.map { numbers.text($0.effectiveN, decimals: 0) } ?? "–" })
                }
                all(parts.variance) { cell in
                    if let replicates = design.replicates {
                        cell.write(parts.replicates, code: [replicates.method?.name ?? "–"])
                    } else {
                        cell.write(parts.taylor)
                    }
                }
                let rules = input.study.publication
                all(parts.rules) {
                    $0.write(
                        parts.rulesShort.filled(
                            numbers.count(rules.minimumBase), numbers.count(rules.lowBase),
                            numbers.count(rules.minimumPSUs)))
                }
                all(parts.software) { cell in
                    for (place, program) in input.programs.enumerated() {
                        if place > 0 { cell.write(", ") }
                        cell.element("code", text: "\(program.name) \(program.version)")
                    }
                }
            }
        }
    }

    /// The degrees of freedom of the whole sample of a wave: the most that any of its figures has.
    func degrees(of wave: String) -> Double? {
        input.results.filter { $0.wave == wave && $0.by.isEmpty }.compactMap { $0.figure?.degreesOfFreedom }.max()
    }
}
