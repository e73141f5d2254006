public import SurveyProblems
internal import SurveySchema

/// Writes SPSS system files: `.sav` compressed by row, `.zsav` in zlib blocks; texts are UTF-8.
public enum SAVWriter: FormatWriter {
    public static let fileExtensions = ["sav", "zsav"]

    public static func write(
        _ table: OutgoingTable, to path: String, replacing: Bool
    ) throws(Problem) -> WritingReport {
        let (scans, rowCount) = try OutgoingColumn.scan(table)
        guard !scans.isEmpty else { throw .noVariables(path) }
        var report = WritingReport()
        report.rowCount = rowCount
        let columns = try SAVOutgoing.all(table, scans, &report)
        let isBlocked = path.lowercased().hasSuffix(".zsav")
        let file = try StreamedFile(path, replacing: replacing)
        var output = BinaryOutput(file)
        SAVDescription(table: table, columns: columns, rowCount: rowCount).write(
            to: &output, isBlocked: isBlocked, &report)
        try output.flush(all: true)
        var rows = SAVRows(columns, file, output, isBlocked: isBlocked)
        let feed = try table.rows()
        let batch = RawBatch()
        var written = 0
        while try feed.fill(batch) {
            try rows.append(batch)
            written += batch.rowCount
        }
        guard written == rowCount else { throw .changedRows(path, first: rowCount, second: written) }
        try rows.finish()
        try file.finish()
        return report
    }
}

/// The rows of an SPSS file, compressed as they come.
private struct SAVRows {
    private let columns: [SAVOutgoing]
    private let file: StreamedFile
    private var output: BinaryOutput
    private var blocks: SAVBlockWriter?
    /// The codes of a group of eight and the elements that follow them.
    private var codes: [UInt8] = []
    private var elements: [UInt8] = []

    init(_ columns: [SAVOutgoing], _ file: StreamedFile, _ output: BinaryOutput, isBlocked: Bool) {
        self.columns = columns
        self.file = file
        self.output = output
        if isBlocked { blocks = SAVBlockWriter(headerOffset: output.offset) }
    }

    mutating func append(_ batch: RawBatch) throws(Problem) {
        for row in 0..<batch.rowCount {
            for (index, column) in columns.enumerated() {
                let cell = batch.cell(row, index)
                if column.width > 0 {
                    try text(cell, column)
                } else {
                    try number(cell, column, row: batch.rowNumbers[row])
                }
            }
            if blocks == nil { try output.flush() }
        }
    }

    private mutating func number(
        _ cell: UnsafeBufferPointer<UInt8>, _ column: SAVOutgoing, row: Int
    ) throws(Problem) {
        guard let start = cell.baseAddress, cell.count > 0 else { return try code(255) }
        var found = column.variable.content == .number ? CellNumber.read(start, cell.count) : nil
        if found == nil { found = column.value(String(decoding: cell, as: UTF8.self)) }
        guard let value = found else {
            throw .notOfContent(
                String(decoding: cell.prefix(60), as: UTF8.self), column: column.variable.name, row: row)
        }
        // The least number of all is the system-missing value.
        guard value > -Double.greatestFiniteMagnitude else {
            throw .cannotHold(
                String(decoding: cell.prefix(60), as: UTF8.self), column: column.variable.name, row: row,
                format: SAVOutgoing.Form.system.name, limit: "> -1.7976931348623157e308")
        }
        if value == value.rounded(.towardZero), value >= -99, value <= 151, value != 0 || value.sign == .plus {
            return try code(UInt8(value + 100))
        }
        withUnsafeBytes(of: value.bitPattern.littleEndian) { elements.append(contentsOf: $0) }
        try code(253)
    }

    private mutating func text(_ cell: UnsafeBufferPointer<UInt8>, _ column: SAVOutgoing) throws(Problem) {
        var position = 0
        for segment in column.segments {
            let end = min(cell.count, position + segment)
            for element in 0..<max(1, (segment + 7) / 8) {
                let start = position + element * 8
                var isBlank = true
                var word: [UInt8] = []
                for place in start..<start + 8 {
                    // The eighth byte of the last element of a segment of 255 is padding.
                    let byte = place < end ? cell[place] : 0x20
                    if byte != 0x20 { isBlank = false }
                    word.append(byte)
                }
                if !isBlank { elements += word }
                try code(isBlank ? 254 : 253)
            }
            position += segment
        }
    }

    private mutating func code(_ code: UInt8) throws(Problem) {
        codes.append(code)
        if codes.count == 8 { try endGroup() }
    }

    private mutating func endGroup() throws(Problem) {
        if blocks != nil {
            try blocks?.append(codes + elements, to: &output)
        } else {
            output.append(codes)
            output.append(elements)
        }
        codes.removeAll(keepingCapacity: true)
        elements.removeAll(keepingCapacity: true)
    }

    mutating func finish() throws(Problem) {
        if !codes.isEmpty {
            codes += [UInt8](repeating: 0, count: 8 - codes.count)
            try endGroup()
        }
        try blocks?.finish(&output)
        try output.flush(all: true)
        if let (bytes, offset) = blocks?.header { try file.replace(bytes, at: offset) }
    }
}

extension Problem {
    /// Rows that changed between the readings of a source.
    static func changedRows(_ path: String, first: Int, second: Int) -> Problem {
        Problem(
            "formats.changed-rows", .input, what: "The rows for \"\(path)\" changed while they were written",
            place: Place(file: path), why: "they are read twice: first \(first) rows, then \(second)",
            fix: "let the other program finish, then try again")
    }
}
