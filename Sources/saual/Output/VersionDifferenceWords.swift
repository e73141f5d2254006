internal import SurveyIndicators
internal import SurveySchema

/// The words of `saual check --changes`.
struct VersionDifferenceWords {
    private let language: Language

    init(_ language: Language) { self.language = language }

    private func phrase(_ english: String, ru: String, kk: String) -> String {
        switch language {
        case .russian: ru
        case .kazakh: kk
        default: english
        }
    }

    var headings: [String] {
        [
            phrase("where", ru: "где", kk: "қайда"), phrase("what", ru: "что", kk: "не"),
            phrase("before", ru: "было", kk: "бұрын"), phrase("now", ru: "стало", kk: "қазір"),
            phrase("covered", ru: "учтено", kk: "ескерілген"),
            phrase("for comparisons", ru: "для сравнений", kk: "салыстыру үшін"),
        ]
    }

    var none: String {
        phrase("The two versions do not differ", ru: "Версии не различаются", kk: "Екі нұсқада айырмашылық жоқ")
    }

    func total(_ count: Int, _ uncovered: Int) -> String {
        phrase(
            "Differences: \(count), not covered: \(uncovered)", ru: "Различий: \(count), не учтено: \(uncovered)",
            kk: "Айырмашылықтар: \(count), ескерілмегені: \(uncovered)")
    }

    var indicatorHeadings: [String] {
        [
            phrase("indicator", ru: "показатель", kk: "көрсеткіш"), phrase("series", ru: "ряд", kk: "қатар"),
            phrase("because of", ru: "из-за", kk: "себебі"),
        ]
    }

    func verdict(_ verdict: IndicatorComparability.Verdict) -> String {
        switch verdict {
        case .comparable: phrase("comparable", ru: "сравнимо", kk: "салыстыруға болады")
        case .withCare: phrase("with care", ru: "с осторожностью", kk: "абайлап салыстыру керек")
        case .broken: phrase("breaks", ru: "прерывается", kk: "үзіледі")
        case .newFigure: phrase("begins here", ru: "начинается здесь", kk: "осыдан басталады")
        case .unreadable:
            phrase(
                "older waves cannot be read", ru: "прежние волны нельзя прочитать",
                kk: "бұрынғы толқындарды оқу мүмкін емес")
        }
    }

    func kind(_ kind: QuestionnaireChange.Kind) -> String {
        switch kind {
        case .questionAdded: phrase("new question", ru: "новый вопрос", kk: "жаңа сұрақ")
        case .questionRemoved: phrase("question gone", ru: "вопрос убран", kk: "сұрақ алынған")
        case .questionRenamed: phrase("renamed", ru: "переименован", kk: "қайта аталған")
        case .type: phrase("type", ru: "тип", kk: "түрі")
        case .answerAdded: phrase("new answer", ru: "новый ответ", kk: "жаңа жауап")
        case .answerRemoved: phrase("answer gone", ru: "ответ убран", kk: "жауап алынған")
        case .answerRecoded: phrase("answer recoded", ru: "ответ перекодирован", kk: "жауап қайта кодталған")
        case .answerLabel: phrase("label of an answer", ru: "подпись ответа", kk: "жауап белгісі")
        case .missingAdded: phrase("new missing code", ru: "новый код пропуска", kk: "жаңа жоқ мән коды")
        case .missingRemoved: phrase("missing code gone", ru: "код пропуска убран", kk: "жоқ мән коды алынған")
        case .missingKind: phrase("kind of a missing code", ru: "вид кода пропуска", kk: "жоқ мән кодының түрі")
        case .text: phrase("text", ru: "текст", kk: "мәтін")
        case .routing: phrase("who is asked", ru: "кого спрашивают", kk: "кімнен сұралады")
        case .range: phrase("range", ru: "диапазон", kk: "ауқым")
        case .privacy: phrase("private", ru: "закрытость", kk: "жабықтығы")
        case .declaredBreak: phrase("declared a break", ru: "объявлен разрыв", kk: "үзіліс деп жарияланған")
        case .derivedAdded: phrase("new derived variable", ru: "новая производная", kk: "жаңа туынды айнымалы")
        case .derivedRemoved: phrase("derived variable gone", ru: "производная убрана", kk: "туынды айнымалы алынған")
        case .derivedChanged:
            phrase("rule of a derived variable", ru: "правило производной", kk: "туынды айнымалы ережесі")
        }
    }

    func coverage(_ coverage: QuestionnaireChange.Coverage) -> String {
        switch coverage {
        case .mapped: phrase("by the map", ru: "в versions", kk: "versions ішінде")
        case .noMapNeeded: phrase("needs no map", ru: "не требуется", kk: "қажет емес")
        case .notCovered: phrase("NO", ru: "НЕТ", kk: "ЖОҚ")
        }
    }

    func meaning(_ meaning: QuestionnaireChange.Meaning) -> String {
        switch meaning {
        case .comparable: phrase("comparable", ru: "сравнимо", kk: "салыстыруға болады")
        case .joined:
            phrase(
                "comparable for the joined answers", ru: "сравнимо по объединённым ответам",
                kk: "біріктірілген жауаптар бойынша салыстырылады")
        case .gap:
            phrase(
                "no figures for the older waves", ru: "для прежних волн показателя нет",
                kk: "бұрынғы толқындарда көрсеткіш жоқ")
        case .lost:
            phrase(
                "read in the older waves as asked only", ru: "доступно лишь в прежних волнах, как спрашивали",
                kk: "тек бұрынғы толқындарда, сұралғанындай оқылады")
        case .base:
            phrase(
                "another base: compare with care", ru: "другая база: сравнивать с осторожностью",
                kk: "басқа база: абайлап салыстыру керек")
        case .wording:
            phrase(
                "judge the words; if they matter, list it under \"not comparable\"",
                ru: "оцените формулировку; если она важна, внесите в «not comparable»",
                kk: "тұжырымын бағалаңыз; маңызды болса, «not comparable» тізіміне қосыңыз")
        case .choices:
            phrase(
                "other choices than before: shares may move by that alone",
                ru: "другой выбор ответов: доли могут сдвинуться уже от этого",
                kk: "жауап таңдауы басқа: үлестер осының өзінен өзгеруі мүмкін")
        case .recomputed:
            phrase(
                "older waves are computed by the newer rule", ru: "прежние волны считаются по новому правилу",
                kk: "бұрынғы толқындар жаңа ереже бойынша есептеледі")
        case .incomparable:
            phrase("a break, by the map", ru: "разрыв ряда по versions", kk: "versions бойынша қатар үзіледі")
        case .unreadable:
            phrase(
                "older waves cannot be read", ru: "прежние волны нельзя прочитать",
                kk: "бұрынғы толқындарды оқу мүмкін емес")
        }
    }
}
