public import SurveyProblems
internal import SurveySchema
internal import SurveyStudy

/// Makes all files of a report; the caller writes them.
public enum ReportWriter {
    /// One file of a report.
    public struct File: Sendable {
        /// The name without a folder: `report-kk.html`, `report.json`.
        public let name: String
        public let bytes: [UInt8]
    }

    /// Returns one HTML file for each language of the study and one JSON file, with the cautions met on the way.
    ///
    /// Without gnuplot the reports are complete but have no charts, and one caution says so.
    /// `searchPath` names the folders in which gnuplot is looked for, in the form of `PATH`; nil takes the process's own.
    ///
    /// - Throws: ``Problem`` `report.unspoken-language` if the study asks for a language in which Saual does not speak.
    public static func files(
        for input: ReportInput, searchPath: String? = nil
    ) throws(Problem) -> (files: [File], cautions: [Problem]) {
        var cautions: [Problem] = []
        var drawer: ChartDrawer?
        do {
            drawer = ChartDrawer(gnuplot: try Gnuplot(searchPath: searchPath))
        } catch {
            cautions.append(error)
        }
        let languages = input.study.languages.isEmpty ? Language.spoken : input.study.languages
        var files: [File] = []
        for language in languages {
            let charts = try drawer?.charts(for: input, language: language) ?? .none
            for caution in charts.cautions where !cautions.contains(caution) { cautions.append(caution) }
            let html = try HTMLReport.html(input, language: language, charts: charts, languages: languages)
            files.append(File(name: HTMLReport.fileName(language), bytes: Array(html.utf8)))
        }
        let main = languages.contains(.english) ? .english : languages.first ?? .english
        let json = ReportJSON.json(input, language: main).line + "\n"
        files.append(File(name: "report.json", bytes: Array(json.utf8)))
        return (files, cautions)
    }
}
