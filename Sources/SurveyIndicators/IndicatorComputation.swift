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
    public static func columns(for definitions: [IndicatorDefinition], of questionnaire: Questionnaire) -> [String] {
        questionnaire.requiredColumns(for: IndicatorBases.variables(of: definitions, questionnaire))
    }

    /// Computes the figures of some indicators, whose ids must differ.
    ///
    /// Derived variables that the table does not have are computed first.
    /// - Throws: ``Problem`` `data.unknown-column` if the table lacks a column, and the problems of ``Estimation``.
    public func results(
        of definitions: [IndicatorDefinition]
    ) throws(Problem) -> (results: [IndicatorResult], cautions: [Problem]) {
        precondition(Set(definitions.map(\.id)).count == definitions.count, "ids of indicators differ")
        let names = IndicatorBases.variables(of: definitions, questionnaire)
        let table = try table.adding(names, from: questionnaire)
        var bases = IndicatorBases(table: table, questionnaire: questionnaire)
        var measures: [Measure] = []
        for definition in definitions { measures.append(try measure(of: definition, &bases, table)) }
        var crossings: [[String]] = [[]]
        for breakdown in definitions.flatMap(\.breakdowns) where !crossings.contains(breakdown) {
            crossings.append(breakdown)
        }
        var breakdowns: [Breakdown] = []
        for crossing in crossings {
            var columns: [Column] = []
            for name in crossing { columns.append(try table.column(name)) }
            breakdowns.append(Breakdown(by: columns))
        }
        let estimated = try estimation.estimates(of: measures, by: breakdowns)
        let rows = Dictionary(grouping: estimated.rows) { row in
            RowKey(indicator: row.variable, by: row.by.map(\.variable))
        }
        var results: [IndicatorResult] = []
        for definition in definitions {
            var own = rows[RowKey(indicator: definition.id, by: [])] ?? []
            for breakdown in definition.breakdowns {
                own += (rows[RowKey(indicator: definition.id, by: breakdown)] ?? []).filter { $0.nBase > 0 }
            }
            results += published(own, definition)
        }
        return (results, estimated.cautions)
    }

    private struct RowKey: Hashable {
        let indicator: String
        let by: [String]
    }

    private func measure(
        of definition: IndicatorDefinition, _ bases: inout IndicatorBases, _ table: Table
    ) throws(Problem) -> Measure {
        let base = try bases.base(of: definition)
        switch definition.formula {
        case .share(let expression):
            let condition = base.condition(try expression.truth(in: table))
            return Measure(
                statistic: .share, variable: definition.id, content: .condition(condition), base: base.domain)
        case .mean(let expression):
            let column = base.numbers(try expression.numbers(in: table))
            return Measure(statistic: .mean, variable: definition.id, content: .mean(column), base: base.domain)
        case .ratio(let numerator, let denominator):
            let top = base.numbers(try numerator.numbers(in: table))
            let content = Measure.Content.ratio(top, base.numbers(try denominator.numbers(in: table)))
            return Measure(statistic: .ratio, variable: definition.id, content: content, base: base.domain)
        case .composite, .score: preconditionFailure("made of other indicators")
        }
    }

    /// Applies the rules to the figures of one indicator and gives each its words and its id.
    private func published(_ rows: [Estimate], _ definition: IndicatorDefinition) -> [IndicatorResult] {
        var displays = [IndicatorResult.Display](repeating: .shown, count: rows.count)
        var notes = [[IndicatorResult.Note]](repeating: [], count: rows.count)
        if let rules {
            var precise = [Bool](repeating: true, count: rows.count)
            if case .share = definition.formula, rules.shareStandard == .nchs {
                let judged = rows.map(ShareStandard.init)
                precise = judged.map(\.isPrecise)
                notes = judged.map(\.notes)
            }
            let cells = zip(rows, precise).map { row, isPrecise in
                Publication.Cell(
                    by: row.by, nBase: row.nBase, psus: row.psus, sumWeights: row.sumWeights, isPrecise: isPrecise)
            }
            displays = Publication(rules: rules).displays(of: cells)
        }
        let base = definition.baseText(questionnaire)
        return rows.indices.map { position in
            let row = rows[position]
            return IndicatorResult(
                id: String(identify(definition.request(wave: wave, by: row.by)).prefix(12)), definition: definition,
                wave: wave, estimate: row, labels: row.by.map(label), base: base,
                baseExpression: definition.baseExpression,
                display: displays[position], notes: notes[position])
        }
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

extension IndicatorDefinition {
    /// What identifies one figure: wave, definition and request as one line of JSON, to be hashed.
    func request(wave: String, by: Estimate.By) -> String {
        let formula: [JSONText] =
            switch self.formula {
            case .share(let expression): [.string("share"), .string(expression.source)]
            case .mean(let expression): [.string("mean"), .string(expression.source)]
            case .ratio(let numerator, let denominator):
                [.string("ratio"), .string(numerator.source), .string(denominator.source)]
            case .composite, .score: []
            }
        let groups = by.map { JSONText.array([.string($0.variable), .string($0.category)]) }
        return JSONText.array([
            .string(wave), .string("\(id)@\(version)"), .array(formula), .string(baseExpression), .array(groups),
        ]).line
    }
}
