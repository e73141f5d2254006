public import SurveySchema

/// What the differences of two versions of a questionnaire do to one indicator.
public struct IndicatorComparability: Sendable, Equatable {
    /// The worst that any of its variables brings, mildest first.
    public enum Verdict: String, Sendable, CaseIterable {
        /// The same answers of the same people.
        case comparable
        /// Computed for both, and something must be judged: words, choices, joined answers or another base.
        case withCare = "with-care"
        /// The series breaks, by the map or a declared break.
        case broken = "not-comparable"
        /// The older waves have no such figure.
        case newFigure = "no-older-figure"
        /// The older waves cannot be read before the map covers the differences.
        case unreadable
    }

    /// A difference that matters: of which variable, and what it means.
    public struct Cause: Sendable, Equatable {
        public let variable: String
        public let meaning: QuestionnaireChange.Meaning
    }

    public let indicator: String
    public let name: LocalizedText
    public let verdict: Verdict
    /// Why it is no better, each once, in the order of the differences; none for what is comparable.
    public let causes: [Cause]

    /// Judges indicators by the differences of the newer questionnaire, in whose terms they are defined.
    ///
    /// A variable brings the differences of everything that it is derived from, and a composite those of its parts.
    public static func of(
        _ definitions: [IndicatorDefinition], changes: [QuestionnaireChange], newer: Questionnaire
    ) -> [IndicatorComparability] {
        let byID = Dictionary(definitions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return definitions.map { definition in
            var needed: Set<String> = []
            var waiting = [definition]
            var seen: Set<String> = [definition.id]
            while let next = waiting.popLast() {
                for name in next.variables { needed.formUnion(variables(behind: name, newer)) }
                waiting += next.parts.compactMap { seen.insert($0.indicator).inserted ? byID[$0.indicator] : nil }
            }
            var causes: [Cause] = []
            var verdict = Verdict.comparable
            for change in changes where needed.contains(change.variable) {
                let own = self.verdict(of: change)
                guard own != .comparable else { continue }
                verdict = worse(verdict, own)
                let cause = Cause(variable: change.variable, meaning: change.meaning)
                if !causes.contains(cause) { causes.append(cause) }
            }
            return IndicatorComparability(
                indicator: definition.id, name: definition.name, verdict: verdict, causes: causes)
        }
    }

    /// A variable, what it is derived from, and the question of an item.
    private static func variables(behind name: String, _ questionnaire: Questionnaire) -> Set<String> {
        var names = Set(questionnaire.derivedVariables(for: [name]).flatMap { [$0.id] + $0.names })
        names.insert(name)
        for name in names { if let item = questionnaire.item(name) { names.insert(item.question.id) } }
        return names
    }

    private static func verdict(of change: QuestionnaireChange) -> Verdict {
        if change.coverage == .notCovered { return .unreadable }
        return switch change.meaning {
        case .comparable, .recomputed, .lost: .comparable
        case .joined, .base, .wording, .choices: .withCare
        case .incomparable: .broken
        case .gap: .newFigure
        case .unreadable: .unreadable
        }
    }

    private static func worse(_ left: Verdict, _ right: Verdict) -> Verdict {
        let order = Verdict.allCases
        return (order.firstIndex(of: left) ?? 0) >= (order.firstIndex(of: right) ?? 0) ? left : right
    }
}
