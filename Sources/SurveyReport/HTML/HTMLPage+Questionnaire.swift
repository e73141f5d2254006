internal import SurveySchema

extension HTMLPage {
    /// The annex with every question as it was put, its answers, and who was asked.
    func writeQuestionnaire(_ questionnaire: Questionnaire, _ section: inout Markup) {
        let latest = input.waves.last
        section.element("p") {
            $0.write(
                words.annex.asked.filled("{1}", latest?.id ?? ""), code: [latest?.questionnaire ?? questionnaire.id])
        }
        for wave in input.waves where wave.questionnaire != latest?.questionnaire {
            section.element("p") {
                $0.write(words.annex.askedEarlier.filled(wave.id, "{1}"), code: [wave.questionnaire])
            }
        }
        section.element("ol", ["class": "questions"]) { list in
            var rosters: Set<String> = []
            for question in questionnaire.questions {
                let roster = question.item.flatMap { questionnaire.roster($0.roster) }
                if let roster, !rosters.insert(roster.id).inserted { continue }
                list.newLine()
                list.element("li") { writeQuestion(question, roster, &$0) }
            }
        }
    }

    private func writeQuestion(_ question: Question, _ roster: Roster?, _ item: inout Markup) {
        item.element("p", ["class": "question"]) { line in
            line.element("strong") { $0.write(roster.map(blank) ?? question.text, else: question.id) }
            line.write(" ")
            line.element("code", text: roster?.id ?? question.id)
        }
        item.element("p", ["class": "base"]) { line in
            line.write(kind(of: question) + ".")
            // An item's condition names the item; the roster's own stands in its first item.
            if let when = question.when {
                line.write(" \(words.annex.askedOf): ")
                line.element("code", text: when.source)
            }
            if question.isPrivate { line.write(" " + words.annex.notPublished) }
        }
        if let variants = question.variants {
            item.element("p", ["class": "base"]) { $0.write(words.annex.variants, code: [variants.by]) }
            writeAnswers(variants.variants.map { ($0.code, $0.text) }, &item)
        }
        if let roster {
            item.element("p", ["class": "base"], text: "\(words.annex.items):")
            writeAnswers(roster.items.map { ($0.code, $0.label) }, &item)
        }
        let answers = question.answers.map { ($0.code, $0.label) } + question.missing.map { ($0.code, $0.label) }
        writeAnswers(answers, &item)
    }

    /// The text of a roster with a blank for the item.
    private func blank(_ roster: Roster) -> LocalizedText {
        LocalizedText(roster.text.texts.map { ($0.language, $0.text.replacing("{item}", with: "…")) })
    }

    private func writeAnswers(_ answers: [(code: String, label: LocalizedText)], _ item: inout Markup) {
        guard !answers.isEmpty else { return }
        item.element("ul", ["class": "answers"]) { list in
            for answer in answers {
                list.element("li") { entry in
                    entry.element("code", text: answer.code)
                    entry.write(" ")
                    entry.write(answer.label, else: answer.code)
                }
            }
        }
    }

    private func kind(of question: Question) -> String {
        let annex = words.annex
        var parts: [String]
        switch question.type {
        case .single, .scale, .region: parts = [annex.oneAnswer]
        case .multiple: parts = [annex.severalAnswers]
        case .number: parts = [annex.number]
        case .money: parts = [annex.money]
        case .date: parts = [annex.date]
        case .text: parts = [annex.text]
        }
        if let most = question.most { parts.append(annex.most.filled(numbers.count(most))) }
        func end(_ value: Double) -> String {
            let decimals = value == value.rounded() ? 0 : 2
            return numbers.text(value, decimals: decimals)
        }
        switch question.range {
        case (let least?, let greatest?): parts.append(annex.range.filled(end(least), end(greatest)))
        case (let least?, nil): parts.append(annex.atLeast.filled(end(least)))
        case (nil, let greatest?): parts.append(annex.atMost.filled(end(greatest)))
        case (nil, nil): break
        }
        return parts.joined(separator: "; ")
    }
}
