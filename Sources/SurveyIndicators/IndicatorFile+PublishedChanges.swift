internal import SurveyProblems
internal import SurveySchema
internal import SurveyYAML

/// Changes that others have printed, by the later wave.
extension IndicatorFile {
    /// The changes of each member; a figure by itself has the code "".
    func publishedChanges(_ map: YAMLMap, members: [String]?) -> [String: [IndicatorDraft.PublishedChange]] {
        guard let node = map.node("published change") else { return [:] }
        return byMember(node, members) { wave, value in publishedChange(wave, value) }
    }

    private func publishedChange(_ wave: String, _ node: YAMLNode) -> IndicatorDraft.PublishedChange? {
        guard let map = reader.map(node, keys: ["since", "value", "printed", "source", "vintage"]) else { return nil }
        let since = line(map.node("since", required: true))
        let value = map.node("value", required: true).flatMap { reader.number($0) == nil ? nil : $0.scalar }
        let printed = line(map.node("printed"))
        let source = map.node("source").flatMap(source)
        let vintage = vintage(map)
        if let since, since == wave, let mark = map.node("since")?.mark {
            reader.report(.changeSinceItself(wave), at: mark)
        }
        guard let since, since != wave, let value else { return nil }
        return IndicatorDraft.PublishedChange(
            wave: wave, since: since, value: value, printed: printed ?? value, source: source ?? .empty,
            vintage: vintage)
    }
}

extension Problem {
    static func changeSinceItself(_ wave: String) -> Problem {
        Problem(
            "indicators.change-since-itself", .input, what: "A published change goes from a wave to itself",
            why: "the key is the later wave and \"since\" the earlier one; both are \"\(wave)\"",
            fix: "write the earlier wave after \"since:\"")
    }
}
