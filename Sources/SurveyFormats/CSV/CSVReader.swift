// Delimited text: .csv, .tsv, .txt and standard input. Goals, in order:
//   1. Cells are text as written; a record that is no row is set aside with its bytes, never bent into shape.
//   2. Bytes that are no text, quotes without end and giant cells stop the reading with their place in the file.
//   3. Memory is a few windows, whatever the size of the file; the size of the window changes no result.
public import SurveyProblems

/// Reads delimited text files.
public final class CSVReader: FileReader {
    public static let fileExtensions = ["csv", "tsv", "tab", "txt"]

    public let file: String
    public let columns: [String]
    public var byteCount: Int? { source.bytes.byteCount }
    public var bytesRead: Int { source.bytes.bytesRead }
    /// The delimiter, found or given.
    public let delimiter: Character
    /// The name of the encoding, found or given.
    public var encodingName: String { source.encoding.name }

    private var source: TextSource
    private var scanner: CSVScanner
    private let window: Int
    /// Text read for the sample; it is served again in windows.
    private var ahead: ArraySlice<UInt8>
    /// What ended the reading of the sample early; it comes when the sample has been served.
    private var sampleFailure: Problem?
    /// The beginning of a record whose end was not read yet.
    private var pending: [UInt8] = []
    /// How much of `pending` is known to be text.
    private var checked = 0
    /// Where `pending` begins in the file.
    private var offset: Int
    private var hasEnded = false
    /// A problem that comes after the rows given out last.
    private var failure: Problem?

    /// The bytes on which delimiter and line ending are found.
    private static let sampleSize = 64 << 10
    /// The most columns of a table.
    private static let columnLimit = 1 << 16

    public init(path: String, options: FormatOptions, onBytes: ByteObserver?) throws(Problem) {
        if options.sheet != nil { throw .optionOfOtherFormat("sheet", file: path) }
        file = path
        window = options.window
        let given = try options.delimiter.map { (name) throws(Problem) in try CSVReader.delimiter(named: name) }
        source = try TextSource(try ByteSource(path: path, onBytes: onBytes), encodingName: options.encoding)
        let batch = RawBatch()
        var length = 0
        var wanted = CSVReader.sampleSize
        sampleFailure = nil
        while true {
            var isComplete = false
            while length < wanted, sampleFailure == nil {
                do throws(Problem) {
                    let count = try source.read(into: batch, at: length, count: wanted - length)
                    length += count
                    if count == 0 {
                        isComplete = true
                        break
                    }
                } catch {
                    sampleFailure = error
                }
            }
            let offset = source.firstOffset
            let check = TextCheck.check(batch.bytes, from: 0, to: length, isComplete: isComplete)
            let sample = CSVSample(
                bytes: Array(UnsafeBufferPointer(start: batch.bytes, count: check.checked)),
                isWhole: isComplete && check.fault == nil)
            if let head = CSVReader.head(of: sample, delimiter: given, isTabbed: path.lowercased().hasSuffix(".tsv")) {
                columns = try CSVReader.names(of: head.cells, file: path)
                delimiter = Character(Unicode.Scalar(head.delimiter))
                scanner = CSVScanner(
                    delimiter: head.delimiter, terminator: head.terminator, columnCount: columns.count, file: path,
                    line: head.nextLine)
                ahead = Array(UnsafeBufferPointer(start: batch.bytes + head.length, count: length - head.length))[...]
                self.offset = offset + source.sourceLength(of: batch.bytes, count: head.length)
                return
            }
            if let fault = check.fault {
                throw CSVReader.problem(
                    fault, at: offset + source.sourceLength(of: batch.bytes, count: check.checked), row: nil, line: 1,
                    source: source)
            }
            if let sampleFailure { throw sampleFailure }
            if isComplete {
                if sample.bytes.allSatisfy({ $0 == 0x0A || $0 == 0x0D }) { throw .emptyFile(path) }
                throw .openQuote(row: nil, line: 1, offset: offset, file: path)
            }
            if length > CSVScanner.recordLimit { throw .recordTooLarge(row: 0, line: 1, offset: offset, file: path) }
            wanted = length * 2
        }
    }

