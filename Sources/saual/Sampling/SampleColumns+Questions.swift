internal import SurveySchema

extension SampleColumns {
    /// The lines of `questions:` for the new columns: a draft from the cells would take counts for answers.
    func questions(in language: Language) -> String {
        names.map { name in
            let part = String(name.dropFirst(prefix.count))
            let type = part == "stratum" || part.hasPrefix("psu") ? "text" : "number"
            let text = SampleColumns.text(part, in: language)
            return "- {id: \(name), type: \(type), text: {\(language.rawValue): \"\(text)\"}}\n"
        }.joined()
    }

    /// What a column is, for the text of its question; the number of a later stage stands behind it.
    private static func text(_ part: String, in language: Language) -> String {
        let words = part.split(separator: "_")
        let stage = words.count > 1 ? ", \(words[1])" : ""
        let texts: [String: (en: String, ru: String, kk: String)] = [
            "stratum": ("Stratum of the sample", "Страта выборки", "Іріктеме стратасы"),
            "psu": ("Sampling unit", "Единица отбора", "Іріктеу бірлігі"),
            "unit": ("Row of the frame", "Строка основы", "Негіз жолы"),
            "fpc": ("Units of the frame", "Единиц в основе", "Негіздегі бірліктер"),
            "probability": ("Inclusion probability", "Вероятность включения", "Іріктелу ықтималдығы"),
            "weight": ("Design weight", "Вес плана", "Жоспар салмағы"),
        ]
        guard let own = texts[String(words.first ?? "")] else { return part }
        return switch language {
        case .russian: own.ru + stage
        case .kazakh: own.kk + stage
        default: own.en + stage
        }
    }
}
