internal import CSQLite
internal import Glibc
internal import SurveyProblems

/// One open SQLite database; the only door to SQLite together with ``Statement``.
///
/// SQL is a `StaticString`, so that no value can ever become part of it.
final class Connection {
    /// The file as the user named it.
    let path: String
    let handle: OpaquePointer
    /// How long to wait for another process that writes.
    let patienceMilliseconds: Int32
    let isWriting: Bool

    /// Opens a file.
    ///
    /// Even a reader opens for writing where it may: what a killed writer left must be rolled back.
    init(path: String, writing: Bool, creating: Bool, patienceMilliseconds: Int32) throws(Problem) {
        // A leading "./" keeps names such as ":memory:" and "" plain files.
        handle = try Connection.opened(
            path.hasPrefix("/") ? path : "./" + path, as: path,
            flags: SQLITE_OPEN_READWRITE | (creating ? SQLITE_OPEN_CREATE : 0))
        self.path = path
        self.patienceMilliseconds = patienceMilliseconds
        isWriting = writing
        try harden()
    }

    /// Opens an empty database in memory.
    init() throws(Problem) {
        path = ":memory:"
        handle = try Connection.opened(
            path, as: path, flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY)
        patienceMilliseconds = 0
        isWriting = true
    }

    deinit { sqlite3_close_v2(handle) }

    /// True outside every transaction.
    var isIdle: Bool { sqlite3_get_autocommit(handle) != 0 }

    func prepare(_ sql: StaticString) throws(Problem) -> Statement {
        var statement: OpaquePointer?
        let code = sql.withUTF8Buffer { text in
            text.withMemoryRebound(to: CChar.self) {
                sqlite3_prepare_v2(handle, $0.baseAddress, Int32($0.count), &statement, nil)
            }
        }
        guard code == SQLITE_OK, let statement else { throw problem(code) }
        return Statement(statement, of: self)
    }

    /// Runs one statement to its end.
    func run(_ sql: StaticString, _ values: [Statement.Value] = []) throws(Problem) {
        let statement = try prepare(sql)
        try statement.bind(values)
        while try statement.step() {}
    }

    /// Returns the first column of the first row as a number, 0 where there is none.
    func integer(_ sql: StaticString, _ values: [Statement.Value] = []) throws(Problem) -> Int {
        let statement = try prepare(sql)
        try statement.bind(values)
        return try statement.step() ? statement.integer(0) : 0
    }

    /// Runs `body` inside one transaction, rolled back if it throws.
    func transaction<Result>(_ begin: StaticString, _ body: () throws(Problem) -> Result) throws(Problem) -> Result {
        guard isIdle else { return try body() }
        try run(begin)
        do throws(Problem) {
            let result = try body()
            try run("COMMIT")
            return result
        } catch {
            rollBack()
            throw error
        }
    }

    /// Undoes the open transaction; harmless where SQLite has done so itself after a failed write.
    func rollBack() {
        sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
        // After a failed write SQLite undoes the file only when it is next read.
        sqlite3_exec(handle, "SELECT 1 FROM sqlite_schema LIMIT 1", nil, nil, nil)
    }

    /// Says what an SQLite result code means for the user.
    func problem(_ code: Int32) -> Problem {
        let message = sqlite3_errmsg(handle).map { String(cString: $0) } ?? "\(code)"
        switch code & 0xFF {
        case SQLITE_BUSY, SQLITE_LOCKED:
            return .busy(path, holders: LockHolders.processes(of: path), waitedMilliseconds: Int(patienceMilliseconds))
        case SQLITE_NOTADB: return .notADatabase(path, reason: message)
        case SQLITE_IOERR, SQLITE_FULL, SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_NOMEM, SQLITE_TOOBIG:
            let reason = sqlite3_system_errno(handle)
            let whole = reason == 0 ? message : "\(message) (\(String(cString: strerror(reason))))"
            return isWriting ? .unwritableFile(path, reason: whole) : .unreadableFile(path, reason: whole)
        default: return .damagedFile(path, reason: message)
        }
    }

    private static func opened(_ file: String, as path: String, flags: Int32) throws(Problem) -> OpaquePointer {
        var handle: OpaquePointer?
        let code = sqlite3_open_v2(file, &handle, flags | SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard code == SQLITE_OK, let handle else {
            let reason = handle.map { sqlite3_system_errno($0) } ?? 0
            let message = reason == 0 ? String(cString: sqlite3_errstr(code)) : String(cString: strerror(reason))
            sqlite3_close_v2(handle)
            throw flags & SQLITE_OPEN_CREATE == 0
                ? .unreadableFile(path, reason: message) : .unwritableFile(path, reason: message)
        }
        return handle
    }

    private func harden() throws(Problem) {
        let code = csqlite_distrust_schema(handle)
        guard code == SQLITE_OK else { throw problem(code) }
        sqlite3_busy_timeout(handle, patienceMilliseconds)
        let limits: [(Int32, Int32)] = [
            (SQLITE_LIMIT_LENGTH, 1 << 30), (SQLITE_LIMIT_SQL_LENGTH, 1 << 16), (SQLITE_LIMIT_COLUMN, 64),
            (SQLITE_LIMIT_EXPR_DEPTH, 64), (SQLITE_LIMIT_COMPOUND_SELECT, 4), (SQLITE_LIMIT_ATTACHED, 0),
            (SQLITE_LIMIT_FUNCTION_ARG, 8), (SQLITE_LIMIT_TRIGGER_DEPTH, 1), (SQLITE_LIMIT_WORKER_THREADS, 0),
        ]
        for (limit, value) in limits { sqlite3_limit(handle, limit, value) }
        try run("PRAGMA trusted_schema = OFF")
        try run("PRAGMA cell_size_check = ON")
        // A file that shrinks under a mapping kills the process; reading costs little more.
        try run("PRAGMA mmap_size = 0")
        // Nothing of the answers goes to a temporary folder.
        try run("PRAGMA temp_store = MEMORY")
        try run("PRAGMA cache_size = -8000")
    }
}

extension Problem {
    /// Another process holds the file.
    static func busy(_ path: String, holders: [Int], waitedMilliseconds: Int) -> Problem {
        Problem(
            "store.busy", .input, what: "Study file \"\(path)\" is in use", place: Place(file: path),
            why: "only one process may write at a time; waited \(waitedMilliseconds) ms for process \(list: holders)",
            fix: "wait until that process ends, or stop it")
    }

    /// A file that is no SQLite database at all.
    static func notADatabase(_ path: String, reason: String) -> Problem {
        Problem(
            "store.not-a-database", .input, what: "\"\(path)\" is not a study file", place: Place(file: path),
            why: "a study file is an SQLite database; SQLite says: \(reason)",
            fix: "check that this is the file you meant")
    }

    /// A database whose structure SQLite finds broken.
    static func damagedFile(_ path: String, reason: String) -> Problem {
        Problem(
            "store.damaged-file", .input, what: "Study file \"\(path)\" is damaged", place: Place(file: path),
            why: "SQLite says: \(reason)",
            fix: "make the study file anew from the raw files, or take a copy that is whole")
    }
}
