internal import SurveyProblems
internal import SurveyWeighting
internal import SurveyYAML

/// Base weights, and the steps of a recipe that look at issued cases, scale or combine.
extension YAMLReader {
    /// Takes `base: COLUMN`, or a map with what the base weight is made of.
    func baseWeight(_ map: YAMLMap) -> (column: String?, factors: BaseFactors) {
        guard let node = map.node("base"), node.map != nil else { return (map.text("base"), BaseFactors()) }
        let keys = ["weight", "probabilities", "strata", "population", "times", "at most"]
        guard let own = self.map(node, keys: keys) else { return (nil, BaseFactors()) }
        let factors = BaseFactors(
            probabilities: names(own.node("probabilities")), strata: names(own.node("strata")),
            population: own.text("population"), multipliers: names(own.node("times")),
            greatestMultiplier: own.node("at most").flatMap(positive))
        if let mark = own.keyMark("strata"), factors.population == nil {
            report(.alone("strata", with: "population"), at: mark)
        }
        if let mark = own.keyMark("at most"), factors.multipliers.isEmpty {
            report(.alone("at most", with: "times"), at: mark)
        }
        return (own.text("weight"), factors)
    }

    func eligibility(_ node: YAMLNode) -> EligibilityAdjustment? {
        guard let map = map(node, keys: ["cells", "outcome", "classes", "rate"]) else { return nil }
        let cells = names(map.node("cells"))
        let outcome = map.text("outcome", required: true)
        let classes = map.node("classes", required: true).flatMap(outcomeMap)
        let rate = map.node("rate").flatMap { choice($0, of: NonresponseAdjustment.Rate.self) }
        guard let outcome, let classes else { return nil }
        return EligibilityAdjustment(cells: cells, outcome: outcome, classes: classes, rate: rate ?? .weighted)
    }

    func propensity(_ node: YAMLNode) -> PropensityAdjustment? {
        let keys = [
            "outcome", "classes", "categories", "numbers", "groups", "weighted", "minimum respondents",
            "greatest factor",
        ]
        guard let map = map(node, keys: keys) else { return nil }
        let outcome = map.text("outcome", required: true)
        let classes = map.node("classes", required: true).flatMap(outcomeMap)
        let (categories, numbers) = (names(map.node("categories")), names(map.node("numbers")))
        if categories.isEmpty, numbers.isEmpty { report(.noPredictors(), at: node.mark) }
        guard let outcome, let classes else { return nil }
        var step = PropensityAdjustment(outcome: outcome, classes: classes, categories: categories, numbers: numbers)
        if let groups = map.node("groups"), let count = integer(groups) {
            if !(2...100).contains(count) { report(.wrongGroups(count), at: groups.mark) }
            step.classCount = count
        }
        step.isWeighted = map.bool("weighted") ?? true
        if let least = map.node("minimum respondents"), let value = integer(least) {
            if value < 1 { report(.notPositive(value), at: least.mark) }
            step.fewestRespondents = value
        }
        if let greatest = map.node("greatest factor"), let value = positive(greatest) { step.greatestFactor = value }
        return step
    }

    /// Takes `{to: n}` or `{to: NUMBER}`, with the groups that are scaled one by one.
    func scaling(_ node: YAMLNode) -> WeightScaling? {
        guard let map = map(node, keys: ["to", "by"]) else { return nil }
        var step = WeightScaling(groups: names(map.node("by")))
        if let to = map.node("to", required: true), to.scalar != "n" { step.total = positive(to) }
        return step
    }

    func combination(_ node: YAMLNode) -> WeightCombination? {
        guard let map = map(node, keys: ["samples", "shares", "overlap", "multiplicity"]) else { return nil }
        var step = WeightCombination(source: map.text("samples"), multiplicity: map.text("multiplicity"))
        if step.source == nil, step.multiplicity == nil { report(.nothingCombined(), at: node.mark) }
        for key in ["shares", "overlap"] where step.source == nil {
            if let mark = map.keyMark(key) { report(.alone(key, with: "samples"), at: mark) }
        }
        if let shares = map.node("shares") { step.shares = self.shares(shares) ?? .effectiveRows }
        guard let overlap = map.node("overlap"), let parts = openMap(overlap) else { return step }
        guard parts.entries.count == 1, let entry = parts.entries.first else {
            report(.oneOverlap(parts.entries.count), at: overlap.mark)
            return step
        }
        step.overlap = entry.key
        step.overlapCodes = (entry.value.list ?? [entry.value]).compactMap { text($0) }
        return step
    }

