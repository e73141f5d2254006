internal import SurveyProblems
internal import SurveyWeighting

/// What `weight` is asked for: a recipe from the options of a call.
struct WeightRequest {
    let recipe: WeightingRecipe
    /// The targets files, read, by their names in the recipe.
    let targets: [String: WeightingTargets]
    /// Problems of the targets files; errors stop the work.
    let problems: [Problem]

    /// Reads the options; `base` is the weight to begin with where `--weight` is not given.
    init(_ call: Call, base: String?) throws(Problem) {
        try WeightRequest.check(call)
        let named = try call.value("weight").map { (value) throws(Problem) in
            try NameList.one(value, option: "weight")
        }
        let name = try call.value("name").map { (value) throws(Problem) in try NameList.one(value, option: "name") }
        var recipe = WeightingRecipe(
            name: name ?? "weight", base: call.has("panel") ? nil : named ?? base,
            steps: try WeightRequest.steps(call))
        recipe.baseFactors = try WeightRequest.baseFactors(call)
        self.recipe = recipe
        var targets: [String: WeightingTargets] = [:]
        var problems: [Problem] = []
        for file in recipe.targetFiles {
            let read = TargetsReader.read(file)
            problems += read.problems
            targets[file] = read.value
        }
        self.targets = targets
        self.problems = problems
    }

    /// Options that go with another one only.
    private static let companions: [(option: String, needs: [String])] = [
        ("panel-key", ["panel"]), ("panel-weight", ["panel"]), ("panel-cells", ["panel"]),
        ("panel-propensity", ["panel"]), ("panel-numbers", ["panel"]), ("panel-newcomers", ["panel"]),
        ("status", outcomeSteps + ["panel"]), ("status-map", outcomeSteps + ["panel"]),
        ("rate", outcomeSteps + ["panel"]), ("min-cell", ["nonresponse", "panel"] + propensities),
        ("max-factor", ["nonresponse", "panel"] + propensities), ("classes", propensities + panelModels),
        ("trim-of", ["trim-max", "trim-min"]), ("spread", trims), ("once", trims),
        ("trim-by", trims), ("keep-margins", trims), ("keep-margins", fits), ("when-infeasible", fits),
        ("stratum", ["population"]), ("times-max", ["times"]), ("combine-shares", ["combine"]),
        ("overlap", ["combine"]), ("scale-by", ["scale-to"]), ("cluster-targets", ["by-cluster"]),
        ("partial", ["poststratify"]),
        ("rescale-margins", ["rake", "calibrate"]), ("rake-stop", ["rake"]), ("epsilon", ["rake-stop", "conform"]),
        ("maxit", ["rake-stop", "conform"]),
    ]

    private static func check(_ call: Call) throws(Problem) {
        for (option, needs) in companions where call.has(option) && !needs.contains(where: call.has) {
            throw .alone(option, needs: needs.map { "--\($0)" })
        }
        for (option, needs) in GeneralCalibration.companions where call.has(option) && !needs.contains(where: call.has)
        {
            throw .alone(option, needs: needs.map { "--\($0)" })
        }
        let fits = fits.filter(call.has)
        if fits.count > 1 { throw .twoCalibrations(fits.map { "--\($0)" }) }
        if outcomeSteps.contains(where: call.has), !call.has("status") {
            throw .missingOption("status", command: "weight")
        }
        if call.has("trim-deff"), call.has("trim-max") { throw .twoTrims() }
        if call.has("nonresponse"), propensities.contains(where: call.has) { throw .twoResponses() }
        if call.has("keep-margins"), call.has("once") { throw .onceKeepingMargins() }
        let acts =
            outcomeSteps + fits + trims + [
                "panel", "probability", "population", "times", "combine", "multiplicity", "scale-to",
            ]
        if !acts.contains(where: call.has) { throw .noWeightStep() }
    }

