internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveyProblems
internal import SurveySchema
internal import SurveyStudy
internal import SurveyWeighting

/// The parts of the analytical report: form, marked places, plans, register, changes, conclusions, weighting.
extension ReportJSON {
    static func form(_ input: ReportInput, _ page: HTMLPage?, _ language: Language) -> [(String, JSONText)] {
        guard let form = input.study.report else { return [] }
        let places = form.openPlaces(of: input.study.waves)
        var fields: [(String, JSONText)] = [
            ("kind", .string(form.kind.rawValue)), ("maker", .string(form.maker.rawValue)),
            ("spheres", .array(form.spheres.map { text($0, language) })),
            ("bodies", .array(form.bodies.map { text($0, language) })),
            ("conducted_by", form.conductor.map { conductor($0, in: input, language) } ?? .null),
            ("started", optional(form.started)), ("finished", optional(form.finished)),
            ("source", .string(form.source.rawValue)),
            (
                "decision",
                .object([
                    ("assessment", form.assessment.map { text($0, language) } ?? .null),
                    ("risk_analysis", riskAnalysis(form.riskAnalysis, language)),
                ])
            ),
            ("conclusions", .array(form.conclusions.map { text($0, language) })),
            (
                "passport",
                .object([
                    ("population", text(form.passport.population, language)),
                    ("sample", text(form.passport.sample, language)), ("mode", text(form.passport.mode, language)),
                    ("response", text(form.passport.response, language)),
                ])
            ),
        ]
        if let map = form.tileMap {
            let tiles = (input.tiles?.tiles ?? []).map { tile -> JSONText in
                .object([
                    ("code", .string(tile.code)), ("column", .integer(tile.column)), ("row", .integer(tile.row)),
                ])
            }
            fields.append(
                ("tile_map", .object([("variable", .string(map.variable)), ("tiles", .array(tiles))])))
        }
        if let comparison = form.comparison {
            fields.append(
                (
                    "experience_and_perception",
                    .object([
                        ("by", .string(comparison.variable)), ("experience", .string(comparison.experience)),
                        ("perception", .string(comparison.perception)),
                    ])
                ))
        }
        if let page { fields.append(("routing", .array(page.routing(form).map { .string($0) }))) }
        return [
            ("form", .object(fields)),
            (
                "marked_places",
                .array(
                    places.map { place in
                        .object([("key", .string(place.key)), ("text", optional(page?.sentence(of: place)))])
                    })
            ),
            ("register", .array(form.register.map { entry($0, language) })),
        ]
    }

    /// A natural person's address and number stay out where the page keeps them out.
    private static func conductor(
        _ conductor: ReportForm.Conductor, in input: ReportInput, _ language: Language
    ) -> JSONText {
        let isShown = conductor.showsContact(in: input)
        return .object([
            ("name", text(conductor.name, language)), ("natural_person", .bool(conductor.isNaturalPerson)),
            ("email", isShown ? optional(conductor.email) : .null),
            ("phone", isShown ? optional(conductor.phone) : .null), ("contact_withheld", .bool(!isShown)),
        ])
    }

    private static func riskAnalysis(_ risk: ReportForm.RiskAnalysis?, _ language: Language) -> JSONText {
        switch risk {
        case .recommended(let body): .object([("recommended", .bool(true)), ("text", text(body, language))])
        case ReportForm.RiskAnalysis.none?: .object([("recommended", .bool(false)), ("text", .null)])
        case nil: .null
        }
    }

    private static func entry(_ entry: RegisterEntry, _ language: Language) -> JSONText {
        let unit: JSONText =
            switch entry.unit {
            case .known(let word): .string(word.rawValue)
            case .text(let body): text(body, language)
            }
        return .object([
            ("id", .string(entry.id)), ("name", text(entry.name, language)), ("year", .string(entry.year)),
            ("unit", unit), ("direction", optional(entry.direction?.rawValue)),
            ("source", .string(entry.source.rawValue)), ("date", optional(entry.date)),
            ("reference", text(entry.reference, language)), ("plan_low", .optional(entry.plan?.least.value)),
            ("plan_high", .optional(entry.plan?.greatest.value)), ("fact", .optional(entry.fact?.value)),
            ("mark", optional(entry.mark?.rawValue)), ("status", optional(entry.status?.rawValue)),
            ("status_printed", optional(entry.printedStatus)), ("note", text(entry.note, language)),
            ("responsible", .array(entry.responsible.map { text($0, language) })),
            ("vintage", optional(entry.vintage)),
        ])
    }

    // MARK: Plans, changes, conclusions

