internal import SurveyData
internal import SurveyProblems

/// A chunk as it stands in the file; its bytes live until the next row is read.
struct StoredChunk {
    let number: Int
    let rows: Int
    let encoding: ColumnChunk.Encoding
    let bytes: UnsafeRawBufferPointer
    let kinds: UnsafeRawBufferPointer
}

/// What is known of a chunk without its bytes.
struct ChunkOutline {
    let rows: Int
    let encoding: ColumnChunk.Encoding
    let hasKinds: Bool
}

/// Reads the chunks of one wave; whatever it gives has the right checksum and the right size.
struct ChunkReader {
    let connection: Connection
    let wave: Int
    let waveName: String

    /// Returns the outlines of a column's chunks, whose rows must add up to those of the wave.
    func outlines(of column: StoredColumn, rowCount: Int) throws(Problem) -> [ChunkOutline] {
        let statement = try connection.prepare(
            "SELECT chunk, rows, encoding, length(kinds) FROM chunks WHERE wave = ? AND position = ? ORDER BY chunk")
        try statement.bind([.integer(wave), .integer(column.position)])
        var outlines: [ChunkOutline] = []
        var total = 0
        while try statement.step() {
            let rows = statement.integer(1)
            guard statement.integer(0) == outlines.count, (0...ColumnChunk.fullRows).contains(rows),
                let encoding = ColumnChunk.Encoding(named: statement.text(2))
            else {
                throw damaged(column, chunk: statement.integer(0), firstRow: total, rows: rows, expected: 0, found: 0)
            }
            outlines.append(ChunkOutline(rows: rows, encoding: encoding, hasKinds: statement.integer(3) > 0))
            total += rows
        }
        guard total == rowCount else {
            throw .damagedRecord(connection.path, table: "chunks", key: column.description.name)
        }
        return outlines
    }

    /// Reads the chunks of a column one after the other; stops when `body` does not accept one.
    func read(_ column: StoredColumn, _ body: (StoredChunk, _ firstRow: Int) -> Bool) throws(Problem) {
        let statement = try connection.prepare(
            """
            SELECT chunk, rows, encoding, checksum, kinds, bytes FROM chunks WHERE wave = ? AND position = ? ORDER BY chunk
            """)
        try statement.bind([.integer(wave), .integer(column.position)])
        var firstRow = 0
        while try statement.step() {
            let (chunk, expected, found) = read(statement, column: column.position)
            guard let chunk, found == expected else {
                throw damaged(
                    column, chunk: statement.integer(0), firstRow: firstRow, rows: statement.integer(1),
                    expected: expected,
                    found: found)
            }
            guard body(chunk, firstRow) else {
                throw .impossibleValues(
                    path: connection.path, wave: waveName, column: column.description, chunk: chunk.number,
                    firstRow: firstRow, rows: chunk.rows)
            }
            firstRow += chunk.rows
        }
    }

    /// Returns a copy of one chunk, nil if there is none or it is damaged.
    func chunk(column: Int, number: Int) throws(Problem) -> ColumnChunk? {
        let statement = try connection.prepare(
            """
            SELECT chunk, rows, encoding, checksum, kinds, bytes FROM chunks WHERE wave = ? AND position = ? AND chunk = ?
            """)
        try statement.bind([.integer(wave), .integer(column), .integer(number)])
        guard try statement.step() else { return nil }
        let (chunk, expected, found) = read(statement, column: column)
        guard let chunk, found == expected else { return nil }
        return ColumnChunk(
            rowCount: chunk.rows, encoding: chunk.encoding, bytes: Array(chunk.bytes), kinds: Array(chunk.kinds))
    }

