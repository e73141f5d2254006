/// What a study file says of one wave apart from its answers.
public struct WaveRecord: Sendable, Equatable {
    public let name: String
    /// The place among the waves of the study, from 0 in the order of their first import.
    public let position: Int
    /// The raw file's name without its folder.
    public let fileName: String
    /// The SHA-256 of the raw file in hexadecimal digits.
    public let sha256: String
    /// The options of the import as JSON.
    public let options: String
    public let hasQuestionnaire: Bool
    /// Rows of the raw file that belong to the wave.
    public let rowsRead: Int
    /// Rows that stand in the columns.
    public let rowsImported: Int
    /// Rows that were set aside with a reason.
    public let rowsQuarantined: Int
    public let columnCount: Int
    public let findingCount: Int
}
