internal import SurveyDesign
internal import SurveyProblems

extension ReplicatePlan {
    /// What is said of replicates, as part of what a figure is identified by.
    var json: JSONText {
        var fields: [(String, JSONText)] = []
        if let method { fields.append(("method", .string(method.name))) }
        switch source {
        case .made(_, let count, let seed):
            if let count { fields.append(("asked", .integer(count))) }
            if let seed { fields.append(("seed", .string(String(seed)))) }
        case .given(let given):
            fields.append(("columns", .array(given.names.map { .string($0) })))
            if given.areFactors { fields.append(("factors", .bool(true))) }
            if let scale = given.scale { fields.append(("scale", .number(scale))) }
            if let scales = given.scales { fields.append(("scales", .array(scales.map { .number($0) }))) }
        }
        return .object(fields + rules)
    }

    fileprivate var rules: [(String, JSONText)] {
        [
            ("mse", .bool(centresOnEstimate)), ("df", .string(degreesOfFreedom.rawValue)),
            ("recalibrate", .bool(recalibrates)),
        ]
    }
}

extension ReplicateWeights {
    /// How they were made, for whoever wants the same ones again.
    var json: JSONText {
        var fields: [(String, JSONText)] = []
        if let method = plan.method { fields.append(("method", .string(method.name))) }
        if case .given(let given) = plan.source {
            fields.append(("given", .bool(true))); fields.append(("factors", .bool(given.areFactors)))
        }
        fields.append(("n", .integer(count)))
        if let seed = plan.seed { fields.append(("seed", .string(String(seed)))) }
        fields.append(("scale", .number(scale)))
        return .object(fields + plan.rules)
    }
}
