internal import SurveyData
internal import SurveyDesign
internal import SurveyIndicators
internal import SurveySchema
internal import SurveyWeighting

/// The lines of the script that compute one wave.
struct WaveScript {
    private(set) var text = ""
    private let wave: VerificationWave
    private var expressions = RExpression()

    init(_ wave: VerificationWave, file: String) {
        self.wave = wave
        text = "\n# Wave \(RText.encoded(wave.id)) " + String(repeating: "-", count: 60) + "\n\n"
        var names = wave.table.columns.map { RText.string($0.name) }
        for step in (wave.calibration?.steps ?? []).indices {
            names += ["\"*before*\(step + 1)\"", "\"*after*\(step + 1)\""]
        }
        for (number, step) in (wave.calibration?.steps ?? []).enumerated() where step.controls != nil {
            names.append("\"*d\(number + 1)\"")
            names += (0..<(step.controls?.controls.count ?? 0)).map { "\"*x\(number + 1).\($0 + 1)\"" }
        }
        line("open_wave(\(RText.string(wave.id)), \(RText.string(file)), c(\(names.joined(separator: ", "))))")
        var needed = wave.definitions.flatMap(\.variables) + wave.definitions.flatMap(routing)
        needed += (wave.complete?.names ?? []) + (wave.calibration?.variables ?? [])
        for variable in wave.questionnaire.derivedVariables(for: needed) { add(variable) }
        addDesign()
        addCalibration()
        for definition in wave.definitions where definition.parts.isEmpty { add(definition) }
        for definition in wave.definitions { addComposite(definition) }
        for definition in wave.definitions { addScore(definition) }
    }

    /// The variables of the routing of a base's question.
    private func routing(_ definition: IndicatorDefinition) -> [String] {
        definition.base.variable.flatMap { wave.questionnaire.question($0)?.when }?.names ?? []
    }

    private mutating func line(_ line: String) { text += line + "\n" }

    /// Writes the assignments that an expression needs before the line that uses it.
    private mutating func flush() {
        for assignment in expressions.lines { line(assignment) }
        expressions = RExpression()
    }

    // MARK: Design

    private mutating func addDesign() {
        let design = wave.design
        func name(_ column: String?) -> String { column.map(RText.string) ?? "NULL" }
        let rule =
            switch design.lonelyPSU {
            case .fail, .collapse: "fail"
            case .certainty: "certainty"
            case .average: "average"
            case .adjust, .adjustZero: "adjust"
            }
        let complete = wave.complete.map { ", complete = \(expressions.condition($0))" } ?? ""
        let centre = design.lonelyPSU == .adjust ? ", centre = \"mean\"" : ""
        flush()
        line(
            "set_design(strata = \(RText.strings(design.strata)), psu = \(RText.strings(design.psu)), "
                + "weight = \(name(design.weight)), fpc = \(name(design.fpc)), nest = \(RText.truth(design.isNested)), "
                + "lonely = \"\(rule)\"\(centre)\(complete))")
    }

    /// The steps by which the weights were fitted; with one step, the totals that the study gives.
    private mutating func addCalibration() {
        guard let record = wave.calibration, !record.steps.isEmpty else { return }
        let steps = record.steps.map { step in
            if let controls = step.controls {
                return "list(method = \"calibrate\", margins = list(), numbers = \(controls.controls.count))"
            }
            let margins = step.margins.map { RText.strings($0) }.joined(separator: ", ")
            var text = "list(method = \"\(step.method.rawValue)\", margins = list(\(margins))"
            if record.steps.count == 1, let totals = totals(of: step) {
                text += ",\n    totals = list(\(totals.joined(separator: ",\n      ")))"
            }
            return text + ")"
        }
        let isChain = record.isChain(endingIn: finalWeights)
        line("calibrated(list(\n  \(steps.joined(separator: ",\n  "))), is_chain = \(RText.truth(isChain)))")
    }

    /// The weights that the design names, 0 in rows that are no interviews.
    private var finalWeights: [Double] {
        guard let name = wave.design.weight, let column = wave.table[name], case .numbers(let values, _) = column.values
        else { return [] }
        return values
    }

    /// The totals of a step by category, for each margin; nil where the summary does not have all.
    private func totals(of step: CalibrationRecord.Step) -> [String]? {
        var vectors: [String] = []
        for margin in step.margins {
            let label = margin.joined(separator: "*")
            let own = (wave.weighting?.margins ?? []).filter { $0.variable == label }
            guard !own.isEmpty else { return nil }
            let totals = own.map { total in
                let codes = margin.count > 1 ? total.category.split(separator: "*").map(String.init) : [total.category]
                return "\"\(RText.key(codes))\" = \(RText.number(total.target))"
            }
            vectors.append("c(\(totals.joined(separator: ", ")))")
        }
        return vectors
    }