    /// Takes `equal`, `n`, `effective`, or `{SAMPLE: share}`.
    private func shares(_ node: YAMLNode) -> WeightCombination.Shares? {
        guard node.map != nil else {
            guard let word = text(node) else { return nil }
            switch word {
            case "equal": return .equal
            case "n": return .rows
            case "effective": return .effectiveRows
            default:
                report(.unknownWord(word, known: ["equal", "n", "effective"]), at: node.mark)
                return nil
            }
        }
        guard let parts = openMap(node) else { return nil }
        var given: [String: Double] = [:]
        for entry in parts.entries { given[entry.key] = positive(entry.value) }
        let sum = given.values.sorted().reduce(0, +)
        if abs(sum - 1) > 1e-9 { report(.sharesOff(sum), at: node.mark) }
        return .given(given)
    }

    func whenInfeasible(_ map: YAMLMap) -> WhenInfeasible {
        map.node("when infeasible").flatMap { choice($0, of: WhenInfeasible.self) } ?? .refuse
    }
}

extension Problem {
    static func alone(_ key: String, with other: String) -> Problem {
        Problem(
            "study.key-alone", .input, what: "\"\(key)\" has nothing to act on",
            why: "it goes with \"\(other)\", which is not there", fix: "add \"\(other)\", or delete the line")
    }

    static func noPredictors() -> Problem {
        Problem(
            "study.no-predictors", .input, what: "The propensity has no predictors",
            why: "the regression of response needs categories or numbers; found none",
            fix: "add a line such as \"categories: [region, settlement]\"")
    }

    static func wrongGroups(_ count: Int) -> Problem {
        Problem(
            "study.wrong-groups", .input, what: "\(count) groups of the propensity cannot be made",
            why: "there are from 2 to 100 groups; found \(count)",
            fix: "write \"groups: 5\", or delete the line to divide by the propensity itself")
    }

    static func nothingCombined() -> Problem {
        Problem(
            "study.nothing-combined", .input, what: "Nothing is combined",
            why: "a step \"combine\" names the variable of the samples, or the column of the multiplicity",
            fix: "add a line such as \"samples: wave\"")
    }

    static func oneOverlap(_ count: Int) -> Problem {
        Problem(
            "study.one-overlap", .input, what: "The overlap is one variable with its codes",
            why: "it says where the samples could have drawn the same people; found \(count) entries",
            fix: "write for example \"overlap: {domain: [both]}\"")
    }

    static func sharesOff(_ sum: Double) -> Problem {
        Problem(
            "study.shares-off", .input, what: "The shares of the samples do not add up to 1",
            why: "together they stand for the population once; the sum is \(JSONText.shortest(sum))",
            fix: "correct the shares")
    }

    static func wrongTrimEffect() -> Problem {
        Problem(
            "study.wrong-trim-effect", .input, what: "The design effect of the trimming cannot be reached",
            why: "\"deff\" is above 1 and stands without \"max\", which is searched",
            fix: "write for example \"deff: 1.5\"")
    }

    static func notShare(_ value: Double) -> Problem {
        Problem(
            "study.not-share", .input, what: "\(JSONText.shortest(value)) is no share of the rows",
            why: "with \"of: quantile\" a limit is a share from 0 to 1; found \(JSONText.shortest(value))",
            fix: "write for example \"max: 0.95\"")
    }

    static func onceWithMargins() -> Problem {
        Problem(
            "study.once-with-margins", .input, what: "\"once\" does not go with \"keep margins\"",
            why: "margins are kept by trimming and fitting in turn until both hold", fix: "delete one of the two lines")
    }
}