    /// The steps in the order in which weights are made: eligibility, response, combination, trimming, calibration, scale;
    /// a trimming that keeps margins stands behind the calibration.
    private static func steps(_ call: Call) throws(Problem) -> [WeightingRecipe.Step] {
        var steps: [WeightingRecipe.Step] = []
        if let step = try panel(call) { steps.append(.panel(step)) }
        if let step = try eligibility(call) { steps.append(.eligibility(step)) }
        if let cells = call.value("nonresponse") {
            var step = NonresponseAdjustment(
                cells: try NameList.crossing(cells, option: "nonresponse"),
                outcome: try NameList.one(call.value("status") ?? "", option: "status"),
                classes: call.has("status-map") ? .aapor : .status)
            step.rate = try call.choice("rate", of: NonresponseAdjustment.Rate.self) ?? .weighted
            if let least = try count(call, "min-cell") { step.fewestRespondents = least }
            if let greatest = try positive(call, "max-factor") { step.greatestFactor = greatest }
            steps.append(.nonresponse(step))
        }
        if let step = try propensity(call) { steps.append(.propensity(step)) }
        if let step = try combination(call) { steps.append(.combine(step)) }
        let trimming = try trimming(call)
        if let trimming, !trimming.keepsMargins { steps.append(.trim(trimming)) }
        let whenInfeasible = try call.choice("when-infeasible", of: WhenInfeasible.self) ?? .refuse
        if let file = call.value("rake") {
            var step = WeightingRecipe.CalibrationStep(
                method: .rake, targets: file, rule: try rule(call), rescalesMargins: call.has("rescale-margins"))
            step.whenInfeasible = whenInfeasible
            steps.append(.calibrate(step))
        } else if let file = call.value("poststratify") {
            var step = WeightingRecipe.CalibrationStep(
                method: .poststratify, targets: file, isPartial: call.has("partial"))
            step.whenInfeasible = whenInfeasible
            steps.append(.calibrate(step))
        }
        if let file = call.value("calibrate") {
            var step = WeightingRecipe.CalibrationStep(method: .calibrate, targets: file)
            step.general = try GeneralCalibration(call)
            step.general.clusterTargets = call.value("cluster-targets")
            step.whenInfeasible = whenInfeasible
            steps.append(.calibrate(step))
        }
        if let trimming, trimming.keepsMargins { steps.append(.trim(trimming)) }
        if let step = try scaling(call) { steps.append(.scale(step)) }
        return steps
    }

    /// R's rule where it is asked for, with R's own numbers where none are given.
    private static func rule(_ call: Call) throws(Problem) -> RakingRule {
        guard call.has("rake-stop") || call.has("conform") else { return .standard }
        return .cells(epsilon: try positive(call, "epsilon") ?? 1, sweeps: try count(call, "maxit") ?? 10)
    }

    static func positive(_ call: Call, _ option: String) throws(Problem) -> Double? {
        guard let value = try call.number(option) else { return nil }
        guard value > 0 else { throw .notAboveZero(call.value(option) ?? "", option: option) }
        return value
    }

    static func count(_ call: Call, _ option: String) throws(Problem) -> Int? {
        guard let text = call.value(option) else { return nil }
        guard let value = Int(text), value > 0 else { throw .notAboveZero(text, option: option) }
        return value
    }
}

extension Problem {
    static func alone(_ option: String, needs: [String]) -> Problem {
        Problem(
            "command.alone", .usage, what: "--\(option) has nothing to act on",
            why: "an option is obeyed or refused; --\(option) goes with \(list: needs)",
            fix: "add the other option, or drop --\(option)")
    }

    static func twoCalibrations(_ options: [String]) -> Problem {
        Problem(
            "command.two-calibrations", .usage, what: "\(list: options) do not go together",
            why: "one call fits the weights to one file of targets; several steps are a recipe of study.yaml",
            fix: "drop one of the two")
    }

    static func noWeightStep() -> Problem {
        Problem(
            "command.no-weight-step", .usage, what: "Nothing is to be done with the weights",
            why:
                "weights are made by steps such as --nonresponse, --propensity, --trim-max, --rake, --poststratify or --calibrate; none is given",
            fix: "add one of them, see saual weight --help")
    }

    static func notAboveZero(_ text: String, option: String) -> Problem {
        Problem(
            "command.not-above-zero", .usage, what: "\"\(text)\" is too small for --\(option)",
            why: "--\(option) takes a number above 0, a count a whole one; found \"\(text)\"",
            fix: "write a number such as 5")
    }
}
