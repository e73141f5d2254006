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
        let dataPath = TripleSWriter.dataPath(path)
        let data = try StreamedFile(dataPath, replacing: replacing)
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

extension TripleSWriter {
    /// The file of the data beside that of the metadata.
    static func dataPath(_ path: String) -> String {
        path.dropLast(FormatCatalog.fileExtension(of: path).count) + "csv"
    }
}

extension FormatCatalog {
    /// The files that writing into one makes: for triple-S also that of the data.
    ///
    /// - Throws: ``Problem`` `formats.replaces-source` if the second one is the source itself.
    public static func outputs(of target: String, from source: String) throws(Problem) -> [String] {
        guard TripleSWriter.fileExtensions.contains(fileExtension(of: target)) else { return [target] }
        let data = TripleSWriter.dataPath(target)
        guard data != source else { throw .replacesSource(source, target: target) }
        return [target, data]
    }
}

extension Problem {
    /// Data that would be written over what they are read from.
    static func replacesSource(_ source: String, target: String) -> Problem {
        Problem(
            "formats.replaces-source", .usage, what: "\"\(target)\" cannot be written from \"\(source)\"",
            place: Place(file: target),
            why: "triple-S is two files, and its data would stand in the place of the source",
            fix: "choose another name")
    }

    /// Letters that the data files of triple-S do not have.
    static func beyondLatin(_ path: String) -> Problem {
        Problem(
            "formats.beyond-latin", .finding, severity: .caution,
            what: "\"\(path)\" has letters that data of triple-S do not know", place: Place(file: path),
            why: "the standard has ISO 8859-1 for data; these are written in UTF-8 with a byte order mark",
            fix: "where another program shows wrong letters, tell it that the data are UTF-8")
    }
}
