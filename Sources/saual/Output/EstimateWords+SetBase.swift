internal import SurveyEstimation
internal import SurveyProblems
internal import SurveySchema

extension EstimateWords {
    /// What the items of a set are shares of, as a line below the table.
    static func line(of base: SetBase, in language: Language) -> String {
        switch language {
        case .russian:
            switch base {
            case .cases: "Пункты вопросов с несколькими ответами: доли ответивших."
            case .mentions: "Пункты вопросов с несколькими ответами: доли всех упоминаний."
            case .any: "Пункты вопросов с несколькими ответами: доли назвавших хотя бы один."
            case .all: "Пункты вопросов с несколькими ответами: доли всех; кого не спрашивали, ничего не назвал."
            }
        case .kazakh:
            switch base {
            case .cases: "Көп жауапты сұрақтардың тармақтары: жауап бергендердің үлесі."
            case .mentions: "Көп жауапты сұрақтардың тармақтары: барлық аталымдардың үлесі."
            case .any: "Көп жауапты сұрақтардың тармақтары: кемінде біреуін атағандардың үлесі."
            case .all: "Көп жауапты сұрақтардың тармақтары: бәрінің үлесі; сұралмаған адам ештеңе атамаған."
            }
        default:
            switch base {
            case .cases: "Items of sets: shares of those who answered."
            case .mentions: "Items of sets: shares of all mentions."
            case .any: "Items of sets: shares of those who named at least one."
            case .all: "Items of sets: shares of everyone; who was not asked named none."
            }
        }
    }
}
