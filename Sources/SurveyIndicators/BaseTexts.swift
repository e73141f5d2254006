internal import SurveySchema

/// The words in which a base is printed under every figure: the only sentences of this room, one line a language.
enum BaseTexts {
    struct Words {
        let everyone: String
        /// Stands before the text of the question.
        let asked: String
        let answered: String
        /// Stands before the text of a derived variable, which is no question.
        let known: String
        /// Stands before the further condition.
        let condition: String
        /// Stands before the bases of the parts of a composite.
        let parts: String
    }

    static func words(in language: Language) -> Words {
        switch language {
        case .kazakh:
            Words(
                everyone: "барлық сұралғандар", asked: "мына сұрақ қойылғандар: ",
                answered: "мына сұраққа жауап бергендер: ", known: "мынасы белгілі болғандар: ",
                condition: "; шарты: ", parts: "бөліктерінің базалары: ")
        case .russian:
            Words(
                everyone: "все опрошенные", asked: "кому задан вопрос: ", answered: "ответившие на вопрос: ",
                known: "о ком известно: ", condition: "; при условии: ", parts: "базы его частей: ")
        default:
            Words(
                everyone: "everyone interviewed", asked: "asked: ", answered: "answered: ", known: "answered: ",
                condition: "; where: ", parts: "bases of its parts: ")
        }
    }
}

extension IndicatorDefinition {
    /// The base in words, in every language that Saual speaks; a composite lists the bases of its `parts`.
    func baseText(_ questionnaire: Questionnaire, parts: [LocalizedText] = []) -> LocalizedText {
        guard self.parts.isEmpty else {
            return LocalizedText(
                Language.spoken.map { language in
                    var bases: [String] = []
                    for part in parts {
                        if let base = part[language], !bases.contains(base) { bases.append(base) }
                    }
                    return (language, BaseTexts.words(in: language).parts + bases.joined(separator: " | "))
                })
        }
        return ownBaseText(questionnaire)
    }

    private func ownBaseText(_ questionnaire: Questionnaire) -> LocalizedText {
        LocalizedText(
            Language.spoken.map { language in
                let words = BaseTexts.words(in: language)
                func variable(_ id: String) -> String {
                    let text = questionnaire.question(id)?.text ?? questionnaire.derivedVariable(id)?.text
                    return text?.text(in: language) ?? id
                }
                var text =
                    switch base {
                    case .everyone: words.everyone
                    case .asked(let id): words.asked + variable(id)
                    case .answered(let id):
                        (questionnaire.question(id) == nil ? words.known : words.answered) + variable(id)
                    }
                if let domain { text += words.condition + domain.source }
                return (language, text)
            })
    }

    /// The base in the expression language; `true` is everyone, and a composite, which has the bases of its parts, has none.
    public var baseExpression: String {
        guard parts.isEmpty else { return "" }
        let own: String? =
            switch base {
            case .everyone: nil
            case .asked(let id): "asked(\(Expression.written(id)))"
            case .answered(let id): "answered(\(Expression.written(id)))"
            }
        guard let domain else { return own ?? "true" }
        return own.map { "\($0) and (\(domain.source))" } ?? domain.source
    }
}
