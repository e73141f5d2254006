public import SurveyFormats
public import SurveyProblems

/// The columns of a data file under the names that a map gives them.
public struct MappedColumns: Sendable {
    /// The names that come out: those of the map, then the columns of which it says nothing.
    public let columns: [String]
    /// How each is made from the cells of the file.
    let cells: [RewrittenCell]
    /// The columns of the file.
    let file: [String]
    /// Columns that are left out knowingly.
    let ignored: [String]
    /// Joined cells whose words are looked at: column of the file and the words they may have.
    let joined: [JoinedChoices]

    /// True if a column that comes out has another name or other texts than in the file.
    func isChanged(_ position: Int) -> Bool {
        if case .column(let source) = cells[position] { return columns[position] != file[source] }
        return true
    }
}

/// A reader whose columns have the names that a map gives them.
public final class MappedReader: FormatReader {
    private let reader: any FormatReader
    private let mapped: MappedColumns

    public init(_ reader: any FormatReader, _ mapped: MappedColumns) {
        precondition(reader.columns == mapped.file, "a map is applied to the columns of its file")
        self.reader = reader
        self.mapped = mapped
    }

    public var file: String { reader.file }
    public var columns: [String] { mapped.columns }
    public var bytesRead: Int { reader.bytesRead }
    public var byteCount: Int? { reader.byteCount }

    public func fill(_ batch: RawBatch) throws(Problem) -> Bool {
        guard try reader.fill(batch) else { return false }
        batch.findChoices(outside: mapped.joined)
        batch.findings = batch.findings.map { finding in
            guard case .error(let column, let row, let text) = finding else { return finding }
            return .error(column: mapped.cells.firstIndex { $0.source == column } ?? 0, row: row, text: text)
        }
        batch.rewrite(mapped.cells)
        return true
    }
}
