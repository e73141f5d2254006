internal import SurveyDesign
internal import SurveyProblems
internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveySchema
internal import SurveyStudy

extension HTMLPage {
    /// How the figures were made: only what was really used is named.
    func writeMethods(_ main: inout Markup) {
        main.newLine()
        main.element("section", ["aria-labelledby": "methods", "class": "prose"]) { section in
            section.element("h2", ["id": "methods"], text: words.methods.title)
            writeMethodsBody(&section)
        }
    }

    /// The same without its heading, for the annexes of the form.
    func writeMethodsBody(_ section: inout Markup) {
        writePassport(&section)
        writeWeighting(&section)
        writeErrors(&section)
        writeIntervals(&section)
        writeBases(&section)
        writePublication(&section)
        writeCautions(&section)
        section.element("h3", text: words.methods.reading)
        section.element("p", text: words.methods.rounding)
        section.element("p", text: words.methods.change)
    }

    /// What the figures must be read with.
    private func writeCautions(_ section: inout Markup) {
        guard !input.cautions.isEmpty else { return }
        section.element("h3", text: words.methods.cautions)
        section.element("ul") { list in
            for caution in input.cautions {
                let words = ProblemTexts.words(of: caution, in: self.words.language.rawValue)
                let wave = caution.place.detail.map { "\($0): " } ?? ""
                list.element("li", text: "\(wave)\(words.what): \(words.why).")
            }
        }
    }

    private var design: DesignSpecification { input.study.design }

    private func writeWeighting(_ section: inout Markup) {
        section.element("h3", text: words.methods.weighting)
        section.element("p") { text in
            if let weight = design.weight {
                text.write(words.methods.weighted, code: [weight])
            } else {
                text.write(words.methods.unweighted)
            }
        }
        writeWeightingSteps(&section)
    }

    private func writeErrors(_ section: inout Markup) {
        section.element("h3", text: words.methods.errors)
        section.element("p") { text in
            if let replicates = design.replicates {
                text.write(words.methods.replicates, code: [replicates.method?.name ?? "–"])
            } else {
                text.write(words.methods.variance)
            }
        }
        section.element("ul") { list in
            list.element("li") { item in
                if design.strata.isEmpty {
                    item.write(words.methods.noStrata)
                } else {
                    item.write(words.methods.strata, code: design.strata)
                }
            }
            list.element("li") { item in
                if design.psu.isEmpty {
                    item.write(words.methods.noPSUs)
                } else {
                    item.write(words.methods.psus, code: design.psu)
                    if design.isNested { item.write(" " + words.methods.nestedPSUs) }
                }
            }
            list.element("li") { item in
                if let column = design.fpc {
                    item.write(words.methods.finitePopulation, code: [column])
                } else {
                    item.write(words.methods.noFinitePopulation)
                }
            }
            list.element("li", text: lonelyText)
            if !design.details.isEmpty {
                list.element("li") { item in
                    item.write(words.methods.furtherRules, code: design.details.map { "\($0.0): \($0.1.line)" })
                }
            }
        }
        writeSamples(&section)
    }

    private var lonelyText: String {
        switch design.lonelyPSU {
        case .fail: words.methods.lonelyFail
        case .certainty: words.methods.lonelyCertainty
        case .average: words.methods.lonelyAverage
        case .adjust: words.methods.lonelyAdjust
        case .adjustZero: words.methods.lonelyAdjustZero
        case .collapse: words.methods.lonelyCollapse
        }
    }

    private func writeSamples(_ section: inout Markup) {
        writeTable(id: "samples", caption: words.methods.waveCaption, &section) { table in
            table.element("thead") { head in
                head.element("tr") { row in
                    row.element("th", ["scope": "col"], text: words.table.wave)
                    for name in [
                        words.methods.rowCount, words.methods.stratumCount, words.methods.psuCount,
                        words.methods.weightTotal,
                    ] {
                        row.element("th", ["scope": "col", "class": "number"], text: name)
                    }
                }
            }
            table.element("tbody") { body in
                for wave in input.waves {
                    body.element("tr") { row in
                        row.element("th", ["scope": "row"], text: wave.id)
                        for text in [
                            numbers.count(wave.interviewCount), numbers.count(wave.strata), numbers.count(wave.psus),
                            numbers.text(wave.sumWeights, decimals: 0),
                        ] {
                            row.element("td", ["class": "number"], text: text)
                        }
                    }
                }
            }
        }
    }

    private func writeIntervals(_ section: inout Markup) {
        let used = Set(input.results.compactMap { $0.figure?.intervalMethod })
        let names: [(method: String, text: String)] = [
            ("logit", words.methods.intervalLogit), ("mean", words.methods.intervalMean),
            ("beta", words.methods.intervalBeta), ("korn-graubard", words.methods.intervalKornGraubard),
        ]
        section.element("h3", text: words.methods.intervals)
        section.element("ul") { list in
            for name in names where used.contains(name.method) { list.element("li", text: name.text) }
            list.element("li", text: words.methods.degrees)
            list.element("li", text: words.methods.effective)
        }
    }

    private func writeBases(_ section: inout Markup) {
        var isEveryone = false
        var isAsked = false
        var isAnswered = false
        for part in content.sections {
            switch part.definition.base {
            case .everyone: isEveryone = true
            case .asked: isAsked = true
            case .answered: isAnswered = true
            }
        }
        section.element("h3", text: words.methods.bases)
        section.element("ul") { list in
            if isEveryone { list.element("li", text: words.methods.baseEveryone) }
            if isAsked { list.element("li", text: words.methods.baseAsked) }
            if isAnswered { list.element("li", text: words.methods.baseAnswered) }
            list.element("li", text: words.methods.missing)
        }
    }

    private func writePublication(_ section: inout Markup) {
        let rules = input.study.publication
        section.element("h3", text: words.methods.publication)
        section.element("ul") { list in
            list.element(
                "li",
                text: words.methods.ruleHidden.filled(
                    numbers.count(rules.minimumBase), numbers.count(rules.minimumPSUs)))
            if rules.shareStandard == .nchs { list.element("li", text: words.methods.ruleImprecise) }
            list.element("li", text: words.methods.ruleBracketed.filled(numbers.count(rules.lowBase)))
            list.element("li", text: words.methods.ruleComplementary)
            if input.isInternal {
                list.element("li") { $0.element("strong", text: words.methods.ruleInternal) }
            }
        }
    }
}
