internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveyProblems
internal import SurveySchema

/// The fields of an indicator's row that an estimate does not have: bounds, plan and fact, breaks.
enum IndicatorFields {
    /// Those that the result has, in the order of the documentation.
    static func further(_ result: IndicatorResult, in language: Language) -> [(String, JSONText)] {
        var fields: [(String, JSONText)] = []
        if let family = result.definition.family { fields.append(("family", .string(family.id))) }
        if let bounds = result.bounds {
            let ends = [("low", json(bounds.low)), ("high", json(bounds.high))]
            fields.append(("bounds", .object(ends)))
        }
        if let plan = result.plan { fields.append(("plan", json(plan))) }
        if let status = result.status { fields.append(("status", .string(status.rawValue))) }
        if let evidence = result.evidence { fields.append(("evidence", .string(evidence.rawValue))) }
        if let published = result.published { fields.append(("published", json(published, in: language))) }
        if let reason = result.breakReason { fields.append(("break", .string(reason.text(in: language) ?? ""))) }
        return fields
    }

    /// A plan as a number, or as the two ends of a range.
    static func json(_ plan: IndicatorDefinition.Plan) -> JSONText {
        plan.least == plan.greatest ? .number(plan.least) : .array([.number(plan.least), .number(plan.greatest)])
    }

    /// A plan as a cell of a CSV: one number, or two with a space between.
    static func text(_ plan: IndicatorDefinition.Plan) -> String {
        let ends = plan.least == plan.greatest ? [plan.least] : [plan.least, plan.greatest]
        return ends.map(JSONText.shortest).joined(separator: " ")
    }

    private static func json(_ bound: Estimate) -> JSONText {
        .object([
            ("estimate", .optional(bound.value)), ("se", .optional(bound.standardError)),
            ("ci_low", .optional(bound.low)), ("ci_high", .optional(bound.high)), ("n_base", .integer(bound.nBase)),
        ])
    }

    private static func json(_ published: IndicatorDefinition.Published, in language: Language) -> JSONText {
        var fields: [(String, JSONText)] = [
            ("value", .number(published.value)), ("printed", .string(published.printed)),
        ]
        if let status = published.status { fields.append(("status", .string(status))) }
        if let source = published.source.text(in: language) { fields.append(("source", .string(source))) }
        if let vintage = published.vintage { fields.append(("vintage", .string(vintage))) }
        return .object(fields)
    }

    /// The columns of a CSV, in their order.
    static let columns =
        ["family"] + ["low", "high"].flatMap { end in bound.map { "bounds_\(end)_\($0)" } } + [
            "plan", "status", "evidence", "published", "published_printed", "published_status", "break",
        ]
    private static let bound = ["estimate", "se", "ci_low", "ci_high", "n_base"]

    /// The cells of these columns; what the result does not have is empty.
    static func cells(_ result: IndicatorResult, in language: Language) -> [String] {
        var cells = [CSVText.cell(result.definition.family?.id ?? "")]
        for bound in [result.bounds?.low, result.bounds?.high] {
            let numbers = [bound?.value, bound?.standardError, bound?.low, bound?.high]
            cells += numbers.map { $0.map(JSONText.shortest) ?? "" } + [bound.map { String($0.nBase) } ?? ""]
        }
        return cells + [
            result.plan.map(text) ?? "", result.status?.rawValue ?? "", result.evidence?.rawValue ?? "",
            result.published.map { JSONText.shortest($0.value) } ?? "",
            CSVText.cell(result.published?.printed ?? ""), CSVText.cell(result.published?.status ?? ""),
            CSVText.cell(result.breakReason?.text(in: language) ?? ""),
        ]
    }
}
