internal import SurveyProblems
internal import SurveySchema
internal import SurveyYAML

/// Writes a drafted questionnaire as YAML with comments for its author.
struct DraftText {
    let draft: DraftQuestionnaire
    let languages: [Language]
    let words: DraftWords

    var text: String {
        let name = String(draft.source.split(separator: "/").last ?? "-")
        var text = "saual: questionnaire/1\n"
        for line in words.head(YAMLText.quoted(name)) { text += "# \(line)\n" }
        if draft.isFromWave { for line in words.fromWave { text += "# \(line)\n" } }
        let id = DraftNames.questionnaire(of: name)
        text += "id: \(YAMLText.quoted(id))\nversion: \"1\"\n"
        text += "title: \(localized(id) { $0.describeSurvey })\n"
        text += "languages: [\(languages.map(\.rawValue).joined(separator: ", "))]\n"
        if let key = draft.questions.first(where: { if case .key = $0.guess { true } else { false } }) {
            text += "key: \(plain(key.id))  # \(words.keyFound)\n"
        } else {
            text += "# key: …  # \(words.noKey)\n"
        }
        if draft.questions.contains(where: { !$0.missingLike.isEmpty }) {
            text += "\n" + words.missing.map { "# \($0)\n" }.joined() + "# missing:\n"
            text += "#   98: {kind: dont-know, label: \(phrase { $0.dontKnow })}\n"
            text += "#   99: {kind: refused, label: \(phrase { $0.refused })}\n"
        }
        text += "\nquestions:\n"
        for question in draft.questions { text += lines(of: question) + "\n" }
        return text
    }

    private func lines(of question: DraftQuestion) -> String {
        var text = "  - id: \(plain(question.id))\n"
        if case .multiple(let codes) = question.guess {
            text += columns(of: question, codes)
        } else if let column = question.columns.first, column != question.id {
            text += "    column: \(YAMLText.quoted(column))\n"
        }
        text += "    text: \(localized(question.name) { $0.describeQuestion })\n"
        switch question.guess {
        case .key: text += "    type: text\n"
        case .text(let isEmpty):
            text += "    type: text\n"
            if isEmpty { text += "    # \(words.empty)\n" }
            if question.hasOtherDecimalSign { text += "    # \(words.otherDecimalSign)\n" }
            if question.mayIdentify { text += "    # private: true  # \(words.mayIdentify)\n" }
        case .date: text += "    type: date\n"
        case .number(let least, let greatest):
            text += "    type: number\n    range: [\(JSONText.shortest(least)), \(JSONText.shortest(greatest))]\n"
        case .single(let codes):
            text += "    type: single\n" + answers(codes)
        case .multiple(let codes):
            text += "    type: multiple\n" + answers(codes)
        }
        if !question.missingLike.isEmpty {
            let codes = question.missingLike.map(JSONText.shortest).joined(separator: ", ")
            text += "    # \(words.perhapsMissing): missing: [\(codes)]\n"
        }
        return text
    }

    /// The columns of a multiple question: nothing where they follow from id and codes, else each by name.
    private func columns(of question: DraftQuestion, _ codes: [String]) -> String {
        if zip(question.columns, codes).allSatisfy({ $0 == "\(question.id)_\($1)" }) { return "" }
        return "    columns: [\(question.columns.map(YAMLText.quoted).joined(separator: ", "))]\n"
    }

    private func answers(_ codes: [String]) -> String {
        var text = "    answers:\n"
        for code in codes {
            // A word says itself what it means, as far as can be known; a number does not.
            let isNumber = Double(code) != nil
            let label = localized(code) { isNumber ? $0.describeAnswer : nil }
            text += "      \(YAMLText.code(code)): \(label)\n"
        }
        return text
    }

    /// An id bare, but for words that YAML takes for nothing or for a truth.
    private func plain(_ id: String) -> String {
        let words: Set = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
        return words.contains(id.lowercased()) ? YAMLText.quoted(id) : id
    }

    /// A name in every language, each followed by an order to its author.
    private func localized(_ name: String, _ order: (DraftWords) -> String?) -> String {
        let texts = languages.map { language in
            let order = order(DraftWords.in(language)).map { " (\($0))" } ?? ""
            return "\(language): \(YAMLText.quoted(name + order))"
        }
        return "{\(texts.joined(separator: ", "))}"
    }

    private func phrase(_ word: (DraftWords) -> String) -> String {
        "{\(languages.map { "\($0): \(YAMLText.quoted(word(DraftWords.in($0))))" }.joined(separator: ", "))}"
    }
}
