internal import SurveyProblems
internal import SurveyWeighting
internal import SurveyYAML

extension YAMLReader {
    /// Takes a general calibration: targets, and how far and by what measure weights may move.
    func calibration(_ node: YAMLNode, waves: [String]) -> WeightingRecipe.CalibrationStep? {
        let keys = [
            "targets", "distance", "bounds", "bounds on", "by cluster", "q", "prescale", "force", "rescale margins",
            "cluster targets", "when infeasible",
        ]
        guard let map = map(node, keys: keys) else { return nil }
        var step = targets(map, method: .calibrate, waves: waves)
        var rules = GeneralCalibration()
        rules.distance = map.node("distance").flatMap { choice($0, of: CalibrationDistance.self) }
        rules.bounds = bounds(map)
        rules.cluster = map.text("by cluster")
        rules.cost = map.text("q")
        rules.isPrescaled = map.bool("prescale") ?? false
        rules.isForced = map.bool("force") ?? false
        if let word = map.node("rescale margins"), let text = text(word) {
            if text != "first" { report(.unknownWord(text, known: ["first"]), at: word.mark) }
            rules.rescalesMargins = true
        }
        if rules.distance == .logit, rules.bounds == nil, let mark = map.node("distance")?.mark {
            report(.logitWithoutBounds(), at: mark)
        }
        if let file = map.node("cluster targets") {
            rules.clusterTargets = filePath(file)
            if rules.cluster == nil { report(.withoutCluster(), at: file.mark) }
        }
        step?.whenInfeasible = whenInfeasible(map)
        step?.general = rules
        return step
    }

    /// Takes `[L, U]`; `null` leaves one side open.
    private func bounds(_ map: YAMLMap) -> CalibrationBounds? {
        let scale = map.node("bounds on").flatMap { choice($0, of: CalibrationBounds.Scale.self) }
        guard let node = map.node("bounds") else {
            if let mark = map.keyMark("bounds on") { report(.withoutBounds(), at: mark) }
            return nil
        }
        let limits = list(node)
        guard limits.count == 2, !limits.allSatisfy(\.isNull) else {
            report(.twoBounds(limits.count), at: node.mark)
            return nil
        }
        let numbers = limits.map { $0.isNull ? nil : number($0) }
        let bounds = CalibrationBounds(
            low: numbers[0] ?? -.infinity, high: numbers[1] ?? .infinity, on: scale ?? .factor)
        let isRange = bounds.low < bounds.high && (bounds.scale == .weight || bounds.low < 1 && bounds.high > 1)
        if !isRange { report(.boundsNoRange(low: bounds.low, high: bounds.high), at: node.mark) }
        return bounds
    }
}

extension Problem {
    static func withoutCluster() -> Problem {
        Problem(
            "study.without-cluster", .input, what: "\"cluster targets\" goes with \"by cluster\" only",
            why: "they are totals of clusters, such as households; nothing says what a cluster is",
            fix: "add a line such as \"by cluster: household\"")
    }

    static func logitWithoutBounds() -> Problem {
        Problem(
            "study.logit-without-bounds", .input, what: "The logit distance needs two bounds",
            why: "its factors lie between a lower and an upper bound; there is no \"bounds\"",
            fix: "add a line such as \"bounds: [0.3, 3]\"")
    }

    static func withoutBounds() -> Problem {
        Problem(
            "study.without-bounds", .input, what: "\"bounds on\" has nothing to act on",
            why: "it says what \"bounds\" limits; there is no \"bounds\"", fix: "add \"bounds\", or delete the line")
    }

    static func twoBounds(_ count: Int) -> Problem {
        Problem(
            "study.two-bounds", .input, what: "Bounds are two numbers",
            why: "the lower stands first, and null leaves one side open; found \(count) entries with a number or none",
            fix: "write for example \"bounds: [0.3, 3]\"")
    }

    static func boundsNoRange(low: Double, high: Double) -> Problem {
        Problem(
            "study.bounds-no-range", .input, what: "The bounds of the calibration are no range",
            why:
                "the lower must be below 1 and the upper above 1, of weights the lower below the upper; found \(JSONText.shortest(low)) and \(JSONText.shortest(high))",
            fix: "correct one of the two")
    }
}
