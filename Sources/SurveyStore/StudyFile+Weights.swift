public import SurveyProblems

extension StudyFile {
    /// Bytes of one part of a weight.
    private static let partSize = 1 << 20

    /// Returns what the file says of a wave's weights, by name; none in a file of the first format that stayed as it is.
    public func weights(of wave: String) throws(Problem) -> [WeightRecord] {
        try connection.transaction("BEGIN") { () throws(Problem) in try weights(of: storedWave(wave)) }
    }

    /// Returns a weight of a wave.
    /// - Throws: ``Problem`` `store.unknown-weight`, `store.damaged-record` if it does not match its checksum.
    public func weight(named name: String, of wave: String) throws(Problem) -> StoredWeight {
        try connection.transaction("BEGIN") { () throws(Problem) in try weight(named: name, of: storedWave(wave)) }
    }

    /// Keeps a weight of a wave, all at once.
    ///
    /// - Throws: ``Problem`` `store.weight-exists` if there is one of that name and `replacing` is false,
    ///   `store.weight-rows` if it has not one value for each row of the wave.
    public func keep(_ weight: StoredWeight, of wave: String, replacing: Bool) throws(Problem) {
        try connection.transaction("BEGIN IMMEDIATE") { () throws(Problem) in
            let stored = try storedWave(wave)
            guard weight.values.count == stored.record.rowsImported else {
                throw .weightRows(weight.name, found: weight.values.count, expected: stored.record.rowsImported)
            }
            if try weights(of: stored).contains(where: { $0.name == weight.name }) {
                guard replacing else { throw .weightExists(weight.name, path: path) }
                try remove(weight: weight.name, of: stored)
            }
            let values = weight.values.map(\.bitPattern.littleEndian).withUnsafeBytes { Array($0) }
            let (valueParts, recordParts) = (StudyFile.parts(of: values), StudyFile.parts(of: weight.record))
            var checksum = StudyFile.checksum(of: stored.id, weight.name, weight.values.count, weight.recipe)
            for (number, part) in (valueParts + recordParts).enumerated() {
                checksum.add(part)
                try connection.run(
                    "INSERT INTO weight_parts VALUES (?, ?, ?, ?)",
                    [.integer(stored.id), .text(weight.name), .integer(number), .bytes(part)])
            }
            try connection.run(
                "INSERT INTO weights VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    .integer(stored.id), .text(weight.name), .integer(weight.values.count), .text(weight.recipe),
                    .integer(valueParts.count), .integer(recordParts.count), .integer(checksum.stored),
                ])
        }
    }

    /// Removes a weight of a wave; nothing happens where there is none.
    public func remove(weight name: String, of wave: String) throws(Problem) {
        try connection.transaction("BEGIN IMMEDIATE") { () throws(Problem) in
            try remove(weight: name, of: storedWave(wave))
        }
    }

    private func remove(weight name: String, of wave: StoredWave) throws(Problem) {
        let key: [Statement.Value] = [.integer(wave.id), .text(name)]
        try connection.run("DELETE FROM weight_parts WHERE wave = ? AND name = ?", key)
        try connection.run("DELETE FROM weights WHERE wave = ? AND name = ?", key)
    }

    func weights(of wave: StoredWave) throws(Problem) -> [WeightRecord] {
        guard try connection.integer("PRAGMA user_version") >= 2 else { return [] }
        let statement = try connection.prepare("SELECT name, rows, recipe FROM weights WHERE wave = ? ORDER BY name")
        try statement.bind([.integer(wave.id)])
        var records: [WeightRecord] = []
        while try statement.step() {
            records.append(
                WeightRecord(name: statement.text(0), rowCount: statement.integer(1), recipe: statement.text(2)))
        }
        return records
    }

    func weight(named name: String, of wave: StoredWave) throws(Problem) -> StoredWeight {
        let known = try weights(of: wave)
        guard known.contains(where: { $0.name == name }) else {
            throw .unknownWeight(name, path: path, known: known.map(\.name))
        }
        let statement = try connection.prepare(
            "SELECT rows, recipe, parts, record_parts, checksum FROM weights WHERE wave = ? AND name = ?")
        try statement.bind([.integer(wave.id), .text(name)])
        let damaged = Problem.damagedRecord(path, table: "weights", key: name)
        guard try statement.step() else { throw damaged }
        let (rows, recipe, valueParts, recordParts) = (
            statement.integer(0), statement.text(1), statement.integer(2), statement.integer(3)
        )
        var checksum = StudyFile.checksum(of: wave.id, name, rows, recipe)
        let parts = try connection.prepare(
            "SELECT part, bytes FROM weight_parts WHERE wave = ? AND name = ? ORDER BY part")
        try parts.bind([.integer(wave.id), .text(name)])
        var (values, record): ([UInt8], [UInt8]) = ([], [])
        var number = 0
        while try parts.step() {
            guard parts.integer(0) == number else { throw damaged }
            checksum.add(parts.bytes(1))
            if number < valueParts {
                values.append(contentsOf: parts.bytes(1))
            } else {
                record.append(contentsOf: parts.bytes(1))
            }
            number += 1
        }
        let (total, overflows) = valueParts.addingReportingOverflow(recordParts)
        guard !overflows, number == total, rows == wave.record.rowsImported, values.count / 8 == rows,
            values.count % 8 == 0, checksum.stored == statement.integer(4)
        else { throw damaged }
        let weights = values.withUnsafeBytes { raw in
            (0..<rows).map { row in
                Double(bitPattern: UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8 * row, as: UInt64.self)))
            }
        }
        guard weights.allSatisfy(\.isFinite) else { throw damaged }
        return StoredWeight(name: name, values: weights, recipe: recipe, record: record)
    }

    private static func checksum(of wave: Int, _ name: String, _ rows: Int, _ recipe: String) -> Checksum {
        var checksum = Checksum()
        checksum.add([wave, rows])
        checksum.add(name)
        checksum.add(recipe)
        return checksum
    }

    private static func parts(of bytes: [UInt8]) -> [[UInt8]] {
        stride(from: 0, to: bytes.count, by: partSize).map { Array(bytes[$0..<min($0 + partSize, bytes.count)]) }
    }
}

extension Problem {
    /// A weight that the wave does not have.
    static func unknownWeight(_ name: String, path: String, known: [String]) -> Problem {
        let near = NearestNames.of(name, among: known)
        return Problem(
            "store.unknown-weight", .usage, what: "Weight \"\(name)\" does not exist", place: Place(file: path),
            why: "the wave has the made weights \(list: known)",
            fix: "use \(list: near.isEmpty ? known : near), or make it with saual weight")
    }

    /// A weight that would be overwritten.
    static func weightExists(_ name: String, path: String) -> Problem {
        Problem(
            "store.weight-exists", .usage, what: "Weight \"\(name)\" exists already", place: Place(file: path),
            why: "a stored weight is only replaced on demand", fix: "add --replace, or choose another --name")
    }

    /// A weight of another number of rows.
    static func weightRows(_ name: String, found: Int, expected: Int) -> Problem {
        Problem(
            "store.weight-rows", .defect, what: "Weight \"\(name)\" does not fit its wave",
            why: "it must have a value for each of the \(expected) rows; found \(found)",
            fix: "send us the command line and the input, if you may share it")
    }
}
