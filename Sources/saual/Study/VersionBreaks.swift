internal import SurveyData
internal import SurveyIndicators
internal import SurveySchema

/// Breaks that come from the questionnaires: an older version asked something in a way that cannot be compared.
///
/// Between two waves next to each other that were asked with different versions there is a break for every indicator
/// that uses a variable which the latest questionnaire calls not comparable with one of the two versions.
struct VersionBreaks {
    /// The waves in their order, each with the version that was asked and how it is read in the terms of the latest one.
    let waves: [(wave: String, version: String, view: VersionView?)]

    /// Returns the definitions with these breaks beside their own; a composite has those of its parts.
    func added(to definitions: [IndicatorDefinition]) -> [IndicatorDefinition] {
        let byID = Dictionary(definitions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return definitions.map { definition in
            var changed = definition
            for (earlier, later) in zip(waves, waves.dropFirst()) where earlier.version != later.version {
                guard !definition.breaks.contains(where: { $0.wave == later.wave }) else { continue }
                let names = variables(of: definition, byID)
                let found = [earlier.view, later.view].flatMap { $0?.incomparable(names: names) ?? [] }
                if let reason = found.first?.reason { changed.breaks.append((later.wave, reason)) }
            }
            return changed
        }
    }

    /// The variables of the figure and of all that it is made of; breakdowns change no figure of the whole.
    private func variables(of definition: IndicatorDefinition, _ byID: [String: IndicatorDefinition]) -> [String] {
        var names: [String] = []
        var seen: Set<String> = []
        var waiting = [definition]
        while let next = waiting.popLast() {
            guard seen.insert(next.id).inserted else { continue }
            var whole = next
            whole.breakdowns = []
            names += whole.variables
            waiting += next.parts.compactMap { byID[$0.indicator] }
        }
        return names
    }
}
