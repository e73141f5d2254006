internal import SurveyDesign
internal import SurveyEstimation
internal import SurveyProblems
internal import SurveyYAML

/// The design of the sample.
extension YAMLReader {
    private static let designKeys = [
        "strata", "psu", "weight", "fpc", "nest", "lonely psu", "collapse by", "later stages", "variance stages",
        "use fpc", "probability", "pps", "pps variance", "sum pi2", "second phase", "replicates",
        "record",
    ]

    /// Takes the design; rules that contradict each other are reported at its first line.
    func design(_ map: YAMLMap) -> DesignSpecification? {
        guard let node = map.node("design", required: true) else { return nil }
        guard let map = self.map(node, keys: YAMLReader.designKeys) else { return nil }
        var design = DesignSpecification()
        design.strata = names(map.node("strata"))
        design.psu = names(map.node("psu"))
        design.weight = map.text("weight")
        design.fpc = map.text("fpc")
        design.isNested = map.bool("nest") ?? false
        if let word = map.node("lonely psu") { design.lonelyPSU = choice(word, of: LonelyPSU.self) ?? .fail }
        design.collapseBy = map.text("collapse by")
        for node in map.node("later stages").map(list) ?? [] {
            guard let stage = self.map(node, keys: ["strata", "units", "fpc"]) else { continue }
            design.laterStages.append(
                LaterStage(
                    strata: names(stage.node("strata")), units: names(stage.node("units")), fpc: stage.text("fpc")))
        }
        if let word = map.node("variance stages") { design.stages = choice(word, of: StageUse.self) ?? .all }
        design.usesPopulations = map.bool("use fpc") ?? true
        design.probabilities = names(map.node("probability"))
        if let word = map.node("pps") { design.pps = choice(word, of: PPSMethod.self) ?? .none }
        if let word = map.node("pps variance") {
            design.ppsVariance = choice(word, of: PPSVariance.self) ?? .horvitzThompson
        }
        design.sumSquaredProbabilities = map.number("sum pi2")
        design.twoPhase = map.node("second phase").flatMap(secondPhase)
        design.replicates = map.node("replicates").flatMap(replicates)
        if let word = map.node("record") {
            design.ignoresRecord = choice(word, of: EstimationOptions.CalibrationUse.self) == .ignore
        }
        do throws(Problem) { try design.checkOptions(readsJointLater: true) } catch { report(error, at: node.mark) }
        return design
    }

    private func secondPhase(_ node: YAMLNode) -> TwoPhase? {
        guard let map = self.map(node, keys: ["subset", "strata", "units", "fpc", "method"]),
            let subset = map.text("subset", required: true)
        else { return nil }
        var two = TwoPhase(
            subset: subset, strata: names(map.node("strata")), units: names(map.node("units")), fpc: map.text("fpc"))
        if let word = map.node("method") { two.method = choice(word, of: TwoPhase.Method.self) ?? .full }
        return two
    }
}
