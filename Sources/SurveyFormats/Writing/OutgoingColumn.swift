internal import SurveyProblems

/// What the cells of a column need of a file.
struct OutgoingColumn {
    /// Bytes of the longest text.
    var longest = 0
    /// Bytes of all texts of more than 2045 bytes, and how many there are.
    var longTotal = 0
    var longCount = 0
    var areWhole = true
    var least = Double.infinity
    var greatest = -Double.infinity
    /// Stata's `.a` to `.z` that occur, as bits.
    var letters: UInt32 = 0
    /// Numbers in the ranges that the column declares as missing, each once, at most `codeLimit`.
    var inRanges: Set<Double> = []

    static let codeLimit = 1000

    /// Reads all rows once.
    static func scan(_ table: OutgoingTable) throws(Problem) -> (columns: [OutgoingColumn], rowCount: Int) {
        let variables = table.codebook.variables
        var columns = [OutgoingColumn](repeating: OutgoingColumn(), count: variables.count)
        let hasRanges = variables.map { variable in
            variable.missing.contains { if case .range = $0 { true } else { false } }
        }
        let feed = try table.rows()
        let batch = RawBatch()
        var rowCount = 0
        while try feed.fill(batch) {
            for (index, variable) in variables.enumerated() {
                for row in 0..<batch.rowCount {
                    let cell = batch.cell(row, index)
                    guard cell.count > 0, let start = cell.baseAddress else { continue }
                    if variable.content == .text {
                        columns[index].longest = max(columns[index].longest, cell.count)
                        if cell.count > 2045 {
                            columns[index].longTotal += cell.count
                            columns[index].longCount += 1
                        }
                        continue
                    }
                    if cell.count == 2, cell[0] == 0x2E, (0x61...0x7A).contains(cell[1]) {
                        columns[index].letters |= 1 << UInt32(cell[1] - 0x61)
                        continue
                    }
                    guard variable.content == .number else { continue }
                    guard let value = CellNumber.read(start, cell.count) else {
                        throw .notOfContent(
                            String(decoding: cell.prefix(60), as: UTF8.self), column: variable.name,
                            row: batch.rowNumbers[row])
                    }
                    if value != value.rounded(.towardZero) { columns[index].areWhole = false }
                    columns[index].least = min(columns[index].least, value)
                    columns[index].greatest = max(columns[index].greatest, value)
                    if hasRanges[index], columns[index].inRanges.count < codeLimit, variable.isMissing(value) {
                        columns[index].inRanges.insert(value)
                    }
                }
            }
            rowCount += batch.rowCount
        }
        return (columns, rowCount)
    }
}

extension Problem {
    /// A cell that is no number in a column of numbers.
    static func notOfContent(_ value: String, column: String, row: Int) -> Problem {
        Problem(
            "formats.not-of-content", .input, what: "\"\(value)\" is no value of \"\(column)\"",
            place: Place(rows: [row], column: column, detail: value),
            why: "a column has values of one type; the others in this column are numbers, dates or times",
            fix: "correct the cell in the source")
    }
}
