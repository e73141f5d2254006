internal import SurveyDesign
internal import SurveyEstimation
internal import SurveyProblems

/// Reads the design and the rules of estimation from the options of a call.
enum DesignOptions {
    /// The design that the options state; `study` gives what they leave open, for a file whose study has a design.
    static func specification(_ call: Call, study: DesignSpecification?) throws(Problem) -> DesignSpecification {
        var design = study ?? DesignSpecification()
        if let value = call.value("strata") { design.strata = try oneStage(value, option: "strata") }
        if let value = call.value("psu") { design.psu = try oneStage(value, option: "psu") }
        if let value = call.value("fpc") { design.fpc = try NameList.one(value, option: "fpc") }
        if let value = call.value("weight") { design.weight = try NameList.one(value, option: "weight") }
        if call.has("nest") { design.isNested = true }
        if let conform = call.value("conform"), conform == "r-survey-4.1", design.lonelyPSU == .adjust {
            design.lonelyPSU = .adjustZero
        }
        if let rule = call.value("lonely-psu") {
            guard let word = LonelyPSU(named: rule) else {
                throw .unknownChoice(rule, option: "lonely-psu", allowed: LonelyPSU.allCases.map(\.rawValue))
            }
            design.lonelyPSU = call.has("conform") && word == .adjust ? .adjustZero : word
        }
        design.replicates = try ReplicateOptions.plan(call, study: design.replicates)
        return design
    }

    /// The rules of estimation; `--conform` sets them first, single options after it.
    static func rules(_ call: Call, allowsSatterthwaite: Bool = false) throws(Problem) -> EstimationOptions {
        var rules = EstimationOptions()
        if call.has("conform") {
            rules.degreesOfFreedom = .full
            rules.complete = .all
            rules.rakeResiduals = .sweeps
            rules.replicateRaking = .sweeps
        }
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

    /// `A*B` crosses; a comma would name a second stage.
    private static func oneStage(_ value: String, option: String) throws(Problem) -> [String] {
        guard try NameList.split(value, option: option).count == 1 else { throw .severalStages(value, option: option) }
        return try NameList.split(value, at: ["*"], option: option)
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

    static func severalStages(_ value: String, option: String) -> Problem {
        Problem(
            "command.several-stages", .usage, what: "Several stages of --\(option) cannot be computed by this version",
            why: "a comma names a further stage of sampling; one stage is computed; found \"\(value)\"",
            fix: "name the first stage alone; write A*B to cross two columns")
    }
}