    public func fill(_ batch: RawBatch) throws(Problem) -> Bool {
        batch.empty(columns: columns.count)
        if let failure {
            pending = []
            hasEnded = true
            throw failure
        }
        var length = pending.count
        batch.reserve(length + window, keeping: 0)
        batch.bytes.update(from: pending, count: length)
        pending.removeAll(keepingCapacity: true)
        while true {
            if !hasEnded {
                do throws(Problem) {
                    // Growing with what is there keeps the work linear; at most a cell's limit keeps memory bounded.
                    let count = try read(into: batch, at: length, count: max(window, min(length, CSVScanner.cellLimit)))
                    length += count
                    hasEnded = count == 0
                } catch {
                    failure = error
                }
            }
            let check = TextCheck.check(batch.bytes, from: checked, to: length, isComplete: hasEnded)
            checked = check.checked
            var usable = check.fault == nil ? length : checked
            if hasEnded, check.fault == nil, failure == nil, length > 0, batch.bytes[length - 1] != scanner.terminator {
                batch.reserve(length + 1, keeping: length)
                batch.bytes[length] = scanner.terminator
                length += 1
                usable += 1
                checked += 1
            }
            let base = offset
            let source = source
            let bytes = batch.bytes
            let end = scanner.scan(batch, length: usable) { base + source.sourceLength(of: bytes, count: $0) }
            if let found = end.failure {
                failure = found
            } else if let fault = check.fault {
                failure = CSVReader.problem(
                    fault, at: base + source.sourceLength(of: bytes, count: checked), row: scanner.rowNumber + 1,
                    line: scanner.line, source: source)
            } else if let problem = failure, problem.place.rows.isEmpty {
                failure?.place.rows = [scanner.rowNumber + 1]
                failure?.place.line = scanner.line
            } else if hasEnded, end.isInQuotes, end.consumed < usable {
                failure = .openQuote(
                    row: scanner.rowNumber + 1, line: end.cellLine,
                    offset: base + source.sourceLength(of: bytes, count: end.cellStart), file: file)
            }
            let isDone = hasEnded || failure != nil
            if batch.rowCount > 0 || !batch.rejected.isEmpty || isDone {
                offset += source.sourceLength(of: bytes, count: end.consumed)
                checked -= end.consumed
                if !isDone {
                    pending = Array(UnsafeBufferPointer(start: bytes + end.consumed, count: length - end.consumed))
                }
                batch.bytesRead = source.bytes.bytesRead
                if batch.rowCount > 0 || !batch.rejected.isEmpty { return true }
                if let failure { throw failure }
                return false
            }
            // Blank lines alone: they are passed and must not be met again.
            offset += source.sourceLength(of: bytes, count: end.consumed)
            checked -= end.consumed
            length -= end.consumed
            bytes.update(from: bytes + end.consumed, count: length)
        }
    }

    private func read(into batch: RawBatch, at length: Int, count: Int) throws(Problem) -> Int {
        if ahead.isEmpty, let sampleFailure { throw sampleFailure }
        guard !ahead.isEmpty else { return try source.read(into: batch, at: length, count: count) }
        let part = ahead.prefix(count)
        ahead = ahead.dropFirst(part.count)
        batch.reserve(length + part.count, keeping: length)
        part.withUnsafeBufferPointer { bytes in
            if let base = bytes.baseAddress { (batch.bytes + length).update(from: base, count: part.count) }
        }
        return part.count
    }

    // MARK: Head

    private struct Head {
        var cells: [[UInt8]]
        var delimiter: UInt8
        var terminator: UInt8
        var length: Int
        var nextLine: Int
    }

    private static func head(of sample: CSVSample, delimiter given: UInt8?, isTabbed: Bool) -> Head? {
        guard let terminator = sample.terminator, sample.bytes.contains(where: { $0 != 0x0A && $0 != 0x0D }) else {
            return nil
        }
        let separator = sample.separatorLine(endingWith: terminator)
        let start = separator?.length ?? 0
        let delimiter =
            given ?? separator?.delimiter
            ?? (isTabbed ? 0x09 : sample.guessedDelimiter(from: start, terminator: terminator))
        guard let header = sample.header(from: start, delimiter: delimiter, terminator: terminator) else { return nil }
        return Head(
            cells: header.cells, delimiter: delimiter, terminator: terminator, length: header.next,
            nextLine: header.lines + (separator == nil ? 1 : 2))
    }

