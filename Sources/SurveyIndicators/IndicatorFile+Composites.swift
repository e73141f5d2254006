internal import SurveyProblems
internal import SurveySchema
internal import SurveyYAML

/// Entries that are made of other indicators.
extension IndicatorFile {
    /// Keys that say of whom a figure speaks; a composite has the bases of its parts.
    private static let baseKeys = ["base", "where"]

    /// `mean of`, `weighted mean of` and `difference of`.
    func composite(_ formula: String, _ map: YAMLMap) -> IndicatorForm? {
        refuse(IndicatorFile.baseKeys + ["scale"], in: map, with: formula)
        guard let node = map.node(formula) else { return nil }
        var parts: [(part: IndicatorDefinition.Part, mark: YAMLMark)] = []
        switch formula {
        case "weighted mean of":
            guard let weights = reader.openMap(node) else { return nil }
            var sum = 0.0
            for entry in weights.entries {
                guard let weight = reader.number(entry.value) else { continue }
                if weight <= 0 { reader.report(.badPartWeight(weight), at: entry.value.mark) }
                sum += weight
                parts.append((IndicatorDefinition.Part(indicator: entry.key, coefficient: weight), entry.keyMark))
            }
            guard parts.count == weights.entries.count else { return nil }
            if !sum.isFinite { reader.report(.badPartWeight(sum), at: node.mark) }
            parts = parts.map { part, mark in
                (IndicatorDefinition.Part(indicator: part.indicator, coefficient: part.coefficient / sum), mark)
            }
        default:
            let names = reader.list(node)
            for (position, item) in names.enumerated() {
                guard let name = reader.text(item) else { continue }
                let coefficient =
                    formula == "mean of" ? 1 / Double(names.count) : position == 0 ? 1.0 : -1.0
                parts.append((IndicatorDefinition.Part(indicator: name, coefficient: coefficient), item.mark))
            }
            guard parts.count == names.count else { return nil }
        }
        var seen: Set<String> = []
        for (part, mark) in parts where !seen.insert(part.indicator).inserted {
            reader.report(.partTwice(part.indicator), at: mark)
        }
        if parts.count < 2 { reader.report(.tooFew(formula, least: 2, found: parts.count), at: node.mark) }
        if formula == "difference of", parts.count > 2 { reader.report(.notTwo(parts.count), at: node.mark) }
        guard parts.count > 1 else { return nil }
        return form(.composite(parts.map(\.part)), marks: parts.map(\.mark))
    }

    /// `score of` with its `scale`.
    func score(_ map: YAMLMap) -> IndicatorForm? {
        refuse(IndicatorFile.baseKeys, in: map, with: "score of")
        let scale = map.node("scale", required: true).flatMap(scale)
        guard let node = map.node("score of"), let part = reader.text(node), let scale else { return nil }
        return form(.score(of: part, scale), marks: [node.mark])
    }

    private func form(_ formula: IndicatorDefinition.Formula, marks: [YAMLMark]) -> IndicatorForm {
        let member = IndicatorForm.Member(
            code: "", label: .empty, formula: formula, base: .everyone, domain: nil)
        return IndicatorForm(kind: nil, members: [member], partMarks: marks)
    }

    private func scale(_ node: YAMLNode) -> ScoreScale? {
        guard let map = reader.map(node, keys: ["full", "steps", "between", "below half"]) else { return nil }
        let full = map.node("full", required: true).flatMap(reader.number)
        let steps = map.node("steps", required: true).flatMap(reader.integer)
        let between = map.node("between").map { reader.choice($0, of: ScoreScale.Between.self) } ?? .floor
        let belowHalf = map.node("below half").map { reader.choice($0, of: ScoreScale.BelowHalf.self) } ?? .continue
        if let full, full <= 0, let node = map.node("full") {
            reader.report(.badScale(node.scalar ?? ""), at: node.mark)
        }
        if let steps, !(1...1000).contains(steps), let node = map.node("steps") {
            reader.report(.badScale(node.scalar ?? ""), at: node.mark)
        }
        guard let full, let steps, let between, let belowHalf else { return nil }
        return ScoreScale(full: full, steps: steps, between: between, belowHalf: belowHalf)
    }
}

extension Problem {
    static func badPartWeight(_ weight: Double) -> Problem {
        Problem(
            "indicators.part-weight", .input, what: "\(JSONText.shortest(weight)) cannot be the weight of a part",
            why:
                "weights of a weighted mean are above 0, and so is their finite sum; found \(JSONText.shortest(weight))",
            fix: "write a number above 0, or use \"difference of\"")
    }

    static func partTwice(_ name: String) -> Problem {
        Problem(
            "indicators.part-twice", .input, what: "\"\(name)\" is a part twice",
            why: "each part may stand once; a part that counts double has the weight 2",
            fix: "delete one of the two, or write \"weighted mean of: {\(name): 2, …}\"")
    }

    static func notTwo(_ found: Int) -> Problem {
        Problem(
            "indicators.not-two", .input, what: "A difference has two parts",
            why: "the second is taken from the first; found \(found) parts", fix: "name two indicators")
    }

    static func badScale(_ found: String) -> Problem {
        Problem(
            "indicators.bad-scale", .input, what: "\(found) does not make a scale",
            why: "\"full\" is above 0 and \"steps\" a whole number from 1 to 1000; found \(found)",
            fix: "write for example \"{full: 2, steps: 10}\"")
    }
}
