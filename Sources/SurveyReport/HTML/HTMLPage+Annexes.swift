internal import SurveySchema

extension HTMLPage {
    /// One annex: its target, its title, and what it holds.
    struct Annex {
        let id: String
        let title: String
        let write: (inout Markup) -> Void
    }

    /// The annexes of the analytical form in their order; none without a form.
    var annexes: [Annex] {
        guard form != nil else { return [] }
        var all: [Annex] = []
        if let questionnaire = input.questionnaire {
            all.append(
                Annex(id: "questionnaire", title: words.annex.questionnaire) { writeQuestionnaire(questionnaire, &$0) })
        }
        all.append(Annex(id: "methods", title: words.methods.title) { writeMethodsBody(&$0) })
        all.append(Annex(id: "field", title: words.annex.field) { writeField(&$0) })
        let bases = ReportBases(content)
        if !bases.bases.isEmpty {
            all.append(Annex(id: "bases", title: words.annex.bases) { writeBases(of: bases, &$0) })
        }
        all.append(Annex(id: "provenance", title: words.provenance.title) { writeProvenanceBody(&$0) })
        return all
    }

    /// The title of an annex with its number.
    func title(of annex: Annex, at place: Int) -> String {
        words.annex.annex.filled(String(place + 1), annex.title)
    }

    func writeAnnexes(_ main: inout Markup) {
        for (place, annex) in annexes.enumerated() {
            main.newLine()
            main.element("section", ["aria-labelledby": annex.id, "class": "prose"]) { section in
                section.element("h2", ["id": annex.id], text: title(of: annex, at: place))
                annex.write(&section)
            }
        }
    }
}
