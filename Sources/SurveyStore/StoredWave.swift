internal import SurveyProblems

/// A row of the table `waves`: what is told of a wave, and what the file needs to check it.
struct StoredWave {
    var id: Int
    var record: WaveRecord
    var questionnaire: [UInt8]?
    /// Checksums over the wave's findings and quarantined rows in order.
    var findings: Checksum
    var quarantine: Checksum

    /// The checksum over everything else in the row.
    var checksum: Checksum {
        var checksum = Checksum()
        for text in [record.name, record.fileName, record.sha256, record.options] { checksum.add(text) }
        checksum.add(questionnaire ?? [])
        checksum.add([
            id, record.position, record.rowsRead, record.rowsImported, record.rowsQuarantined, record.columnCount,
            record.findingCount, questionnaire == nil ? 0 : 1, findings.stored, quarantine.stored,
        ])
        return checksum
    }

    func insert(into connection: Connection) throws(Problem) {
        try connection.run(
            "INSERT INTO waves VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                .integer(id), .integer(record.position), .text(record.name), .text(record.fileName),
                .text(record.sha256),
                .text(record.options), questionnaire.map { .rawText($0) } ?? .null, .integer(record.rowsRead),
                .integer(record.rowsImported), .integer(record.rowsQuarantined), .integer(record.columnCount),
                .integer(record.findingCount), .integer(findings.stored), .integer(quarantine.stored),
                .integer(checksum.stored),
            ])
    }

    /// Reads all waves in their order, each held against its checksum.
    static func all(in connection: Connection) throws(Problem) -> [StoredWave] {
        let statement = try connection.prepare(
            """
            SELECT wave, position, name, file, sha256, options, questionnaire, rows_read, rows_imported, rows_quarantined,
                columns, findings, findings_checksum, quarantine_checksum, checksum
            FROM waves ORDER BY position, wave
            """)
        var waves: [StoredWave] = []
        while try statement.step() { waves.append(try StoredWave(statement, path: connection.path)) }
        return waves
    }

    private init(_ row: Statement, path: String) throws(Problem) {
        id = row.integer(0)
        questionnaire = row.isNull(6) ? nil : Array(row.bytes(6))
        record = WaveRecord(
            name: row.text(2), position: row.integer(1), fileName: row.text(3), sha256: row.text(4),
            options: row.text(5),
            hasQuestionnaire: questionnaire != nil, rowsRead: row.integer(7), rowsImported: row.integer(8),
            rowsQuarantined: row.integer(9), columnCount: row.integer(10), findingCount: row.integer(11))
        findings = Checksum(stored: row.integer(12))
        quarantine = Checksum(stored: row.integer(13))
        guard checksum.stored == row.integer(14) else { throw .damagedRecord(path, table: "waves", key: record.name) }
    }

    init(id: Int, record: WaveRecord, questionnaire: [UInt8]?, findings: Checksum, quarantine: Checksum) {
        self.id = id
        self.record = record
        self.questionnaire = questionnaire
        self.findings = findings
        self.quarantine = quarantine
    }
}

extension Problem {
    /// A row of a catalogue table that does not match its checksum, or contradicts another.
    static func damagedRecord(_ path: String, table: String, key: String) -> Problem {
        Problem(
            "store.damaged-record", .input, what: "Study file \"\(path)\" is damaged", place: Place(file: path),
            why: "each entry must agree with its checksum and its counts; entry \"\(key)\" of table \(table) does not",
            fix: "import the wave again from its raw file with --replace, or make the study file anew")
    }
}
