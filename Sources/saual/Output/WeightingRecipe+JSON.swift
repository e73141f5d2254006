internal import SurveyProblems
internal import SurveyWeighting

/// A recipe as JSON: in the study file beside its weight, and beside a data file.
extension WeightingRecipe {
    /// The recipe with its targets in full, so that weights can be made again from the same rows.
    func json(targets: [String: WeightingTargets]) -> JSONText {
        var fields: [(String, JSONText)] = [("base", base.map { .string($0) } ?? .null)]
        if !baseFactors.isEmpty { fields.append(("base factors", baseFactors.json)) }
        fields.append(("steps", .array(steps.map { WeightingRecipe.json($0, targets: targets) })))
        if !balance.isEmpty { fields.append(("balance", .texts(balance))) }
        return .object(fields)
    }

    private static func json(_ step: Step, targets: [String: WeightingTargets]) -> JSONText {
        let (name, fields): (String, [(String, JSONText)]) =
            switch step {
            case .nonresponse(let step):
                (
                    "nonresponse",
                    [
                        ("cells", .texts(step.cells)), ("outcome", .string(step.outcome)),
                        ("classes", step.classes.json), ("rate", .string(step.rate.rawValue)),
                    ]
                )
            case .eligibility(let step):
                (
                    "eligibility",
                    [
                        ("cells", .texts(step.cells)), ("outcome", .string(step.outcome)),
                        ("classes", step.classes.json), ("rate", .string(step.rate.rawValue)),
                    ]
                )
            case .propensity(let step): ("propensity", step.fields)
            case .trim(let step): ("trim", step.fields)
            case .scale(let step):
                ("scale", [("to", step.total.map { .number($0) } ?? .null), ("by", .texts(step.groups))])
            case .combine(let step): ("combine", step.fields)
            case .panel(let step): ("panel", step.fields)
            case .calibrate(let step): (step.method.rawValue, step.fields(targets))
            }
        return .object([(name, .object(fields))])
    }
}

extension JSONText {
    static func texts(_ texts: [String]) -> JSONText { .array(texts.map { .string($0) }) }
}

extension BaseFactors {
    fileprivate var json: JSONText {
        .object([
            ("probabilities", .texts(probabilities)), ("strata", .texts(strata)),
            ("population", population.map { .string($0) } ?? .null), ("times", .texts(multipliers)),
            ("at most", greatestMultiplier.map { .number($0) } ?? .null),
        ])
    }
}

extension OutcomeMap {
    fileprivate var json: JSONText {
        guard case .codes(let codes) = self else { return .string("aapor") }
        return .object(
            OutcomeClass.allCases.map { outcome in
                (outcome.rawValue, .texts(codes.filter { $0.value == outcome }.keys.sorted()))
            })
    }
}

extension PropensityAdjustment {
    fileprivate var fields: [(String, JSONText)] {
        var fields: [(String, JSONText)] = [
            ("outcome", .string(outcome)), ("classes", classes.json), ("categories", .texts(categories)),
            ("numbers", .texts(numbers)), ("weighted", .bool(isWeighted)),
        ]
        if let classCount { fields.append(("groups", .integer(classCount))) }
        return fields
    }
}

extension PanelAdjustment {
    fileprivate var fields: [(String, JSONText)] {
        var fields: [(String, JSONText)] = [
            ("earlier", earlier.map { .string($0) } ?? .null), ("key", .string(key)),
            ("weight", weight.map { .string($0) } ?? .null), ("cells", .texts(cells)),
            ("categories", .texts(categories)), ("numbers", .texts(numbers)), ("rate", .string(rate.rawValue)),
            ("newcomers", .string(newcomers.rawValue)),
        ]
        if !earlierOfWave.isEmpty {
            let pairs = earlierOfWave.sorted { $0.key < $1.key }
            fields.append(("from", .object(pairs.map { ($0.key, .string($0.value)) })))
        }
        if let classCount { fields.append(("groups", .integer(classCount))) }
        if let outcome { fields += [("outcome", .string(outcome)), ("classes", classes.json)] }
        return fields
    }
}

