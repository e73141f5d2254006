public import SurveyProblems
public import SurveySchema

/// Writes the report of a study as one self-contained HTML file per language.
///
/// The file needs no network and no other file; its markup is well-formed XML, so that any tool can read it. A small
/// script of its own sorts tables; nothing is lost without it, and the page forbids every other.
/// The same input gives the same bytes: no clock, host name or path stands in it.
public enum HTMLReport {
    /// The name of the file of a report among those of a study.
    static func fileName(_ language: Language) -> String { "report-\(language).html" }

    /// Returns the report in a language; `languages` are those in which it stands beside this file, to be linked.
    ///
    /// - Missing: withheld figures have no number in `input` and stand as marks; user texts without a translation stand
    ///   in English or their first language and are marked as such.
    /// - Throws: ``Problem`` `report.unspoken-language` for a language in which Saual does not speak.
    public static func html(
        _ input: ReportInput, language: Language, charts: ReportCharts = .none, languages: [Language] = []
    ) throws(Problem) -> String {
        guard let words = ReportWords.spoken(in: language) else { throw .unspokenLanguage(language) }
        return HTMLPage(input: input, words: words, charts: charts, languages: languages).text
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
