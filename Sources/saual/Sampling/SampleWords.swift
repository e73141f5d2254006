internal import SurveySchema

/// The words of the tables of `saual sample`.
struct SampleWords {
    let quantity, value, population, fraction, weight, error, kish, stratum, units, drawn, certain, rows, sum, estimate,
        study, questions: String
    /// What is planned, by its field in JSON.
    let names: [String: String]

    static func `in`(_ language: Language) -> SampleWords {
        switch language {
        case .russian:
            SampleWords(
                quantity: "Величина", value: "Значение", population: "Совокупность", fraction: "Доля отбора",
                weight: "Вес", error: "СО среднего", kish: "deff весов по Кишу", stratum: "Страта", units: "Единицы",
                drawn: "Отобрано", certain: "Наверняка", rows: "Строки", sum: "Сумма весов",
                estimate: "Оценивание", study: "В study.yaml",
                questions: "Вопросы для вопросника",
                names: [
                    "n": "Интервью", "n_exact": "По формуле", "issued": "К опросу, с учётом неответов",
                    "clusters": "Кластеры", "margin": "Погрешность", "power": "Мощность", "deff": "Эффект дизайна",
                    "level": "Уровень интервала",
                ])
        case .kazakh:
            SampleWords(
                quantity: "Шама", value: "Мәні", population: "Жиынтық", fraction: "Іріктеу үлесі", weight: "Салмақ",
                error: "Орташаның СҚ", kish: "Киш бойынша салмақ deff", stratum: "Страта", units: "Бірліктер",
                drawn: "Іріктелді", certain: "Міндетті", rows: "Жолдар", sum: "Салмақ қосындысы",
                estimate: "Бағалау", study: "study.yaml ішінде",
                questions: "Сауалнамаға сұрақтар",
                names: [
                    "n": "Сұхбаттар", "n_exact": "Формула бойынша", "issued": "Сұралатындар, жауап бермеуді ескеріп",
                    "clusters": "Кластерлер", "margin": "Қателік", "power": "Қуат", "deff": "Дизайн әсері",
                    "level": "Интервал деңгейі",
                ])
        default:
            SampleWords(
                quantity: "Quantity", value: "Value", population: "Population", fraction: "Fraction", weight: "Weight",
                error: "SE of mean", kish: "Kish deff of weights", stratum: "Stratum", units: "Units", drawn: "Drawn",
                certain: "Certain", rows: "Rows", sum: "Sum of weights", estimate: "To estimate",
                study: "In study.yaml", questions: "Questions for the questionnaire",
                names: [
                    "n": "Interviews", "n_exact": "By the formula", "issued": "To be asked, counting non-response",
                    "clusters": "Clusters", "margin": "Margin of error", "power": "Power", "deff": "Design effect",
                    "level": "Level of the interval",
                ])
        }
    }
}
