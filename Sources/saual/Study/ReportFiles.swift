internal import SurveyProblems
internal import SurveyReport
internal import SurveySchema

/// Makes the bytes of reports; without gnuplot they have no charts, and a caution says so.
enum ReportFiles {
    static func html(
        _ input: ReportInput, language: Language, gnuplot: Gnuplot?
    ) throws(Problem) -> (bytes: [UInt8], cautions: [Problem]) {
        var cautions: [Problem] = []
        var charts = ReportCharts.none
        if let gnuplot {
            charts = try ChartDrawer(gnuplot: gnuplot).charts(for: input, language: language)
            cautions = charts.cautions
        } else {
            do throws(Problem) { _ = try Gnuplot() } catch { cautions.append(error) }
        }
        return (Array(try HTMLReport.html(input, language: language, charts: charts).utf8), cautions)
    }
}
