internal import SurveyFormats
public import SurveyProblems
public import SurveySchema

/// Questionnaires as the metadata of triple-S, by which programs for surveys hand their variables to each other.
public enum TripleSForm {
    /// The metadata (version 2.0) of a questionnaire, and what triple-S has no place for.
    ///
    /// A variable for each question, for a roster one for each item; texts in every language, ranges, and missing codes
    /// among the values. Data delimited by commas may follow: the variables are numbered as their fields.
    public static func metadata(of questionnaire: Questionnaire) -> (xml: String, problems: [Problem]) {
        var writer = TripleSFormWriter(questionnaire)
        let definition = writer.definition()
        return (definition.xml, writer.problems)
    }

    /// True if the bytes are metadata of triple-S rather than another XML document.
    public static func isMetadata(_ bytes: [UInt8]) -> Bool { TripleSDefinition.isDefinition(bytes) }

    /// The YAML of the questionnaire whose variables the metadata describe, and what it does not say.
    ///
    /// `bytes` are those of the file, versions 1.0 to 3.0; data are not looked for.
    ///
    /// - Throws: ``Problem`` `formats.wrong-definition`, `formats.unsupported-variant`, `formats.no-variables`,
    ///   `formats.unnamed-column`, `formats.duplicate-column`, `formats.not-of-format` and those of XML.
    public static func questionnaire(
        of bytes: [UInt8], file: String
    ) throws(Problem) -> (yaml: String, problems: [Problem]) {
        var reader = TripleSFormReader(try TripleSDefinition(reading: file, bytes: bytes))
        let yaml = reader.yaml()
        return (yaml, reader.problems.map { $0.placed(file: file) })
    }

    /// The word of an answer of a `logical` variable, which has none in the file.
    static func word(_ code: String, in language: String) -> String {
        switch (language, code) {
        case ("kk", "1"): "Иә"
        case ("kk", "0"): "Жоқ"
        case ("ru", "1"): "Да"
        case ("ru", "0"): "Нет"
        case ("en", "1"): "Yes"
        case ("en", "0"): "No"
        default: code
        }
    }

    /// A limit this far from zero stands for none: a range must name two.
    static let noLimit = 2_147_483_647.0
}

extension Problem {
    /// What triple-S has no place for.
    static func notInTripleS(_ part: String, names: [String]) -> Problem {
        Problem(
            "forms.not-in-triple-s", .finding, severity: .caution, what: "triple-S does not have \"\(part)\"",
            place: Place(detail: part),
            why: "triple-S describes the variables of a file; left out are \(list: names)",
            fix: "keep the questionnaire beside the metadata")
    }

    /// Codes that are no answers, of whose reason a file says nothing.
    static func assumedMissing(_ names: [String]) -> Problem {
        Problem(
            "forms.assumed-missing", .finding, severity: .caution,
            what: "Codes taken for missing answers: \(names.count)", place: Place(detail: "missing"),
            why:
                "they have no score beside scored answers, or stand outside the range; why an answer is missing the file does not say: \(list: names)",
            fix: "write the kind of each in the questionnaire in the place of no-answer")
    }

    /// A variable of answers without any.
    static func noValues(_ variable: String, type: String) -> Problem {
        Problem(
            "forms.no-values", .finding, what: "\"\(variable)\" has no answers",
            place: Place(variable: variable),
            why: "a variable of type \(type) needs values; without them it is read as text",
            fix: "write the type and the answers in the questionnaire")
    }

    /// A variable whose data stand otherwise than a questionnaire expects them.
    static func spreadAnswers(_ names: [String]) -> Problem {
        Problem(
            "forms.spread-answers", .finding, severity: .caution,
            what: "Questions whose codes stand one after the other: \(names.count)", place: Place(detail: "spread"),
            why:
                "a multiple question has a column of 0 and 1 for each answer, and these data a column for each choice: \(list: names)",
            fix: "to import these data, draft the questionnaire from them with saual describe --draft-questionnaire")
    }

    /// A language of texts that XML would not name so.
    static func wrongTag(_ tag: String) -> Problem {
        Problem(
            "forms.wrong-tag", .finding, what: "The language \"\(tag)\" has no code", place: Place(detail: tag),
            why: "texts name their language as XML does, kk or en-GB; those in \"\(tag)\" are left out",
            fix: "correct xml:lang and languages in the metadata")
    }
}
