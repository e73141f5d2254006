internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveyProblems
internal import SurveySchema

/// Results of indicators in the format asked for; a withheld figure has no number in any of them.
struct IndicatorOutput {
    let results: [IndicatorResult]
    let cautions: [Problem]
    let study: String
    let isInternal: Bool
    let isSynthetic: Bool
    let attribution: LocalizedText
    let language: Language
    /// The changes between waves, where they were asked for.
    var changes: [IndicatorChange]?

    func text(_ format: String) -> String {
        switch format {
        case "json": json.line + "\n"
        case "ndjson":
            // A line may be cut out of the file, so each has the stamp.
            results.map {
                JSONText.object(fields(of: $0) + stamps).line + "\n"
            }.joined()
                + changeOutput.rows.map { JSONText.object($0 + stamps).line + "\n" }.joined()
        case "csv": changes == nil ? csv : changeOutput.csv
        case "markdown":
            table.markdown + "\n" + (changes == nil ? "" : changeOutput.table.markdown + "\n") + footer
        default: table.text + "\n" + (changes == nil ? "" : changeOutput.table.text + "\n") + footer
        }
    }

    private var changeOutput: IndicatorChangeOutput {
        IndicatorChangeOutput(changes: changes ?? [], stamps: stamps, language: language)
    }

    private var json: JSONText {
        var fields: [(String, JSONText)] = [
            ("saual", .string("indicators/1")), ("program", .string("saual \(Versions.saual)")),
            ("study", .string(study)),
        ]
        fields += stamps
        fields += [
            ("rows", .array(results.map { .object(self.fields(of: $0)) }))
        ]
        if changes != nil { fields.append(("changes", .array(changeOutput.rows.map { .object($0) }))) }
        fields += [
            ("cautions", .array(cautions.map { $0.json() }))
        ]
        return .object(fields)
    }

    /// What must stand on every output, and in formats of single rows on every row.
    private var stamps: [(String, JSONText)] {
        (isInternal ? [("internal", .bool(true))] : []) + (isSynthetic ? [("synthetic", .bool(true))] : [])
    }

    /// The fields of an estimate and those of an indicator; a withheld figure has only its place and its mark.
    private func fields(of result: IndicatorResult) -> [(String, JSONText)] {
        let definition = result.definition
        var fields: [(String, JSONText)] = [
            ("indicator", .string(definition.id)), ("definition", .string("\(definition.id)@\(definition.version)")),
            ("wave", .string(result.wave)),
        ]
        if let figure = result.figure {
            let row = EstimateRow(estimate: figure, id: result.id, answer: "", by: [])
            fields += row.fields.filter { !["variable", "answer"].contains($0.0) }
        } else {
            fields += [
                ("by", .object(result.by.map { ($0.variable, .string($0.category)) })), ("estimate", .null),
                ("id", .string(result.id)),
            ]
        }
        fields += [
            ("display", .string(result.display.rawValue)),
            ("base", .string(result.base.text(in: language) ?? result.baseExpression)),
        ]
        // A composite has the bases of its parts and none of its own.
        if definition.parts.isEmpty { fields.append(("base_expression", .string(result.baseExpression))) }
        fields.append(("unit", .string(definition.unit)))
        if let direction = definition.direction { fields.append(("direction", .string(direction.rawValue))) }
        if !result.notes.isEmpty { fields.append(("notes", .array(result.notes.map { .string($0.rawValue) }))) }
        return fields + IndicatorFields.further(result, in: language)
    }

    private var csv: String {
        let names = [
            "indicator", "definition", "wave", "statistic", "estimate", "se", "ci_low", "ci_high", "ci_method", "level",
            "df", "n",
            "n_base", "psus", "sum_weights", "n_eff", "deff", "deff_kind", "cv", "flags", "display", "base",
            "base_expression", "unit",
            "direction", "id",
        ]
        let variables = results.flatMap { $0.by.map(\.variable) }.uniqued
        var header = names.map(CSVText.cell)
        header.insert(contentsOf: variables.map { CSVText.cell("by_" + $0) }, at: 3)
        header += IndicatorFields.columns + stamps.map(\.0)
        var text = CSVText.line(header)
        for result in results {
            let values = Dictionary(fields(of: result).map { ($0.0, $0.1) }, uniquingKeysWith: { first, _ in first })
            var cells = names.map { CSVText.cell(of: values[$0]) }
            cells.insert(
                contentsOf: variables.map { variable in
                    result.by.first { $0.variable == variable }.map { CSVText.cell($0.category) } ?? ""
                }, at: 3)
            cells += IndicatorFields.cells(result, in: language) + stamps.map(\.1.line)
            text += CSVText.line(cells)
        }
        return text
    }

