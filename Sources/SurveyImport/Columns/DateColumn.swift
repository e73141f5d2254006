internal import SurveyData
internal import SurveyFormats
internal import SurveyProblems
internal import SurveySchema

/// Dates, as `YYYY-MM-DD` or in the form of the region, `DD.MM.YYYY`.
final class DateColumn: ColumnBuilder {
    private let name: String
    private let source: Int
    private let sourceName: String
    private let isPrivate: Bool
    private let missing: CodeTable?
    private var buffer = NumberBuffer()
    /// Field work has few days, so each text is read once.
    private var texts = TextDictionary()
    private var known: [(days: Int32, kind: UInt8)] = []

    /// Texts remembered at most; bounds memory where a column of dates holds something else.
    private static let memory = 1 << 16

    init(name: String, source: Int, sourceName: String, missing: [MissingCode], isPrivate: Bool) {
        self.name = name
        self.source = source
        self.sourceName = sourceName
        self.isPrivate = isPrivate
        self.missing = CodeTable(missing: missing)
    }

    deinit { buffer.deallocate() }

    override var descriptions: [ColumnDescription] {
        [ColumnDescription(name: name, kind: .date, isPrivate: isPrivate)]
    }

    override func append(_ rows: BatchRows, _ shared: SharedWork) {
        let cells = rows.cells(source)
        var hasMissing = false
        var least = Int32.max
        var greatest = Int32.min
        for row in 0..<cells.count {
            let cell = cells[row]
            var found: (days: Int32, kind: UInt8) = (0, MissingKind.noAnswer.rawValue)
            if cell.count > 0 {
                if known.count > DateColumn.memory {
                    texts.removeAll()
                    known = []
                }
                let number = Int(texts.number(of: cell.start, cell.count))
                if number == known.count { known.append(read(cell.start, cell.count)) }
                found = known[number]
                if found.kind == MissingKind.unreadable.rawValue {
                    let value = cells.shown(row)
                    shared.log.add("import.not-a-date", column: sourceName, value: value, row: rows.number(row)) {
                        .notADate(value, column: sourceName, variable: name)
                    }
                }
            }
            shared.integers[row] = found.days
            shared.kinds[row] = found.kind
            hasMissing = hasMissing || found.kind != 0
            least = min(least, found.days)
            greatest = max(greatest, found.days)
        }
        buffer.append(
            shared.integers, least: least, greatest: greatest, kinds: hasMissing ? shared.kinds : nil,
            count: cells.count)
    }

    override func finishChunk() -> [ColumnChunk] { [buffer.finish()] }

    private func read(_ cell: UnsafePointer<UInt8>, _ count: Int) -> (days: Int32, kind: UInt8) {
        if let missing, missing.holds(cell, count) { return (0, UInt8(truncatingIfNeeded: missing.entry(cell, count))) }
        guard let date = DateColumn.date(cell, count) else { return (0, MissingKind.unreadable.rawValue) }
        return (Int32(truncatingIfNeeded: date.days), 0)
    }

    /// The day that a cell names, nil for anything else.
    static func date(_ cell: UnsafePointer<UInt8>, _ count: Int) -> CalendarDate? {
        guard count == 10 else { return nil }
        let bytes = Array(UnsafeBufferPointer(start: cell, count: 10))
        let isRegional = bytes[2] == 0x2E && bytes[5] == 0x2E
        let iso = isRegional ? bytes[6...] + [0x2D] + bytes[3...4] + [0x2D] + bytes[0...1] : bytes[...]
        return CalendarDate(iso: String(decoding: iso, as: UTF8.self))
    }
}

extension Problem {
    /// A cell of a date that is none.
    static func notADate(_ value: String, column: String, variable: String) -> Problem {
        Problem(
            "import.not-a-date", .finding, what: "\"\(value)\" is no date of \"\(variable)\"",
            place: Place(column: column, variable: variable),
            why: "a date is YYYY-MM-DD or DD.MM.YYYY and a day of the calendar; this cell counts as unreadable",
            fix: "correct the cells, or name a missing code")
    }
}
