internal import SurveyProblems
internal import SurveySchema

/// The data of triple-S: a header with the names, then a line for each row.
struct TripleSRows {
    private let plan: TripleSPlan
    private let isLatin: Bool

    init(_ plan: TripleSPlan) {
        self.plan = plan
        isLatin = !plan.hasOtherLetters
    }

    /// Writes all rows and returns how many there are.
    func write(
        _ table: OutgoingTable, to output: inout BinaryOutput, _ report: inout WritingReport
    ) throws(Problem) -> Int {
        if !isLatin { output.append([0xEF, 0xBB, 0xBF]) }
        for (index, variable) in plan.variables.enumerated() {
            if index > 0 { output.int8(0x2C) }
            output.append(Array(variable.name.utf8))
        }
        output.append([0x0D, 0x0A])
        let feed = try table.rows()
        let batch = RawBatch()
        var written = 0
        var hasLineBreaks: Set<Int> = []
        while try feed.fill(batch) {
            for row in 0..<batch.rowCount {
                for (index, variable) in plan.variables.enumerated() {
                    if index > 0 { output.int8(0x2C) }
                    let cell = batch.cell(row, variable.column)
                    switch variable.content {
                    case .bits(let members):
                        if !cell.isEmpty { write(members, of: batch, row, &output) }
                    case _ where cell.isEmpty: break
                    case .character, .single(isLiteral: true):
                        if cell.contains(where: { $0 == 0x0A || $0 == 0x0D }) { hasLineBreaks.insert(variable.column) }
                        append(text: cell, &output)
                    case .date: append(date: cell, &output)
                    case .time: output.append(TripleSLook.clock(cell) ?? Array(cell))
                    case .single, .quantity, .logical:
                        try append(number: cell, variable.column, row: batch.rowNumbers[row], &output)
                    }
                }
                output.append([0x0D, 0x0A])
                try output.flush()
            }
            written += batch.rowCount
        }
        for column in hasLineBreaks.sorted() {
            report.losses.append(
                .notHeld("line break", column: plan.columns[column].variable.name, format: TripleSWriter.name))
        }
        return written
    }

    private func write(
        _ members: [(column: Int, code: Int)], of batch: RawBatch, _ row: Int, _ output: inout BinaryOutput
    ) {
        var bits = [UInt8](repeating: 0x30, count: members.map(\.code).max() ?? 0)
        for member in members where batch.cell(row, member.column).first == 0x31 { bits[member.code - 1] = 0x31 }
        output.append([0x22] + bits + [0x22])
    }

    private func append(number cell: UnsafeBufferPointer<UInt8>, _ column: Int, row: Int, _ output: inout BinaryOutput)
        throws(Problem)
    {
        let isPlain = cell.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E }
        if isPlain { return output.append(Array(cell)) }
        let text = String(decoding: cell, as: UTF8.self)
        guard let value = plan.columns[column].value(text) else {
            throw .notOfContent(String(text.prefix(60)), column: plan.columns[column].variable.name, row: row)
        }
        output.append(Array(TripleSNumber.text(value).utf8))
    }

    /// A day as eight digits; what is no day of four-digit years stays as it is.
    private func append(date cell: UnsafeBufferPointer<UInt8>, _ output: inout BinaryOutput) {
        let text = String(decoding: cell, as: UTF8.self)
        output.append(Array(CalendarDate(iso: text) == nil ? text.utf8 : text.replacing("-", with: "").utf8))
    }

    private func append(text cell: UnsafeBufferPointer<UInt8>, _ output: inout BinaryOutput) {
        var bytes = cell.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
        if isLatin, bytes.contains(where: { $0 >= 0x80 }) {
            bytes = String(decoding: bytes, as: UTF8.self).unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        }
        // As in any text delimited by commas: nothing that a spreadsheet would run.
        let isFormula = [0x3D, 0x2B, 0x2D, 0x40, 0x09].contains(bytes.first ?? 0)
        let needsQuotes =
            bytes.contains { $0 == 0x2C || $0 == 0x22 } || bytes.first == 0x20 || bytes.last == 0x20
        if !needsQuotes { return output.append((isFormula ? [0x27] : []) + bytes) }
        var quoted: [UInt8] = isFormula ? [0x22, 0x27] : [0x22]
        for byte in bytes { quoted += byte == 0x22 ? [0x22, 0x22] : [byte] }
        output.append(quoted + [0x22])
    }
}
