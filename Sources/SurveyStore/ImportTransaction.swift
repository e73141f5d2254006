public import SurveyData
public import SurveyProblems

/// The import of one wave: nothing of it is seen until ``commit(_:)``, and dropping it undoes all.
///
/// Everything is one SQLite transaction, which spills to disk as it grows and never stands in memory as a whole.
public final class ImportTransaction {
    private let file: StudyFile
    private let wave: String
    private let id: Int
    private let position: Int
    private let insertion: Statement
    /// Rows and columns of each chunk number.
    private var chunks: [Int: (rows: Int, columns: Int)] = [:]
    private var findings: (count: Int, checksum: Checksum) = (0, Checksum())
    private var quarantined: (count: Int, checksum: Checksum) = (0, Checksum())
    private var isOpen = true

    init(_ file: StudyFile, wave: String, replacing: Bool) throws(Problem) {
        precondition(file.connection.isIdle, "one import at a time on one connection")
        let connection = file.connection
        try connection.run("BEGIN IMMEDIATE")
        do throws(Problem) {
            let waves = try StoredWave.all(in: connection)
            if let old = waves.first(where: { $0.record.name == wave }) {
                guard replacing else { throw .waveExists(wave, path: file.path) }
                try file.delete(wave: old.id)
                (id, position) = (old.id, old.record.position)
            } else {
                id = try ImportTransaction.next(waves.map(\.id), path: file.path)
                position = try ImportTransaction.next(waves.map(\.record.position), path: file.path)
            }
            insertion = try connection.prepare("INSERT OR REPLACE INTO chunks VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        } catch {
            connection.rollBack()
            throw error
        }
        self.file = file
        self.wave = wave
    }

    deinit { rollBack() }

    /// Adds the rows of one chunk number: one chunk a column, all of one length.
    ///
    /// The numbers run from 0, in any order.
    public func append(_ columns: [ColumnChunk], chunkNumber: Int) throws(Problem) {
        let rows = columns.first?.rowCount ?? 0
        guard chunks[chunkNumber] == nil, columns.allSatisfy({ $0.rowCount == rows }) else {
            throw .incompleteImport(wave, chunk: chunkNumber)
        }
        for (column, chunk) in columns.enumerated() { try store(chunk, column: column, number: chunkNumber) }
        chunks[chunkNumber] = (rows, columns.count)
    }

    /// Puts a chunk in the place of one that was appended: a column may turn out wider than its first rows showed.
    public func replace(column: Int, chunkNumber: Int, with chunk: ColumnChunk) throws(Problem) {
        guard let earlier = chunks[chunkNumber], chunk.rowCount == earlier.rows, (0..<earlier.columns).contains(column)
        else {
            throw .incompleteImport(wave, chunk: chunkNumber)
        }
        try store(chunk, column: column, number: chunkNumber)
    }

    /// Returns a chunk as it was appended or last replaced.
    public func chunk(column: Int, chunkNumber: Int) throws(Problem) -> ColumnChunk {
        let reader = ChunkReader(connection: file.connection, wave: id, waveName: wave)
        guard let chunk = try reader.chunk(column: column, number: chunkNumber) else {
            throw .incompleteImport(wave, chunk: chunkNumber)
        }
        return chunk
    }

    /// Adds rows that were set aside.
    public func append(quarantined rows: [QuarantineRecord]) throws(Problem) {
        try requireOpen()
        let statement = try file.connection.prepare("INSERT INTO quarantine VALUES (?, ?, ?, ?, ?, ?)")
        for row in rows {
            try statement.bind([
                .integer(id), .integer(quarantined.count), .integer(row.row), .integer(row.line), .text(row.code),
                .rawText(row.text),
            ])
            _ = try statement.step()
            quarantined.count += 1
            quarantined.checksum.add(row)
        }
    }

    /// Adds what the import found.
    public func append(findings problems: [Problem]) throws(Problem) {
        try requireOpen()
        let statement = try file.connection.prepare("INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?)")
        for problem in problems {
            guard let packed = PackedTexts.bytes(of: problem.packed) else { throw .incompleteImport(wave, chunk: 0) }
            try statement.bind([
                .integer(id), .integer(findings.count), .text(problem.code),
                problem.place.rowsTotal.map { .integer($0) } ?? .null, .text(problem.json().line), .bytes(packed),
            ])
            _ = try statement.step()
            findings.count += 1
            findings.checksum.add(packed)
        }
    }

    /// Makes the wave visible, all at once.
    @discardableResult
    public func commit(_ summary: ImportSummary) throws(Problem) -> WaveRecord {
        try requireOpen()
        var rows = 0
        for number in 0..<chunks.count {
            guard let chunk = chunks[number], chunk.columns == summary.columns.count else {
                throw .incompleteImport(wave, chunk: number)
            }
            rows += chunk.rows
        }
        for (position, column) in summary.columns.enumerated() {
            try StoredColumn(description: column, position: position, wave: id).insert(into: file.connection)
        }
        let record = WaveRecord(
            name: wave, position: position, fileName: String(summary.fileName.split(separator: "/").last ?? ""),
            sha256: summary.sha256, options: summary.options, hasQuestionnaire: summary.questionnaire != nil,
            rowsRead: summary.rowsRead, rowsImported: rows, rowsQuarantined: quarantined.count,
            columnCount: summary.columns.count, findingCount: findings.count)
        let stored = StoredWave(
            id: id, record: record, questionnaire: summary.questionnaire, findings: findings.checksum,
            quarantine: quarantined.checksum)
        try stored.insert(into: file.connection)
        try file.connection.run("COMMIT")
        isOpen = false
        return record
    }

    /// Undoes everything; the file holds what it held before.
    public func rollBack() {
        guard isOpen else { return }
        isOpen = false
        file.connection.rollBack()
    }

    private func store(_ chunk: ColumnChunk, column: Int, number: Int) throws(Problem) {
        try requireOpen()
        guard chunk.hasRightSize else { throw .incompleteImport(wave, chunk: number) }
        var checksum = Checksum(wave: id, column: column, chunk: number, rows: chunk.rowCount, encoding: chunk.encoding)
        checksum.add(chunk.bytes)
        checksum.add(chunk.kinds)
        try insertion.run(
            [
                .integer(id), .integer(column), .integer(number), .integer(chunk.rowCount), .text(chunk.encoding.name),
                .integer(checksum.stored),
            ], then: chunk.kinds, chunk.bytes)
    }

    /// SQLite undoes a transaction by itself when a write fails; whatever came next would stand alone.
    private func requireOpen() throws(Problem) {
        guard isOpen, !file.connection.isIdle else { throw .incompleteImport(wave, chunk: chunks.count) }
    }

    private static func next(_ numbers: [Int], path: String) throws(Problem) -> Int {
        guard let greatest = numbers.max() else { return 0 }
        guard (0..<Int.max).contains(greatest) else { throw .damagedRecord(path, table: "waves", key: "\(greatest)") }
        return greatest + 1
    }
}

extension StudyFile {
    /// Begins the import of a wave.
    ///
    /// The file is locked for other writers until the import is committed or dropped.
    ///
    /// - Throws: ``Problem`` `store.wave-exists` if the wave is there and `replacing` is false, `store.busy` if another
    ///   process writes.
    public func beginImport(wave: String, replacing: Bool) throws(Problem) -> ImportTransaction {
        try ImportTransaction(self, wave: wave, replacing: replacing)
    }

