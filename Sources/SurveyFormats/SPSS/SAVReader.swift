// SPSS system files: .sav and .zsav. Goals, in order:
//   1. Everything that the file says of its variables is kept, and cells are the values as text.
//   2. No length that the file names is believed before its bytes are there; every byte counts, to the last.
//   3. Numbers of one byte, as most answers are, become text by one look-up.
public import SurveyProblems
internal import SurveySchema

/// Reads SPSS system files, plain, compressed by row (`.sav`) and in blocks (`.zsav`), of both byte orders.
public final class SAVReader: FileReader {
    public static let fileExtensions = ["sav", "zsav"]

    public let file: String
    public let columns: [String]
    public let codebook: FileCodebook?
    public var byteCount: Int? { source.byteCount }
    public var bytesRead: Int { source.bytesRead }

    private let source: ByteSource
    private let input: BinaryInput
    private let decoder: TextDecoder
    private let data: SAVData
    private let blocks: SAVBlocks?
    private let window: Int
    private let rowCount: Int
    private let isEncodingGiven: Bool
    private var rows = 0
    private var isDone = false
    /// A problem that comes after the rows given out last.
    private var failure: Problem?

    public init(path: String, options: FormatOptions, onBytes: ByteObserver?) throws(Problem) {
        file = path
        window = options.window
        if options.delimiter != nil { throw .optionNotForFormat("delimiter", file: path) }
        if options.sheet != nil { throw .optionNotForFormat("sheet", file: path) }
        source = try ByteSource(path: path, onBytes: onBytes)
        input = BinaryInput(source)
        let dictionary = try SAVDictionary(input)
        let variables = try SAVVariable.all(dictionary, file: path)
        guard !variables.isEmpty else { throw .noVariables(path) }
        let found = try SAVEncoding.decoder(dictionary, option: options.encoding, file: path)
        decoder = found.decoder
        decoder.isCertain = found.isDeclared
        isEncodingGiven = options.encoding != nil
        let codebook: FileCodebook
        do throws(Problem) {
            codebook = try SAVCodebook(dictionary, variables, decoder, file: path).codebook
        } catch {
            // A file that names no encoding and is not UTF-8 asks for one, as delimited text does.
            guard error.code == "formats.encoding-not-found" else { throw error }
            throw .encodingUnknown(path)
        }
        if !isEncodingGiven, let likely = decoder.look.suspicion(readAs: decoder.encoding) {
            throw .doubtfulEncoding(path, declared: decoder.encoding.name, likely: likely)
        }
        self.codebook = codebook
        columns = codebook.variables.map(\.name)
        rowCount = dictionary.rowCount
        blocks = dictionary.compression == 2 ? try SAVBlocks(input, bias: dictionary.bias) : nil
        data = try SAVData(
            dictionary, variables, contents: codebook.variables.map(\.content), decoder: decoder, file: path)
    }

    public func fill(_ batch: RawBatch) throws(Problem) -> Bool {
        batch.empty(columns: columns.count)
        if let failure { throw failure }
        if isDone { return false }
        let size = max(window, data.rowSize * 2)
        batch.reserve(bytes: size, cells: size)
        do throws(Problem) {
            isDone = try data.fill(
                batch, from: input, size: size, firstRow: rows + 1,
                limit: rowCount < 0 ? Int.max : rowCount - rows)
            if isDone {
                try checkEnd(read: rows + batch.rowCount)
                if let blocks { try blocks.checkEnd(input) }
                try input.drain()
            }
        } catch {
            failure = error
        }
        rows += batch.rowCount
        batch.bytesRead = source.bytesRead
        if !isEncodingGiven, failure == nil, let likely = decoder.look.suspicion(readAs: decoder.encoding) {
            failure = .doubtfulEncoding(file, declared: decoder.encoding.name, likely: likely)
        }
        if batch.rowCount > 0 { return true }
        if let failure { throw failure }
        return false
    }

    /// Holds the number of rows against what the file says.
    private func checkEnd(read: Int) throws(Problem) {
        guard rowCount >= 0 else { return }
        if read < rowCount { throw .truncated(file, offset: input.offset, missing: 1) }
        if try data.hasMore(in: input) {
            throw .damaged(
                file, offset: input.offset, part: "ncases", found: String(rowCount), allowed: "> \(rowCount)")
        }
    }
}

extension Problem {
    /// A file without columns.
    static func noVariables(_ file: String) -> Problem {
        Problem(
            "formats.no-variables", .input, what: "\"\(file)\" has no variables", place: Place(file: file),
            why: "a data file has at least one variable", fix: "check that the right data were saved")
    }

    /// Texts with letters beyond ASCII in a file that does not say which.
    static func encodingUnknown(_ file: String) -> Problem {
        Problem(
            "formats.encoding-unknown", .input, what: "\"\(file)\" does not say in which encoding its texts are",
            place: Place(file: file), why: "texts of a file that names no encoding must be UTF-8; these are not",
            fix: "name the encoding; for Russian and Kazakh Windows files: --encoding cp1251")
    }
}
