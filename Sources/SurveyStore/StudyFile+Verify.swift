public import SurveyProblems

extension StudyFile {
    /// Checks the whole file: its structure as SQLite sees it, every checksum, every count.
    ///
    /// Returns all that is wrong.
    public func verify() throws(Problem) -> [Problem] {
        try connection.transaction("BEGIN") { () throws(Problem) in
            var problems = try structureProblems()
            let waves: [StoredWave]
            do throws(Problem) {
                waves = try StoredWave.all(in: connection)
                _ = try steps()
                _ = try documents()
            } catch { return problems + [error] }
            for wave in waves { problems += verify(wave) }
            problems += try strayProblems(known: waves.map(\.id))
            return problems
        }
    }

    private func structureProblems() throws(Problem) -> [Problem] {
        let statement = try connection.prepare("PRAGMA integrity_check(20)")
        var problems: [Problem] = []
        do throws(Problem) {
            while try statement.step() {
                let message = statement.text(0)
                if message != "ok" { problems.append(.damagedFile(path, reason: message)) }
            }
        } catch { problems.append(error) }
        return problems
    }

    private func verify(_ wave: StoredWave) -> [Problem] {
        var problems: [Problem] = []
        func note(_ check: () throws(Problem) -> Void) {
            do throws(Problem) { try check() } catch { problems.append(error) }
        }
        note { () throws(Problem) in _ = try findings(of: wave) }
        note { () throws(Problem) in _ = try quarantine(of: wave) }
        note { () throws(Problem) in
            for column in try StoredColumn.all(of: wave, in: connection) {
                note { () throws(Problem) in _ = try decoder(of: column, in: wave).decoded() }
            }
        }
        note { () throws(Problem) in
            for record in try weights(of: wave) {
                note { () throws(Problem) in _ = try weight(named: record.name, of: wave) }
            }
        }
        return problems
    }

    /// Rows of the tables that belong to no wave, or to no column of their wave.
    private func strayProblems(known: [Int]) throws(Problem) -> [Problem] {
        let counts: [(table: String, sql: StaticString)] = [
            ("columns", "SELECT count(*) FROM columns WHERE wave NOT IN (SELECT wave FROM waves)"),
            (
                "chunks",
                """
                SELECT count(*) FROM chunks WHERE NOT EXISTS
                    (SELECT 1 FROM columns WHERE columns.wave = chunks.wave AND columns.position = chunks.position)
                """
            ),
            ("findings", "SELECT count(*) FROM findings WHERE wave NOT IN (SELECT wave FROM waves)"),
            ("quarantine", "SELECT count(*) FROM quarantine WHERE wave NOT IN (SELECT wave FROM waves)"),
            ("weights", "SELECT count(*) FROM weights WHERE wave NOT IN (SELECT wave FROM waves)"),
            (
                "weight_parts",
                """
                SELECT count(*) FROM weight_parts WHERE NOT EXISTS
                    (SELECT 1 FROM weights WHERE weights.wave = weight_parts.wave AND weights.name = weight_parts.name)
                """
            ),
        ]
        var problems: [Problem] = []
        for (table, sql) in counts {
            do throws(Problem) {
                let count = try connection.integer(sql)
                if count > 0 { problems.append(.damagedRecord(path, table: table, key: "\(count)")) }
            } catch { problems.append(error) }
        }
        return problems
    }
}
