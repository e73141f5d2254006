public import SurveyProblems
internal import SurveySchema

/// Writes triple-S 2.0: a metadata file and, beside it under the same name, its data delimited by commas (`.csv`).
///
/// The data are ISO 8859-1, as the standard has it; where a text has other letters, UTF-8 with a byte order mark before the header.
public enum TripleSWriter: FormatWriter {
    public static let fileExtensions = ["sss"]
    static let name = "triple-S"

    public static func write(
        _ table: OutgoingTable, to path: String, replacing: Bool
    ) throws(Problem) -> WritingReport {
        let (scans, rowCount) = try OutgoingColumn.scan(table)
        guard !scans.isEmpty else { throw .noVariables(path) }
        var report = WritingReport()
        report.rowCount = rowCount
        let plan = try TripleSPlan(table, scans, &report)
        let metadata = try StreamedFile(path, replacing: replacing)
        let stem = String(path.dropLast(FormatCatalog.fileExtension(of: path).count))
        let dataPath = stem + "csv"
        let data = try StreamedFile(dataPath, replacing: replacing)
        // An older data file of another ending may stand there; ours is found first.
        var output = BinaryOutput(data)
        let written = try TripleSRows(plan).write(table, to: &output, &report)
        guard written == rowCount else { throw .changedRows(path, first: rowCount, second: written) }
        try output.flush(all: true)
        var definition = BinaryOutput(metadata)
        definition.append(Array(plan.metadata(of: table).utf8))
        try definition.flush(all: true)
        if plan.hasOtherLetters { report.losses.append(.beyondLatin(dataPath)) }
        try data.finish()
        try metadata.finish()
        return report
    }
}

extension Problem {
    /// Letters that the data files of triple-S do not have.
    static func beyondLatin(_ path: String) -> Problem {
        Problem(
            "formats.beyond-latin", .finding, severity: .caution,
            what: "\"\(path)\" has letters that data of triple-S do not know", place: Place(file: path),
            why: "the standard has ISO 8859-1 for data; these are written in UTF-8 with a byte order mark",
            fix: "where another program shows wrong letters, tell it that the data are UTF-8")
    }
}
