internal import SurveyDesign
internal import SurveyEstimation
internal import SurveyIndicators
public import SurveyProblems
public import SurveySchema
internal import SurveyStudy

/// Writes every figure of a report at full precision: one JSON object, `report/1`.
///
/// Shares are 0…1. A withheld figure is a row with its place and its `display`, and no number; what cannot be computed is
/// null. With the analytical form come the form, its marked places, the register and the conclusions. Texts that people read (names, bases, labels) are in the language asked for.
public enum ReportJSON {
    /// Returns the report as JSON.
    public static func json(_ input: ReportInput, language: Language) -> JSONText {
        let content = ReportContent(input)
        let page = ReportWords.spoken(in: language).map { HTMLPage(input: input, words: $0, charts: .none) }
        var fields: [(String, JSONText)] = [
            ("saual", .string("report/1")),
            (
                "programs",
                .array(input.programs.map { .object([("name", .string($0.name)), ("version", .string($0.version))]) })
            ),
            ("language", .string(language.rawValue)),
            ("study", study(input, language)),
            ("waves", .array(input.waves.map { wave($0, in: input, language) })),
            ("rows", .array(input.results.map { row($0, language) })),
            ("plan_fact", planFact(content, language)),
            ("changes", .array(input.changes.map { change($0, language) })),
        ]
        if !input.cautions.isEmpty {
            fields.append(("cautions", .array(input.cautions.map { $0.json(in: language.rawValue) })))
        }
        fields += form(input, page, language)
        fields += annexes(input, content, language)
        if let page, input.study.report != nil { fields.append(("conclusions", conclusions(page, language))) }
        return .object(fields)
    }

    private static func study(_ input: ReportInput, _ language: Language) -> JSONText {
        let study = input.study
        let design = study.design
        return .object([
            ("id", .string(study.id)),
            ("title", text(study.title, language)),
            ("attribution", text(study.attribution, language)),
            ("synthetic", .bool(study.isSynthetic)),
            ("internal", .bool(input.isInternal)),
            (
                "design",
                .object(
                    [
                        ("strata", .array(design.strata.map { .string($0) })),
                        ("psu", .array(design.psu.map { .string($0) })),
                        ("fpc", design.fpc.map { .string($0) } ?? .null),
                        ("weight", design.weight.map { .string($0) } ?? .null),
                        ("nest", .bool(design.isNested)),
                        ("lonely_psu", .string(design.lonelyPSU.rawValue)),
                    ] + design.details)
            ),
            (
                "publication",
                .object([
                    ("minimum_base", .integer(study.publication.minimumBase)),
                    ("low_base", .integer(study.publication.lowBase)),
                    ("minimum_psus", .integer(study.publication.minimumPSUs)),
                    ("share_standard", .string(study.publication.shareStandard.rawValue)),
                ])
            ),
        ])
    }

    private static func wave(_ wave: ReportInput.Wave, in input: ReportInput, _ language: Language) -> JSONText {
        let specified = input.study.waves.first { $0.id == wave.id }
        var fields: [(String, JSONText)] = [("wave", .string(wave.id))]
        if let start = specified?.fieldStart { fields.append(("field_start", .string(start))) }
        if let end = specified?.fieldEnd { fields.append(("field_end", .string(end))) }
        fields += [
            ("file", .string(wave.fileName)), ("sha256", .string(wave.sha256)), ("rows_read", .integer(wave.rowsRead)),
            ("imported", .integer(wave.imported)), ("interviews", .integer(wave.interviewCount)),
            ("quarantined", .integer(wave.quarantined)),
            ("findings", .object(wave.findings.map { ($0.code, .integer($0.count)) })),
            ("strata", .integer(wave.strata)), ("psus", .integer(wave.psus)),
            ("sum_weights", .optional(wave.sumWeights)), ("questionnaire", .string(wave.questionnaire)),
        ]
        if let summary = wave.weighting { fields.append(("weighting", weighting(summary))) }
        if let found = wave.outcomes { fields.append(("outcomes", outcomes(found, language))) }
        if let found = wave.audit { fields.append(("audit", audit(found, language))) }
        return .object(fields)
    }

    private static func row(_ result: IndicatorResult, _ language: Language) -> JSONText {
        let definition = result.definition
        var fields: [(String, JSONText)] = [
            ("indicator", .string(definition.id)),
            ("definition", .string("\(definition.id)@\(definition.version)")),
            ("name", text(definition.name, language)),
            ("wave", .string(result.wave)),
            ("by", .object(result.by.map { ($0.variable, .string($0.category)) })),
            (
                "labels",
                .array(
                    result.labels.map {
                        .object([("variable", text($0.variable, language)), ("category", text($0.category, language))])
                    })
            ),
            ("base", text(result.base, language)),
            ("base_expression", .string(result.baseExpression)),
            ("unit", .string(definition.unit)),
        ]
        if let direction = definition.direction { fields.append(("direction", .string(direction.rawValue))) }
        fields.append(("display", .string(result.display.rawValue)))
        if let figure = result.figure, !result.display.isWithheld { fields += numbers(figure) }
        fields += additions(result, language)
        if !result.notes.isEmpty { fields.append(("notes", .array(result.notes.map { .string($0.rawValue) }))) }
        fields.append(("id", .string(result.id)))
        return .object(fields)
    }

    private static func numbers(_ figure: Estimate) -> [(String, JSONText)] {
        var fields: [(String, JSONText)] = [
            ("statistic", .string(figure.statistic.rawValue)),
            ("estimate", .optional(figure.value)), ("se", .optional(figure.standardError)),
            ("ci_low", .optional(figure.low)), ("ci_high", .optional(figure.high)),
        ]
        if let method = figure.intervalMethod { fields.append(("ci_method", .string(method))) }
        fields += [
            ("level", .number(figure.level)), ("df", .optional(figure.degreesOfFreedom)), ("n", .integer(figure.n)),
            ("n_base", .integer(figure.nBase)), ("psus", .integer(figure.psus)),
            ("sum_weights", .optional(figure.sumWeights)), ("n_eff", .optional(figure.effectiveN)),
            ("deff", .optional(figure.designEffect)),
        ]
        if let kind = figure.designEffectKind { fields.append(("deff_kind", .string(kind))) }
        fields += [
            ("cv", .optional(figure.coefficientOfVariation)),
            ("flags", .array(figure.flags.map { .string($0.rawValue) })),
        ]
        return fields
    }

    static func text(_ text: LocalizedText, _ language: Language) -> JSONText {
        text.text(in: language).map { .string($0) } ?? .null
    }
}
