internal import SurveyEstimation
internal import SurveyIndicators

/// One wave of an indicator with what was planned for it, what was found, and what others have printed.
struct PlanRow {
    let section: ReportContent.Section
    let wave: String
    let plan: IndicatorDefinition.Plan?
    let result: IndicatorResult?
    let published: IndicatorDefinition.Published?

    /// By the point alone; a plan without a figure that may be seen has no data.
    var status: IndicatorResult.Status? {
        guard plan != nil else { return nil }
        guard let result, result.figure?.value != nil else { return .noData }
        return result.status ?? .noData
    }

    var evidence: IndicatorResult.Evidence? {
        status == .noData ? nil : result?.evidence
    }
}

extension ReportContent.Section {
    /// The waves for which there is a plan or a printed value, waves that are not in the study among them.
    func planRows(waves order: [String]) -> [PlanRow] {
        let plans = definition.plans.map(\.wave) + whole.values.filter { $0.plan != nil }.map(\.wave)
        let printed = definition.published.map(\.wave) + whole.values.filter { $0.published != nil }.map(\.wave)
        let wanted = Set(plans + printed)
        var waves = order.filter(wanted.contains)
        for wave in wanted.subtracting(waves).sorted() {
            waves.insert(wave, at: waves.firstIndex { $0 > wave } ?? waves.count)
        }
        return waves.map { wave in
            let result = whole[wave]
            return PlanRow(
                section: self, wave: wave,
                plan: result?.plan ?? definition.plans.first { $0.wave == wave }?.plan, result: result,
                published: result?.published ?? definition.published.first { $0.wave == wave })
        }
    }
}
