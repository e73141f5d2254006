internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveyProblems
internal import SurveyQuality
internal import SurveySchema
internal import SurveyStudy
internal import SurveyWeighting

/// Experience beside perception, and the annexes: questionnaire, field, bases.
extension ReportJSON {
    static func annexes(_ input: ReportInput, _ content: ReportContent, _ language: Language) -> [(String, JSONText)] {
        guard input.study.report != nil else { return [] }
        var fields: [(String, JSONText)] = []
        if let comparison = ExperiencePerception(content, input.study.report) {
            fields.append(("experience_perception", self.comparison(comparison, language)))
        }
        fields.append(("bases", bases(ReportBases(content), language)))
        if let questionnaire = input.questionnaire {
            fields.append(("questionnaire", self.questionnaire(questionnaire, language)))
        }
        return fields
    }

    private static func comparison(_ comparison: ExperiencePerception, _ language: Language) -> JSONText {
        .object([
            ("by", .string(comparison.variable)), ("wave", .string(comparison.wave)),
            ("experience", .string(comparison.experience.definition.id)),
            ("perception", .string(comparison.perception.definition.id)),
            (
                "groups",
                .array(
                    comparison.rows.map { row in
                        .object([
                            ("category", .string(row.key)), ("label", text(row.label, language)),
                            ("experience", optional(row.experience.result?.id)),
                            ("experience_against_whole", optional(row.experience.side?.rawValue)),
                            ("perception", optional(row.perception.result?.id)),
                            ("perception_against_whole", optional(row.perception.side?.rawValue)),
                        ])
                    })
            ),
        ])
    }

    private static func bases(_ all: ReportBases, _ language: Language) -> JSONText {
        .array(
            all.bases.map { base in
                .object([
                    ("number", .integer(base.number)), ("text", text(base.text, language)),
                    ("expression", .string(base.expression)),
                    ("indicators", .array(base.sections.map { .string($0.definition.id) })),
                ])
            })
    }

    private static func questionnaire(_ questionnaire: Questionnaire, _ language: Language) -> JSONText {
        func answers(_ all: [(code: String, label: LocalizedText)]) -> JSONText {
            .array(all.map { .object([("code", .string($0.code)), ("label", text($0.label, language))]) })
        }
        let questions = questionnaire.questions.map { question -> JSONText in
            var fields: [(String, JSONText)] = [
                ("id", .string(question.id)), ("text", text(question.text, language)),
                ("type", .string(question.type.rawValue)), ("private", .bool(question.isPrivate)),
                ("when", optional(question.when?.source)),
                ("answers", answers(question.answers.map { ($0.code, $0.label) })),
                ("missing", answers(question.missing.map { ($0.code, $0.label) })),
            ]
            if let most = question.most { fields.append(("most", .integer(most))) }
            if question.range.least != nil || question.range.greatest != nil {
                fields += [
                    ("range_low", .optional(question.range.least)), ("range_high", .optional(question.range.greatest)),
                ]
            }
            if let item = question.item { fields.append(("roster", .string(item.roster))) }
            if let variants = question.variants {
                fields += [
                    ("variants_by", .string(variants.by)),
                    ("variants", answers(variants.variants.map { ($0.code, $0.text) })),
                ]
            }
            return .object(fields)
        }
        return .object([
            ("id", .string(questionnaire.id)), ("version", .string(questionnaire.version)),
            ("title", text(questionnaire.title, language)), ("questions", .array(questions)),
        ])
    }

    // MARK: The field

    /// What became of the issued cases of a wave.
    static func outcomes(_ outcomes: FieldOutcomes, _ language: Language) -> JSONText {
        let issued = outcomes.issued
        return .object([
            ("issued", .integer(issued)),
            (
                "codes",
                .array(
                    outcomes.codes.map { code in
                        .object([
                            ("code", .string(code.code)), ("label", text(code.label, language)),
                            ("cases", .integer(code.cases)),
                            ("share", .optional(issued > 0 ? Double(code.cases) / Double(issued) : nil)),
                        ])
                    })
            ),
            ("rates", .object((outcomes.rates?.all ?? []).map { ($0.name, .optional($0.value)) })),
        ])
    }

    /// The audit of a wave in counts; interviewers are not named.
    static func audit(_ audit: FieldAudit, _ language: Language) -> JSONText {
        let each = audit.interviewers.map(\.interviews)
        var fields: [(String, JSONText)] = [
            ("interviews", .integer(audit.interviews)), ("interviewers", .integer(audit.interviewers.count)),
            ("least_interviews", each.min().map { .integer($0) } ?? .null),
            ("most_interviews", each.max().map { .integer($0) } ?? .null),
            ("duplicates", .integer(audit.duplicates.reduce(0) { $0 + $1.count })),
            ("straight_lines", .integer(audit.audited.count { $0.isStraightLine })),
            ("suspects", .integer(audit.audited.count { $0.isSuspect })), ("flagged", .integer(audit.flagged.count)),
        ]
        if let time = audit.durations {
            fields.append(
                (
                    "minutes",
                    .object([
                        ("n", .integer(time.n)), ("lower_quartile", .number(time.lowerQuartile)),
                        ("median", .number(time.median)), ("upper_quartile", .number(time.upperQuartile)),
                        ("short_below", .number(time.shortBelow)), ("short", .integer(time.short.count)),
                        ("overlapping", .integer(time.overlapping.count)),
                        ("outside_field", .integer(time.outsideField.count)),
                        ("negative", .integer(time.negative.count)), ("unreadable", .integer(time.unreadable.count)),
                    ])
                ))
        }
        fields.append(
            (
                "interviewer_effects",
                .array(
                    audit.publishedEffects.map { effect in
                        .object([
                            ("variable", .string(effect.variable)), ("rho", .number(effect.rho)),
                            ("interviews", .integer(effect.interviews)),
                            ("interviewers", .integer(effect.interviewers)),
                        ])
                    })
            ))
        fields.append(
            (
                "effects",
                .array(
                    audit.effects.map { effect in
                        .object([
                            ("indicator", .string(effect.definition.id)),
                            ("with", .optional(effect.with.figure?.value)),
                            ("with_low", .optional(effect.with.figure?.low)),
                            ("with_high", .optional(effect.with.figure?.high)),
                            ("with_n_base", effect.with.figure.map { .integer($0.nBase) } ?? .null),
                            ("without", .optional(effect.without.figure?.value)),
                            ("without_low", .optional(effect.without.figure?.low)),
                            ("without_high", .optional(effect.without.figure?.high)),
                            ("without_n_base", effect.without.figure.map { .integer($0.nBase) } ?? .null),
                            ("difference", .optional(effect.difference)),
                        ])
                    })
            ))
        return .object(fields)
    }
}
