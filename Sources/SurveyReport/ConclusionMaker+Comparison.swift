internal import SurveySchema

extension ConclusionMaker {
    /// Which groups stand apart from the whole sample, by experience and by perception; one sentence if none does.
    static func sentences(on comparison: ExperiencePerception, words: ReportWords) -> [Sentence] {
        let lists: [(Sentence.Kind, String, KeyPath<ExperiencePerception.Row, ExperiencePerception.Cell>, Bool)] = [
            (.experienceAbove, words.annex.experienceAbove, \.experience, true),
            (.experienceBelow, words.annex.experienceBelow, \.experience, false),
            (.perceptionAbove, words.annex.perceptionAbove, \.perception, true),
            (.perceptionBelow, words.annex.perceptionBelow, \.perception, false),
        ]
        let sentences = lists.compactMap { kind, template, figure, isAbove -> Sentence? in
            let groups = comparison.groups(figure, isAbove ? .above : .below)
            guard !groups.isEmpty else { return nil }
            let names = groups.map { $0.text(in: words.language) ?? "" }.joined(separator: ", ")
            return Sentence(kind: kind, text: template.filled(comparison.wave, names))
        }
        guard sentences.isEmpty else { return sentences }
        return [Sentence(kind: .noneApart, text: words.annex.noneApart.filled(comparison.wave))]
    }
}
