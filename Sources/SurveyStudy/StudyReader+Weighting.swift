internal import SurveyDesign
internal import SurveyProblems
internal import SurveyWeighting
internal import SurveyYAML

extension YAMLReader {
    /// Takes the recipe of the weights; its name must be the weight of the design.
    func weighting(_ map: YAMLMap, waves: [String], design: DesignSpecification?) -> WeightingRecipe? {
        guard let node = map.node("weighting"), let map = self.map(node, keys: ["name", "base", "steps", "balance"])
        else {
            return nil
        }
        let name = identifier(map, "name")
        let (base, factors) = baseWeight(map)
        let list = map.node("steps", required: true)
        if let list, self.list(list).isEmpty { report(.emptyList(), at: list.mark) }
        let steps = list.map { self.list($0).compactMap { weightingStep($0, waves: waves) } } ?? []
        for entry in (list.map { self.list($0) } ?? []).dropFirst().flatMap({ $0.map ?? [] }) where entry.key == "panel"
        {
            report(.panelNotFirst(), at: entry.keyMark)
        }
        guard let name else { return nil }
        if let design, design.weight != name {
            report(.weightNotUsed(name, design: design.weight ?? ""), at: map.node("name")?.mark ?? map.mark)
        }
        if base == name, let mark = map.node("base")?.mark { report(.baseIsWeight(name), at: mark) }
        var recipe = WeightingRecipe(name: name, base: base, steps: steps)
        recipe.baseFactors = factors
        recipe.balance = names(map.node("balance"))
        return recipe
    }

    /// Takes one step: a map of one key, the kind of the step.
    private func weightingStep(_ node: YAMLNode, waves: [String]) -> WeightingRecipe.Step? {
        let kinds = [
            "panel", "eligibility", "nonresponse", "propensity", "combine", "trim", "rake", "poststratify", "calibrate",
            "scale",
        ]
        guard let map = map(node, keys: kinds) else { return nil }
        guard map.entries.count == 1, let entry = map.entries.first else {
            report(.severalSteps(map.entries.count), at: node.mark)
            return nil
        }
        switch entry.key {
        case "panel": return panel(entry.value, waves: waves).map { .panel($0) }
        case "nonresponse": return nonresponse(entry.value).map { .nonresponse($0) }
        case "eligibility": return eligibility(entry.value).map { .eligibility($0) }
        case "propensity": return propensity(entry.value).map { .propensity($0) }
        case "combine": return combination(entry.value).map { .combine($0) }
        case "scale": return scaling(entry.value).map { .scale($0) }
        case "trim": return trimming(entry.value).map { .trim($0) }
        case "rake": return raking(entry.value, waves: waves).map { .calibrate($0) }
        case "calibrate": return calibration(entry.value, waves: waves).map { .calibrate($0) }
        case "poststratify": return poststratification(entry.value, waves: waves).map { .calibrate($0) }
        default: return nil
        }
    }

    private func nonresponse(_ node: YAMLNode) -> NonresponseAdjustment? {
        let keys = ["cells", "outcome", "classes", "rate", "minimum respondents", "greatest factor"]
        guard let map = map(node, keys: keys) else { return nil }
        let cells = names(map.node("cells"))
        let outcome = map.text("outcome", required: true)
        let classes = map.node("classes", required: true).flatMap(outcomeMap)
        let rate = map.node("rate").flatMap { choice($0, of: NonresponseAdjustment.Rate.self) }
        guard let outcome, let classes else { return nil }
        var step = NonresponseAdjustment(cells: cells, outcome: outcome, classes: classes, rate: rate ?? .weighted)
        if let least = map.node("minimum respondents"), let value = integer(least) {
            if value < 1 { report(.notPositive(value), at: least.mark) }
            step.fewestRespondents = value
        }
        if let greatest = map.node("greatest factor"), let value = positive(greatest) { step.greatestFactor = value }
        return step
    }

