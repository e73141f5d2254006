internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveySchema

/// The figures of one indicator as people read them; all figures of an indicator have the same number of decimals.
struct FigureText {
    /// How a figure is to be printed: as itself, in brackets, or as a mark.
    enum Cell {
        case shown(Estimate)
        case bracketed(Estimate)
        case hidden
        case complementary
        case noData
        /// No such group was asked for in this wave.
        case absent
    }

    let isPercent: Bool
    let decimals: Int
    let numbers: ReportNumbers
    /// The factor, as a power of ten, between a stored value and a printed one.
    let shift: Int

    /// Chooses the decimals: one for percent, else three significant digits of the largest figure that is shown.
    init(_ section: ReportContent.Section, numbers: ReportNumbers) {
        self.numbers = numbers
        isPercent = section.definition.unit == "percent"
        if isPercent, case .mean = section.definition.formula { shift = 0 } else { shift = isPercent ? 2 : 0 }
        let largest = section.all.compactMap { $0.figure?.value?.magnitude }.filter(\.isFinite).max() ?? 0
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
        guard let result else { return .absent }
        switch result.display {
        case .hidden: return .hidden
        case .complementary: return .complementary
        case .shown, .bracketed:
            guard let figure = result.figure else { return .hidden }
            guard figure.value != nil else { return .noData }
            return result.display == .bracketed ? .bracketed(figure) : .shown(figure)
        }
    }

    /// The estimate with its percent sign.
    func estimate(_ figure: Estimate) -> String? {
        figure.value.map { isPercent ? numbers.percent(bare($0)) : bare($0) }
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
