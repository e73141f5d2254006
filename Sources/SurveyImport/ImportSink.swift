public import SurveyData
public import SurveyProblems

/// Takes what an import makes: chunks of columns in the order of the rows, and rows set aside.
///
/// All calls come from the thread that runs the import. Columns are numbered as in `ImportReport.columns`.
public protocol ImportSink {
    /// Takes the next rows: one chunk a column, all of one length; the numbers run from 0.
    mutating func take(_ columns: [ColumnChunk], chunkNumber: Int) throws(Problem)

    /// Gives back a chunk taken before; asked for only when an inferred column turns out to be text.
    mutating func chunk(column: Int, chunkNumber: Int) throws(Problem) -> ColumnChunk

    /// Puts a chunk in the place of one taken before.
    mutating func replace(column: Int, chunkNumber: Int, with chunk: ColumnChunk) throws(Problem)

    /// Takes a row that was set aside.
    mutating func quarantine(_ row: QuarantinedRow) throws(Problem)
}

/// A row of the file that is not imported, with the reason.
public struct QuarantinedRow: Sendable, Equatable {
    /// The row, from 1 without the header.
    public let row: Int
    /// The line of the file on which it begins, from 1.
    public let line: Int
    /// The code of the problem.
    public let code: String
    /// The record as it stands in the file, in UTF-8, cut off after 64 KiB.
    public let raw: [UInt8]
}
