public import SurveyData
public import SurveyDesign
public import SurveyEstimation
public import SurveyProblems
public import SurveySchema

/// Computes the indicators of one wave: bases and conditions by row, one tally for all of them, then the publication rules.
///
///     share   Σ w·1(condition) / Σ w   over the base      `everyone`: all rows; `asked Q`: rows to whom Q was put;
///     mean    Σ w·y / Σ w                                  `answered Q`: rows with a valid answer to Q
///     ratio   Σ w·y / Σ w·x
///
/// After `answered` may stand a derived variable: the rows for which it has a value.
///
/// - Shapes: a table with a row for each interview in; one result for the whole and one for each category of each breakdown
///   out, in the order of the definitions, of their breakdowns and of the answer lists.
/// - Missing: in a share, a row whose condition is unknown is in the base and not in the set (`everyone`, `asked`), or out
///   of both (`answered`). Means and ratios take the rows of the base where the numbers are there; `where:` takes the
///   rows where it is true. An answer to a question that routing skips is outside the bases of that question. A category
///   without a single row of the base is left out; rows without an answer in a breakdown variable are in the whole and in
///   none of its categories.
/// - Source: Documentation/Publication.md, "Indicators"; the estimators are those of SurveyEstimation.
public struct IndicatorComputation: Sendable {
    /// The wave's id, which every row carries.
    public let wave: String
    /// The rules of publication; nil means none, for files that never leave the house and say so.
    public let rules: PublicationRules?
    /// The waves of the study in their order, for breaks; empty means this wave alone.
    public var waves: [String] = []
    /// Keeps what changes between waves are made of, at the cost of a number for each figure and PSU.
    public var keepsInfluences = false
    let questionnaire: Questionnaire
    let table: Table
    let estimation: Estimation
    let identify: @Sendable (String) -> String

    /// Prepares a wave.
    ///
    /// `identify` turns a text into the hex digits of its SHA-256.
    public init(
        wave: String, table: Table, questionnaire: Questionnaire, design: SampleDesign,
        options: EstimationOptions = EstimationOptions(), rules: PublicationRules?,
        identify: @escaping @Sendable (String) -> String
    ) {
        self.wave = wave
        self.rules = rules
        self.questionnaire = questionnaire
        self.table = table
        self.identify = identify
        estimation = Estimation(design: design, options: options)
    }

    /// Returns every column that a computation needs in its table, besides those of the design.
    ///
    /// `others` are all indicators of the study, among which are the parts of those asked for.
    public static func columns(
        for definitions: [IndicatorDefinition], among others: [IndicatorDefinition] = [],
        of questionnaire: Questionnaire
    ) -> [String] {
        let request = IndicatorRequest(definitions, among: others)
        return questionnaire.requiredColumns(for: request.variables(questionnaire))
    }

    /// Computes the figures of some indicators, whose ids must differ.
    ///
    /// As ``figures(of:among:)``, for definitions that have all their parts among them.
    public func results(
        of definitions: [IndicatorDefinition]
    ) throws(Problem) -> (results: [IndicatorResult], cautions: [Problem]) {
        let figures = try figures(of: definitions)
        return (figures.results, figures.cautions)
    }

