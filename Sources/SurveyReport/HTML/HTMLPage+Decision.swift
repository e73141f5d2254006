internal import SurveyIndicators
internal import SurveySchema
internal import SurveyStudy

extension HTMLPage {
    /// The figures by which effect is measured: plans, the register, changes.
    func writeEffect(_ part: inout Markup) {
        part.newLine()
        part.element("section", ["aria-labelledby": "effect"]) { section in
            section.element("h3", ["id": "effect"], text: words.form.effect)
            writePlans(&section)
            writeChanges(&section)
        }
    }

    /// What the figures support, and what the maker of the report adds.
    func writeConclusions(_ form: ReportForm, _ part: inout Markup) {
        part.newLine()
        part.element("section", ["aria-labelledby": "conclusions", "class": "prose"]) { section in
            section.element("h3", ["id": "conclusions"], text: words.form.conclusions)
            section.element("h4", text: words.form.fromFigures)
            let all = conclusions
            if all.isEmpty { section.element("p", text: words.conclusions.none) }
            if !all.isEmpty {
                section.element("dl", ["class": "conclusions"]) { list in
                    for conclusion in all { writeConclusion(conclusion, &list) }
                }
            }
            guard !form.conclusions.isEmpty else { return }
            section.element("h4", text: words.form.fromPerson)
            section.element("ol") { list in
                for text in form.conclusions { list.element("li") { $0.write(text) } }
            }
        }
    }

    /// The sentences that the figures support.
    var conclusions: [ConclusionMaker.Conclusion] {
        ConclusionMaker(input: input, content: content, words: words, numbers: numbers).conclusions
    }

    private func writeConclusion(_ conclusion: ConclusionMaker.Conclusion, _ list: inout Markup) {
        list.newLine()
        list.element("div") { pair in
            pair.element("dt") { term in
                if let section = conclusion.section {
                    term.element("a", ["href": "#\(section.anchor)"]) {
                        $0.write(conclusion.name, else: conclusion.id)
                    }
                } else {
                    term.write(conclusion.name, else: conclusion.id)
                }
            }
            for sentence in conclusion.sentences {
                pair.element("dd") { text in
                    text.write(sentence.text)
                    guard !sentence.reason.isEmpty else { return }
                    text.write(" ")
                    text.write(sentence.reason)
                }
            }
        }
    }

    /// The decision of item 16, and where the report goes.
    func writeDecision(_ form: ReportForm, _ part: inout Markup) {
        part.newLine()
        part.element("section", ["aria-labelledby": "decision", "class": "prose"]) { section in
            section.element("h3", ["id": "decision"], text: words.form.decision)
            section.element("h4", text: words.form.assessment)
            if let assessment = form.assessment {
                writeDecided(assessment, &section)
            } else {
                writeOpen(.assessment, &section)
            }
            section.element("h4", text: words.form.riskAnalysis)
            switch form.riskAnalysis {
            case .recommended(let text): writeDecided(text, &section)
            case ReportForm.RiskAnalysis.none?:
                section.element("p", text: words.form.riskAnalysisNone)
                section.element("p", ["class": "by-person"], text: words.form.byPerson)
            case nil: writeOpen(.riskAnalysis, &section)
            }
            section.element("h4", text: words.form.routing)
            section.element("ul") { list in
                for sentence in routing(form) { list.element("li", text: sentence) }
            }
        }
    }

    private func writeDecided(_ text: LocalizedText, _ section: inout Markup) {
        section.element("p") { $0.write(text) }
        section.element("p", ["class": "by-person"], text: words.form.byPerson)
    }

    /// Items 17, 19, 20 and 21 of the rules, by maker and kind.
    func routing(_ form: ReportForm) -> [String] {
        let isAuthorised = form.maker == .authorisedBody
        return [
            isAuthorised ? words.form.toBodies : words.form.toUnitsAndAuthorised,
            form.kind == .comprehensive ? words.form.onWebsite : words.form.notOnWebsite, words.form.toCouncils,
        ]
    }
}
