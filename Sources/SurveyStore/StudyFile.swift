internal import Glibc
public import SurveyProblems

/// A study on disk: waves with their columns, findings and quarantined rows, and the stamps of steps.
///
/// A `.saual` file is an SQLite database. Each write is one transaction with a rollback journal and full
/// synchronisation: whatever ends the process, the file holds what it held before or all of the new. Between uses it is
/// a single file. One process writes at a time; a reader sees one state throughout a call. Not for use by several
/// tasks at once.
public final class StudyFile {
    /// The file as the user named it.
    public let path: String
    let connection: Connection

    /// How long to wait for another process, in milliseconds, before saying who it is.
    public static let defaultPatience = 10_000

    /// Opens an existing study file to read it.
    ///
    /// What a killed writer left half done is rolled back first, and a file of an earlier format brought up to date.
    /// - Throws: ``Problem`` `store.not-a-database`, `store.other-application`, `store.newer-format`,
    ///   `store.foreign-tables`, `store.damaged-file`, `store.busy`, `problems.unreadable-file`.
    public convenience init(reading path: String, patienceMilliseconds: Int = defaultPatience) throws(Problem) {
        try self.init(path, writing: false, creating: false, program: nil, patience: patienceMilliseconds)
        try connection.run("PRAGMA query_only = ON")
    }

    /// Opens a study file to write to it; `creating` makes one where there is none.
    ///
    /// `program` is the name and version that a new file says it was created by.
    /// - Throws: as for reading, and `problems.unwritable-file`.
    public convenience init(
        writing path: String, creating: Bool, program: String, patienceMilliseconds: Int = defaultPatience
    ) throws(Problem) {
        try self.init(path, writing: true, creating: creating, program: program, patience: patienceMilliseconds)
    }

    private init(_ path: String, writing: Bool, creating: Bool, program: String?, patience: Int) throws(Problem) {
        let exists = try StudyFile.isFile(path)
        guard exists || creating else { throw .unreadableFile(path, reason: String(cString: strerror(ENOENT))) }
        self.path = path
        connection = try Connection(
            path: path, writing: writing, creating: creating, patienceMilliseconds: Int32(clamping: max(0, patience)))
        if writing {
            // Pages of 16 KiB suit chunks of 64 KiB; only an empty file takes the size.
            try connection.run("PRAGMA page_size = 16384")
            try connection.run("PRAGMA synchronous = EXTRA")
            // Answers that were deleted or replaced do not stay readable in free pages.
            try connection.run("PRAGMA secure_delete = ON")
        }
        var format = StudyFormat.current
        if creating, try connection.integer("PRAGMA page_count") == 0 {
            try format.bringUpToDate(connection, program: program)
        }
        try format.check(header: connection)
        do throws(Problem) {
            try format.bringUpToDate(connection, program: nil)
        } catch {
            // An older file that may not be written to is read as it is.
            guard !writing, error.code == "problems.unreadable-file" else { throw error }
            format = StudyFormat(steps: Array(format.steps.prefix(try connection.integer("PRAGMA user_version"))))
        }
        try format.check(tablesOf: connection)
        // Leaving the mode PERSIST deletes, under a lock, a journal that a killed writer left before it meant anything.
        try connection.run("PRAGMA journal_mode = PERSIST")
        try connection.run("PRAGMA journal_mode = DELETE")
    }

    /// The program that created the file, as it named itself.
    public func creator() throws(Problem) -> String? {
        let statement = try connection.prepare("SELECT value FROM meta WHERE key = 'created_by'")
        return try statement.step() ? statement.text(0) : nil
    }

    /// True where nothing is, or the empty file that a first write leaves which was stopped or did not fit on the disk.
    ///
    /// - Throws: as for reading, if something else is there.
    public static func isAbsent(_ path: String) throws(Problem) -> Bool {
        guard try isFile(path) else { return true }
        let connection = try Connection(
            path: path, writing: false, creating: false, patienceMilliseconds: Int32(clamping: defaultPatience))
        return try connection.integer("PRAGMA page_count") == 0
    }

    /// Asked without opening the file: closing it again would drop locks that this process holds on it.
    private static func isFile(_ path: String) throws(Problem) -> Bool {
        var status = stat()
        guard !path.utf8.contains(0) else { throw .unreadableFile(path, reason: String(cString: strerror(EINVAL))) }
        guard stat(path, &status) == 0 else {
            guard errno == ENOENT else { throw .unreadableFile(path, reason: String(cString: strerror(errno))) }
            return false
        }
        let kind = status.st_mode & S_IFMT
        guard kind == S_IFREG else {
            throw .unreadableFile(path, reason: String(cString: strerror(kind == S_IFDIR ? EISDIR : EINVAL)))
        }
        return true
    }
}