    private static func names(of cells: [[UInt8]], file: String) throws(Problem) -> [String] {
        guard cells.count <= columnLimit else { throw .tooManyColumns(cells.count, limit: columnLimit, file: file) }
        let names = cells.map { String(decoding: $0, as: UTF8.self) }
        if let position = names.firstIndex(of: "") { throw .unnamedColumn(position + 1, file: file) }
        var seen: [String: Int] = [:]
        for (position, name) in names.enumerated() {
            if let first = seen.updateValue(position, forKey: name) {
                throw .duplicateColumn(name, first: first + 1, second: position + 1, file: file)
            }
        }
        return names
    }

    private static func delimiter(named name: String) throws(Problem) -> UInt8 {
        switch name {
        case "comma": return 0x2C
        case "semicolon": return 0x3B
        case "tab", "\\t": return 0x09
        case "pipe": return 0x7C
        default:
            let bytes = Array(name.utf8)
            guard bytes.count == 1, bytes[0] < 0x80, ![0x00, 0x0A, 0x0D, 0x22].contains(bytes[0]) else {
                throw .unknownDelimiter(name)
            }
            return bytes[0]
        }
    }

    private static func problem(_ fault: TextCheck.Fault, at offset: Int, row: Int?, line: Int?, source: TextSource)
        -> Problem
    {
        switch fault {
        case .nul: .nulByte(offset: offset, row: row, line: line, file: source.bytes.path)
        case .invalid:
            .invalidText(
                in: source.encoding, isCertain: source.isEncodingCertain, offset: offset, row: row, line: line,
                file: source.bytes.path)
        }
    }
}

extension Problem {
    /// A file without a header.
    static func emptyFile(_ file: String) -> Problem {
        Problem(
            "formats.empty-file", .input, what: "\"\(file)\" is empty", place: Place(file: file),
            why: "the first line must name the columns", fix: "check that the file was written to its end")
    }

    /// A quote that is still open where the file ends.
    static func openQuote(row: Int?, line: Int, offset: Int, file: String) -> Problem {
        Problem(
            "formats.open-quote", .input, what: "A cell in quotes does not end before the file does",
            place: Place(file: file, line: line, rows: row.map { [$0] } ?? []),
            why: "each opening quote needs a closing one; the one at byte offset \(offset) has none",
            fix: "close the quote of this cell, or check that the file was written to its end")
    }

    /// A column without a name.
    static func unnamedColumn(_ position: Int, file: String) -> Problem {
        Problem(
            "formats.unnamed-column", .input, what: "Column \(position) has no name", place: Place(file: file, line: 1),
            why: "the first line must name each column", fix: "write a name for the column, or take the column out")
    }

    /// Two columns of one name.
    static func duplicateColumn(_ name: String, first: Int, second: Int, file: String) -> Problem {
        Problem(
            "formats.duplicate-column", .input, what: "Two columns have the name \"\(name)\"",
            place: Place(file: file, line: 1, column: name),
            why: "columns are found by name; columns \(first) and \(second) have the same one",
            fix: "give one of them another name")
    }

    /// A header above the limit, as random bytes may have.
    static func tooManyColumns(_ count: Int, limit: Int, file: String) -> Problem {
        Problem(
            "formats.too-many-columns", .input, what: "\"\(file)\" has too many columns",
            place: Place(file: file, line: 1),
            why: "a table may have at most \(limit) columns; found \(count)", fix: "check that the delimiter is right")
    }

    /// A delimiter that cannot be one.
    static func unknownDelimiter(_ name: String) -> Problem {
        Problem(
            "formats.unknown-delimiter", .usage, what: "\"\(name)\" cannot be a delimiter",
            why:
                "a delimiter is one ASCII character other than a quote or a line break, or one of comma, semicolon, tab, pipe",
            fix: "give one such character with --delimiter")
    }
}
