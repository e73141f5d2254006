internal import SurveyDesign
internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveyProblems
internal import SurveyReport
internal import SurveySchema
internal import SurveyStudy
internal import SurveyWeighting

/// An explanation as lines for people, or as `explain/1`.
struct ExplanationOutput {
    private let explanation: Explanation
    private let language: Language
    private let words: ExplanationWords

    init(_ explanation: Explanation, in language: Language) {
        self.explanation = explanation
        self.language = language
        words = .in(language)
    }

    func text(_ format: String) -> String { format == "json" ? json.line + "\n" : lines }

    // MARK: For machines

    private var json: JSONText {
        let definition = explanation.definition
        var fields: [(String, JSONText)] = [
            ("saual", .string("explain/1")), ("program", .string("saual \(Versions.saual)")),
            ("study", .string(explanation.study.id)), ("id", .string(explanation.id)),
            ("indicator", .string(definition.id)), ("definition", .string("\(definition.id)@\(definition.version)")),
            ("name", .string(definition.name.text(in: language) ?? definition.id)),
            ("by", .object(explanation.by.map { ($0.variable, .string($0.category)) })),
            ("display", .string(explanation.display.rawValue)),
            ("reasons", .array(explanation.reasons.map { .string($0.rawValue) })), ("figure", figure),
            (
                "formula",
                .object([
                    ("kind", .string(formula.kind)), ("expression", .string(formula.expression)),
                    ("words", .string(formula.words)),
                ])
            ),
            ("unit", .string(definition.unit)),
            ("base", .string(explanation.base.text(in: language) ?? definition.baseExpression)),
            ("base_expression", definition.parts.isEmpty ? .string(definition.baseExpression) : .null),
            (
                "variables",
                .array(
                    explanation.variables.map {
                        .object([
                            ("name", .string($0.id)), ("text", .string($0.text.text(in: language) ?? "")),
                            ("derived", .bool($0.isDerived)),
                        ])
                    })
            ), ("waves", .array(explanation.waves.map(wave))), ("design", design), ("publication", publication),
            ("programs", .object(Versions.figures.map { ($0.name, .string($0.version)) })),
            ("commands", .array(explanation.commands.map { .string($0) })),
        ]
        if let source = definition.source.text(in: language) { fields.append(("source", .string(source))) }
        return .object(fields)
    }

    private var figure: JSONText {
        switch explanation.subject {
        case .figure(let result):
            guard let estimate = result.figure else { return .null }
            let row = EstimateRow(estimate: estimate, id: result.id, answer: "", by: [])
            return .object(row.fields.filter { !["variable", "answer", "by", "id"].contains($0.0) })
        case .change(let change):
            guard let found = change.change else { return .null }
            return .object([
                ("difference", .optional(found.difference)), ("se", .optional(found.standardError)),
                ("ci_low", .optional(found.low)), ("ci_high", .optional(found.high)), ("level", .number(found.level)),
                ("df", .optional(found.degreesOfFreedom)), ("correlation", .optional(found.correlation)),
                ("p", .optional(found.p)), ("shared_psus", .integer(found.sharedPSUs)),
                ("overlap", .string(found.overlap.rawValue)), ("verdict", .string(found.verdict.rawValue)),
            ])
        }
    }

    private func wave(_ wave: ReportInput.Wave) -> JSONText {
        var fields: [(String, JSONText)] = [
            ("wave", .string(wave.id)), ("file", .string(wave.file)), ("sha256", .string(wave.sha256)),
            ("questionnaire", .string(wave.questionnaire)), ("rows_read", .integer(wave.rowsRead)),
            ("imported", .integer(wave.imported)), ("set_aside", .integer(wave.quarantined)),
            ("strata", .integer(wave.strata)), ("psus", .integer(wave.psus)), ("sum_weights", .number(wave.sumWeights)),
        ]
        if let weighting = wave.weighting {
            let steps = weighting.steps.map { step in
                JSONText.object([
                    ("step", .string(step.name)), ("rows", .integer(step.rows)), ("sum", .number(step.sum)),
                ])
            }
            fields.append(("weighting", .array(steps)))
        }
        return .object(fields)
    }

