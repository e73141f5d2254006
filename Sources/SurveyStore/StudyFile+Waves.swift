public import SurveyProblems

extension StudyFile {
    /// The waves in their order.
    public func waves() throws(Problem) -> [WaveRecord] { try StoredWave.all(in: connection).map(\.record) }

    /// Returns what the file says of a wave.
    public func wave(named name: String) throws(Problem) -> WaveRecord { try storedWave(name).record }

    /// Returns a wave's questionnaire as its author wrote it, nil if it was imported without one.
    public func questionnaire(of wave: String) throws(Problem) -> [UInt8]? { try storedWave(wave).questionnaire }

    /// Returns what the import of a wave found.
    /// - Throws: ``Problem`` `store.damaged-record` if they do not match their checksum.
    public func findings(of wave: String) throws(Problem) -> [Problem] {
        try connection.transaction("BEGIN") { () throws(Problem) in try findings(of: storedWave(wave)) }
    }

    /// Returns the rows that the import of a wave set aside.
    /// - Throws: ``Problem`` `store.damaged-record` if they do not match their checksum.
    public func quarantine(of wave: String) throws(Problem) -> [QuarantineRecord] {
        try connection.transaction("BEGIN") { () throws(Problem) in try quarantine(of: storedWave(wave)) }
    }

    func storedWave(_ name: String) throws(Problem) -> StoredWave {
        let waves = try StoredWave.all(in: connection)
        guard let wave = waves.first(where: { $0.record.name == name }) else {
            throw .unknownWave(name, path: path, known: waves.map(\.record.name))
        }
        return wave
    }

    func findings(of wave: StoredWave) throws(Problem) -> [Problem] {
        let statement = try connection.prepare("SELECT packed FROM findings WHERE wave = ? ORDER BY number")
        try statement.bind([.integer(wave.id)])
        var findings: [Problem] = []
        var checksum = Checksum()
        while try statement.step() {
            checksum.add(statement.bytes(0))
            guard let problem = PackedTexts.texts(in: statement.bytes(0)).flatMap({ Problem(packed: $0) }) else {
                throw .damagedRecord(path, table: "findings", key: wave.record.name)
            }
            findings.append(problem)
        }
        guard checksum.value == wave.findings.value, findings.count == wave.record.findingCount else {
            throw .damagedRecord(path, table: "findings", key: wave.record.name)
        }
        return findings
    }

    func quarantine(of wave: StoredWave) throws(Problem) -> [QuarantineRecord] {
        let statement = try connection.prepare(
            "SELECT row, line, code, text FROM quarantine WHERE wave = ? ORDER BY number")
        try statement.bind([.integer(wave.id)])
        var rows: [QuarantineRecord] = []
        var checksum = Checksum()
        while try statement.step() {
            let row = QuarantineRecord(
                row: statement.integer(0), line: statement.integer(1), code: statement.text(2),
                text: Array(statement.bytes(3)))
            checksum.add(row)
            rows.append(row)
        }
        guard checksum.value == wave.quarantine.value, rows.count == wave.record.rowsQuarantined else {
            throw .damagedRecord(path, table: "quarantine", key: wave.record.name)
        }
        return rows
    }
}

extension Checksum {
    /// Adds a quarantined row.
    mutating func add(_ row: QuarantineRecord) {
        add([row.row, row.line])
        add(row.code)
        add(row.text)
    }
}

extension Problem {
    /// A wave that the study file does not have.
    static func unknownWave(_ name: String, path: String, known: [String]) -> Problem {
        Problem(
            "store.unknown-wave", .usage, what: "Wave \"\(name)\" does not exist", place: Place(file: path),
            why: "the study file has the waves \(list: known)", fix: "name one of these waves, or import this one")
    }
}
