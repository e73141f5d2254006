public import SurveyProblems
internal import SurveySchema

/// Writes delimited text: UTF-8, commas (tabs in `.tsv`), a header, codes or labels as cells.
///
/// A text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay as they are.
public enum CSVWriter: FormatWriter {
    public static let fileExtensions = ["csv", "tsv"]

    public static func write(
        _ table: OutgoingTable, to path: String, replacing: Bool
    ) throws(Problem) -> WritingReport {
        let delimiter: UInt8 = path.lowercased().hasSuffix(".tsv") ? 0x09 : 0x2C
        let variables = table.codebook.variables
        guard !variables.isEmpty else { throw .noVariables(path) }
        var report = WritingReport()
        let labels: [[String: [UInt8]]] = variables.map { variable in
            guard table.writesLabels else { return [:] }
            return Dictionary(
                variable.labels.compactMap { answer in
                    let label = table.label(answer.label)
                    return label.isEmpty ? nil : (answer.code, Array(label.utf8))
                }, uniquingKeysWith: { first, _ in first })
        }
        let file = try StreamedFile(path, replacing: replacing)
        var output = BinaryOutput(file)
        for (index, variable) in variables.enumerated() {
            if index > 0 { output.int8(Int(delimiter)) }
            append(Array(variable.name.utf8), isText: true, delimiter, to: &output)
        }
        output.int8(0x0A)
        let feed = try table.rows()
        let batch = RawBatch()
        while try feed.fill(batch) {
            for row in 0..<batch.rowCount {
                for (index, variable) in variables.enumerated() {
                    if index > 0 { output.int8(Int(delimiter)) }
                    let cell = batch.cell(row, index)
                    if !labels[index].isEmpty, let label = labels[index][String(decoding: cell, as: UTF8.self)] {
                        append(label, isText: true, delimiter, to: &output)
                    } else {
                        append(Array(cell), isText: variable.content == .text, delimiter, to: &output)
                    }
                }
                output.int8(0x0A)
                try output.flush()
            }
            report.rowCount += batch.rowCount
        }
        try output.flush(all: true)
        try file.finish()
        let described = variables.filter { !$0.labels.isEmpty || !$0.label.isEmpty || !$0.missing.isEmpty }
        if !described.isEmpty || !table.codebook.sets.isEmpty {
            report.losses.append(.notHeld("labels, missing, sets", column: "*", format: "CSV"))
        }
        let ofFile = [
            ("title", !table.codebook.label.isEmpty), ("notes", !table.codebook.notes.isEmpty),
            ("weight", table.codebook.weight != nil),
        ]
        for (property, isThere) in ofFile where isThere {
            report.losses.append(.notHeld(property, column: "*", format: "CSV"))
        }
        return report
    }

    private static func append(_ cell: [UInt8], isText: Bool, _ delimiter: UInt8, to output: inout BinaryOutput) {
        let isFormula = isText && [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D].contains(cell.first ?? 0)
        let needsQuotes = cell.contains { $0 == delimiter || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
        if !isFormula, !needsQuotes { return output.append(cell) }
        if needsQuotes { output.int8(0x22) }
        if isFormula { output.int8(0x27) }
        for byte in cell {
            if byte == 0x22, needsQuotes { output.int8(0x22) }
            output.int8(Int(byte))
        }
        if needsQuotes { output.int8(0x22) }
    }
}
