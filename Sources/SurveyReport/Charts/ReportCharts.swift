public import SurveyProblems

/// The charts of a report in one language, by indicator, with what could not be drawn.
public struct ReportCharts: Sendable {
    /// The panels of one indicator and what a reader must know of them.
    struct IndicatorChart: Sendable {
        let panels: [Panel]
        let notes: [String]
    }

    /// One drawing with its title.
    struct Panel: Sendable {
        let title: String
        let svg: CleanSVG
    }

    let byIndicator: [String: IndicatorChart]
    /// Experience beside perception; nil without such a comparison.
    var comparison: IndicatorChart?
    /// Why charts are missing, if any are.
    public var cautions: [Problem]

    /// No chart at all.
    public static let none = ReportCharts(byIndicator: [:], cautions: [])
}
