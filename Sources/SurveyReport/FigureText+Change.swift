internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveySchema

extension FigureText {
    /// A value with its percent sign.
    func valueText(_ value: Double) -> String { isPercent ? numbers.percent(bare(value)) : bare(value) }

    /// What a column is sorted by: the printed digits with a decimal point.
    func sortKey(_ value: Double) -> String { FigureText.plain(value, decimals: decimals, shift: shift) }

    /// A number as machines read it, rounded as people read it.
    static func plain(_ value: Double, decimals: Int, shift: Int = 0) -> String {
        ReportNumbers(.english).text(value, decimals: decimals, shift: shift).replacing("\u{2212}", with: "-")
            .replacing(",", with: "")
    }

    /// The two bounds without their unit.
    func bounds(_ bounds: (low: Estimate, high: Estimate)) -> String? {
        guard let low = bounds.low.value, let high = bounds.high.value else { return nil }
        return numbers.range(bare(low), bare(high))
    }

    /// A value with a sign in front; zero has none.
    func signed(_ value: Double) -> String {
        let text = bare(value)
        let isZero = !text.contains { "123456789".contains($0) }
        return value > 0 && !isZero ? "+" + text : text
    }

    /// The interval of a change without its unit; nil where there is none.
    func interval(_ change: Change) -> String? {
        guard let low = change.low, let high = change.high else { return nil }
        return numbers.range(bare(low), bare(high))
    }

    /// A difference with its unit in the form that the number asks for.
    func difference(_ value: Double, definition: IndicatorDefinition, words: ConclusionWords) -> String {
        let forms: [String]
        switch definition.unit {
        case "percent": forms = words.percentagePoints
        case "points": forms = words.points
        case "tenge": forms = words.tenge
        default: return signed(value)
        }
        let text = signed(value)
        let form = numbers.form(of: value, decimals: decimals, shift: shift)
        return forms.indices.contains(form.rawValue) ? forms[form.rawValue].filled(text) : text
    }

    /// A plan with its percent sign: one value or a range, with all the decimals that it has.
    func plan(_ plan: IndicatorDefinition.Plan) -> String {
        let text =
            plan.least == plan.greatest
            ? exact(plan.least) : numbers.range(exact(plan.least), exact(plan.greatest))
        return isPercent ? numbers.percent(text) : text
    }

    /// An entered value with as many decimals as it was given with, at most six.
    private func exact(_ value: Double) -> String {
        for places in 0...6 {
            guard let rounded = DecimalRounding.rounded(value, places: places + shift) else { break }
            var scale = 1.0
            for _ in 0..<(places + shift) { scale *= 10 }
            let back = Double(rounded.digits) / scale
            if abs(back - value.magnitude) <= 1e-12 * max(1, value.magnitude) {
                return numbers.text(value, decimals: places, shift: shift)
            }
        }
        return bare(value)
    }
}

extension ReportNumbers {
    /// The forms in which a counted noun can stand.
    enum Form: Int { case one, few, many, fraction }

    /// The form of the noun after a number as it is printed.
    func form(of value: Double, decimals: Int, shift: Int = 0) -> Form {
        guard decimals == 0 else { return .fraction }
        guard let digits = DecimalRounding.rounded(value, places: shift)?.digits else { return .many }
        if language == .english { return digits == 1 ? .one : .many }
        switch (digits % 10, digits % 100) {
        case (_, 11...14): return .many
        case (1, _): return .one
        case (2...4, _): return .few
        default: return .many
        }
    }
}
