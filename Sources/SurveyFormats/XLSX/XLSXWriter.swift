public import SurveyProblems
internal import SurveySchema

/// Writes a table as a workbook: the rows on the sheet `data`, what is known of the columns on the sheet `codebook`.
public enum XLSXWriter: FormatWriter {
    public static let fileExtensions = ["xlsx"]

    public static func write(
        _ table: OutgoingTable, to path: String, replacing: Bool
    ) throws(Problem) -> WritingReport {
        let variables = table.codebook.variables
        guard !variables.isEmpty else { throw .noVariables(path) }
        var report = WritingReport()
        let labels = variables.map { variable in
            Dictionary(
                variable.labels.map { ($0.code, table.label($0.label)) }, uniquingKeysWith: { first, _ in first })
        }
        let book = try WorkbookWriter(path, replacing: replacing)
        try book.beginSheet("data")
        try book.append(variables.map { .heading($0.name) })
        book.freezeHeader()
        let feed = try table.rows()
        let batch = RawBatch()
        var emptyRows = 0
        var isRounded = [Bool](repeating: false, count: variables.count)
        while try feed.fill(batch) {
            for row in 0..<batch.rowCount {
                var cells: [WorkbookWriter.Cell] = []
                for (index, variable) in variables.enumerated() {
                    let text = batch.text(row, index)
                    if variable.content == .number, hasSeventeenDigits(text) { isRounded[index] = true }
                    if variable.content == .number, let value = CellNumber.read(text), value.magnitude > greatest {
                        throw .cannotHold(
                            text, column: variable.name, row: batch.rowNumbers[row], format: "XLSX",
                            limit: "\(greatest)")
                    }
                    if table.writesLabels, let label = labels[index][text], !label.isEmpty {
                        cells.append(.text(label))
                    } else {
                        cells.append(cell(text, variable.content))
                    }
                }
                if cells.allSatisfy({ $0 == .empty }) { emptyRows += 1 }
                try book.append(cells)
            }
            report.rowCount += batch.rowCount
        }
        try writeCodebook(table, book)
        try book.finish()
        for (index, variable) in variables.enumerated() where isRounded[index] {
            report.losses.append(.notHeld("17th digit", column: variable.name, format: "XLSX"))
        }
        // Readers of workbooks pass over rows without cells, as ours does.
        if emptyRows > 0 { report.losses.append(.notHeld("empty rows: \(emptyRows)", column: "*", format: "XLSX")) }
        for set in table.codebook.sets {
            report.losses.append(.notHeld(set.name, column: set.name, format: "XLSX"))
        }
        if let weight = table.codebook.weight {
            report.losses.append(.notHeld("weight", column: weight, format: "XLSX"))
        }
        let ofFile = [("title", !table.codebook.label.isEmpty), ("notes", !table.codebook.notes.isEmpty)]
        for (property, isThere) in ofFile where isThere {
            report.losses.append(.notHeld(property, column: "*", format: "XLSX"))
        }
        return report
    }

    /// The greatest number that spreadsheets have.
    private static let greatest = 9.99999999999999e307

    /// True for a number of which sixteen digits, all that the library writes, are not the whole.
    private static func hasSeventeenDigits(_ text: String) -> Bool {
        guard text.utf8.count > 16, let value = CellNumber.read(text) else { return false }
        let mantissa = SheetNumber.text(of: value).prefix { $0 != "e" && $0 != "E" }
        return mantissa.filter(\.isNumber).drop { $0 == "0" }.count > 16
    }

    private static func cell(_ text: String, _ content: FileVariable.Content) -> WorkbookWriter.Cell {
        switch content {
        case _ where text.isEmpty: return .empty
        case .number: return CellNumber.read(text).map { .number($0) } ?? .text(text)
        case .date: return CalendarDate(iso: text).map { .date($0.days) } ?? .text(text)
        case .dateTime, .time, .text: return .text(text)
        }
    }

    /// One row a variable, followed by one a code.
    private static func writeCodebook(_ table: OutgoingTable, _ book: WorkbookWriter) throws(Problem) {
        let isDescribed = table.codebook.variables.contains {
            !$0.labels.isEmpty || !$0.label.isEmpty || !$0.missing.isEmpty
        }
        guard isDescribed else { return }
        try book.beginSheet("codebook")
        try book.append(["variable", "code", "label", "missing"].map { .heading($0) })
        book.freezeHeader()
        for variable in table.codebook.variables {
            try book.append([.text(variable.name), .empty, .text(table.label(variable.label))])
            for answer in variable.labels {
                let isMissing =
                    variable.isMissing(code: answer.code)
                    || CellNumber.read(answer.code).map(variable.isMissing) ?? false
                try book.append([
                    .text(variable.name), .text(answer.code), .text(table.label(answer.label)),
                    isMissing ? .number(1) : .empty,
                ])
            }
            let labelled = Set(variable.labels.map(\.code))
            for case .code(let code) in variable.missing where !labelled.contains(code) {
                try book.append([.text(variable.name), .text(code), .empty, .number(1)])
            }
        }
    }
}
