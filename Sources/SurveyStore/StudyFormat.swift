internal import SurveyProblems

/// The format of study files: how one is made, recognised and brought up to date.
///
/// A step is never edited once released; a new format is a new step at the end of the list.
struct StudyFormat {
    /// Marks the file as ours in its header: "saua" in ASCII.
    static let applicationID = 0x7361_7561

    /// Each step turns a file of the version that is its position into the next version; the last statement says so.
    let steps: [[StaticString]]

    static let current = StudyFormat(steps: [versionOne, versionTwo])

    var version: Int { steps.count }

    /// Makes an empty database into a study file, or an older study file into one of this format; one transaction.
    func bringUpToDate(_ connection: Connection, program: String?) throws(Problem) {
        guard try connection.integer("PRAGMA user_version") < version else { return }
        try connection.transaction("BEGIN IMMEDIATE") { () throws(Problem) in
            // Asked again under the lock: another process may have done it meanwhile.
            let found = try connection.integer("PRAGMA user_version")
            guard found >= 0, found < version else { return }
            for step in steps[found...] {
                for sql in step { try connection.run(sql) }
            }
            if found == 0, let program {
                try connection.run("INSERT OR REPLACE INTO meta VALUES ('created_by', ?)", [.text(program)])
            }
        }
    }

    /// Refuses everything that is not a study file of this format or of an earlier one.
    func check(header connection: Connection) throws(Problem) {
        let found = try connection.integer("PRAGMA application_id")
        guard found == StudyFormat.applicationID else { throw .otherApplication(connection.path, found: found) }
        let format = try connection.integer("PRAGMA user_version")
        guard format <= version else { throw .newerFormat(connection.path, found: format, known: version) }
        guard format > 0 else { throw .foreignTables(connection.path, format: format, names: ["user_version"]) }
    }

    /// Refuses a file whose tables are not word for word those of this format: nothing of a stranger's schema is run.
    func check(tablesOf connection: Connection) throws(Problem) {
        let model = try Connection()
        try bringUpToDate(model, program: nil)
        let expected = try StudyFormat.tables(of: model)
        let found = try StudyFormat.tables(of: connection)
        let names = Set(expected.keys).union(found.keys).filter { expected[$0] != found[$0] }
        guard names.isEmpty else { throw .foreignTables(connection.path, format: version, names: names.sorted()) }
    }

    private static func tables(of connection: Connection) throws(Problem) -> [String: String] {
        let statement = try connection.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema")
        var tables: [String: String] = [:]
        while try statement.step() {
            tables[statement.text(1)] = statement.text(0) + " " + statement.text(2) + " " + statement.text(3)
        }
        return tables
    }

    private static let versionOne: [StaticString] = [
        "CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
        """
        CREATE TABLE waves (
            wave INTEGER PRIMARY KEY, position INTEGER NOT NULL, name TEXT NOT NULL UNIQUE,
            file TEXT NOT NULL, sha256 TEXT NOT NULL, options TEXT NOT NULL, questionnaire TEXT,
            rows_read INTEGER NOT NULL, rows_imported INTEGER NOT NULL, rows_quarantined INTEGER NOT NULL,
            columns INTEGER NOT NULL, findings INTEGER NOT NULL,
            findings_checksum INTEGER NOT NULL, quarantine_checksum INTEGER NOT NULL, checksum INTEGER NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE columns (
            wave INTEGER NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
            private INTEGER NOT NULL, checksum INTEGER NOT NULL, dictionary BLOB NOT NULL,
            PRIMARY KEY (wave, position)
        ) STRICT, WITHOUT ROWID
        """,
        // With a rowid: inserting is three times as fast as into a table without, and reading a little faster.
        """
        CREATE TABLE chunks (
            wave INTEGER NOT NULL, position INTEGER NOT NULL, chunk INTEGER NOT NULL, rows INTEGER NOT NULL,
            encoding TEXT NOT NULL, checksum INTEGER NOT NULL, kinds BLOB NOT NULL, bytes BLOB NOT NULL,
            PRIMARY KEY (wave, position, chunk)
        ) STRICT
        """,
        """
        CREATE TABLE findings (
            wave INTEGER NOT NULL, number INTEGER NOT NULL, code TEXT NOT NULL, rows_total INTEGER,
            problem TEXT NOT NULL, packed BLOB NOT NULL, PRIMARY KEY (wave, number)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE quarantine (
            wave INTEGER NOT NULL, number INTEGER NOT NULL, row INTEGER NOT NULL, line INTEGER NOT NULL,
            code TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (wave, number)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE steps (
            name TEXT NOT NULL PRIMARY KEY, stamp TEXT NOT NULL, outputs TEXT NOT NULL, checksum INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE documents (
            position INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, text TEXT NOT NULL, checksum INTEGER NOT NULL
        ) STRICT
        """,
        "PRAGMA application_id = 0x73617561",
        "PRAGMA user_version = 1",
    ]

    /// Weights that were made, each with how it was made; both cut into parts.
    private static let versionTwo: [StaticString] = [
        """
        CREATE TABLE weights (
            wave INTEGER NOT NULL, name TEXT NOT NULL, rows INTEGER NOT NULL, recipe TEXT NOT NULL,
            parts INTEGER NOT NULL, record_parts INTEGER NOT NULL, checksum INTEGER NOT NULL,
            PRIMARY KEY (wave, name)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE weight_parts (
            wave INTEGER NOT NULL, name TEXT NOT NULL, part INTEGER NOT NULL, bytes BLOB NOT NULL,
            PRIMARY KEY (wave, name, part)
        ) STRICT
        """,
        "PRAGMA user_version = 2",
    ]
}

extension Problem {
    /// A database of another program.
    static func otherApplication(_ path: String, found: Int) -> Problem {
        Problem(
            "store.other-application", .input, what: "\"\(path)\" is not a study file", place: Place(file: path),
            why: "a study file carries the application id \(StudyFormat.applicationID); found \(found)",
            fix: "check that this is the file you meant")
    }

    /// A study file of a later version of the program.
    static func newerFormat(_ path: String, found: Int, known: Int) -> Problem {
        Problem(
            "store.newer-format", .input, what: "Study file \"\(path)\" is of a newer format", place: Place(file: path),
            why: "this version of Saual knows formats up to \(known); found format \(found)",
            fix: "install a newer version of Saual, or make the study file anew from the raw files")
    }

    /// A study file whose tables, views or triggers are not those of its format.
    static func foreignTables(_ path: String, format: Int, names: [String]) -> Problem {
        Problem(
            "store.foreign-tables", .input, what: "Study file \"\(path)\" has an unknown structure",
            place: Place(file: path),
            why: "format \(format) has tables of its own; these differ: \(list: names)",
            fix: "make the study file anew from the raw files")
    }
}
