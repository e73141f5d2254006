internal import SurveyDesign
internal import SurveyEstimation
internal import SurveyProblems
internal import SurveyYAML

extension YAMLReader {
    /// How the samples of two waves hang together, in the words of study.yaml.
    private enum Samples: String, CaseIterable {
        case independent
        /// PSUs of one label are the same.
        case shared = "shared-psu"
    }

    /// Takes `change:`, the changes between waves that a study computes.
    func change(
        _ map: YAMLMap, waves: [StudySpecification.Wave], design: DesignSpecification?
    ) -> ChangePlan? {
        guard let node = map.node("change"), let map = self.map(node, keys: ["samples", "pairs", "precision"]) else {
            return nil
        }
        let samples = map.node("samples", required: true)
        let overlap = samples.flatMap { choice($0, of: Samples.self) }
        if overlap == .shared, let design, design.psu.isEmpty, let samples {
            report(.sharedWithoutPSU(), at: samples.mark)
        }
        if overlap == .shared, design?.replicates != nil, let samples {
            report(.sharedWithReplicates(), at: samples.mark)
        }
        let precision = map.number("precision")
        if let precision, precision <= 0, let node = map.node("precision") {
            report(.badPrecision(node.scalar ?? ""), at: node.mark)
        }
        let ids = waves.map(\.id)
        let pairs = map.node("pairs").flatMap { self.pairs($0, ids) } ?? zip(ids, ids.dropFirst()).map { ($0, $1) }
        guard let overlap else { return nil }
        return ChangePlan(overlap: overlap == .shared ? .exact : .independent, pairs: pairs, precision: precision)
    }

    /// Takes `consecutive`, or a list of pairs; nil for the former.
    private func pairs(_ node: YAMLNode, _ waves: [String]) -> [(from: String, to: String)]? {
        if let word = node.scalar {
            if word != "consecutive" { report(.unknownWord(word, known: ["consecutive"]), at: node.mark) }
            return nil
        }
        var pairs: [(from: String, to: String)] = []
        for item in list(node) {
            let ends = list(item)
            let ids = ends.compactMap(text)
            guard ids.count == ends.count else { continue }
            guard ids.count == 2 else {
                report(.notAPair(ids.count), at: item.mark)
                continue
            }
            for (id, end) in zip(ids, ends) where !waves.contains(id) {
                report(.unknownWave(id, known: waves), at: end.mark)
            }
            if ids[0] == ids[1] { report(.listedTwice(ids[0]), at: ends[1].mark) }
            if pairs.contains(where: { $0.from == ids[0] && $0.to == ids[1] }) {
                report(.listedTwice(ids.joined(separator: ", ")), at: item.mark)
            }
            pairs.append((ids[0], ids[1]))
        }
        return pairs
    }
}

extension Problem {
    static func sharedWithoutPSU() -> Problem {
        Problem(
            "study.shared-without-psu", .input, what: "The waves share PSUs, and the design names none",
            why: "PSUs of two waves are matched by their labels; the design has no \"psu\"",
            fix: "name the PSU under \"design\", or write \"samples: independent\"")
    }

    static func badPrecision(_ text: String) -> Problem {
        Problem(
            "study.bad-precision", .input, what: "A precision of \(text) cannot be reached",
            why: "the half-width of an interval is above 0; found \(text)",
            fix: "write for example 0.05 for 5 percentage points")
    }

    static func notAPair(_ found: Int) -> Problem {
        Problem(
            "study.not-a-pair", .input, what: "A change has two waves",
            why: "an earlier and a later wave must stand here; found \(found)",
            fix: "write for example [\"2022\", \"2023\"]")
    }

    static func unknownWave(_ id: String, known: [String]) -> Problem {
        let near = NearestNames.of(id, among: known)
        return Problem(
            "study.unknown-wave", .input, what: "Wave \"\(id)\" does not exist",
            why: "the study has the waves \(list: known)", fix: "use \(list: near.isEmpty ? known : near)")
    }
}
