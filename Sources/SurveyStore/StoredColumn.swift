internal import SurveyData
internal import SurveyProblems

/// A row of the table `columns`.
struct StoredColumn {
    let description: ColumnDescription
    let position: Int
    let wave: Int

    /// Covers the private mark too: a flipped bit must not publish a column.
    private func checksum(dictionary: UnsafeRawBufferPointer) -> Checksum {
        var checksum = Checksum()
        checksum.add([wave, position, description.isPrivate ? 1 : 0])
        checksum.add(description.name)
        checksum.add(description.kind.rawValue)
        checksum.add(dictionary)
        return checksum
    }

    func insert(into connection: Connection) throws(Problem) {
        guard let dictionary = PackedTexts.bytes(of: description.dictionary) else {
            throw .impossibleColumn(connection.path, column: description.name, entries: description.dictionary.count)
        }
        let checksum = dictionary.withUnsafeBytes { self.checksum(dictionary: $0) }
        try connection.run(
            "INSERT INTO columns VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                .integer(wave), .integer(position), .text(description.name), .text(description.kind.rawValue),
                .integer(description.isPrivate ? 1 : 0), .integer(checksum.stored), .bytes(dictionary),
            ])
    }

    /// Reads the columns of a wave in their order, or only those of some positions.
    static func all(
        of wave: StoredWave, in connection: Connection, at positions: Set<Int>? = nil
    ) throws(Problem) -> [StoredColumn] {
        let statement = try connection.prepare(
            "SELECT position, name, kind, private, checksum, dictionary FROM columns WHERE wave = ? ORDER BY position")
        try statement.bind([.integer(wave.id)])
        var columns: [StoredColumn] = []
        var found = 0
        while try statement.step() {
            guard statement.integer(0) == found else { break }
            found += 1
            if let positions, !positions.contains(found - 1) { continue }
            columns.append(try StoredColumn(statement, wave: wave.id, path: connection.path))
        }
        guard found == wave.record.columnCount else {
            throw .damagedRecord(connection.path, table: "columns", key: wave.record.name)
        }
        return columns
    }

    private init(_ row: Statement, wave: Int, path: String) throws(Problem) {
        let name = row.text(1)
        guard let kind = Column.Kind(rawValue: row.text(2)), let dictionary = PackedTexts.texts(in: row.bytes(5)) else {
            throw .damagedRecord(path, table: "columns", key: name)
        }
        description = ColumnDescription(name: name, kind: kind, dictionary: dictionary, isPrivate: row.integer(3) != 0)
        position = row.integer(0)
        self.wave = wave
        guard checksum(dictionary: row.bytes(5)).stored == row.integer(4) else {
            throw .damagedRecord(path, table: "columns", key: name)
        }
    }

    init(description: ColumnDescription, position: Int, wave: Int) {
        self.description = description
        self.position = position
        self.wave = wave
    }
}

extension Problem {
    /// A dictionary that no study file can hold.
    static func impossibleColumn(_ path: String, column: String, entries: Int) -> Problem {
        Problem(
            "store.too-many-texts", .input, what: "Column \"\(column)\" has too many different texts",
            place: Place(file: path, column: column),
            why: "a column may have 4294967040 different texts; found \(entries)",
            fix: "split the wave, or leave the column out")
    }
}
