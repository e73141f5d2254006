// triple-S: a metadata file in XML and beside it a data file, records of fixed fields or delimited by commas.
internal import Glibc
public import SurveyProblems
internal import SurveySchema

/// Reads surveys in the triple-S format, versions 1.1 to 3.0, by the name of their metadata file.
///
/// A question with several answers becomes columns `NAME_code` of 0 and 1, or `NAME_1`… of codes where it is spread. The data are
/// ISO 8859-1, as the standard has it, unless their bytes can be nothing but UTF-8 or `--encoding` says otherwise.
public final class TripleSReader: FileReader {
    public static let fileExtensions = ["sss", "xml"]

    public let file: String
    public let columns: [String]
    public let codebook: FileCodebook?
    public let byteCount: Int?
    public var bytesRead: Int { metadataSize + source.bytesRead }

    private let source: ByteSource
    private let input: BinaryInput
    private let records: TripleSRecords
    private let cutter: TripleSCutter
    private let skip: Int
    private let window: Int
    private let metadataSize: Int
    private let isEncodingGiven: Bool
    private var rows = 0
    private var isDone = false
    /// A problem that comes after the rows given out last.
    private var failure: Problem?

    /// The most bytes of a metadata file.
    private static let metadataLimit = 64 << 20

    public init(path: String, options: FormatOptions, onBytes: ByteObserver?) throws(Problem) {
        file = path
        window = options.window
        if options.delimiter != nil { throw .optionNotForFormat("delimiter", file: path) }
        if options.sheet != nil { throw .optionNotForFormat("sheet", file: path) }
        let bytes = try InputFile.bytes(of: path, limit: TripleSReader.metadataLimit)
        metadataSize = bytes.count
        bytes.withUnsafeBytes { onBytes?($0) }
        let definition = try TripleSDefinition(reading: path, bytes: bytes)
        let data = try TripleSReader.dataFile(of: definition, beside: path)
        let encoding = try TripleSReader.encoding(of: data, definition, options)
        isEncodingGiven = options.encoding != nil
        source = try ByteSource(path: data, onBytes: onBytes)
        byteCount = source.byteCount.map { $0 + bytes.count }
        input = BinaryInput(source)
        records = try TripleSRecords(input)
        let described = try TripleSCodebook(definition, encoding: encoding.name, file: path)
        codebook = described.codebook
        columns = described.codebook.variables.map(\.name)
        cutter = TripleSCutter(
            described.columns, isDelimited: definition.isDelimited, decoder: try TextDecoder(encoding, file: data))
        skip = definition.skip
    }

    /// The files that a survey is made of: that of its metadata and that of its data.
    static func parts(of path: String) throws(Problem) -> [String] {
        let bytes = try InputFile.bytes(of: path, limit: metadataLimit)
        return [path, try dataFile(of: try TripleSDefinition(reading: path, bytes: bytes), beside: path)]
    }

    private static func dataFile(
        of definition: TripleSDefinition, beside path: String
    ) throws(Problem) -> String {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        if let reference = definition.dataFile {
            guard !reference.isEmpty, !reference.contains("/"), !reference.contains("\\"), reference != ".." else {
                throw .dataFileElsewhere(path, reference: reference)
            }
            guard access(folder + reference, R_OK) == 0 else { throw .noDataFile(path, tried: [reference]) }
            return folder + reference
        }
        let stem = String(path.dropLast(FormatCatalog.fileExtension(of: path).count))
        let endings = definition.isDelimited ? ["csv", "txt", "dat", "asc"] : ["asc", "dat", "txt", "csv"]
        for ending in endings + endings.map({ $0.uppercased() }) where access(stem + ending, R_OK) == 0 {
            return stem + ending
        }
        let name = stem.split(separator: "/").last.map(String.init) ?? ""
        throw .noDataFile(path, tried: endings.map { name + $0 })
    }

    /// The encoding of the data: as asked for, by a mark, UTF-8 where the beginning is nothing else, ISO 8859-1.
    private static func encoding(
        of data: String, _ definition: TripleSDefinition, _ options: FormatOptions
    ) throws(Problem) -> TextEncoding {
        if let name = options.encoding ?? definition.encoding {
            let encoding = try TextEncoding(named: name)
            guard encoding.unit == 1 else { throw .unknownEncoding(name) }
            return encoding
        }
        let parts = try FileParts(data)
        let head = try parts.bytes(min(parts.size, 1 << 18), at: 0)
        let isText = head.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return false }
            return TextCheck.check(base, from: 0, to: bytes.count, isComplete: false).fault == nil
        }
        return isText && head.contains { $0 >= 0x80 } ? .utf8 : try TextEncoding(named: "iso-8859-1")
    }

    public func fill(_ batch: RawBatch) throws(Problem) -> Bool {
        batch.empty(columns: columns.count)
        if let failure { throw failure }
        if isDone { return false }
        var cells: [[UInt8]] = []
        var rejected: [RawBatch.Rejected] = []
        let first = rows + 1
        do throws(Problem) {
            var size = 0
            // A record that is none ends the batch, so that the rows of one are numbered on from the first.
            while size < window, rejected.isEmpty {
                guard try records.next() else {
                    isDone = true
                    break
                }
                if records.number <= skip { continue }
                rows += 1
                switch try cutter.cells(records) {
                case .row(let row):
                    size += row.reduce(row.count) { $0 + $1.count }
                    cells += row
                case .ragged(let found, let expected):
                    rejected.append(
                        RawBatch.Rejected(
                            problem: .raggedRow(
                                rows, line: records.number, found: found, expected: expected, file: source.path),
                            row: rows, line: records.number, raw: Array(records.bytes.prefix(RawBatch.rawLimit))))
                }
            }
            if isDone {
                let likely = cutter.decoder.look.suspicion(readAs: cutter.decoder.encoding)
                if !isEncodingGiven, let likely {
                    throw .doubtfulEncoding(source.path, declared: cutter.decoder.encoding.name, likely: likely)
                }
            }
        } catch {
            failure = error
        }
        batch.fill(columns: columns.count, firstRow: first, cells: cells)
        for row in 0..<batch.rowCount { batch.lines[row] += skip }
        batch.rejected = rejected
        batch.bytesRead = bytesRead
        if batch.rowCount > 0 || !rejected.isEmpty { return true }
        if let failure { throw failure }
        return false
    }
}