    /// The chunk of the present row, nil if its parts do not fit each other, with its stored and its computed checksum.
    private func read(_ row: Statement, column: Int) -> (StoredChunk?, expected: Int, found: Int) {
        let (rows, kinds, bytes) = (row.integer(1), row.bytes(4), row.bytes(5))
        guard let encoding = ColumnChunk.Encoding(named: row.text(2)) else { return (nil, row.integer(3), 0) }
        var checksum = Checksum(wave: wave, column: column, chunk: row.integer(0), rows: rows, encoding: encoding)
        checksum.add(bytes)
        checksum.add(kinds)
        guard (0...ColumnChunk.fullRows).contains(rows), bytes.count == rows * encoding.width,
            kinds.count == 0 || kinds.count == rows
        else { return (nil, row.integer(3), checksum.stored) }
        let chunk = StoredChunk(number: row.integer(0), rows: rows, encoding: encoding, bytes: bytes, kinds: kinds)
        return (chunk, row.integer(3), checksum.stored)
    }

    private func damaged(
        _ column: StoredColumn, chunk: Int, firstRow: Int, rows: Int, expected: Int, found: Int
    ) -> Problem {
        let rows = min(max(0, rows), ColumnChunk.fullRows)
        return .damagedChunk(
            path: connection.path, wave: waveName, column: column.description, chunk: chunk, firstRow: firstRow,
            rows: rows,
            checksums: (UInt64(truncatingIfNeeded: expected), UInt64(truncatingIfNeeded: found)))
    }
}

extension Checksum {
    /// Begins the checksum of a chunk with where it belongs, so that a chunk in a wrong place is found too.
    init(wave: Int, column: Int, chunk: Int, rows: Int, encoding: ColumnChunk.Encoding) {
        self.init()
        add([wave, column, chunk, rows, Int(encoding.rawValue)])
    }
}

extension ColumnChunk {
    /// True if there is a value for each row, and a kind for each or none.
    var hasRightSize: Bool {
        (0...ColumnChunk.fullRows).contains(rowCount) && bytes.count == rowCount * encoding.width
            && (kinds.isEmpty || kinds.count == rowCount)
    }
}

extension ColumnChunk.Encoding {
    private static let names: [(ColumnChunk.Encoding, String)] = [
        (.uint8, "uint8"), (.uint16, "uint16"), (.uint32, "uint32"), (.int8, "int8"), (.int16, "int16"),
        (.int32, "int32"), (.float64, "float64"),
    ]

    /// The name in the table `chunks`.
    var name: String { ColumnChunk.Encoding.names.first { $0.0 == self }?.1 ?? "" }

    init?(named name: String) {
        guard let found = ColumnChunk.Encoding.names.first(where: { $0.1 == name }) else { return nil }
        self = found.0
    }

    /// Bytes a row.
    var width: Int {
        switch self {
        case .uint8, .int8: 1
        case .uint16, .int16: 2
        case .uint32, .int32: 4
        case .float64: 8
        }
    }
}

extension Problem {
    /// A chunk whose bytes are not those that were written.
    static func damagedChunk(
        path: String, wave: String, column: ColumnDescription, chunk: Int, firstRow: Int, rows: Int,
        checksums: (expected: UInt64, found: UInt64)
    ) -> Problem {
        Problem(
            "store.damaged", .input, what: "Column \"\(column.name)\" of wave \"\(wave)\" is damaged",
            place: Place(file: path, rows: rows > 0 ? [firstRow + 1] : [], rowsTotal: rows, column: column.name),
            why: """
                chunk \(chunk), \(rows) rows from row \(firstRow + 1) on, must have the checksum \
                \(String(checksums.expected, radix: 16)); found \(String(checksums.found, radix: 16))
                """,
            fix: "import the wave again from its raw file with --replace")
    }

    /// A chunk with values that its column cannot have, although its checksum is right.
    static func impossibleValues(
        path: String, wave: String, column: ColumnDescription, chunk: Int, firstRow: Int, rows: Int
    ) -> Problem {
        Problem(
            "store.impossible-values", .input,
            what: "Column \"\(column.name)\" of wave \"\(wave)\" holds impossible values",
            place: Place(file: path, rows: rows > 0 ? [firstRow + 1] : [], rowsTotal: rows, column: column.name),
            why: """
                chunk \(chunk), \(rows) rows from row \(firstRow + 1) on, is of kind \(column.kind.rawValue) with \
                \(column.dictionary.count) entries in its dictionary; values are outside
                """,
            fix: "import the wave again from its raw file with --replace")
    }
}