    static func planFact(_ content: ReportContent, _ language: Language) -> JSONText {
        .array(
            content.sections.flatMap { $0.planRows(waves: content.waves) }.map { row in
                var fields: [(String, JSONText)] = [
                    ("indicator", .string(row.section.definition.id)), ("wave", .string(row.wave)),
                    ("plan_low", .optional(row.plan?.least)), ("plan_high", .optional(row.plan?.greatest)),
                    ("result", optional(row.result?.id)), ("status", optional(row.status?.rawValue)),
                    ("evidence", optional(row.evidence?.rawValue)),
                ]
                if let published = row.published {
                    fields.append(
                        (
                            "published",
                            .object([
                                ("value", .optional(published.value)), ("printed", .string(published.printed)),
                                ("status", optional(published.status)), ("source", text(published.source, language)),
                                ("vintage", optional(published.vintage)),
                            ])
                        ))
                }
                return .object(fields)
            })
    }

    static func change(_ change: IndicatorChange, _ language: Language) -> JSONText {
        var fields: [(String, JSONText)] = [
            ("indicator", .string(change.definition.id)), ("from_wave", .string(change.fromWave)),
            ("to_wave", .string(change.toWave)), ("by", .object(change.by.map { ($0.variable, .string($0.category)) })),
            ("unit", .string(change.definition.unit)), ("display", .string(change.display.rawValue)),
        ]
        if let reason = change.breakReason { fields.append(("break", text(reason, language))) }
        if let found = change.change {
            fields += [
                ("from", .optional(found.from.value)), ("to", .optional(found.to.value)),
                ("difference", .optional(found.difference)), ("se", .optional(found.standardError)),
                ("ci_low", .optional(found.low)), ("ci_high", .optional(found.high)), ("level", .number(found.level)),
                ("df", .optional(found.degreesOfFreedom)), ("correlation", .optional(found.correlation)),
                ("p", .optional(found.p)), ("shared_psus", .integer(found.sharedPSUs)),
                ("overlap", .string(found.overlap.rawValue)), ("verdict", .string(found.verdict.rawValue)),
            ]
        }
        if let printed = change.definition.publishedChange(from: change.fromWave, to: change.toWave), change.by.isEmpty
        {
            fields.append(
                (
                    "published",
                    .object([
                        ("value", .optional(printed.value)), ("printed", .string(printed.printed)),
                        ("source", text(printed.source, language)), ("vintage", optional(printed.vintage)),
                    ])
                ))
        }
        fields.append(("id", .string(change.id)))
        return .object(fields)
    }

    static func conclusions(_ page: HTMLPage, _ language: Language) -> JSONText {
        .array(
            page.conclusions.flatMap { conclusion in
                conclusion.sentences.map { sentence in
                    var fields: [(String, JSONText)] = [
                        ("indicator", .string(conclusion.id)), ("kind", .string(sentence.kind.rawValue)),
                        ("text", .string(sentence.text)),
                    ]
                    if !sentence.reason.isEmpty { fields.append(("reason", text(sentence.reason, language))) }
                    return .object(fields)
                }
            })
    }

    /// What a row has beside its figure: bounds, the break before it, its family.
    static func additions(_ result: IndicatorResult, _ language: Language) -> [(String, JSONText)] {
        var fields: [(String, JSONText)] = []
        if let bounds = result.bounds, !result.display.isWithheld {
            fields += [("bound_low", .optional(bounds.low.value)), ("bound_high", .optional(bounds.high.value))]
        }
        if let reason = result.breakReason { fields.append(("break", text(reason, language))) }
        if let family = result.definition.family {
            fields.append(
                (
                    "family",
                    .object([
                        ("id", .string(family.id)), ("kind", .string(family.kind.rawValue)),
                        ("member", text(family.member, language)),
                    ])
                ))
        }
        return fields
    }

    // MARK: Weighting

    static func weighting(_ summary: WeightingSummary) -> JSONText {
        var fields: [(String, JSONText)] = [
            (
                "steps",
                .array(
                    summary.steps.map { step in
                        .object([
                            ("step", .string(step.name)), ("rows", .integer(step.rows)), ("sum", .optional(step.sum)),
                            ("least", .optional(step.least)), ("greatest", .optional(step.greatest)),
                            ("kish_deff", .optional(step.kishEffect)), ("n_eff", .optional(step.effectiveN)),
                            ("iterations", step.iterations.map { .integer($0) } ?? .null),
                            ("moved_share", .optional(step.movedShare)),
                            ("rows_cut", step.rowsCut.map { .integer($0) } ?? .null),
                            ("largest_error", .optional(step.largestError)),
                        ])
                    })
            ),
            (
                "margins",
                .array(
                    summary.margins.map { margin in
                        .object([
                            ("variable", .string(margin.variable)), ("category", .string(margin.category)),
                            ("target", .optional(margin.target)), ("before", .optional(margin.before)),
                            ("after", .optional(margin.after)),
                        ])
                    })
            ),
        ]
        if let diagnostics = summary.diagnostics { fields.append(("diagnostics", diagnostics.json)) }
        return .object(fields)
    }

    static func optional(_ text: String?) -> JSONText { text.map { .string($0) } ?? .null }
}