    /// Removes a wave with all that belongs to it.
    public func remove(wave name: String) throws(Problem) {
        try connection.transaction("BEGIN IMMEDIATE") { () throws(Problem) in try delete(wave: try storedWave(name).id)
        }
    }

    /// Deletes what belongs to a wave.
    func delete(wave id: Int) throws(Problem) {
        let statements: [StaticString] = [
            "DELETE FROM chunks WHERE wave = ?", "DELETE FROM columns WHERE wave = ?",
            "DELETE FROM findings WHERE wave = ?", "DELETE FROM quarantine WHERE wave = ?",
            // Weights belong to the rows of one import.
            "DELETE FROM weight_parts WHERE wave = ?", "DELETE FROM weights WHERE wave = ?",
            "DELETE FROM waves WHERE wave = ?",
        ]
        for sql in statements { try connection.run(sql, [.integer(id)]) }
    }
}

extension Problem {
    /// A wave that would be overwritten.
    static func waveExists(_ name: String, path: String) -> Problem {
        Problem(
            "store.wave-exists", .usage, what: "Wave \"\(name)\" exists already", place: Place(file: path),
            why: "a stored wave is only replaced on demand", fix: "add --replace, or choose another name with --wave")
    }

    /// Chunks that do not make whole columns: the importer's mistake, not the user's.
    static func incompleteImport(_ wave: String, chunk: Int) -> Problem {
        Problem(
            "store.incomplete-import", .defect, what: "The import of wave \"\(wave)\" is not complete",
            why:
                "each chunk must hold every column once, in one length, within an open import; chunk \(chunk) does not",
            fix: "send us the command line and the input, if you may share it")
    }
}