    /// Computes the figures of some indicators, whose ids must differ, in one tally.
    ///
    /// `others` are all indicators of the study: those asked for may be made of them, and what may be shown of a part
    /// depends on what is made of it. Derived variables that the table does not have are computed first.
    /// - Throws: ``Problem`` `data.unknown-column` if the table lacks a column, and the problems of ``Estimation``.
    public func figures(
        of definitions: [IndicatorDefinition], among others: [IndicatorDefinition] = []
    ) throws(Problem) -> WaveFigures {
        let request = IndicatorRequest(definitions, among: others)
        let table = try table.adding(request.variables(questionnaire), from: questionnaire)
        var bases = IndicatorBases(table: table, questionnaire: questionnaire)
        var measures: [Measure] = []
        for needed in request.needed where needed.definition.parts.isEmpty {
            measures += try self.measures(of: needed.definition, &bases, table)
        }
        var breakdowns: [Breakdown] = []
        for crossing in request.crossings {
            var columns: [Column] = []
            for name in crossing { columns.append(try table.column(name)) }
            breakdowns.append(Breakdown(by: columns))
        }
        let combined = request.combined(forChanges: keepsInfluences)
        var options = estimation.options
        options.keepsInfluences = !combined.isEmpty
        options.influencesOf = { combined.contains(IndicatorRequest.Combined(measure: $0, breakdown: $1)) }
        let estimation = Estimation(design: estimation.design, options: options)
        let estimated = try estimation.estimates(of: measures, by: breakdowns)
        var figures = made(request, estimated, estimation)
        if let rules { IndicatorPublication(rules: rules).apply(to: &figures, in: request.needed.map(\.definition.id)) }
        var results: [IndicatorResult] = []
        for definition in definitions { results += published(definition, figures) }
        return WaveFigures(
            wave: wave, results: results, cautions: estimated.cautions, estimation: estimation, estimated: estimated,
            figures: figures)
    }

    private struct RowKey: Hashable {
        let measure: String
        let by: [String]
    }

    /// The names of the measures of a figure's bounds; no id holds a blank before its first bracket.
    private static func low(_ id: String) -> String { "low \(id)" }
    private static func high(_ id: String) -> String { "high \(id)" }

    private func measures(
        of definition: IndicatorDefinition, _ bases: inout IndicatorBases, _ table: Table
    ) throws(Problem) -> [Measure] {
        let base = try bases.base(of: definition)
        switch definition.formula {
        case .share(let expression):
            let truth = try expression.truth(in: table)
            func share(_ name: String, _ condition: Truth) -> Measure {
                Measure(statistic: .share, variable: name, content: .condition(condition), base: base.domain)
            }
            let own = share(definition.id, base.condition(truth))
            guard definition.hasBounds else { return [own] }
            return [
                own, share(IndicatorComputation.low(definition.id), base.bound(truth, undetermined: Truth.no)),
                share(IndicatorComputation.high(definition.id), base.bound(truth, undetermined: Truth.yes)),
            ]
        case .mean(let expression):
            let column = base.numbers(try expression.numbers(in: table))
            return [Measure(statistic: .mean, variable: definition.id, content: .mean(column), base: base.domain)]
        case .ratio(let numerator, let denominator):
            let top = base.numbers(try numerator.numbers(in: table))
            let content = Measure.Content.ratio(top, base.numbers(try denominator.numbers(in: table)))
            return [Measure(statistic: .ratio, variable: definition.id, content: content, base: base.domain)]
        case .quantile(let expression, let p):
            let content = Measure.Content.quantiles(of: base.numbers(try expression.numbers(in: table)), at: [p])
            return [Measure(statistic: .quantile, variable: definition.id, content: content, base: base.domain)]
        case .composite, .score: return []
        }
    }

