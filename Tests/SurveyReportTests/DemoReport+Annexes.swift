import SurveyEstimation
import SurveyIndicators
import SurveySchema
import SurveyStudy
import SurveyWeighting

@testable import SurveyReport

/// Experience beside perception, the field and the questionnaire of the invented analytical report.
extension DemoReport {
    /// Groups of the perceived level: north stands above the whole (0.20, 0.1772–0.2246), valley below, the rest neither.
    static func perceptions() -> [IndicatorResult] {
        let made = definition(
            "level",
            text("Деңгейі жоғары дегендер", "Считают уровень высоким", "Say that the level is high"),
            breakdowns: [["region"]])
        var results = [result(made, wave: "2023", estimate(0.2, error: 0.012, n: 482, nBase: 2409))]
        let groups: [(String, LocalizedText, Double, IndicatorResult.Display)] = [
            ("1", north, 0.301, .shown), ("2", south, 0.352, .bracketed), ("3", east, 0.61803, .hidden),
            ("5", capital, 0.207, .shown), ("6", valley, 0.104, .shown),
        ]
        for (code, label, value, display) in groups {
            results.append(
                result(
                    made, wave: "2023",
                    estimate(
                        value, error: display.isWithheld ? 0.0909 : 0.012, n: display.isWithheld ? 17711 : 88,
                        nBase: display.isWithheld ? 28657 : code == "2" ? 44 : 352, by: [("region", code)]),
                    labels: [(regions, label)], display: display))
        }
        return results
    }

    static let comparison = ReportForm.Comparison(variable: "region", experience: "bribe_1651", perception: "level")

    /// 120 issued cases.
    static let outcomes = FieldOutcomes(
        codes: [
            ("110", text("Толық сұхбат", "Полное интервью", "Complete interview"), 74),
            ("211", text("Бас тарту", "Отказ", "Refusal"), 31),
            ("311", text("Жетпеді", "Не достигнут", "Not reached"), 15),
        ], rates: OutcomeRates(complete: 74, refusal: 31, unknownHousehold: 15))

    static var questionnaire: Questionnaire {
        let yes = [
            Answer(code: "1", label: text("Иә", "Да", "Yes")), Answer(code: "2", label: text("Жоқ", "Нет", "No")),
        ]
        func question(
            _ id: String, _ words: LocalizedText, _ type: QuestionType, _ answers: [Answer] = [],
            when: Expression? = nil, isPrivate: Bool = false, range: (least: Double?, greatest: Double?) = (nil, nil)
        ) -> Question {
            Question(
                id: id, text: words, type: type, answers: answers,
                missing: answers.isEmpty
                    ? []
                    : [
                        MissingCode(
                            code: "98", kind: .dontKnow, label: text("Айту қиын", "Затрудняюсь", "Hard to say"))
                    ],
                when: when, isPrivate: isPrivate, columns: [id], range: range, line: 1)
        }
        let offices = [
            Answer(code: "01", label: text("Емхана", "Больница", "Clinic")),
            Answer(code: "02", label: text("Мектеп", "Школа", "School")),
        ]
        let asked = text("Ақша бердіңіз бе: {item}?", "Давали ли деньги: {item}?", "Did you give money: {item}?")
        var given = offices.map { office in
            question("gave[\(office.code)]", asked, .single, yes, when: expression("con = 1"))
        }
        for place in given.indices {
            given[place].item = RosterItem(
                roster: "gave", list: "offices", code: offices[place].code, label: offices[place].label)
        }
        var causes = question("causes", text("Себептер", "Причины", "Causes"), .multiple, yes)
        causes.most = 3
        var questionnaire = Questionnaire(
            id: "safety", version: "2021", title: text("Сауалнама", "Анкета", "Questionnaire"),
            languages: Language.spoken,
            questions: [
                question("key", text("Нөмірі", "Номер", "Number"), .text, isPrivate: true),
                question("age", text("Жасы", "Возраст", "Age"), .number, range: (18, 110)), causes,
            ] + given, derived: [], ownMissingKinds: [], key: ["key"], source: [])
        questionnaire.rosters = [
            Roster(id: "gave", text: asked, type: .single, list: "offices", chosenIn: nil, items: offices)
        ]
        return questionnaire
    }
}
