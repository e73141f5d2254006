internal import SurveyProblems
internal import SurveyWeighting

/// The steps that options of `saual weight` ask for, besides non-response in cells and calibration.
extension WeightRequest {
    static let propensities = ["propensity", "propensity-numbers"]
    static let outcomeSteps = ["eligibility", "nonresponse"] + propensities
    static let trims = ["trim-max", "trim-min", "trim-deff"]
    static let fits = ["rake", "poststratify", "calibrate"]

    static func baseFactors(_ call: Call) throws(Problem) -> BaseFactors {
        BaseFactors(
            probabilities: try names(call, "probability"),
            strata: try call.value("stratum").map { (text) throws(Problem) in
                try NameList.crossing(text, option: "stratum")
            } ?? [],
            population: try call.value("population").map { (text) throws(Problem) in
                try NameList.one(text, option: "population")
            }, multipliers: try names(call, "times"), greatestMultiplier: try positive(call, "times-max"))
    }

    static func eligibility(_ call: Call) throws(Problem) -> EligibilityAdjustment? {
        guard let cells = call.value("eligibility") else { return nil }
        return EligibilityAdjustment(
            cells: try NameList.crossing(cells, option: "eligibility"), outcome: try status(call),
            classes: call.has("status-map") ? .aapor : .status,
            rate: try call.choice("rate", of: NonresponseAdjustment.Rate.self) ?? .weighted)
    }

    static func propensity(_ call: Call) throws(Problem) -> PropensityAdjustment? {
        guard propensities.contains(where: call.has) else { return nil }
        var step = PropensityAdjustment(
            outcome: try status(call), classes: call.has("status-map") ? .aapor : .status,
            categories: try names(call, "propensity"), numbers: try names(call, "propensity-numbers"),
            classCount: try count(call, "classes"))
        step.isWeighted = try call.choice("rate", of: NonresponseAdjustment.Rate.self) != .unweighted
        if let least = try count(call, "min-cell") { step.fewestRespondents = least }
        if let greatest = try positive(call, "max-factor") { step.greatestFactor = greatest }
        return step
    }

    static func trimming(_ call: Call) throws(Problem) -> Trimming? {
        guard trims.contains(where: call.has) else { return nil }
        var step = Trimming(
            greatest: try positive(call, "trim-max"), least: try positive(call, "trim-min"),
            of: try call.choice("trim-of", of: Trimming.Scale.self) ?? .absolute,
            spread: try call.choice("spread", of: Trimming.Spread.self) ?? .equal,
            isOnce: call.has("once") || call.has("conform") && !call.has("keep-margins"))
        step.designEffect = try positive(call, "trim-deff")
        step.groups =
            try call.value("trim-by").map { (text) throws(Problem) in
                try NameList.crossing(text, option: "trim-by")
            } ?? []
        step.keepsMargins = call.has("keep-margins")
        return step
    }

    static func combination(_ call: Call) throws(Problem) -> WeightCombination? {
        guard call.has("combine") || call.has("multiplicity") else { return nil }
        func one(_ option: String) throws(Problem) -> String? {
            try call.value(option).map { (text) throws(Problem) in try NameList.one(text, option: option) }
        }
        var step = WeightCombination(source: try one("combine"), multiplicity: try one("multiplicity"))
        if let text = call.value("combine-shares") { step.shares = try shares(text) }
        guard let text = call.value("overlap") else { return step }
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex else { throw .wrongOverlap(text) }
        step.overlap = String(text[..<equals])
        step.overlapCodes = text[text.index(after: equals)...].split(separator: ",").map(String.init)
        guard !step.overlapCodes.isEmpty else { throw .wrongOverlap(text) }
        return step
    }

    static func scaling(_ call: Call) throws(Problem) -> WeightScaling? {
        guard let text = call.value("scale-to") else { return nil }
        let groups =
            try call.value("scale-by").map { (text) throws(Problem) in
                try NameList.crossing(text, option: "scale-by")
            } ?? []
        return WeightScaling(total: text == "n" ? nil : try positive(call, "scale-to"), groups: groups)
    }

    private static func shares(_ text: String) throws(Problem) -> WeightCombination.Shares {
        switch text {
        case "equal": return .equal
        case "n": return .rows
        case "effective": return .effectiveRows
        default: break
        }
        var given: [String: Double] = [:]
        for part in text.split(separator: ",") {
            guard let equals = part.lastIndex(of: "="), let share = Double(part[part.index(after: equals)...]),
                share > 0, share < 1, given.updateValue(share, forKey: String(part[..<equals])) == nil
            else { throw .wrongShares(text) }
        }
        guard given.count > 1 else { throw .wrongShares(text) }
        return .given(given)
    }

    private static func status(_ call: Call) throws(Problem) -> String {
        try NameList.one(call.value("status") ?? "", option: "status")
    }

    private static func names(_ call: Call, _ option: String) throws(Problem) -> [String] {
        try call.value(option).map { (text) throws(Problem) in try NameList.split(text, option: option) } ?? []
    }
}

extension Problem {
    static func twoTrims() -> Problem {
        Problem(
            "command.two-trims", .usage, what: "--trim-deff and --trim-max do not go together",
            why: "with a design effect the upper limit is searched", fix: "drop one of the two")
    }

    static func twoResponses() -> Problem {
        Problem(
            "command.two-responses", .usage, what: "--nonresponse and --propensity do not go together",
            why: "one call adjusts for non-response once; several steps are a recipe of study.yaml",
            fix: "drop one of the two")
    }

    static func onceKeepingMargins() -> Problem {
        Problem(
            "command.once-keeping-margins", .usage, what: "--once does not go with --keep-margins",
            why: "margins are kept by trimming and fitting in turn until both hold", fix: "drop --once")
    }

    static func wrongShares(_ text: String) -> Problem {
        Problem(
            "command.wrong-shares", .usage, what: "\"\(text)\" are no shares of samples",
            why:
                "--combine-shares takes equal, n, effective, or pairs SAMPLE=SHARE with commas between; found \"\(text)\"",
            fix: "write for example --combine-shares 2022=0.4,2023=0.6")
    }

    static func wrongOverlap(_ text: String) -> Problem {
        Problem(
            "command.wrong-overlap", .usage, what: "\"\(text)\" does not say where the samples overlap",
            why: "--overlap takes a variable, \"=\" and codes with commas between; found \"\(text)\"",
            fix: "write for example --overlap domain=both")
    }
}
