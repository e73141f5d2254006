internal import SurveyProblems
internal import SurveyWeighting
internal import SurveyYAML

/// Reads a recipe and its targets from the JSON in which they were kept.
extension WeightingRecipe {
    /// The recipe of a node with `base` and `steps`, whose steps name their targets by number; nil if it is none.
    static func read(
        _ node: YAMLNode, name: String, _ list: [YAMLNode]
    ) -> (recipe: WeightingRecipe, targets: [String: WeightingTargets])? {
        var steps: [Step] = []
        var targets: [String: WeightingTargets] = [:]
        for (number, node) in list.enumerated() {
            guard let entry = node.map?.first else { return nil }
            let value = entry.value
            let step: Step?
            switch entry.key {
            case "nonresponse": step = NonresponseAdjustment(value).map { .nonresponse($0) }
            case "eligibility": step = EligibilityAdjustment(value).map { .eligibility($0) }
            case "propensity": step = PropensityAdjustment(value).map { .propensity($0) }
            case "trim": step = Trimming(value).map { .trim($0) }
            case "scale": step = WeightScaling(value).map { .scale($0) }
            case "combine": step = WeightCombination(value).map { .combine($0) }
            case "panel": step = PanelAdjustment(value).map { .panel($0) }
            case "rake", "poststratify", "calibrate":
                step = CalibrationStep(value, method: entry.key, number: number, into: &targets).map { .calibrate($0) }
            default: step = nil
            }
            guard let step else { return nil }
            steps.append(step)
        }
        let base = node["base"].flatMap { $0.isNull ? nil : $0.scalar }
        var recipe = WeightingRecipe(name: name, base: base, steps: steps)
        if let factors = node["base factors"] {
            guard let read = BaseFactors(factors) else { return nil }
            recipe.baseFactors = read
        }
        return (recipe, targets)
    }
}

extension YAMLNode {
    fileprivate var texts: [String]? { list?.compactMap(\.scalar) }
    fileprivate var number: Double? { isNull ? nil : scalar.flatMap { Double($0) } }
    fileprivate var text: String? { isNull ? nil : scalar }
}

extension BaseFactors {
    fileprivate init?(_ node: YAMLNode) {
        guard let probabilities = node["probabilities"]?.texts, let strata = node["strata"]?.texts,
            let multipliers = node["times"]?.texts
        else { return nil }
        self.init(
            probabilities: probabilities, strata: strata, population: node["population"]?.text,
            multipliers: multipliers, greatestMultiplier: node["at most"]?.number)
    }
}

extension OutcomeMap {
    fileprivate init?(_ node: YAMLNode?) {
        guard let node else { return nil }
        guard let entries = node.map else {
            self = .aapor
            return
        }
        var codes: [String: OutcomeClass] = [:]
        for entry in entries {
            guard let outcome = OutcomeClass(rawValue: entry.key) else { return nil }
            for code in entry.value.list ?? [] { codes[code.scalar ?? ""] = outcome }
        }
        self = .codes(codes)
    }
}

extension NonresponseAdjustment {
    fileprivate init?(_ node: YAMLNode) {
        guard let cells = node["cells"]?.texts, let outcome = node["outcome"]?.scalar,
            let rate = node["rate"]?.scalar.flatMap({ Rate(rawValue: $0) }), let classes = OutcomeMap(node["classes"])
        else { return nil }
        self.init(cells: cells, outcome: outcome, classes: classes, rate: rate)
    }
}

extension EligibilityAdjustment {
    fileprivate init?(_ node: YAMLNode) {
        guard let cells = node["cells"]?.texts, let outcome = node["outcome"]?.scalar,
            let rate = node["rate"]?.scalar.flatMap({ NonresponseAdjustment.Rate(rawValue: $0) }),
            let classes = OutcomeMap(node["classes"])
        else { return nil }
        self.init(cells: cells, outcome: outcome, classes: classes, rate: rate)
    }
}

extension PropensityAdjustment {
    fileprivate init?(_ node: YAMLNode) {
        guard let outcome = node["outcome"]?.scalar, let classes = OutcomeMap(node["classes"]),
            let categories = node["categories"]?.texts, let numbers = node["numbers"]?.texts
        else { return nil }
        self.init(
            outcome: outcome, classes: classes, categories: categories, numbers: numbers,
            classCount: node["groups"]?.scalar.flatMap { Int($0) }, isWeighted: node["weighted"]?.scalar == "true")
    }
}

extension PanelAdjustment {
    fileprivate init?(_ node: YAMLNode) {
        guard let key = node["key"]?.scalar, let cells = node["cells"]?.texts,
            let categories = node["categories"]?.texts, let numbers = node["numbers"]?.texts,
            let rate = node["rate"]?.scalar.flatMap({ NonresponseAdjustment.Rate(rawValue: $0) }),
            let newcomers = node["newcomers"]?.scalar.flatMap({ Newcomers(rawValue: $0) })
        else { return nil }
        self.init(
            earlier: node["earlier"]?.text, key: key, weight: node["weight"]?.text, cells: cells, rate: rate,
            newcomers: newcomers)
        (self.categories, self.numbers) = (categories, numbers)
        classCount = node["groups"]?.scalar.flatMap { Int($0) }
        for entry in node["from"]?.map ?? [] { earlierOfWave[entry.key] = entry.value.scalar }
        guard let name = node["outcome"]?.text else { return }
        guard let map = OutcomeMap(node["classes"]) else { return nil }
        (outcome, classes) = (name, map)
    }
}