    private var design: JSONText {
        let design = explanation.study.design
        return .object(
            [
                ("strata", .array(design.strata.map { .string($0) })), ("psu", .array(design.psu.map { .string($0) })),
                ("fpc", design.fpc.map { .string($0) } ?? .null),
                ("weight", design.weight.map { .string($0) } ?? .null),
                ("nest", .bool(design.isNested)), ("lonely_psu", .string(design.lonelyPSU.rawValue)),
                ("complete", explanation.study.complete.map { .string($0) } ?? .null),
            ] + design.details)
    }

    private var publication: JSONText {
        let rules = explanation.study.publication
        return .object([
            ("minimum_base", .integer(rules.minimumBase)), ("low_base", .integer(rules.lowBase)),
            ("minimum_psus", .integer(rules.minimumPSUs)), ("share_standard", .string(rules.shareStandard.rawValue)),
        ])
    }

    // MARK: The formula

    private var formula: (kind: String, expression: String, words: String) {
        switch explanation.definition.formula {
        case .share(let condition): return ("share", condition.source, "\(words.share): \(condition.source)")
        case .mean(let number): return ("mean", number.source, "\(words.mean): \(number.source)")
        case .ratio(let numerator, let denominator):
            let expression = "(\(numerator.source)) / (\(denominator.source))"
            return ("ratio", expression, "\(words.ratio): \(numerator.source) / \(denominator.source)")
        case .quantile(let number, let p):
            let at = JSONText.shortest(p)
            return ("quantile", "\(number.source); \(at)", "\(words.quantile) \(at): \(number.source)")
        case .composite(let parts):
            let sum = parts.map { "\(JSONText.shortest($0.coefficient)) × \($0.indicator)" }.joined(separator: " + ")
            return ("composite", sum, "\(words.composite): \(sum)")
        case .score(let indicator, let scale):
            let full = JSONText.shortest(scale.full)
            let expression =
                "\(indicator); \(full), \(scale.steps), \(scale.between.rawValue), \(scale.belowHalf.rawValue)"
            return ("score", expression, "\(words.score): \(indicator) (100 % = \(full), \(scale.steps))")
        }
    }

    // MARK: For people

    private var lines: String {
        let definition = explanation.definition
        var rows: [(label: String, lines: [String])] = [
            ("id", [explanation.id]),
            (words.indicator, [definition.name.text(in: language) ?? definition.id, definition.id]),
            (words.definition, ["\(definition.id)@\(definition.version)"]),
            (words.wave, [waves]), (words.group, group), (words.value, value), (words.publication, published),
            (words.formula, [formula.words]),
            (
                words.base,
                [explanation.base.text(in: language) ?? ""]
                    + (definition.parts.isEmpty ? [definition.baseExpression] : [])
            ),
        ]
        rows.append((words.variables, explanation.variables.map { "\($0.id): \($0.text.text(in: language) ?? "")" }))
        if let source = definition.source.text(in: language) { rows.append((words.source, [source])) }
        for wave in explanation.waves {
            let name = explanation.waves.count > 1 ? " \(wave.id)" : ""
            rows.append((words.rows + name, self.rows(of: wave)))
            rows.append((words.weight + name, weight(of: wave)))
            rows.append((words.file + name, [wave.file, "SHA-256 \(wave.sha256)"]))
            rows.append((words.questionnaire + name, [wave.questionnaire]))
        }
        rows.append((words.design, designLines))
        rows.append((words.programs, [Versions.figures.map { "\($0.name) \($0.version)" }.joined(separator: ", ")]))
        rows.append((words.again, explanation.commands))
        let width = rows.map { Terminal.width(of: $0.label) }.max() ?? 0
        var text = ""
        for (label, lines) in rows where !lines.isEmpty {
            for (number, line) in lines.enumerated() {
                let start = number == 0 ? label : ""
                text += start + String(repeating: " ", count: width - Terminal.width(of: start) + 2)
                text += Terminal.harmless(line) + "\n"
            }
        }
        return text
    }

    private var waves: String {
        switch explanation.subject {
        case .figure(let result): result.wave
        case .change(let change): "\(change.fromWave) → \(change.toWave)"
        }
    }

