public import SurveyProblems
public import SurveySchema

/// Writes the report of a study as one self-contained HTML file per language.
///
/// The file needs no network, no script and no other file; its markup is well-formed XML, so that any tool can read it.
/// The same input gives the same bytes: no clock, host name or path stands in it.
public enum HTMLReport {
    /// Returns the report in a language.
    ///
    /// - Missing: withheld figures have no number in `input` and stand as marks; user texts without a translation stand
    ///   in English or their first language and are marked as such.
    /// - Throws: ``Problem`` `report.unspoken-language` for a language in which Saual does not speak.
    public static func html(
        _ input: ReportInput, language: Language, charts: ReportCharts = .none
    ) throws(Problem) -> String {
        guard let words = ReportWords.spoken(in: language) else { throw .unspokenLanguage(language) }
        return HTMLPage(input: input, words: words, charts: charts).text
    }
}

extension Problem {
    /// A report was asked for in a language without report words.
    static func unspokenLanguage(_ language: Language) -> Problem {
        Problem(
            "report.unspoken-language", .usage, what: "There are no report words in the language \"\(language)\"",
            why: "reports are written in \(list: Language.spoken); found \(language)",
            fix: "name one of these languages")
    }
}
