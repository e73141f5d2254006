public import SurveyProblems

extension WeightingDiagnostics {
    /// The diagnostics for machines; shares are from 0 to 1.
    public var json: JSONText {
        func list(_ numbers: [Double?]) -> JSONText { .array(numbers.map { .optional($0) }) }
        let balance = balance.map { figure in
            JSONText.object([
                ("variable", .string(figure.variable)), ("category", figure.category.map { .string($0) } ?? .null),
                ("values", list(figure.values)), ("asmd", list(figure.distances)), ("deff", list(figure.effects)),
            ])
        }
        let margins = margins.map { margin in
            JSONText.object([
                ("variable", .string(margin.variable)), ("category", .string(margin.category)),
                ("target_share", .optional(margin.target)), ("shares", list(margin.shares)),
            ])
        }
        return .object([
            ("quantiles_at", .array(WeightingDiagnostics.shares.map { .number($0) })),
            ("histogram_class_width", .number(WeightingDiagnostics.classWidth)),
            ("steps", .array(steps.map(\.json))), ("margins", .array(margins)), ("balance", .array(balance)),
        ])
    }
}

extension WeightingDiagnostics.Step {
    fileprivate var json: JSONText {
        func count(_ number: Int?) -> JSONText { number.map { .integer($0) } ?? .null }
        return .object([
            ("step", .string(name)), ("n", .integer(rows)), ("sum", .optional(sum)), ("min", .optional(least)),
            ("max", .optional(greatest)), ("quantiles", .array(quantiles.map { .optional($0) })),
            ("kish_deff", .optional(kishEffect)), ("n_eff", .optional(effectiveN)),
            ("weight_loss", .optional(weightLoss)), ("max_over_min", .optional(spread)),
            ("factor_min", .optional(leastFactor)), ("factor_max", .optional(greatestFactor)),
            ("at_lower_bound", count(rowsAtLeast)), ("at_upper_bound", count(rowsAtGreatest)),
            ("largest_margin_gap", .optional(greatestGap)), ("mean_margin_gap", .optional(meanGap)),
            ("histogram", .array(histogram.map { .integer($0) })),
        ])
    }
}
