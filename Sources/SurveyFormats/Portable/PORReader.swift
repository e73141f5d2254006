// SPSS portable files: .por. Numbers in base 30, strings with their length, and a table of characters of its own.
public import SurveyProblems
internal import SurveySchema

/// Reads SPSS portable files, in the characters of any machine.
public final class PORReader: FileReader {
    public static let fileExtensions = ["por"]

    public let file: String
    public let columns: [String]
    public let codebook: FileCodebook?
    public var byteCount: Int? { source.byteCount }
    public var bytesRead: Int { source.bytesRead }

    private let source: ByteSource
    private let input: PORInput
    private let decoder: TextDecoder
    private let characters: PORCharacters
    private let widths: [Int]
    private let contents: [FileVariable.Content]
    private let window: Int
    /// Bytes of text that a row may take.
    private let rowSize: Int
    private var rows = 0
    private var isDone = false
    /// A problem that comes after the rows given out last.
    private var failure: Problem?

    /// The most bytes of text in one row.
    private static let rowLimit = 48 << 20

    public init(path: String, options: FormatOptions, onBytes: ByteObserver?) throws(Problem) {
        file = path
        window = options.window
        if options.delimiter != nil { throw .optionNotForFormat("delimiter", file: path) }
        if options.sheet != nil { throw .optionNotForFormat("sheet", file: path) }
        source = try ByteSource(path: path, onBytes: onBytes)
        input = try PORInput(BinaryInput(source))
        let dictionary = try PORDictionary(input)
        guard !dictionary.variables.isEmpty else { throw .noVariables(path) }
        let encoding = try options.encoding.map(TextEncoding.init(named:))
        if let encoding, encoding.unit != 1 { throw .unknownEncoding(encoding.name) }
        decoder = try TextDecoder(encoding ?? .utf8, file: path)
        decoder.isCertain = encoding != nil
        characters = PORCharacters(dictionary.table, decoder: decoder)
        let codebook: FileCodebook
        do throws(Problem) {
            codebook = try PORCodebook.codebook(
                dictionary, characters, encoding: decoder.encoding.name, file: path)
        } catch {
            guard error.code == "formats.encoding-not-found" else { throw error }
            throw .encodingUnknown(path)
        }
        self.codebook = codebook
        columns = codebook.variables.map(\.name)
        widths = dictionary.variables.map(\.width)
        contents = codebook.variables.map(\.content)
        let decoder = decoder
        rowSize = widths.reduce(16) { size, width in
            size + 1 + (width > 0 ? max(decoder.room(for: width), width * 4) + 8 : NumberCell.longest)
        }
        guard rowSize <= PORReader.rowLimit else { throw .rowTooLarge(path, limit: PORReader.rowLimit) }
    }

    public func fill(_ batch: RawBatch) throws(Problem) -> Bool {
        batch.empty(columns: columns.count)
        if let failure { throw failure }
        if isDone { return false }
        let size = max(window, rowSize * 2)
        batch.reserve(bytes: size, cells: size)
        do throws(Problem) {
            try fillRows(batch, size: size)
            if isDone { try input.input.drain() }
        } catch {
            failure = error
        }
        rows += batch.rowCount
        batch.bytesRead = source.bytesRead
        if batch.rowCount > 0 { return true }
        if let failure { throw failure }
        return false
    }

    private func fillRows(_ batch: RawBatch, size: Int) throws(Problem) {
        var used = 0
        var cell = 0
        while used + rowSize <= size, cell + columns.count <= size {
            // Behind the last row the file is filled up with Z.
            if input.sign == UInt8(ascii: "Z") {
                isDone = true
                return
            }
            let start = used
            for column in widths.indices {
                let begin = used
                used += try write(column, to: batch.bytes + used, row: rows + batch.rowCount + 1)
                batch.fields[cell] = UInt64(begin) | UInt64(used) << 32
                batch.bytes[used] = 0x09
                used += 1
                cell += 1
            }
            let number = rows + batch.rowCount + 1
            batch.note(
                record: UInt64(start) | UInt64(max(start, used - 1)) << 32, number: number, line: number)
        }
    }

    private func write(_ column: Int, to target: UnsafeMutablePointer<UInt8>, row: Int) throws(Problem) -> Int {
        guard widths[column] > 0 else {
            guard let value = try input.number() else { return 0 }
            return SPSSTime.write(value, as: contents[column], to: target)
        }
        var (bytes, offset) = try input.string("string", most: widths[column])
        guard characters.isPlain(bytes) else {
            var text = try characters.text(bytes, offset: offset, row: row)
            return text.withUTF8 { source in
                if let base = source.baseAddress { target.update(from: base, count: source.count) }
                return source.count
            }
        }
        while let last = bytes.last, last == 0x20 || last == 0 { bytes.removeLast() }
        guard !bytes.isEmpty else { return 0 }
        let (length, fault) = bytes.withUnsafeBufferPointer { source in
            source.baseAddress.map { decoder.decode($0, source.count, to: target) } ?? (0, nil)
        }
        if let fault { throw decoder.problem(at: offset + fault, row: row) }
        return length
    }
}
