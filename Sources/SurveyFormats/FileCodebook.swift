public import SurveyProblems
public import SurveySchema

/// What a file says of its own columns: labels, missing values, formats, sets.
///
/// CSV says nothing, SPSS and Stata say this. Codes are the text of the cells, byte for byte, so that a label is found by comparing texts.
public struct FileCodebook: Sendable {
    /// The program and version of the format, such as `SPSS` or `Stata 118`.
    public var format: String
    /// The encoding in which the file keeps its texts.
    public var encoding: String
    /// The title of the file.
    public var label: LocalizedText = .empty
    /// Lines of text that the file carries along.
    public var notes: [String] = []
    /// The column of the weight with which the file was saved.
    public var weight: String?
    /// The columns, in the order of the reader's.
    public var variables: [FileVariable] = []
    public var sets: [FileResponseSet] = []
    /// The interviews, where the file tells before its end.
    public var rowCount: Int?
    /// True where `.a` to `.z` in a column of numbers are kinds of missing answers, as in Stata.
    public var hasExtendedMissing = false
    /// What a careful user should know of the file, such as labels of answers that no column has.
    public var cautions: [Problem] = []

    public init(format: String, encoding: String) {
        self.format = format
        self.encoding = encoding
    }

    /// The variable of a column.
    public subscript(column: String) -> FileVariable? { variables.first { $0.name == column } }

    /// The languages of all labels, each once, in the order in which they are met.
    public var languages: [Language] {
        var found: [Language] = []
        func add(_ text: LocalizedText) {
            for entry in text.texts where !found.contains(entry.language) { found.append(entry.language) }
        }
        add(label)
        for variable in variables {
            add(variable.label)
            for answer in variable.labels { add(answer.label) }
        }
        return found
    }
}

extension Language {
    /// The language of labels of which the file does not say it.
    public static let undetermined = Language(rawValue: "und")
}
