public import SurveyProblems
internal import SurveySchema

/// Writes SPSS portable files: short names in capital letters, texts of up to 255 bytes, numbers with all their digits.
public enum PORWriter: FormatWriter {
    public static let fileExtensions = ["por"]

    public static func write(
        _ table: OutgoingTable, to path: String, replacing: Bool
    ) throws(Problem) -> WritingReport {
        let (scans, rowCount) = try OutgoingColumn.scan(table)
        guard !scans.isEmpty else { throw .noVariables(path) }
        var report = WritingReport()
        report.rowCount = rowCount
        let columns = try SAVOutgoing.all(table, scans, as: .portable, &report)
        let file = try StreamedFile(path, replacing: replacing)
        var description = PORDescription(table: table, columns: columns, output: POROutput(BinaryOutput(file)))
        try description.write(&report)
        var output = description.output
        let written = try writeRows(table, columns, &output, &report)
        guard written == rowCount else { throw .changedRows(path, first: rowCount, second: written) }
        try output.finish()
        if output.hasOtherLetters { report.losses.append(.beyondPortable(path)) }
        try file.finish()
        return report
    }

    private static func writeRows(
        _ table: OutgoingTable, _ columns: [SAVOutgoing], _ output: inout POROutput, _ report: inout WritingReport
    ) throws(Problem) -> Int {
        output.tag("F")
        let feed = try table.rows()
        let batch = RawBatch()
        var written = 0
        var hasLineBreaks = [Bool](repeating: false, count: columns.count)
        while try feed.fill(batch) {
            for row in 0..<batch.rowCount {
                for (index, column) in columns.enumerated() {
                    let cell = batch.cell(row, index)
                    if column.width > 0 {
                        // PSPP takes what stands behind a shorter string for its end.
                        if output.string(cell, width: column.width) { hasLineBreaks[index] = true }
                        continue
                    }
                    guard let start = cell.baseAddress, cell.count > 0 else {
                        output.append(Array("*.".utf8))
                        continue
                    }
                    var found = column.variable.content == .number ? CellNumber.read(start, cell.count) : nil
                    if found == nil { found = column.value(String(decoding: cell, as: UTF8.self)) }
                    guard let value = found else {
                        throw .notOfContent(
                            String(decoding: cell.prefix(60), as: UTF8.self), column: column.variable.name,
                            row: batch.rowNumbers[row])
                    }
                    output.number(value)
                }
                try output.flush()
            }
            written += batch.rowCount
        }
        for (index, column) in columns.enumerated() where hasLineBreaks[index] {
            report.losses.append(
                .notHeld("line break", column: column.variable.name, format: SAVOutgoing.Form.portable.name))
        }
        return written
    }
}

extension Problem {
    /// Letters that the character set of portable files does not have.
    static func beyondPortable(_ path: String) -> Problem {
        Problem(
            "formats.beyond-portable", .finding, severity: .caution,
            what: "\"\(path)\" has letters that portable files do not know", place: Place(file: path),
            why: "the format has the letters of English alone; all others are written in UTF-8",
            fix: "where another program shows wrong letters, give it a .sav")
    }
}