    /// Columns of bounds, plans and published values stand there only where a row has one.
    private var table: TextTable {
        let words = IndicatorWords.in(language)
        let plan = PlanWords.in(language)
        let hasBounds = results.contains { $0.bounds != nil }
        let hasPlans = results.contains { $0.plan != nil }
        let hasPublished = results.contains { $0.published != nil }
        var columns: [(heading: String, alignment: TextTable.Alignment)] = [
            (words.indicator, .left), (words.wave, .left), (words.group, .left), (words.estimate, .right),
            (words.interval, .right),
        ]
        if hasBounds { columns.append((plan.bounds, .right)) }
        columns += [("n", .right), (words.baseCount, .right)]
        if hasPlans { columns += [(plan.plan, .right), (plan.status, .left)] }
        if hasPublished { columns.append((plan.published, .right)) }
        columns.append((words.base, .left))
        var table = TextTable(columns)
        for result in results {
            let definition = result.definition
            func number(_ value: Double?) -> String { definition.printed(value, in: language) }
            let group = result.labels.map { $0.category.text(in: language) ?? "" }.joined(separator: ", ")
            var cells = [definition.id, result.wave, group.isEmpty ? words.whole : group]
            let isBracketed = result.display == .bracketed
            func shown(_ text: String) -> String { isBracketed ? "[\(text)]" : text }
            if let figure = result.figure {
                let interval = figure.low == nil ? "–" : "\(number(figure.low)) – \(number(figure.high))"
                cells += [shown(number(figure.value)), shown(interval)]
            } else {
                cells += [words.hidden, words.hidden]
            }
            if hasBounds {
                cells.append(
                    result.bounds.map { shown("\(number($0.low.value)) – \(number($0.high.value))") }
                        ?? (definition.hasBounds ? words.hidden : ""))
            }
            cells += result.figure.map { [String($0.n), String($0.nBase)] } ?? [words.hidden, words.hidden]
            if hasPlans {
                cells += [result.plan.map { plan.text($0, definition, language) } ?? "", plan.status(result)]
            }
            if hasPublished { cells.append(published(result)) }
            table.append(cells + [result.base.text(in: language) ?? result.baseExpression])
        }
        return table
    }

    /// What others have printed, as they printed it, with their status.
    private func published(_ result: IndicatorResult) -> String {
        guard let published = result.published else { return "" }
        return published.printed + (published.status.map { ", \($0)" } ?? "")
    }

    private var footer: String {
        let words = IndicatorWords.in(language)
        var lines: [String] = []
        if isSynthetic { lines.append(words.synthetic) }
        if isInternal { lines.append(words.internalUse) }
        if results.contains(where: { $0.display.isWithheld })
            || changes?.contains(where: { $0.display.isWithheld }) == true
        {
            lines.append(words.legend)
        }
        let plan = PlanWords.in(language)
        for result in results where result.by.isEmpty {
            guard let reason = result.breakReason?.text(in: language) else { continue }
            lines.append(Terminal.harmless("\(result.definition.id), \(result.wave): \(plan.breaks): \(reason)"))
        }
        let texts = results.flatMap { result in
            [result.definition.name] + result.labels.flatMap { [$0.variable, $0.category] }
        }
        if let note = FallbackNote.line(texts, in: language) { lines.append(note) }
        if let text = attribution.text(in: language) { lines.append(Terminal.harmless(text)) }
        return lines.map { $0 + "\n" }.joined()
    }
}

extension CSVText {
    /// A field of a row as a cell: lists with spaces between, absent and null fields empty.
    static func cell(of value: JSONText?) -> String {
        switch value {
        case .string(let text): cell(text)
        case .array(let values):
            cell(values.compactMap { if case .string(let word) = $0 { word } else { nil } }.joined(separator: " "))
        case .null, nil: ""
        case let value?: value.line
        }
    }
}

/// The words of tables of indicators.
struct IndicatorWords: Sendable {
    let indicator, name, wave, group, estimate, interval, baseCount, base, whole, hidden, legend, internalUse,
        synthetic: String

    static func `in`(_ language: Language) -> IndicatorWords {
        switch language {
        case .russian: russian
        case .kazakh: kazakh
        default: english
        }
    }

    private static let english = IndicatorWords(
        indicator: "indicator", name: "name", wave: "wave", group: "group", estimate: "estimate", interval: "interval",
        baseCount: "base", base: "base in words", whole: "all", hidden: "…",
        legend: "… hidden: too few people or too imprecise, or it would give such a figure away. [ ] low base.",
        internalUse: "INTERNAL: made without publication rules; not to be passed on.",
        synthetic: "SYNTHETIC DATA: no figure here says anything about real people.")

    private static let russian = IndicatorWords(
        indicator: "показатель", name: "название", wave: "волна", group: "группа", estimate: "оценка",
        interval: "интервал",
        baseCount: "база", base: "база словами", whole: "все", hidden: "…",
        legend: "… скрыто: слишком мало людей или низкая точность, либо раскрыло бы такую цифру. [ ] малая база.",
        internalUse: "ДЛЯ ВНУТРЕННЕГО ПОЛЬЗОВАНИЯ: правила публикации не применены; не передавать.",
        synthetic: "ИСКУССТВЕННЫЕ ДАННЫЕ: ни одна цифра не говорит о реальных людях.")

    private static let kazakh = IndicatorWords(
        indicator: "көрсеткіш", name: "атауы", wave: "толқын", group: "топ", estimate: "бағалау", interval: "аралық",
        baseCount: "база", base: "база сөзбен", whole: "барлығы", hidden: "…",
        legend: "… жасырылған: адам тым аз, не дәлдігі төмен, не сондай санды ашып қояр еді. [ ] база шағын.",
        internalUse: "ІШКІ ПАЙДАЛАНУ ҮШІН: жариялау қағидалары қолданылмаған; басқаға беруге болмайды.",
        synthetic: "ЖАСАНДЫ ДЕРЕКТЕР: мұндағы бірде-бір сан нақты адамдар туралы емес.")
}
