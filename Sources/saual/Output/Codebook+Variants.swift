internal import SurveyProblems
internal import SurveySchema

extension LocalizedText {
    /// The texts by language.
    var json: JSONText { .object(texts.map { ($0.language.rawValue, .string($0.text)) }) }
}

extension QuestionVariants {
    /// Who has which wording, as a codebook keeps it.
    var json: JSONText {
        .object([
            ("by", .string(by)),
            (
                "texts",
                .array(
                    variants.map { variant in
                        var fields: [(String, JSONText)] = [
                            ("code", .string(variant.code)), ("label", variant.text.json),
                        ]
                        if let least = variant.range.least { fields.append(("least", .number(least))) }
                        if let greatest = variant.range.greatest { fields.append(("greatest", .number(greatest))) }
                        return .object(fields)
                    })
            ),
        ])
    }
}

extension SensitiveModel {
    /// The model as it was written.
    var json: JSONText {
        switch self {
        case .list(let treatment): .object([("model", .string("list")), ("treatment", .string(treatment))])
        case .crosswise(let prevalence):
            .object([("model", .string("crosswise")), ("prevalence", .number(prevalence))])
        }
    }
}