    /// Sorts the rows of the tally by indicator and group, and makes composites and scores of them.
    private func made(
        _ request: IndicatorRequest, _ estimated: EstimationResult, _ estimation: Estimation
    ) -> [String: IndicatorFigures] {
        var rows: [RowKey: [Int]] = [:]
        for (position, row) in estimated.rows.enumerated() {
            rows[RowKey(measure: row.variable, by: row.by.map(\.variable)), default: []].append(position)
        }
        var made: [String: IndicatorFigures] = [:]
        for needed in request.needed {
            let definition = needed.definition
            var figures: [IndicatorFigures.Figure] = []
            for crossing in [[]] + needed.breakdowns {
                switch definition.formula {
                case .share, .mean, .ratio, .quantile:
                    func positions(_ name: String) -> [Int] { rows[RowKey(measure: name, by: crossing)] ?? [] }
                    let low = positions(IndicatorComputation.low(definition.id))
                    let high = positions(IndicatorComputation.high(definition.id))
                    for (group, row) in positions(definition.id).enumerated() {
                        let estimate = estimated.rows[row]
                        // The whole is always there, a group only with someone of the base in it.
                        guard crossing.isEmpty || estimate.nBase > 0 else { continue }
                        var figure = IndicatorFigures.Figure(
                            estimate: estimate, terms: [IndicatorFigures.Term(row: row, coefficient: 1)])
                        if definition.hasBounds, low.indices.contains(group), high.indices.contains(group) {
                            figure.bounds = (estimated.rows[low[group]], estimated.rows[high[group]])
                        }
                        figures.append(figure)
                    }
                case .composite, .score:
                    figures += IndicatorComposition(estimated: estimated, estimation: estimation)
                        .figures(of: definition, by: crossing, parts: made)
                }
            }
            made[definition.id] = IndicatorFigures(definition, figures)
        }
        return made
    }

    /// Gives each figure of an indicator its words, its id, and what is planned and published beside it.
    private func published(
        _ definition: IndicatorDefinition, _ figures: [String: IndicatorFigures]
    ) -> [IndicatorResult] {
        guard let own = figures[definition.id] else { return [] }
        let base = baseText(of: definition, figures)
        let asked = Set(definition.breakdowns + [[]])
        let definitions = figures.mapValues(\.definition)
        let waves = waves.isEmpty ? [wave] : waves
        return own.figures.indices.compactMap { position in
            let figure = own.figures[position]
            let row = figure.estimate
            guard asked.contains(row.by.map(\.variable)) else { return nil }
            let request = definition.request(wave: wave, by: row.by, among: definitions)
            var result = IndicatorResult(
                id: String(identify(request).prefix(12)), definition: definition, wave: wave, estimate: row,
                labels: row.by.map(label), base: base, baseExpression: definition.baseExpression,
                display: own.displays[position], notes: own.notes[position])
            if result.figure != nil { result.bounds = figure.bounds }
            result.breakReason = definition.breakReason(at: wave, among: waves)
            guard row.by.isEmpty else { return result }
            result.published = definition.published(for: wave)
            if let plan = definition.plan(for: wave), let direction = definition.direction {
                var hasError = true
                if case .score = definition.formula { hasError = false }
                let (status, evidence) = plan.assessment(of: result.figure, better: direction, hasError: hasError)
                result.plan = plan
                result.status = status
                result.evidence = evidence
            }
            return result
        }
    }

    /// The base in words; a composite lists those of its parts.
    private func baseText(
        of definition: IndicatorDefinition, _ figures: [String: IndicatorFigures]
    ) -> LocalizedText {
        var leaves: [LocalizedText] = []
        var waiting = [definition]
        var seen: Set<String> = []
        while let next = waiting.popLast() {
            guard seen.insert(next.id).inserted else { continue }
            if next.parts.isEmpty { leaves.append(next.baseText(questionnaire)) }
            waiting += next.parts.reversed().compactMap { figures[$0.indicator]?.definition }
        }
        return definition.baseText(questionnaire, parts: leaves)
    }

    private func label(
        _ group: (variable: String, category: String)
    ) -> (variable: LocalizedText, category: LocalizedText) {
        let question = questionnaire.question(group.variable)
        let derived = questionnaire.derivedVariable(group.variable)
        let answers = question?.answers ?? derived?.answers ?? []
        func orCode(_ text: LocalizedText?, _ code: String) -> LocalizedText {
            if let text, !text.isEmpty { return text }
            return LocalizedText(questionnaire.languages.map { ($0, code) })
        }
        let answer = answers.first { $0.code == group.category }
        return (orCode(question?.text ?? derived?.text, group.variable), orCode(answer?.label, group.category))
    }
}