    /// Takes `aapor`, or the codes of each class; a code has one class.
    func outcomeMap(_ node: YAMLNode) -> OutcomeMap? {
        if let word = node.scalar {
            if word == "aapor" { return .aapor }
            report(.unknownWord(word, known: ["aapor"]), at: node.mark)
            return nil
        }
        guard let map = map(node, keys: OutcomeClass.allCases.map(\.rawValue)) else { return nil }
        var classes: [String: OutcomeClass] = [:]
        for entry in map.entries {
            guard let outcome = OutcomeClass(rawValue: entry.key) else { continue }
            for item in list(entry.value) {
                guard let code = text(item) else { continue }
                if classes.updateValue(outcome, forKey: code) != nil { report(.listedTwice(code), at: item.mark) }
            }
        }
        if !classes.values.contains(.respondent) { report(.noRespondentCodes(), at: node.mark) }
        return .codes(classes)
    }

    private func trimming(_ node: YAMLNode) -> Trimming? {
        let keys = ["max", "min", "of", "spread", "once", "deff", "by", "keep margins"]
        guard let map = map(node, keys: keys) else { return nil }
        var step = Trimming(isOnce: map.bool("once") ?? false)
        step.greatest = map.node("max").flatMap(positive)
        step.least = map.node("min").flatMap(positive)
        if let word = map.node("of") { step.scale = choice(word, of: Trimming.Scale.self) ?? .absolute }
        if let word = map.node("spread") { step.spread = choice(word, of: Trimming.Spread.self) ?? .equal }
        step.designEffect = map.node("deff").flatMap(positive)
        step.groups = names(map.node("by"))
        step.keepsMargins = map.bool("keep margins") ?? false
        if ["max", "min", "deff"].allSatisfy({ map.node($0) == nil }) { report(.noTrimLimit(), at: node.mark) }
        if let mark = map.node("deff")?.mark, map.node("max") != nil || (step.designEffect.map { $0 <= 1 } ?? false) {
            report(.wrongTrimEffect(), at: mark)
        }
        if step.scale == .quantile {
            for key in ["max", "min"] {
                if let own = map.node(key), let value = number(own), value > 1 {
                    report(.notShare(value), at: own.mark)
                }
            }
        }
        if step.keepsMargins, step.isOnce, let mark = map.node("once")?.mark { report(.onceWithMargins(), at: mark) }
        if let least = step.least, let greatest = step.greatest, least >= greatest, let mark = map.node("min")?.mark {
            report(.trimLimitsReversed(least: least, greatest: greatest), at: mark)
        }
        return step
    }

    private func raking(_ node: YAMLNode, waves: [String]) -> WeightingRecipe.CalibrationStep? {
        guard let map = map(node, keys: ["targets", "rescale margins", "stop", "epsilon", "maxit", "when infeasible"])
        else { return nil }
        var step = targets(map, method: .rake, waves: waves)
        step?.whenInfeasible = whenInfeasible(map)
        if let word = map.node("rescale margins"), let text = text(word) {
            if text != "first" { report(.unknownWord(text, known: ["first"]), at: word.mark) }
            step?.rescalesMargins = true
        }
        guard let word = map.node("stop"), let text = text(word) else {
            for key in ["epsilon", "maxit"] {
                if let mark = map.keyMark(key) { report(.withoutStop(key), at: mark) }
            }
            return step
        }
        if text != "cells" { report(.unknownWord(text, known: ["cells"]), at: word.mark) }
        let epsilon = map.node("epsilon").flatMap(positive) ?? 1
        let sweeps = map.node("maxit").flatMap { node in integer(node).map { (node, $0) } }
        if let (node, value) = sweeps, value < 1 { report(.notPositive(value), at: node.mark) }
        step?.rule = .cells(epsilon: epsilon, sweeps: sweeps?.1 ?? 10)
        return step
    }

    private func poststratification(_ node: YAMLNode, waves: [String]) -> WeightingRecipe.CalibrationStep? {
        guard let map = map(node, keys: ["targets", "partial", "when infeasible"]) else { return nil }
        var step = targets(map, method: .poststratify, waves: waves)
        step?.whenInfeasible = whenInfeasible(map)
        step?.isPartial = map.bool("partial") ?? false
        return step
    }