extension Trimming {
    fileprivate init?(_ node: YAMLNode) {
        guard let scale = node["of"]?.scalar.flatMap({ Scale(rawValue: $0) }),
            let spread = node["spread"]?.scalar.flatMap({ Spread(rawValue: $0) }),
            let isOnce = node["once"]?.scalar.flatMap({ Bool($0) })
        else { return nil }
        self.init(
            greatest: node["max"]?.number, least: node["min"]?.number, of: scale, spread: spread, isOnce: isOnce)
        designEffect = node["deff"]?.number
        groups = node["by"]?.texts ?? []
        keepsMargins = node["keep margins"]?.scalar == "true"
    }
}

extension WeightScaling {
    fileprivate init?(_ node: YAMLNode) {
        guard let groups = node["by"]?.texts else { return nil }
        self.init(total: node["to"]?.number, groups: groups)
    }
}

extension WeightCombination {
    fileprivate init?(_ node: YAMLNode) {
        var shares = Shares.equal
        if let given = node["shares"]?.map {
            var parts: [String: Double] = [:]
            for entry in given {
                guard let share = entry.value.number else { return nil }
                parts[entry.key] = share
            }
            shares = .given(parts)
        } else if let word = node["shares"]?.scalar {
            switch word {
            case "equal": shares = .equal
            case "n": shares = .rows
            case "effective": shares = .effectiveRows
            default: return nil
            }
        }
        self.init(
            source: node["samples"]?.text, shares: shares, overlap: node["overlap"]?.text,
            overlapCodes: node["codes"]?.texts ?? [], multiplicity: node["multiplicity"]?.text)
    }
}

extension WeightingRecipe.CalibrationStep {
    fileprivate init?(
        _ node: YAMLNode, method: String, number: Int, into targets: inout [String: WeightingTargets]
    ) {
        guard let method = CalibrationRecord.Step.Method(rawValue: method),
            let own = WeightingTargets(node["margins"], node["numbers"], file: String(number))
        else { return nil }
        self.init(method: method, targets: own.file)
        targets[own.file] = own
        isPartial = node["partial"]?.scalar == "true"
        rescalesMargins = node["rescale margins"]?.scalar == "first"
        if let word = node["when infeasible"]?.scalar {
            guard let rule = WhenInfeasible(rawValue: word) else { return nil }
            whenInfeasible = rule
        }
        if method == .calibrate {
            guard let rules = GeneralCalibration(node) else { return nil }
            general = rules
            guard node["cluster targets"] != nil else { return }
            guard
                let clusters = WeightingTargets(
                    node["cluster margins"], node["cluster numbers"], file: "\(number) clusters")
            else { return nil }
            general.clusterTargets = clusters.file
            targets[clusters.file] = clusters
            return
        }
        guard node["stop"]?.scalar == "cells" else { return }
        guard let epsilon = node["epsilon"]?.number, let sweeps = node["maxit"]?.scalar.flatMap({ Int($0) }) else {
            return nil
        }
        rule = .cells(epsilon: epsilon, sweeps: sweeps)
    }
}

extension GeneralCalibration {
    fileprivate init?(_ node: YAMLNode) {
        self.init()
        if let word = node["distance"]?.scalar {
            guard let distance = CalibrationDistance(rawValue: word) else { return nil }
            self.distance = distance
        }
        if let limits = node["bounds"]?.list {
            guard limits.count == 2,
                let scale = node["bounds on"]?.scalar.flatMap({ CalibrationBounds.Scale(rawValue: $0) })
            else { return nil }
            bounds = CalibrationBounds(
                low: limits[0].number ?? -.infinity, high: limits[1].number ?? .infinity, on: scale)
        }
        cluster = node["by cluster"]?.text
        cost = node["q"]?.text
        isPrescaled = node["prescale"]?.scalar == "true"
        isForced = node["force"]?.scalar == "true"
        rescalesMargins = node["rescale margins"]?.scalar == "first"
        guard node["stop"]?.scalar == "r" else { return }
        guard let epsilon = node["epsilon"]?.number, let steps = node["maxit"]?.scalar.flatMap({ Int($0) }) else {
            return nil
        }
        rule = .rSurvey(epsilon: epsilon, steps: steps)
    }
}

extension WeightingTargets {
    /// Targets as they were kept; `numbers` may be left out.
    fileprivate init?(_ margins: YAMLNode?, _ numbers: YAMLNode?, file: String) {
        guard let list = margins?.list else { return nil }
        var own: [Margin] = []
        for entry in list {
            guard let variables = entry["variables"]?.texts, let categories = entry["categories"]?.list else {
                return nil
            }
            var read: [Category] = []
            for category in categories {
                guard let parts = category.list, (2...3).contains(parts.count), let codes = parts[0].texts,
                    codes.count == variables.count, let total = parts[1].number, total >= 0, total.isFinite,
                    let error = WeightingTargets.error(parts, at: 2)
                else { return nil }
                var one = Category(codes: codes, total: total)
                one.standardError = error
                read.append(one)
            }
            own.append(Margin(variables: variables, categories: read))
        }
        var totals: [NumericTotal] = []
        for entry in numbers?.list ?? [] {
            guard let parts = entry.list, (4...5).contains(parts.count), let variable = parts[0].scalar,
                let names = parts[1].texts, let codes = parts[2].texts, names.count == codes.count,
                let total = parts[3].number, total.isFinite, let error = WeightingTargets.error(parts, at: 4)
            else { return nil }
            var one = NumericTotal(variable: variable, partVariables: names, partCodes: codes, total: total)
            one.standardError = error
            totals.append(one)
        }
        self.init(file: file, margins: own, numericTotals: totals)
    }

    private static func error(_ parts: [YAMLNode], at place: Int) -> Double? {
        guard parts.count > place else { return 0 }
        return parts[place].number.flatMap { $0 >= 0 && $0.isFinite ? $0 : nil }
    }
}
