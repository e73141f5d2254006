internal import SurveyDesign
internal import SurveyProblems
internal import SurveyYAML

/// The files of joint probabilities: one a wave, and only where the design takes its variance over pairs.
extension YAMLReader {
    func checkJoint(_ map: YAMLMap, waves: [StudySpecification.Wave], design: DesignSpecification?) {
        guard let design, let node = map.node("waves") else { return }
        let takesPairs = design.pps == .joint
        for (wave, place) in waves.compactMap({ wave in
            list(node).first { $0["id"]?.scalar == wave.id }.map { (wave, $0) }
        }) where takesPairs != (wave.joint != nil) {
            report(
                takesPairs ? .waveWithoutJoint(wave.id) : .unusedJoint(wave.id, method: design.pps.rawValue),
                at: place["joint"]?.mark ?? place.mark)
        }
    }
}

extension StudySpecification {
    /// The files of joint probabilities as the waves name them, each once.
    public var jointFiles: [String] {
        var seen: Set<String> = []
        return waves.compactMap(\.joint).filter { seen.insert($0).inserted }
    }
}

extension Problem {
    /// A wave whose pairs have no probabilities.
    static func waveWithoutJoint(_ wave: String) -> Problem {
        Problem(
            "study.wave-without-joint", .input, what: "Wave \"\(wave)\" has no joint probabilities",
            why:
                "\("pps: joint") takes the variance over pairs of PSUs; each wave was drawn by itself and needs its own file",
            fix: "add \("joint: FILE.csv") to the wave, or use \("pps: brewer")")
    }

    /// A file of pairs that nothing uses.
    static func unusedJoint(_ wave: String, method: String) -> Problem {
        Problem(
            "study.unused-joint", .input, what: "Wave \"\(wave)\" names joint probabilities that are not used",
            why: "they go with \("pps: joint") in the design; it has \(method)",
            fix: "write \("pps: joint") in the design, or delete the key")
    }
}
