public import SurveyData

/// What an import knows when the last row is read, and hands over to make the wave visible.
public struct ImportSummary: Sendable {
    /// The raw file's name; a folder in front of it is not kept.
    public var fileName: String
    /// The SHA-256 of the raw file in hexadecimal digits.
    public var sha256: String
    /// The options of the import as JSON.
    public var options: String
    /// The questionnaire as its author wrote it.
    public var questionnaire: [UInt8]?
    /// Rows of the raw file that belong to the wave, quarantined ones included.
    public var rowsRead: Int
    /// The columns in the order of the chunks that were appended.
    public var columns: [ColumnDescription]

    public init(
        fileName: String, sha256: String, options: String = "{}", questionnaire: [UInt8]? = nil, rowsRead: Int,
        columns: [ColumnDescription]
    ) {
        self.fileName = fileName
        self.sha256 = sha256
        self.options = options
        self.questionnaire = questionnaire
        self.rowsRead = rowsRead
        self.columns = columns
    }
}
