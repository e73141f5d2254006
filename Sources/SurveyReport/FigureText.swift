internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveySchema

/// The figures of one indicator as people read them; all figures of an indicator have the same number of decimals.
struct FigureText {
    /// How a figure is to be printed: as itself, in brackets, or as a mark.
    enum Cell {
        case shown(Shown)
        case hidden
        case complementary
        /// Nobody of the group is in the base.
        case noData
        /// Not asked for in this wave, or not defined.
        case notComputed
    }

    /// A figure that may be seen.
    struct Shown {
        let estimate: Estimate
        let value: Double
        let isBracketed: Bool
        let footnotes: [TableNotes.Footnote]
    }

    let isPercent: Bool
    let decimals: Int
    let numbers: ReportNumbers
    /// The factor, as a power of ten, between a stored value and a printed one.
    let shift: Int

    /// Chooses the decimals: one for percent, else three significant digits of the largest figure that is shown.
    init(_ section: ReportContent.Section, numbers: ReportNumbers) {
        self.init(section.definition, section.all, numbers: numbers)
    }

    /// The same for all figures of a family, so that one table has one number of decimals.
    init(_ sections: [ReportContent.Section], numbers: ReportNumbers) {
        let definition = sections.first?.definition
        self.init(definition, sections.flatMap(\.all), numbers: numbers)
    }

    private init(_ definition: IndicatorDefinition?, _ results: [IndicatorResult], numbers: ReportNumbers) {
        self.numbers = numbers
        isPercent = definition?.unit == "percent"
        if isPercent, case .mean = definition?.formula { shift = 0 } else { shift = isPercent ? 2 : 0 }
        let largest = results.compactMap { $0.figure?.value?.magnitude }.filter(\.isFinite).max() ?? 0
        decimals = isPercent ? 1 : FigureText.decimals(largest)
    }

    private static func decimals(_ largest: Double) -> Int {
        switch largest {
        case 100...: largest < 1000 ? 1 : 0
        case 1..<100: 2
        case 0.1..<1: 3
        case 0: 2
        default: 4
        }
    }

    /// What a table cell or a chart may know of a result.
    static func cell(_ result: IndicatorResult?) -> Cell {
        guard let result else { return .notComputed }
        switch result.display {
        case .hidden: return .hidden
        case .complementary: return .complementary
        case .shown, .bracketed:
            guard let figure = result.figure else { return .hidden }
            guard let value = figure.value else {
                return figure.nBase == 0 || figure.flags.contains(.emptyDomain) ? .noData : .notComputed
            }
            return .shown(
                Shown(
                    estimate: figure, value: value, isBracketed: result.display == .bracketed,
                    footnotes: figure.flags.map { .flag($0) } + result.notes.map { .note($0) }))
        }
    }

    /// The estimate with its percent sign, in brackets where its base is low.
    func estimate(_ figure: Shown) -> String {
        let text = isPercent ? numbers.percent(bare(figure.value)) : bare(figure.value)
        return figure.isBracketed ? "[\(text)]" : text
    }

    /// A value without its unit.
    func bare(_ value: Double) -> String { numbers.text(value, decimals: decimals, shift: shift) }

    /// The interval without its unit; nil where there is none.
    func interval(_ figure: Estimate) -> String? {
        guard let low = figure.low, let high = figure.high else { return nil }
        return numbers.range(bare(low), bare(high))
    }

    /// A value on the scale on which it is printed, for drawing only.
    func scaled(_ value: Double) -> Double { shift == 2 ? value * 100 : value }

    /// The name of a unit in words; a unit that the report does not know stands as the study wrote it.
    static func unit(_ unit: String, words: ReportWords.Indicator) -> String {
        switch unit {
        case "percent": words.percent
        case "mean": words.meanUnit
        case "points": words.points
        case "tenge": words.tenge
        default: unit
        }
    }
}
