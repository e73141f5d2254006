internal import SurveyIndicators
internal import SurveyProblems
internal import SurveySchema

/// The indicators of a study by name, without any figure.
enum IndicatorList {
    static func text(_ definitions: [IndicatorDefinition], _ call: Call) -> String {
        switch call.format {
        case "json":
            let rows = definitions.map { JSONText.object(fields(of: $0)) }
            return JSONText.object([("saual", .string("indicators/1")), ("indicators", .array(rows))]).line + "\n"
        case "ndjson": return definitions.map { JSONText.object(fields(of: $0)).line + "\n" }.joined()
        case "csv": return csv(definitions, call.language)
        default:
            let table = table(definitions, call.language)
            let note = FallbackNote.line(definitions.map(\.name), in: call.language).map { "\n\($0)\n" } ?? ""
            return (call.format == "markdown" ? table.markdown : table.text) + note
        }
    }

    private static func fields(of definition: IndicatorDefinition) -> [(String, JSONText)] {
        var fields: [(String, JSONText)] = [
            ("indicator", .string(definition.id)),
            ("definition", .string("\(definition.id)@\(definition.version)")),
            ("name", .object(definition.name.texts.map { ($0.language.rawValue, .string($0.text)) })),
            ("base_expression", .string(definition.baseExpression)), ("unit", .string(definition.unit)),
        ]
        if let family = definition.family {
            fields += [("family", .string(family.id)), ("family_kind", .string(family.kind.rawValue))]
        }
        if !definition.parts.isEmpty {
            fields.append(("parts", .array(definition.parts.map { .string($0.indicator) })))
        }
        if let direction = definition.direction { fields.append(("direction", .string(direction.rawValue))) }
        if !definition.plans.isEmpty {
            fields.append(("plan", .object(definition.plans.map { ($0.wave, IndicatorFields.json($0.plan)) })))
        }
        return fields
    }

    private static func csv(_ definitions: [IndicatorDefinition], _ language: Language) -> String {
        let names = ["indicator", "definition", "name", "base_expression", "unit", "family", "direction", "plan"]
        return CSVText.line(names)
            + definitions.map { definition in
                let plans = definition.plans.map { "\($0.wave)=\(IndicatorFields.text($0.plan))" }
                let cells = [
                    definition.id, "\(definition.id)@\(definition.version)", definition.name.text(in: language) ?? "",
                    definition.baseExpression, definition.unit, definition.family?.id ?? "",
                    definition.direction?.rawValue ?? "", plans.joined(separator: " "),
                ]
                return CSVText.line(cells.map(CSVText.cell))
            }.joined()
    }

    /// Columns of families and plans stand there only where an indicator has one.
    private static func table(_ definitions: [IndicatorDefinition], _ language: Language) -> TextTable {
        let words = IndicatorWords.in(language)
        let plan = PlanWords.in(language)
        let hasFamilies = definitions.contains { $0.family != nil }
        let hasPlans = definitions.contains { !$0.plans.isEmpty }
        var columns: [(heading: String, alignment: TextTable.Alignment)] = [
            (words.indicator, .left), (words.name, .left),
        ]
        if hasFamilies { columns.append((plan.family, .left)) }
        columns.append((words.base, .left))
        if hasPlans { columns.append((plan.plan, .left)) }
        var table = TextTable(columns)
        for definition in definitions {
            var cells = ["\(definition.id)@\(definition.version)", definition.name.text(in: language) ?? ""]
            if hasFamilies { cells.append(definition.family?.id ?? "") }
            let parts = definition.parts.map(\.indicator).joined(separator: ", ")
            cells.append(definition.parts.isEmpty ? definition.baseExpression : parts)
            if hasPlans {
                let plans = definition.plans.map { "\($0.wave): \(plan.text($0.plan, definition, language))" }
                cells.append(plans.joined(separator: "; "))
            }
            table.append(cells)
        }
        return table
    }
}
