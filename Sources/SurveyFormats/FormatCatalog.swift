public import SurveyProblems

/// The formats that can be read, in the order in which users see them.
public enum FormatCatalog {
    public static var readers: [any FileReader.Type] {
        [CSVReader.self, XLSXReader.self, SAVReader.self, PORReader.self, DTAReader.self, TripleSReader.self]
    }

    /// All endings of file names that can be read.
    public static var fileExtensions: [String] { readers.flatMap { $0.fileExtensions } }

    /// Opens a data file with the reader of its ending; `-` is CSV on standard input.
    public static func open(
        _ path: String, options: FormatOptions = FormatOptions(), onBytes: ByteObserver? = nil
    ) throws(Problem) -> any FormatReader {
        if path == "-" { return try CSVReader(path: path, options: options, onBytes: onBytes) }
        let ending = fileExtension(of: path)
        for reader in readers where reader.fileExtensions.contains(ending) {
            return try reader.init(path: path, options: options, onBytes: onBytes)
        }
        throw .unknownExtension(path, known: fileExtensions)
    }

    /// True if the ending of the name is one that can be read.
    public static func canRead(_ path: String) -> Bool {
        path == "-" || fileExtensions.contains(fileExtension(of: path))
    }

    /// The files that a data file is made of, itself first: metadata and data may stand in two.
    public static func parts(of path: String) throws(Problem) -> [String] {
        TripleSReader.fileExtensions.contains(fileExtension(of: path)) ? try TripleSReader.parts(of: path) : [path]
    }

    static func fileExtension(of path: String) -> String {
        let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        guard let dot = name.lastIndex(of: ".") else { return "" }
        return name[name.index(after: dot)...].lowercased()
    }
}

extension Problem {
    /// A file whose name does not tell a format that can be read.
    static func unknownExtension(_ path: String, known: [String]) -> Problem {
        Problem(
            "formats.unknown-extension", .input, what: "The format of \"\(path)\" is not known",
            place: Place(file: path),
            why: "the format follows from the ending of the name; \(list: known.map { "." + $0 }) can be read",
            fix: "convert the file to CSV, or give it the ending of its format")
    }
}
