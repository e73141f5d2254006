/// A row of the raw file that was set aside, with the reason.
public struct QuarantineRecord: Sendable, Equatable {
    /// The row of data, from 1 without the header.
    public let row: Int
    /// The line of the file, from 1; 0 where the format has no lines.
    public let line: Int
    /// The code of the problem.
    public let code: String
    /// The row as it stands in the file.
    public let text: [UInt8]

    public init(row: Int, line: Int, code: String, text: [UInt8]) {
        self.row = row
        self.line = line
        self.code = code
        self.text = text
    }
}
