internal import SurveyDesign
internal import SurveyEstimation
internal import SurveyProblems

/// Reads the design and the rules of estimation from the options of a call.
enum DesignOptions {
    /// The design that the options state; `study` gives what they leave open, for a file whose study has a design.
    static func specification(_ call: Call, study: DesignSpecification?) throws(Problem) -> DesignSpecification {
        var design = study ?? DesignSpecification()
        try takeStages(call, into: &design)
        if let value = call.value("weight") {
            let weight = try NameList.one(value, option: "weight")
            // What the study says of its own weight says nothing of another.
            if weight != design.weight { design.ignoresRecord = false }
            design.weight = weight
        }
        if call.value("record") == EstimationOptions.CalibrationUse.use.rawValue { design.ignoresRecord = false }
        if call.has("nest") { design.isNested = true }
        if let conform = call.value("conform"), conform == "r-survey-4.1", design.lonelyPSU == .adjust {
            design.lonelyPSU = .adjustZero
        }
        if let rule = call.value("lonely-psu") {
            guard let word = LonelyPSU(named: rule) else {
                throw .unknownChoice(rule, option: "lonely-psu", allowed: LonelyPSU.allCases.map(\.rawValue))
            }
            design.lonelyPSU = call.has("conform") && word == .adjust ? .adjustZero : word
            if word != .collapse { design.collapseBy = nil }
        }
        if let value = call.value("collapse-by") { design.collapseBy = try NameList.one(value, option: "collapse-by") }
        try takeProbabilities(call, into: &design)
        try takePhases(call, into: &design)
        try design.checkOptions()
        design.replicates = try ReplicateOptions.plan(call, study: design.replicates)
        return design
    }

    /// The rules of estimation; `--conform` sets them first, single options after it.
    static func rules(_ call: Call, allowsSatterthwaite: Bool = false) throws(Problem) -> EstimationOptions {
        var rules = EstimationOptions()
        if call.has("conform") { ConformancePreset.rSurvey41.apply(to: &rules) }
        if let level = try call.number("level") { rules.level = level }
        if let interval = try call.choice("ci", of: EstimationOptions.ShareInterval.self) {
            rules.shareInterval = interval
        }
        if let missing = try call.choice("missing", of: EstimationOptions.Missing.self) { rules.missing = missing }
        if let complete = try call.choice("complete", of: EstimationOptions.Complete.self) { rules.complete = complete }
        if let effect = try call.choice("deff", of: EstimationOptions.DesignEffect.self) { rules.designEffect = effect }
        if let residuals = try call.choice("rake-residuals", of: EstimationOptions.RakeResiduals.self) {
            rules.rakeResiduals = residuals
        }
        if let use = try call.choice("record", of: EstimationOptions.CalibrationUse.self) { rules.calibration = use }
        try setDistributionRules(&rules, call)
        rules.adjustsLonelyDomains = call.has("domain-lonely")
        rules.keepsCovariance = call.has("covariance")
        switch call.value("df") {
        case nil: break
        case "design": rules.degreesOfFreedom = .design
        case "full": rules.degreesOfFreedom = .full
        case "inf": rules.degreesOfFreedom = .infinite
        // Rules of replicates, which the design obeys.
        case let rule? where ReplicateOptions.freedoms.contains(rule): break
        // The rule of a difference; each sample has its own degrees of freedom.
        case "satterthwaite" where allowsSatterthwaite: break
        default:
            guard let number = try call.number("df"), number > 0 else { throw .wrongDegrees(call.value("df") ?? "") }
            rules.degreesOfFreedom = .number(number)
        }
        return rules
    }
}

extension Problem {
    static func wrongDegrees(_ text: String) -> Problem {
        Problem(
            "command.wrong-degrees", .usage, what: "\"\(text)\" is no number of degrees of freedom",
            why:
                "--df takes design, full, inf or a number above 0, with replicates also rank or reps; found \"\(text)\"",
            fix: "drop --df, or write one of these")
    }
}