extension Trimming {
    fileprivate var fields: [(String, JSONText)] {
        var fields: [(String, JSONText)] = [
            ("max", .optional(greatest)), ("min", .optional(least)), ("of", .string(scale.rawValue)),
            ("spread", .string(spread.rawValue)), ("once", .bool(isOnce)),
        ]
        if let designEffect { fields.append(("deff", .number(designEffect))) }
        if !groups.isEmpty { fields.append(("by", .texts(groups))) }
        if keepsMargins { fields.append(("keep margins", .bool(true))) }
        return fields
    }
}

extension WeightCombination {
    fileprivate var fields: [(String, JSONText)] {
        var fields: [(String, JSONText)] = []
        if let source {
            fields.append(("samples", .string(source)))
            fields.append(("shares", shares.json))
        }
        if let overlap { fields += [("overlap", .string(overlap)), ("codes", .texts(overlapCodes))] }
        if let multiplicity { fields.append(("multiplicity", .string(multiplicity))) }
        return fields
    }
}

extension WeightCombination.Shares {
    fileprivate var json: JSONText {
        switch self {
        case .equal: .string("equal")
        case .rows: .string("n")
        case .effectiveRows: .string("effective")
        case .given(let given): .object(given.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })
        }
    }
}

extension WeightingRecipe.CalibrationStep {
    fileprivate func fields(_ targets: [String: WeightingTargets]) -> [(String, JSONText)] {
        var fields: [(String, JSONText)] = [("targets", .string(String(self.targets.split(separator: "/").last ?? "")))]
        if case .cells(let epsilon, let sweeps) = rule, method == .rake {
            fields += [("stop", .string("cells")), ("epsilon", .number(epsilon)), ("maxit", .integer(sweeps))]
        }
        if isPartial { fields.append(("partial", .bool(true))) }
        if rescalesMargins || method == .calibrate && general.rescalesMargins {
            fields.append(("rescale margins", .string("first")))
        }
        if whenInfeasible != .refuse { fields.append(("when infeasible", .string(whenInfeasible.rawValue))) }
        if method == .calibrate { fields += general.fields }
        fields.append(("margins", targets[self.targets]?.marginsJSON ?? .array([])))
        guard method == .calibrate else { return fields }
        fields.append(("numbers", targets[self.targets]?.numbersJSON ?? .array([])))
        if let file = general.clusterTargets {
            fields += [
                ("cluster targets", .string(String(file.split(separator: "/").last ?? ""))),
                ("cluster margins", targets[file]?.marginsJSON ?? .array([])),
                ("cluster numbers", targets[file]?.numbersJSON ?? .array([])),
            ]
        }
        return fields
    }
}

extension GeneralCalibration {
    /// The rules of a general calibration that are not the default.
    fileprivate var fields: [(String, JSONText)] {
        var fields: [(String, JSONText)] = []
        if let distance { fields.append(("distance", .string(distance.rawValue))) }
        if let bounds {
            fields += [
                ("bounds", .array([bounds.low, bounds.high].map { $0.isFinite ? .number($0) : .null })),
                ("bounds on", .string(bounds.scale.rawValue)),
            ]
        }
        if let cluster { fields.append(("by cluster", .string(cluster))) }
        if let cost { fields.append(("q", .string(cost))) }
        if isPrescaled { fields.append(("prescale", .bool(true))) }
        if isForced { fields.append(("force", .bool(true))) }
        if case .rSurvey(let epsilon, let steps) = rule {
            fields += [("stop", .string("r")), ("epsilon", .number(epsilon)), ("maxit", .integer(steps))]
        }
        return fields
    }
}

extension WeightingTargets {
    fileprivate var marginsJSON: JSONText {
        .array(
            margins.map { margin in
                .object([
                    ("variables", .texts(margin.variables)),
                    (
                        "categories",
                        .array(
                            margin.categories.map { category in
                                .array(
                                    [.texts(category.codes), .number(category.total)]
                                        + WeightingTargets.json(category.standardError))
                            })
                    ),
                ])
            })
    }

    fileprivate var numbersJSON: JSONText {
        .array(
            numericTotals.map { total in
                .array(
                    [
                        .string(total.variable), .texts(total.partVariables), .texts(total.partCodes),
                        .number(total.total),
                    ]
                        + WeightingTargets.json(total.standardError))
            })
    }

    /// A standard error stands behind its total, where there is one.
    private static func json(_ error: Double) -> [JSONText] { error > 0 ? [.number(error)] : [] }
}
