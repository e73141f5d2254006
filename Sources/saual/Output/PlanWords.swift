internal import SurveyIndicators
internal import SurveySchema

/// The words of plan and fact in tables of indicators.
struct PlanWords: Sendable {
    let family, plan, status, published, bounds, reached, notReached, noData, notDistinguishable, breaks: String

    static func `in`(_ language: Language) -> PlanWords {
        switch language {
        case .russian: russian
        case .kazakh: kazakh
        default: english
        }
    }

    /// A plan as people read it.
    func text(
        _ plan: IndicatorDefinition.Plan, _ definition: IndicatorDefinition, _ language: Language
    ) -> String {
        let ends = plan.least == plan.greatest ? [plan.least] : [plan.least, plan.greatest]
        return ends.map { definition.printed($0, in: language) }.joined(separator: " – ")
    }

    /// The status, and with it whether the interval leaves it open.
    func status(_ result: IndicatorResult) -> String {
        let status: String
        switch result.status {
        case nil: return ""
        case .reached: status = reached
        case .notReached: status = notReached
        case .noData: status = noData
        }
        return result.evidence == .notDistinguishable ? "\(status), \(notDistinguishable)" : status
    }

    private static let english = PlanWords(
        family: "family", plan: "plan", status: "status", published: "published", bounds: "bounds",
        reached: "reached", notReached: "not reached", noData: "no data",
        notDistinguishable: "not distinguishable", breaks: "not comparable with earlier waves")

    private static let russian = PlanWords(
        family: "семейство", plan: "план", status: "статус", published: "опубликовано", bounds: "границы",
        reached: "достигнут", notReached: "не достигнут", noData: "нет данных",
        notDistinguishable: "в пределах погрешности", breaks: "несопоставимо с прежними волнами")

    private static let kazakh = PlanWords(
        family: "топтама", plan: "жоспар", status: "мәртебе", published: "жарияланған", bounds: "шектер",
        reached: "орындалды", notReached: "орындалмады", noData: "дерек жоқ",
        notDistinguishable: "қателік шегінде", breaks: "бұрынғы толқындармен салыстыруға келмейді")
}

extension IndicatorDefinition {
    /// A value in the unit in which people read it.
    func printed(_ value: Double?, in language: Language) -> String {
        guard let value else { return "–" }
        if case .share = formula { return PlainNumber.percent(value, in: language) }
        return isFraction ? PlainNumber.percent(value, in: language) : PlainNumber.text(value, in: language)
    }
}
