public import SurveyData
public import SurveyProblems

extension StudyFile {
    /// Returns the names of a wave's columns in their order.
    public func columnNames(of wave: String) throws(Problem) -> [String] {
        try connection.transaction("BEGIN") { () throws(Problem) in try columnNames(of: storedWave(wave)) }
    }

    /// Returns what a wave says of its columns, or of those named, apart from their rows.
    public func columnDescriptions(of wave: String, named names: [String]? = nil) throws(Problem) -> [ColumnDescription]
    {
        try connection.transaction("BEGIN") { () throws(Problem) in
            try storedColumns(of: storedWave(wave), named: names).map(\.description)
        }
    }

    /// Reads columns of a wave in the order of their names; private ones too, which the descriptions mark.
    ///
    /// Every chunk is held against its checksum, and every value against what its column can hold.
    /// - Throws: ``Problem`` `store.unknown-wave`, `data.unknown-column`, `store.damaged`, `store.damaged-record`,
    ///   `store.impossible-values`.
    public func columns(named names: [String], of wave: String) throws(Problem) -> [Column] {
        try connection.transaction("BEGIN") { () throws(Problem) in
            let stored = try storedWave(wave)
            var columns: [Column] = []
            for column in try storedColumns(of: stored, named: names) {
                columns.append(try decoder(of: column, in: stored).decoded())
            }
            return columns
        }
    }

    /// Reads columns of a wave as a table.
    public func table(of wave: String, columns names: [String]) throws(Problem) -> Table {
        let columns = try columns(named: names, of: wave)
        if let first = columns.first { return Table(rowCount: first.rowCount, columns: columns) }
        return Table(rowCount: max(0, try self.wave(named: wave).rowsImported), columns: [])
    }

    func decoder(of column: StoredColumn, in wave: StoredWave) throws(Problem) -> ColumnDecoder {
        // A row takes a byte of the file at least, which bounds what a damaged count can make us allocate.
        let bytes = try connection.integer("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        guard (0...max(0, bytes)).contains(wave.record.rowsImported) else {
            throw .damagedRecord(path, table: "waves", key: wave.record.name)
        }
        let reader = ChunkReader(connection: connection, wave: wave.id, waveName: wave.record.name)
        return ColumnDecoder(reader: reader, column: column, rowCount: wave.record.rowsImported)
    }

    private func columnNames(of wave: StoredWave) throws(Problem) -> [String] {
        let statement = try connection.prepare("SELECT name FROM columns WHERE wave = ? ORDER BY position")
        try statement.bind([.integer(wave.id)])
        var names: [String] = []
        while try statement.step() { names.append(statement.text(0)) }
        return names
    }

    /// Columns in the order of the names asked for; all in their own order where no names are given.
    private func storedColumns(of wave: StoredWave, named names: [String]?) throws(Problem) -> [StoredColumn] {
        guard let names else { return try StoredColumn.all(of: wave, in: connection) }
        let known = try columnNames(of: wave)
        let positions = Dictionary(known.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var wanted: [Int] = []
        for name in names {
            guard let position = positions[name] else {
                throw Problem.unknownColumn(name, known: known).placed(file: path)
            }
            wanted.append(position)
        }
        let columns = try StoredColumn.all(of: wave, in: connection, at: Set(wanted))
        let byPosition = Dictionary(columns.map { ($0.position, $0) }, uniquingKeysWith: { first, _ in first })
        let found = wanted.compactMap { byPosition[$0] }
        guard found.count == wanted.count else { throw .damagedRecord(path, table: "columns", key: wave.record.name) }
        return found
    }
}
