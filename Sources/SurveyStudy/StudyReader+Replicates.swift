internal import SurveyDesign
internal import SurveyProblems
internal import SurveyYAML

extension YAMLReader {
    static let replicateKeys = [
        "method", "seed", "columns", "factors", "scale", "scales", "mse", "df", "recalibrate",
    ]

    /// Takes `replicates:` of a design: how they are made, or the columns of the data that hold them.
    func replicates(_ node: YAMLNode) -> ReplicatePlan? {
        // A method alone needs no map.
        if node.scalar != nil {
            guard let found = replicateMethod(node) else { return nil }
            if found.method.isRandom { report(.replicatesWithoutSeed(found.method.name), at: node.mark) }
            return ReplicatePlan(.made(found.method, count: found.count, seed: nil))
        }
        guard let map = self.map(node, keys: YAMLReader.replicateKeys) else { return nil }
        let found = map.node("method").map { replicateMethod($0) }
        // What is wrong with the method is told; the rest needs it.
        if let found, found == nil { return nil }
        let method = found ?? nil
        var plan: ReplicatePlan
        if let columns = map.node("columns") {
            var given = ReplicatePlan.GivenColumns(names: names(columns), method: method?.method)
            given.areFactors = map.bool("factors") ?? false
            given.scale = map.number("scale")
            given.scales = map.node("scales").map { list($0).compactMap(number) }
            if method?.count != nil || map.node("seed") != nil {
                report(.countOfGivenReplicates(), at: (map.node("seed") ?? node).mark)
            }
            if (given.method == nil) == (given.scale == nil) { report(.replicateScale(), at: node.mark) }
            plan = ReplicatePlan(.given(given))
        } else {
            guard let method else {
                report(.emptyReplicates(), at: node.mark)
                return nil
            }
            for key in ["factors", "scale", "scales"] {
                if let mark = map.keyMark(key) { report(.ofGivenReplicates(key), at: mark) }
            }
            plan = ReplicatePlan(.made(method.method, count: method.count, seed: seed(map, of: method.method, node)))
        }
        plan.centresOnEstimate = map.bool("mse") ?? false
        plan.recalibrates = map.bool("recalibrate") ?? true
        if let word = map.node("df") {
            plan.degreesOfFreedom = choice(word, of: ReplicatePlan.DegreesOfFreedom.self) ?? .rank
        }
        return plan
    }

    private func seed(_ map: YAMLMap, of method: ReplicateMethod, _ node: YAMLNode) -> UInt64? {
        guard let found = map.node("seed") else {
            if method.isRandom { report(.replicatesWithoutSeed(method.name), at: node.mark) }
            return nil
        }
        guard method.isRandom else {
            report(.seedNotUsed(method.name), at: found.mark)
            return nil
        }
        guard let number = integer(found) else { return nil }
        guard number >= 0 else {
            report(.negativeSeed(number), at: found.mark)
            return nil
        }
        return UInt64(number)
    }

    private func replicateMethod(_ node: YAMLNode) -> (method: ReplicateMethod, count: Int?)? {
        guard let text = text(node) else { return nil }
        guard let (method, number) = ReplicateMethod.read(text) else {
            report(.unknownReplicates(text, known: ReplicateMethod.names), at: node.mark)
            return nil
        }
        guard let number else { return (method, nil) }
        guard let count = Int(number), count >= 2, !method.hasOwnCount else {
            report(.unknownReplicates(text, known: ReplicateMethod.names), at: node.mark)
            return nil
        }
        return (method, count)
    }
}

extension Problem {
    static func unknownReplicates(_ text: String, known: [String]) -> Problem {
        Problem(
            "study.unknown-replicates", .input, what: "\"\(text)\" is no method of replicates",
            why: "methods are \(list: known); behind those with a free number may stand one, as in bootstrap=500",
            fix: "write one of them")
    }

    static func emptyReplicates() -> Problem {
        Problem(
            "study.empty-replicates", .input, what: "\"replicates\" says neither how they are made nor where they are",
            why: "a method makes them here, columns name those of the data; found neither",
            fix: "add for example \"method: bootstrap=500\" and \"seed: 42\"")
    }

    static func ofGivenReplicates(_ key: String) -> Problem {
        Problem(
            "study.of-given-replicates", .input, what: "\"\(key)\" goes with \"columns\" only",
            why: "replicates that are made here have the rules of their method",
            fix: "drop \"\(key)\", or name the columns that hold the replicates")
    }

    static func countOfGivenReplicates() -> Problem {
        Problem(
            "study.count-of-given-replicates", .input,
            what: "Given replicates have neither a number nor a seed to choose",
            why: "\"columns\" says which they are", fix: "drop the number behind the method, and \"seed\"")
    }

    static func replicateScale() -> Problem {
        Problem(
            "study.replicate-scale", .input, what: "Given replicates need one scale",
            why: "it follows from \"method\", or stands under \"scale\"; found both or neither",
            fix: "write one of the two")
    }

    static func replicatesWithoutSeed(_ method: String) -> Problem {
        Problem(
            "study.replicates-without-seed", .input, what: "Replicates of \(method) need a seed",
            why: "they are drawn at random; without a seed nobody could make the same figures again",
            fix: "write a map with \"method: \(method)\" and for example \"seed: 42\"")
    }

    static func seedNotUsed(_ method: String) -> Problem {
        Problem(
            "study.seed-not-used", .input, what: "\"seed\" has nothing to do", why: "\(method) draws nothing at random",
            fix: "drop \"seed\"")
    }

    static func negativeSeed(_ seed: Int) -> Problem {
        Problem(
            "study.negative-seed", .input, what: "A seed cannot be \(seed)", why: "it is a whole number from 0 on",
            fix: "write for example 42")
    }

    static func sharedWithReplicates() -> Problem {
        Problem(
            "study.shared-with-replicates", .input, what: "The waves share PSUs, and the design has replicates",
            why: "the replicates of two waves do not draw the same PSUs, so their covariance is not known",
            fix: "drop \"replicates\" of the design, or write \"samples: independent\"")
    }
}