    // MARK: Derived variables

    private mutating func add(_ variable: DerivedVariable) {
        let id = RText.string(variable.id)
        switch variable.definition {
        case .cut(let source, let limits):
            line(
                "derive_cut(\(id), of = \(RText.string(source)), at = \(RText.numbers(limits)), "
                    + "codes = \(RText.strings(variable.answers.map(\.code))))")
        case .number(let expression):
            let value = expressions.number(expression)
            let why = expressions.reason(expression)
            flush()
            line("derive_number(\(id), \(value), \(why))")
        case .cases(let rules):
            var conditions: [String] = []
            for rule in rules { conditions.append(expressions.condition(rule.condition)) }
            flush()
            line(
                "derive_cases(\(id), \(RText.strings(rules.map(\.answer))), list(\n  "
                    + conditions.joined(separator: ",\n  ") + "),\n  of = \(RText.strings(variable.names)))")
        }
    }

    // MARK: Figures

    private mutating func add(_ definition: IndicatorDefinition) {
        let by = by(definition) + (definition.hasBounds ? ", bounds = TRUE" : "")
        let id = RText.string(definition.id)
        switch definition.formula {
        case .share(let expression):
            addFigure("\(id), \"share\", y = \(expressions.condition(expression))", definition, by)
        case .mean(let expression):
            addFigure("\(id), \"mean\", y = \(expressions.number(expression))", definition, by)
        case .ratio(let numerator, let denominator):
            let parts = "y = \(expressions.number(numerator)), x = \(expressions.number(denominator))"
            addFigure("\(id), \"ratio\", \(parts)", definition, by)
        case .quantile(let expression, let p):
            let parts = "y = \(expressions.number(expression)), p = \(RText.number(p))"
            addFigure("\(id), \"quantile\", \(parts)", definition, by)
        case .composite, .score: break
        }
    }

    /// A composite of composites is a sum of figures that are made of answers.
    private mutating func addComposite(_ definition: IndicatorDefinition) {
        guard case .composite = definition.formula else { return }
        let terms = CompositeTerms(of: definition, among: wave.definitions).terms
        guard !terms.isEmpty else { return }
        line(
            "composite(\(RText.string(definition.id)), parts = \(RText.strings(terms.map(\.indicator))),\n  "
                + "coefficients = \(RText.numbers(terms.map(\.coefficient))), \(by(definition)))")
    }

    private mutating func addScore(_ definition: IndicatorDefinition) {
        guard case .score(let part, let scale) = definition.formula else { return }
        line(
            "score(\(RText.string(definition.id)), of = \(RText.string(part)), full = \(RText.number(scale.full)), "
                + "steps = \(scale.steps), between = \"\(scale.between.rawValue)\", "
                + "below_half = \"\(scale.belowHalf.rawValue)\", \(by(definition)))")
    }

    private func by(_ definition: IndicatorDefinition) -> String {
        "by = list(\(definition.breakdowns.map { RText.strings($0) }.joined(separator: ", ")))"
    }

    private mutating func addFigure(_ start: String, _ definition: IndicatorDefinition, _ by: String) {
        var parts = [start]
        let base = base(of: definition)
        if !base.domain.isEmpty {
            let domain = base.domain.count == 1 ? base.domain[0] : "all_true(\(base.domain.joined(separator: ", ")))"
            parts.append("domain = \(domain)")
        }
        if let answered = base.answered { parts.append("answered = \(answered)") }
        flush()
        line("indicator(\((parts + [by]).joined(separator: ",\n  ")))")
    }

    /// Conditions of the domain, and who has an answer: Documentation/Publication.md, "Indicators".
    private mutating func base(of definition: IndicatorDefinition) -> (domain: [String], answered: String?) {
        var domain: [String] = []
        if let condition = definition.domain { domain.append(expressions.condition(condition)) }
        guard let name = definition.base.variable else { return (domain, nil) }
        let quoted = RText.string(name)
        if let question = wave.questionnaire.question(name) {
            domain.append("was_asked(\(quoted))")
            // Where routing is itself unknown, an answer shows that the question was put.
            if let routing = question.when { domain.append("not_false(\(expressions.condition(routing)))") }
        }
        guard case .answered = definition.base else { return (domain, nil) }
        return (domain, "is_answered(\(quoted))")
    }
}

extension IndicatorDefinition.Base {
    /// The question or derived variable that the base names.
    var variable: String? {
        switch self {
        case .everyone: nil
        case .asked(let name), .answered(let name): name
        }
    }
}
