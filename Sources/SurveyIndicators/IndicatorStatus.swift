internal import SurveyEstimation

extension IndicatorDefinition.Plan {
    /// Whether a figure meets the plan, and whether its interval settles that.
    ///
    ///     up    reached if value ≥ least          down    reached if value ≤ greatest
    ///
    /// So a range is met from its nearer end. The evidence is `shown` unless the interval holds that end.
    ///
    /// - Missing: no figure, or a withheld one, has no data and no evidence. A figure without an interval shows nothing;
    ///   a score, which has no error at all, has no evidence.
    /// - Source: Documentation/Publication.md, "Plan and fact".
    func assessment(
        of figure: Estimate?, better direction: IndicatorDefinition.Direction, hasError: Bool
    ) -> (status: IndicatorResult.Status, evidence: IndicatorResult.Evidence?) {
        guard let figure, let value = figure.value else { return (.noData, nil) }
        let end = direction == .up ? least : greatest
        // 62 of 1240 is 5 %, also where a division left it a billionth of a billionth below.
        let distance = direction == .up ? value - end : end - value
        let status: IndicatorResult.Status =
            distance >= -1e-12 * max(abs(end), abs(value)) ? .reached : .notReached
        guard hasError else { return (status, nil) }
        guard let low = figure.low, let high = figure.high else { return (status, .notDistinguishable) }
        let isExact = low == high && low == value
        return (status, !isExact && low <= end && end <= high ? .notDistinguishable : .shown)
    }
}
