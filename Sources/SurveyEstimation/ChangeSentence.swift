internal import SurveyProblems
public import SurveySchema

/// A change in one grammatical sentence of each language.
///
/// Numbers come ready from the caller, who knows decimals and unit; no sentence is put together from pieces.
public struct ChangeSentence: Sendable {
    private let change: Change
    /// Shares stand in percentage points.
    private let isPercent: Bool

    public init(_ change: Change, isPercent: Bool) {
        self.change = change
        self.isPercent = isPercent
    }

    /// Returns the sentence, English for a language that Saual does not speak; no full stop stands at its end.
    ///
    /// `number` writes a value as stored (a share of 0.018), with its sign if it is negative, without a unit where
    /// `isPercent`. A decrease is told in sizes: "Fell by 1.8 percentage points (95 % interval 0.5 to 3.1)".
    public func text(in language: Language, number: (Double) -> String) -> String {
        let templates = ChangeSentence.templates(language)
        let pair = isPercent ? templates.points : templates.plain
        guard let difference = change.difference, let low = change.low, let high = change.high else {
            return templates.noInterval
        }
        let level = (change.level * 1e8).rounded() / 1e6
        var values = [number(difference), number(low), number(high)]
        let template: String
        switch change.verdict {
        case .increase: template = pair.rose
        case .decrease:
            template = pair.fell
            values = [number(-difference), number(-high), number(-low)]
        case .noChangeShown: template = pair.noChange
        case .tooImprecise: template = pair.imprecise
        }
        values.append(JSONText.shortest(level))
        return Message(template: template, values: values).description
    }

    /// {1} the difference, {2} and {3} its interval, {4} the level in percent.
    private struct Templates {
        struct Pair { let rose, fell, noChange, imprecise: String }

        let plain, points: Pair
        let noInterval: String
    }

    private static func templates(_ language: Language) -> Templates {
        switch language {
        case .russian: russian
        case .kazakh: kazakh
        default: english
        }
    }

    private static let english = Templates(
        plain: .init(
            rose: "Rose by {1} ({4} % interval {2} to {3})", fell: "Fell by {1} ({4} % interval {2} to {3})",
            noChange: "No change shown: the difference of {1} is within the error ({4} % interval {2} to {3})",
            imprecise: "Too imprecise to say: the difference is {1}, its {4} % interval {2} to {3}"),
        points: .init(
            rose: "Rose by {1} percentage points ({4} % interval {2} to {3})",
            fell: "Fell by {1} percentage points ({4} % interval {2} to {3})",
            noChange:
                "No change shown: the difference of {1} percentage points is within the error ({4} % interval {2} to {3})",
            imprecise:
                "Too imprecise to say: the difference is {1} percentage points, its {4} % interval {2} to {3}"),
        noInterval: "Too imprecise to say: the difference has no interval")

    // Numbers with decimals take the genitive singular; the short form of "percentage point" does not decline.
    private static let russian = Templates(
        plain: .init(
            rose: "Рост на {1} ({4}%-й интервал от {2} до {3})",
            fell: "Снижение на {1} ({4}%-й интервал от {2} до {3})",
            noChange: "Изменение не показано: разность {1} в пределах погрешности ({4}%-й интервал от {2} до {3})",
            imprecise: "Точности не хватает для вывода: разность {1}, её {4}%-й интервал от {2} до {3}"),
        points: .init(
            rose: "Рост на {1} п. п. ({4}%-й интервал от {2} до {3})",
            fell: "Снижение на {1} п. п. ({4}%-й интервал от {2} до {3})",
            noChange:
                "Изменение не показано: разность {1} п. п. в пределах погрешности ({4}%-й интервал от {2} до {3})",
            imprecise: "Точности не хватает для вывода: разность {1} п. п., её {4}%-й интервал от {2} до {3}"),
        noInterval: "Точности не хватает для вывода: у разности нет интервала")

    private static let kazakh = Templates(
        plain: .init(
            rose: "Өсім: {1} ({4}% аралық: {2} – {3})", fell: "Төмендеу: {1} ({4}% аралық: {2} – {3})",
            noChange: "Өзгеріс көрсетілмеді: айырма {1}, қателік шегінде ({4}% аралық: {2} – {3})",
            imprecise: "Қорытынды жасауға дәлдік жетпейді: айырма {1}, оның {4}% аралығы: {2} – {3}"),
        points: .init(
            rose: "{1} пайыздық тармаққа өсті ({4}% аралық: {2} – {3})",
            fell: "{1} пайыздық тармаққа төмендеді ({4}% аралық: {2} – {3})",
            noChange:
                "Өзгеріс көрсетілмеді: айырма {1} пайыздық тармақ, қателік шегінде ({4}% аралық: {2} – {3})",
            imprecise: "Қорытынды жасауға дәлдік жетпейді: айырма {1} пайыздық тармақ, оның {4}% аралығы: {2} – {3}"),
        noInterval: "Қорытынды жасауға дәлдік жетпейді: айырманың аралығы жоқ")
}
