public import SurveyProblems
public import SurveySchema
internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveyStudy

/// Draws one chart per indicator, the whole sample by wave and the groups of the latest wave; and one per family.
///
/// Both panels show estimates as points and confidence intervals as lines. Withheld figures are not in the drawing; a
/// group whose figure is withheld keeps its name and the mark.
public struct ChartDrawer: Sendable {
    private let gnuplot: Gnuplot

    public init(gnuplot: Gnuplot) { self.gnuplot = gnuplot }

    /// Returns the charts in a language; a chart that cannot be drawn is left out with a caution.
    ///
    /// - Throws: ``Problem`` `report.unspoken-language` for a language in which Saual does not speak.
    public func charts(for input: ReportInput, language: Language) throws(Problem) -> ReportCharts {
        guard let words = ReportWords.spoken(in: language) else { throw .unspokenLanguage(language) }
        let numbers = ReportNumbers(language)
        var charts: [String: ReportCharts.IndicatorChart] = [:]
        var cautions: [Problem] = []
        let content = ReportContent(input)
        for group in content.groups {
            let id: String
            let plan: ChartPlan
            switch group {
            case .single(let section):
                id = section.definition.id
                plan = ChartPlan(section, words: words, numbers: numbers)
            case .family(let family, let members):
                id = family.id
                plan = ChartPlan(
                    family: family, members: members, waves: content.waves, words: words, numbers: numbers)
            }
            do {
                charts[id] = try drawn(plan)
            } catch {
                cautions.append(error.placed(variable: id))
                // A program that hangs or does not start would cost its time limit for every chart.
                if error.code == "report.gnuplot-stopped" || error.code == "report.gnuplot-not-started" { break }
            }
        }
        var all = ReportCharts(byIndicator: charts, cautions: cautions)
        if let compared = ExperiencePerception(content, input.study.report) {
            do {
                all.comparison = try drawn(ChartPlan(compared, words: words, numbers: numbers))
            } catch {
                all.cautions.append(error.placed(variable: compared.experience.definition.id))
            }
        }
        return all
    }

    private func drawn(_ plan: ChartPlan) throws(Problem) -> ReportCharts.IndicatorChart {
        var panels: [ReportCharts.Panel] = []
        for panel in [plan.trend, plan.groups].compactMap({ $0 }) {
            let svg = try CleanSVG(
                try gnuplot.drawing(of: panel.script.text), labels: panel.script.labels, name: panel.title,
                description: panel.description)
            panels.append(ReportCharts.Panel(title: panel.title, svg: svg))
        }
        return ReportCharts.IndicatorChart(panels: panels, notes: plan.notes)
    }
}
