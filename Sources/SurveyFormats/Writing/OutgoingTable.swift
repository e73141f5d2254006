public import SurveyProblems
public import SurveySchema

/// Gives rows out batch by batch, from the first to the last, once.
public protocol RowFeed: AnyObject {
    /// Fills a batch with the next rows; false at the end, when the batch is left empty.
    func fill(_ batch: RawBatch) throws(Problem) -> Bool
}

/// A table that is to be written into a file: what is known of its columns, and its rows as often as they are needed.
///
/// Writers read the rows twice and more: types and widths of a column follow from its cells.
public struct OutgoingTable {
    /// The columns with labels, missing values and sets; its variables are in the order of the cells.
    public var codebook: FileCodebook
    /// The language of the labels; nil writes all languages where the format has room for them, else the first.
    public var language: Language?
    /// True to write the labels of answers in the place of their codes, in formats that have no labels.
    public var writesLabels = false
    private let feed: () throws(Problem) -> any RowFeed

    public init(codebook: FileCodebook, rows: @escaping () throws(Problem) -> any RowFeed) {
        self.codebook = codebook
        feed = rows
    }

    /// A reading from the first row on.
    public func rows() throws(Problem) -> any RowFeed { try feed() }

    /// A label in the language asked for; else in English, else in the first.
    func label(_ text: LocalizedText) -> String { text.text(in: language ?? .undetermined) ?? "" }
}

/// What became of a table in a file.
public struct WritingReport: Sendable {
    public var rowCount = 0
    /// Columns whose name the format does not allow, with the one that they have there.
    public var renamed: [(name: String, written: String)] = []
    /// Codes of missing answers that the format writes in another way, by column; a column "" stands for all.
    public var recoded: [(column: String, code: String, written: String)] = []
    /// What the format cannot hold, as cautions.
    public var losses: [Problem] = []

    public init() {}
}

/// Writes one kind of file.
public protocol FormatWriter {
    /// The endings of file names, in lower case and without the dot.
    static var fileExtensions: [String] { get }

    /// Writes a table; readers see the old file or all of the new one.
    ///
    /// - Throws: ``Problem`` of the rows, of the file, and `formats.cannot-hold` for what would be lost without a trace.
    static func write(_ table: OutgoingTable, to path: String, replacing: Bool) throws(Problem) -> WritingReport
}

extension FormatCatalog {
    /// The formats that can be written, in the order in which users see them.
    public static var writers: [any FormatWriter.Type] {
        [SAVWriter.self, PORWriter.self, DTAWriter.self, XLSXWriter.self, CSVWriter.self, TripleSWriter.self]
    }

    /// All endings of file names that can be written.
    public static var writtenExtensions: [String] { writers.flatMap { $0.fileExtensions } }

    /// Writes a table in the format of the file's ending.
    public static func write(
        _ table: OutgoingTable, to path: String, replacing: Bool
    ) throws(Problem) -> WritingReport {
        let ending = fileExtension(of: path)
        for writer in writers where writer.fileExtensions.contains(ending) {
            return try writer.write(table, to: path, replacing: replacing)
        }
        throw .unknownOutput(path, known: writtenExtensions)
    }
}

extension Problem {
    /// A file whose name does not tell a format that can be written.
    static func unknownOutput(_ path: String, known: [String]) -> Problem {
        Problem(
            "formats.unknown-output", .usage, what: "The format of \"\(path)\" cannot be written",
            place: Place(file: path),
            why: "the format follows from the ending of the name; \(list: known.map { "." + $0 }) can be written",
            fix: "give the file one of these endings")
    }

    /// A property of a column that the format has no place for.
    static func notHeld(_ property: String, column: String, format: String) -> Problem {
        Problem(
            "formats.not-held", .finding, severity: .caution,
            what: "\(format) cannot hold this of \"\(column)\": \(property)", place: Place(column: column),
            why: "the format has no place for it; the rows themselves are all there",
            fix: "keep the source file, or choose another format")
    }

    /// A cell that the format cannot hold.
    static func cannotHold(_ value: String, column: String, row: Int?, format: String, limit: String) -> Problem {
        Problem(
            "formats.cannot-hold", .input, what: "\(format) cannot hold a value of \"\(column)\"",
            place: Place(rows: row.map { [$0] } ?? [], column: column, detail: value),
            why: "the limit is \(limit); found \"\(value)\"", fix: "choose another format, or correct the value")
    }
}
