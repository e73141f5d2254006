internal import SurveyFormats
internal import SurveyImport
internal import SurveyProblems

extension RawSource {
    /// The file as a table that can be written in another format, and what reading it found.
    func outgoing() throws(Problem) -> (OutgoingTable, [Problem]) {
        let reader = try open()
        let codebook: FileCodebook
        if let own = reader.codebook {
            codebook = own
        } else {
            codebook = try FileCodebook.inferred(by: reader, options: importOptions(nil))
        }
        let numbers = codebook.variables.map { $0.content == .number }
        let table = OutgoingTable(codebook: codebook) { () throws(Problem) -> any RowFeed in
            let reader = try open()
            return reader.codebook == nil && decimal == .comma ? PointedRows(reader, numbers) : reader
        }
        return (table, codebook.cautions)
    }
}

/// Rows whose numbers have a comma as decimal sign, with a point in its place.
private final class PointedRows: RowFeed {
    private let reader: any FormatReader
    private let numbers: [Bool]

    init(_ reader: any FormatReader, _ numbers: [Bool]) {
        self.reader = reader
        self.numbers = numbers
    }

    func fill(_ batch: RawBatch) throws(Problem) -> Bool {
        guard try reader.fill(batch) else { return false }
        for (column, isNumber) in numbers.enumerated() where isNumber {
            for row in 0..<batch.rowCount {
                let field = batch.fields[row * batch.columnCount + column]
                for position in Int(field & 0xFFFF_FFFF)..<Int(field >> 32) where batch.bytes[position] == 0x2C {
                    batch.bytes[position] = 0x2E
                }
            }
        }
        return true
    }
}
