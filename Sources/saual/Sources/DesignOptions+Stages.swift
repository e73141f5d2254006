internal import SurveyDesign
internal import SurveyProblems

/// Designs of several stages, with unequal probabilities, and of two phases, from the options of a call.
extension DesignOptions {
    /// Takes `A*B,C`: a comma names the next stage, which may be left empty, and a star crosses.
    static func takeStages(_ call: Call, into design: inout DesignSpecification) throws(Problem) {
        if let value = call.value("strata") {
            let stages = try NameList.stages(value, option: "strata")
            design.strata = stages[0]
            design.takeLater(stages.dropFirst().map { $0 }, empty: []) { $0.strata = $1 }
        }
        if let value = call.value("psu") {
            let stages = try NameList.stages(value, option: "psu")
            design.psu = stages[0]
            design.takeLater(stages.dropFirst().map { $0 }, empty: []) { $0.units = $1 }
        }
        if let value = call.value("fpc") {
            if value == "none" {
                design.usesPopulations = false
            } else {
                let stages = try NameList.stages(value, option: "fpc")
                for stage in stages where stage.count > 1 {
                    throw .oneNameOnly(stage.joined(separator: "*"), option: "fpc")
                }
                design.fpc = stages[0].first
                design.usesPopulations = true
                design.takeLater(stages.dropFirst().map(\.first), empty: nil) { $0.fpc = $1 }
            }
        }
        while let last = design.laterStages.last, last == LaterStage() { design.laterStages.removeLast() }
        if let stages = try call.choice("stages", of: StageUse.self) { design.stages = stages }
    }

    /// Takes the options of unequal probabilities.
    static func takeProbabilities(_ call: Call, into design: inout DesignSpecification) throws(Problem) {
        if let method = try call.choice("pps", of: PPSMethod.self) { design.pps = method }
        if let value = call.value("probability") {
            design.probabilities = try NameList.split(value, option: "probability")
            // The probabilities of the call make the weight, unless the call names one.
            if !call.has("weight") { design.weight = nil }
        }
        if let sum = try call.number("sum-pi2") { design.sumSquaredProbabilities = sum }
        if let variance = try call.choice("pps-variance", of: PPSVariance.self) { design.ppsVariance = variance }
        if let path = call.value("joint") {
            design.jointFile = String(path.split(separator: "/").last ?? "")
            design.joint = try JointFile.read(path)
        }
        if call.value("conform") == "r-survey-4.1", design.pps == .joint { design.dropsSmallDeltas = true }
    }

    /// Takes the options of a second phase.
    static func takePhases(_ call: Call, into design: inout DesignSpecification) throws(Problem) {
        let others = ["phase-two-strata", "phase-two-psu", "phase-two-fpc", "phase-two-method"]
        guard let subset = call.value("phase-two") else {
            if let other = others.first(where: call.has) {
                throw .unusedOption("--\(other)", needs: "--phase-two")
            }
            return
        }
        var two = TwoPhase(subset: try NameList.one(subset, option: "phase-two"))
        if let value = call.value("phase-two-strata") {
            two.strata = try NameList.crossing(value, option: "phase-two-strata")
        }
        if let value = call.value("phase-two-psu") { two.units = try NameList.crossing(value, option: "phase-two-psu") }
        if let value = call.value("phase-two-fpc") { two.fpc = try NameList.one(value, option: "phase-two-fpc") }
        if let method = try call.choice("phase-two-method", of: TwoPhase.Method.self) { two.method = method }
        design.twoPhase = two
    }
}

extension DesignSpecification {
    /// Sets one field of the later stages: those that are not named lose it.
    fileprivate mutating func takeLater<Value>(
        _ values: [Value], empty: Value, set: (inout LaterStage, Value) -> Void
    ) {
        while laterStages.count < values.count { laterStages.append(LaterStage()) }
        for stage in laterStages.indices { set(&laterStages[stage], stage < values.count ? values[stage] : empty) }
    }
}

extension NameList {
    /// Splits `A*B,C` into stages, each the list of columns that it crosses; a stage without columns is empty.
    static func stages(_ value: String, option: String) throws(Problem) -> [[String]] {
        var pieces: [String] = [""]
        var isQuoted = false
        for character in value {
            if character == "`" { isQuoted.toggle() }
            if character == ",", !isQuoted { pieces.append("") } else { pieces[pieces.count - 1].append(character) }
        }
        guard pieces.contains(where: { !$0.isEmpty }), !(pieces[pieces.count - 1].isEmpty) else {
            throw .emptyName(value, option: option)
        }
        return try pieces.map { (piece) throws(Problem) in
            piece.isEmpty ? [] : try split(piece, at: ["*"], option: option)
        }
    }
}
