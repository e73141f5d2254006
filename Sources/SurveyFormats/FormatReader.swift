public import SurveyProblems

/// Reads a data file in batches of rows whose cells are still text.
///
/// A reader is used by one thread at a time. It reads forward only, once, so standard input works like a file. How it came to be open is
/// not said here: a reader may stand over another one.
public protocol FormatReader: RowFeed {
    /// The file as the user named it.
    var file: String { get }
    /// The names of the columns, all different and none empty.
    var columns: [String] { get }
    /// Bytes of the file read so far.
    var bytesRead: Int { get }
    /// Bytes of the whole file, nil where that is not known before its end.
    var byteCount: Int? { get }

    /// What the file says of its own columns; nil for formats that say nothing.
    var codebook: FileCodebook? { get }
}

/// A reader that opens the files of a format by their name.
public protocol FileReader: FormatReader {
    /// The endings of file names of this format, in lower case and without the dot.
    static var fileExtensions: [String] { get }

    /// Opens a file (`-` is standard input) and reads as much as its header needs.
    ///
    /// - Parameters:
    ///   - path: The file as the user named it.
    ///   - options: What the user knows of the file; an option that the format does not have is refused.
    ///   - onBytes: Gets every byte of the file, in order and once, as it is read; for the hash of the input.
    /// - Throws: ``Problem`` for a file that cannot be read, an option that is wrong, and a header that is none.
    init(path: String, options: FormatOptions, onBytes: ByteObserver?) throws(Problem)
}

extension FormatReader {
    public var codebook: FileCodebook? { nil }
}

/// Takes each window of raw bytes while it is being read.
public typealias ByteObserver = @Sendable (UnsafeRawBufferPointer) -> Void

/// What a user may say of a file when it cannot be found from its bytes.
public struct FormatOptions: Sendable {
    /// A name of `TextEncoding.names`; nil means: by byte order mark, else UTF-8.
    public var encoding: String?
    /// One character or its name (`comma`, `semicolon`, `tab`, `pipe`); nil means: found from the first rows.
    public var delimiter: String?
    /// The sheet of a workbook by name, or by number from 1; nil means: the first that is not hidden.
    public var sheet: String? = nil
    /// Bytes read at a time, which changes memory and speed and no result.
    public var window: Int

    public init(encoding: String? = nil, delimiter: String? = nil, window: Int = 1 << 18) {
        self.encoding = encoding
        self.delimiter = delimiter
        self.window = max(1, window)
    }
}
