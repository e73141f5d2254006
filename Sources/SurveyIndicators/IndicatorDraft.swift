internal import SurveySchema
internal import SurveyYAML

/// One indicator as its entry says it, before the parts of composites are looked up.
struct IndicatorDraft {
    /// One planned value or range, in the digits of the author.
    struct Plan {
        let wave: String
        let least: String
        let greatest: String
    }

    /// One value that others have printed, in the digits of the author.
    struct Published {
        let wave: String
        let value: String
        let printed: String
        let status: String?
        let source: LocalizedText
        let vintage: String?
    }

    /// One change that others have printed, in the digits of the author.
    struct PublishedChange {
        let wave: String
        let since: String
        let value: String
        let printed: String
        let source: LocalizedText
        let vintage: String?
    }

    var definition: IndicatorDefinition
    var plans: [Plan] = []
    var published: [Published] = []
    var publishedChanges: [PublishedChange] = []
    /// Where each part of a composite or score is named, in the order of the parts.
    var partMarks: [YAMLMark] = []
    /// Where a composite says its unit.
    var unitMark: YAMLMark?
    let mark: YAMLMark
    let reader: YAMLReader
}

extension IndicatorDraft {
    /// The definition with its planned and published values on the scale of its estimates.
    func finished() -> IndicatorDefinition {
        var definition = definition
        let isFraction = definition.isFraction
        definition.plans = plans.map { plan in
            let least = IndicatorDraft.stored(plan.least, isFraction)
            return (
                plan.wave,
                IndicatorDefinition.Plan(least: least, greatest: IndicatorDraft.stored(plan.greatest, isFraction))
            )
        }
        definition.published = published.map { value in
            IndicatorDefinition.Published(
                wave: value.wave, value: IndicatorDraft.stored(value.value, isFraction), printed: value.printed,
                status: value.status, source: value.source, vintage: value.vintage)
        }
        definition.publishedChanges = publishedChanges.map { change in
            IndicatorDefinition.PublishedChange(
                wave: change.wave, since: change.since, value: IndicatorDraft.stored(change.value, isFraction),
                printed: change.printed, source: change.source, vintage: change.vintage)
        }
        return definition
    }

    /// A number as people write it on the scale of estimates; 29.6 % becomes the number nearest to 0.296, digit by digit.
    static func stored(_ digits: String, _ isFraction: Bool) -> Double {
        guard let value = Double(digits) else { return .nan }
        guard isFraction else { return value }
        return Double(digits + "e-2") ?? value / 100
    }
}
