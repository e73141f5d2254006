internal import SurveyStudy

/// Numbers of the register as people read them, with the decimals with which they were entered.
struct RegisterText {
    let numbers: ReportNumbers

    func number(_ number: RegisterEntry.Number, _ entry: RegisterEntry) -> String {
        let text = numbers.text(number.value, decimals: number.decimals)
        return entry.unit == .known(.percent) ? numbers.percent(text) : text
    }

    /// One number, or the two ends of a range.
    func plan(_ plan: RegisterEntry.Plan, _ entry: RegisterEntry) -> String {
        guard plan.least != plan.greatest else { return number(plan.least, entry) }
        let range = numbers.range(
            numbers.text(plan.least.value, decimals: plan.least.decimals),
            numbers.text(plan.greatest.value, decimals: plan.greatest.decimals))
        return entry.unit == .known(.percent) ? numbers.percent(range) : range
    }

    /// The name of a unit in words; nil for one that stands as the study wrote it.
    func unit(_ word: RegisterEntry.Unit.Word, words: ReportWords) -> String {
        switch word {
        case .percent: words.indicator.percent
        case .points: words.indicator.points
        case .tenge: words.indicator.tenge
        case .percentile: words.figures.percentile
        case .place: words.figures.place
        case .count: words.figures.count
        }
    }
}

extension FormWords {
    /// The official name of a source of information.
    func name(of source: ReportForm.Source) -> String {
        switch source {
        case .legalStatistics: legalStatistics
        case .appeals: appeals
        case .ngoInternational: ngoInternational
        case .surveys: surveys
        case .media: media
        case .other: other
        }
    }
}