    private var group: [String] {
        if explanation.by.isEmpty { return [words.whole] }
        return zip(explanation.by, explanation.labels).map { group, label in
            let variable = label.variable.text(in: language) ?? group.variable
            return "\(variable): \(label.category.text(in: language) ?? group.category)"
                + " (\(group.variable) = \(group.category))"
        }
    }

    private var value: [String] {
        switch explanation.subject {
        case .figure(let result):
            guard let estimate = result.figure else { return [words.withheld] }
            var lines = [estimate.value.map(number) ?? words.none]
            if let low = estimate.low, let high = estimate.high {
                let method = estimate.intervalMethod.map { " (\($0))" } ?? ""
                let level = PlainNumber.text(estimate.level * 100, decimals: 0, in: language)
                lines.append("\(words.interval) \(level)%: \(number(low)) – \(number(high))\(method)")
            }
            if let error = estimate.standardError { lines.append("\(words.error): \(number(error))") }
            if let freedom = estimate.degreesOfFreedom {
                lines.append("\(words.freedom): \(JSONText.shortest(freedom))")
            }
            if !estimate.flags.isEmpty {
                lines.append(estimate.flags.map(\.rawValue).joined(separator: ", "))
            }
            return lines
        case .change(let change):
            guard let found = change.change else { return [words.withheld] }
            var lines = [found.difference.map(number) ?? words.none]
            if let low = found.low, let high = found.high {
                lines.append("\(words.interval): \(number(low)) – \(number(high))")
            }
            if let error = found.standardError { lines.append("\(words.error): \(number(error))") }
            lines.append(found.verdict.rawValue)
            return lines
        }
    }

    private func number(_ value: Double) -> String {
        let definition = explanation.definition
        return definition.isFraction
            ? PlainNumber.percent(value, in: language) : PlainNumber.text(value, in: language)
    }

    private var published: [String] {
        let rules = explanation.study.publication
        var lines = [words.display(explanation.display)]
        lines += explanation.reasons.map { words.reason($0, rules) }
        return lines
    }

    private func rows(of wave: ReportInput.Wave) -> [String] {
        var lines = [
            "\(words.read): \(wave.rowsRead)", "\(words.imported): \(wave.imported)",
            "\(words.setAside): \(wave.quarantined)",
        ]
        if let complete = explanation.study.complete { lines.append("\(words.interviews): \(complete)") }
        if case .figure(let result) = explanation.subject {
            if let estimate = result.figure {
                lines.append("\(words.inBase): \(estimate.nBase)")
                if case .share = result.definition.formula { lines.append("\(words.inSet): \(estimate.n)") }
                lines.append("\(words.psusOfBase): \(estimate.psus)")
                let weights = PlainNumber.text(estimate.sumWeights, decimals: 1, in: language)
                lines.append("\(words.weightsOfBase): \(weights)")
            } else {
                lines.append("\(words.inBase): \(words.withheld)")
            }
        }
        return lines
    }

    private func weight(of wave: ReportInput.Wave) -> [String] {
        func sum(_ value: Double) -> String { PlainNumber.text(value, decimals: 1, in: language) }
        var lines = (wave.weighting?.steps ?? []).map { "\($0.name): \(words.sum) \(sum($0.sum))" }
        lines.append("\(explanation.study.design.weight ?? words.noColumn): \(words.sum) \(sum(wave.sumWeights))")
        return lines
    }

    private var designLines: [String] {
        let design = explanation.study.design
        func names(_ names: [String]) -> String { names.isEmpty ? words.noColumn : names.joined(separator: " × ") }
        func counts(_ count: (ReportInput.Wave) -> Int) -> String {
            explanation.waves.map { String(count($0)) }.joined(separator: ", ")
        }
        var lines = [
            "\(words.strata): \(names(design.strata)) (\(counts(\.strata)))",
            "\(words.psus): \(names(design.psu)) (\(counts(\.psus)))",
        ]
        if let fpc = design.fpc { lines.append("\(words.populationSize): \(fpc)") }
        if design.isNested { lines.append(words.nested) }
        lines.append("\(words.lonely): \(design.lonelyPSU.rawValue)")
        lines += design.details.map { "\($0.0): \($0.1.line)" }
        return lines
    }
}
