internal import SurveyProblems
internal import SurveySchema
internal import SurveyYAML

/// Writes a drafted questionnaire as YAML with comments for its author.
struct DraftText {
    let draft: DraftQuestionnaire
    let languages: [Language]
    let words: DraftWords

    /// The text without comments and orders to its author, for a file whose own description is all there is.
    var bareText: String {
        var text = "saual: questionnaire/1\n"
        let id = DraftNames.questionnaire(of: String(draft.source.split(separator: "/").last ?? "-"))
        text += "id: \(YAMLText.quoted(id))\nversion: \"1\"\n"
        text += "title: \(described(draft.label, else: id))\n"
        text += "languages: [\(languages.map(\.rawValue).joined(separator: ", "))]\n\nquestions:\n"
        for question in draft.questions { text += lines(of: question) }
        return text
    }

    /// A text of the file in every language; where it has one of another language, that one.
    private func described(_ text: LocalizedText, else name: String) -> String {
        let texts = languages.map { "\($0): \(YAMLText.quoted(text[$0] ?? text.texts.first?.text ?? name))" }
        return "{\(texts.joined(separator: ", "))}"
    }

    var text: String {
        let name = String(draft.source.split(separator: "/").last ?? "-")
        var text = "saual: questionnaire/1\n"
        for line in words.head(YAMLText.quoted(name)) { text += "# \(line)\n" }
        if draft.isFromWave { for line in words.fromWave { text += "# \(line)\n" } }
        let id = DraftNames.questionnaire(of: name)
        text += "id: \(YAMLText.quoted(id))\nversion: \"1\"\n"
        let title = draft.label.isEmpty ? localized(id) { $0.describeSurvey } : described(draft.label, else: id)
        text += "title: \(title)\n"
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
        let title =
            question.label.isEmpty && !draft.isBare
            ? localized(question.name) { $0.describeQuestion } : described(question.label, else: question.name)
        text += "    text: \(title)\n"
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
        case .anyNumber: text += "    type: number\n"
        case .single(let codes):
            text += "    type: single\n" + answers(codes, question)
        case .scale(let codes):
            text += "    type: scale\n" + answers(codes, question)
        case .multiple(let codes):
            text += "    type: multiple\n" + answers(codes, question)
        }
        if !question.missing.isEmpty {
            text += "    missing:\n"
            for (code, kind, label) in question.missing {
                let label = label.isEmpty ? "" : ", label: \(described(label, else: code))"
                text += "      \(YAMLText.code(code)): {kind: \(kind)\(label)}\n"
            }
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

    private func answers(_ codes: [String], _ question: DraftQuestion) -> String {
        var text = "    answers:\n"
        for code in codes {
            let given = question.answerLabels[code] ?? .empty
            if !given.isEmpty || draft.isBare {
                text += "      \(YAMLText.code(code)): \(described(given, else: code))\n"
                continue
            }
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