    /// Takes one targets file for all waves, or `{WAVE: file}` with one for each.
    func targets(
        _ map: YAMLMap, method: CalibrationRecord.Step.Method, waves: [String]
    ) -> WeightingRecipe.CalibrationStep? {
        guard let node = map.node("targets", required: true) else { return nil }
        guard node.map != nil else {
            return filePath(node).map { WeightingRecipe.CalibrationStep(method: method, targets: $0) }
        }
        guard let files = openMap(node) else { return nil }
        var step = WeightingRecipe.CalibrationStep(method: method, targets: "")
        for entry in files.entries {
            if !waves.contains(entry.key) { report(.unknownWord(entry.key, known: waves), at: entry.keyMark) }
            step.targetsOfWave[entry.key] = filePath(entry.value)
        }
        let missing = waves.filter { name in !files.entries.contains { $0.key == name } }
        if !missing.isEmpty { report(.wavesWithoutTargets(missing), at: node.mark) }
        return step
    }

    func positive(_ node: YAMLNode) -> Double? {
        guard let value = number(node) else { return nil }
        if value <= 0 { report(.notAboveZero(value), at: node.mark) }
        return value > 0 ? value : nil
    }
}

extension Problem {
    static func weightNotUsed(_ name: String, design: String) -> Problem {
        Problem(
            "study.weight-not-used", .input, what: "The design does not use the weight \"\(name)\"",
            why: "the weighting makes the weight of the design; the design names \"\(design)\"",
            fix: "write \"weight: \(name)\" in the design, or correct the name here")
    }

    static func baseIsWeight(_ name: String) -> Problem {
        Problem(
            "study.base-is-weight", .input, what: "\"\(name)\" cannot be its own base weight",
            why: "the weighting makes a new weight from a column of the file", fix: "give the new weight another name")
    }

    static func severalSteps(_ count: Int) -> Problem {
        Problem(
            "study.several-steps", .input, what: "A step of the weighting has \(count) kinds",
            why: "each entry of the list is one step of one kind; found \(count)",
            fix: "write each step as an entry of its own, such as \"- rake: {targets: targets.csv}\"")
    }

    static func noRespondentCodes() -> Problem {
        Problem(
            "study.no-respondent-codes", .input, what: "No outcome code is a respondent",
            why: "respondents stand for the others of their cell; the class \"respondent\" is empty",
            fix: "add a line such as \"respondent: [110, 120]\"")
    }

    static func noTrimLimit() -> Problem {
        Problem(
            "study.no-trim-limit", .input, what: "The trimming has no limit",
            why: "at least one of max, min and deff must be given; found none", fix: "add a limit such as \"max: 5\"")
    }

    static func trimLimitsReversed(least: Double, greatest: Double) -> Problem {
        Problem(
            "study.trim-limits", .input, what: "The limits of the trimming are no range",
            why: "min must be below max; found \(JSONText.shortest(least)) and \(JSONText.shortest(greatest))",
            fix: "correct one of the two")
    }

    static func withoutStop(_ key: String) -> Problem {
        Problem(
            "study.without-stop", .input, what: "\"\(key)\" goes with \"stop: cells\" only",
            why: "without it a raking ends when every margin is met to a billionth",
            fix: "delete the line, or add \"stop: cells\"")
    }

    static func wavesWithoutTargets(_ waves: [String]) -> Problem {
        Problem(
            "study.waves-without-targets", .input, what: "Not every wave has targets",
            why: "a list by wave has a file for each; there is none for \(list: waves)",
            fix: "add the waves, or name one file for all")
    }

    static func notAboveZero(_ value: Double) -> Problem {
        Problem(
            "study.not-above-zero", .input, what: "\(JSONText.shortest(value)) is too small",
            why: "this number must be above 0; found \(JSONText.shortest(value))", fix: "give a number such as 3")
    }
}
