import SurveyFormats
import SurveyProblems

/// Tables in memory as files of a format.
enum WrittenFile {
    /// Rows in memory.
    private final class Rows: RowFeed {
        let cells: [[UInt8]]
        let columns: Int
        var isDone = false

        init(_ rows: [[String]], columns: Int) {
            self.columns = columns
            cells = rows.flatMap { $0.map { Array($0.utf8) } }
        }

        func fill(_ batch: RawBatch) throws(Problem) -> Bool {
            defer { isDone = true }
            batch.fill(columns: columns, firstRow: 1, cells: isDone ? [] : cells)
            return !isDone && !cells.isEmpty
        }
    }

    static func table(_ codebook: FileCodebook, _ rows: [[String]]) -> OutgoingTable {
        OutgoingTable(codebook: codebook) { () throws(Problem) -> any RowFeed in
            Rows(rows, columns: max(1, codebook.variables.count))
        }
    }

    @discardableResult
    static func write(_ codebook: FileCodebook, _ rows: [[String]], to path: String) throws -> WritingReport {
        try FormatCatalog.write(table(codebook, rows), to: path, replacing: true)
    }

    /// Writes a table and reads it again.
    static func written(
        _ codebook: FileCodebook, _ rows: [[String]], as ending: String
    ) throws -> (file: DescribedFile, report: WritingReport) {
        let file = try TemporaryFile([], name: "out.\(ending)")
        let report = try write(codebook, rows, to: file.path)
        return (DescribedFile(path: file.path), report)
    }
}
