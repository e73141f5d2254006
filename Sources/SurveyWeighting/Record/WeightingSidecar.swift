internal import Glibc
public import SurveyProblems
internal import SurveyYAML

/// The file beside a data file that tells how its weights were made, so that a data file does not lose the record.
///
/// It is one JSON object, `calibration/2`. For each weight it has the recipe with its targets, what each step did, and,
/// packed, the weight of each row with its ``WeightingArchive``. It holds for one file, whose SHA-256 it names.
public struct WeightingSidecar: Sendable {
    /// What is kept of one weight.
    public struct Weight: Sendable {
        /// The column of the data file.
        public var column: String
        /// The steps with their targets, for people and for making the weight again.
        public let recipe: JSONText
        /// One weight a row of the data file.
        public let values: [Double]
        public let archive: WeightingArchive

        public init(column: String, recipe: JSONText, values: [Double], archive: WeightingArchive) {
            self.column = column
            self.recipe = recipe
            self.values = values
            self.archive = archive
        }
    }

    /// The program that wrote it, with its version.
    public let program: String
    /// SHA-256 of the data file in hex.
    public let sha256: String
    /// Rows of the data file.
    public let rowCount: Int
    public let weights: [Weight]

    static let format = "calibration/2"
    /// The largest file that is read: records of three fits to ten million rows.
    static let mostBytes = 1 << 30

    public init(program: String, sha256: String, rowCount: Int, weights: [Weight]) {
        self.program = program
        self.sha256 = sha256
        self.rowCount = rowCount
        self.weights = weights
    }

    /// The name of the file that goes with a data file.
    public static func path(beside file: String) -> String { file + ".calibration.json" }

    /// Reads what stands beside a data file; nil where there is nothing.
    ///
    /// - Throws: ``Problem`` `problems.unreadable-file`, `problems.file-too-large`, and those of ``init(parsing:file:)``.
    public static func read(beside file: String) throws(Problem) -> WeightingSidecar? {
        let path = path(beside: file)
        // A link that leads nowhere is there, and its reading tells what is wrong.
        var status = stat()
        guard file != "-", lstat(path, &status) == 0 else { return nil }
        return try WeightingSidecar(parsing: try InputFile.bytes(of: path, limit: mostBytes), file: path)
    }

    /// Refuses a place where such a file stands already, before anything is written there.
    ///
    /// - Throws: ``Problem`` `problems.file-exists`.
    public static func check(beside file: String, replacing: Bool) throws(Problem) {
        let path = path(beside: file)
        if !replacing, access(path, F_OK) == 0 { throw .fileExists(path) }
    }

    /// Writes the file beside a data file, all at once.
    public func write(beside file: String, replacing: Bool) throws(Problem) {
        try OutputFile.write(bytes, to: WeightingSidecar.path(beside: file), replacing: replacing)
    }

    /// What is kept of the weight in a column; nil for a weight of which nothing is told.
    public func weight(in column: String) -> Weight? { weights.first { $0.column == column } }
}
