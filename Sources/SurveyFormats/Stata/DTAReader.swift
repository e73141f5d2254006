// Stata files: .dta of versions 104 to 119. Goals as for SPSS files; the labels stand behind the rows and are read first,
// at their place, while the bytes for the hash are read from the beginning to the end.
public import SurveyProblems
internal import SurveySchema

/// Reads Stata files of versions 104 (Stata 4) to 119 (Stata 15 and later), of both byte orders.
public final class DTAReader: FileReader {
    public static let fileExtensions = ["dta"]

    public let file: String
    public let columns: [String]
    public let codebook: FileCodebook?
    public var byteCount: Int? { source.byteCount }
    public var bytesRead: Int { source.bytesRead }

    private struct Field {
        var type: DTAType
        var content: FileVariable.Content
        var offset: Int
    }

    private let source: ByteSource
    private let input: BinaryInput
    private let decoder: TextDecoder
    private let layout: DTALayout
    private let fields: [Field]
    private let longTexts: DTALongTexts?
    private let rowWidth: Int
    private let rowSize: Int
    private let rowCount: Int
    private let window: Int
    private let isEncodingGiven: Bool
    private var rows = 0
    private var failure: Problem?

    private static let rowLimit = 48 << 20

    public init(path: String, options: FormatOptions, onBytes: ByteObserver?) throws(Problem) {
        file = path
        window = options.window
        if options.delimiter != nil { throw .optionNotForFormat("delimiter", file: path) }
        if options.sheet != nil { throw .optionNotForFormat("sheet", file: path) }
        source = try ByteSource(path: path, onBytes: onBytes)
        input = BinaryInput(source)
        let dictionary = try DTADictionary(input)
        layout = dictionary.layout
        isEncodingGiven = options.encoding != nil
        let encoding = try options.encoding.map { (name) throws(Problem) in try TextEncoding(named: name) } ?? .utf8
        guard encoding.unit == 1 else { throw .unknownEncoding(options.encoding ?? "") }
        decoder = try TextDecoder(encoding, file: path)
        decoder.isCertain = isEncodingGiven || layout.isUTF8
        let parts = try FileParts(path)
        let labels = try DTALabels(dictionary, parts, isBigEndian: input.isBigEndian)
        var codebook: FileCodebook
        do throws(Problem) {
            codebook = try DTACodebook(dictionary, labels, decoder, file: path).codebook
        } catch {
            guard error.code == "formats.encoding-not-found" else { throw error }
            throw .encodingUnknown(path)
        }
        let hasLongTexts = dictionary.variables.contains { $0.type == .long }
        let longTexts =
            hasLongTexts ? try DTALongTexts(dictionary, parts, isBigEndian: input.isBigEndian) : nil
        if let count = longTexts?.binaryCount, count > 0 {
            codebook.cautions.append(.binaryTexts(count, file: path))
        }
        self.codebook = codebook
        columns = codebook.variables.map(\.name)
        var offset = 0
        var size = 16
        var fields: [Field] = []
        for (variable, described) in zip(dictionary.variables, codebook.variables) {
            fields.append(Field(type: variable.type, content: described.content, offset: offset))
            offset += variable.type.width
            switch variable.type {
            case .text(let width): size += decoder.room(for: width) + 8
            case .long: size += decoder.room(for: longTexts?.longest ?? 0) + 8
            default: size += NumberCell.longest
            }
            guard size <= DTAReader.rowLimit else { throw .rowTooLarge(path, limit: DTAReader.rowLimit) }
        }
        self.longTexts = longTexts
        self.fields = fields
        rowWidth = offset
        rowSize = size
        rowCount = dictionary.rowCount
        if !isEncodingGiven, let likely = decoder.look.suspicion(readAs: encoding) {
            throw .doubtfulEncoding(path, declared: encoding.name, likely: likely)
        }
    }

    public func fill(_ batch: RawBatch) throws(Problem) -> Bool {
        batch.empty(columns: columns.count)
        if let failure { throw failure }
        let size = max(window, rowSize * 2)
        batch.reserve(bytes: size, cells: size)
        do throws(Problem) {
            try readRows(batch, size: size)
            if rows == rowCount, !input.hasDrained {
                try checkEnd()
                try input.drain()
            }
        } catch {
            failure = error
        }
        batch.bytesRead = source.bytesRead
        if batch.rowCount > 0 { return true }
        if let failure { throw failure }
        return false
    }

    private func readRows(_ batch: RawBatch, size: Int) throws(Problem) {
        var used = 0
        var cell = 0
        while rows < rowCount, used + rowSize <= size, cell + fields.count <= size {
            try input.require(rowWidth)
            let start = used
            let row = UnsafePointer(input.base + input.position)
            for field in fields {
                let begin = used
                used += try write(field, row + field.offset, to: batch.bytes + used)
                batch.fields[cell] = UInt64(begin) | UInt64(used) << 32
                batch.bytes[used] = 0x09
                used += 1
                cell += 1
            }
            input.position += rowWidth
            rows += 1
            batch.note(record: UInt64(start) | UInt64(max(start, used - 1)) << 32, number: rows, line: rows)
        }
    }

    /// Writes the text of one value and returns its length.
    @inline(__always)
    private func write(
        _ field: Field, _ bytes: UnsafePointer<UInt8>, to target: UnsafeMutablePointer<UInt8>
    ) throws(Problem) -> Int {
        let raw = UnsafeRawPointer(bytes)
        let isBig = input.isBigEndian
        let extended = layout.hasExtendedMissing
        let letter: Int?
        var value = 0.0
        switch field.type {
        case .int8:
            let number = Int8(bitPattern: bytes[0])
            letter = DTAMissing.letter(int8: number, extended: extended)
            value = Double(number)
        case .int16:
            let word = raw.loadUnaligned(as: UInt16.self)
            let number = Int16(bitPattern: isBig ? UInt16(bigEndian: word) : UInt16(littleEndian: word))
            letter = DTAMissing.letter(int16: number, extended: extended)
            value = Double(number)
        case .int32:
            let word = raw.loadUnaligned(as: UInt32.self)
            let number = Int32(bitPattern: isBig ? UInt32(bigEndian: word) : UInt32(littleEndian: word))
            letter = DTAMissing.letter(int32: number, extended: extended)
            value = Double(number)
        case .float:
            let word = raw.loadUnaligned(as: UInt32.self)
            let number = Float(bitPattern: isBig ? UInt32(bigEndian: word) : UInt32(littleEndian: word))
            letter = DTAMissing.letter(float: number)
            value = Double(number)
        case .double:
            let word = raw.loadUnaligned(as: UInt64.self)
            value = Double(bitPattern: isBig ? UInt64(bigEndian: word) : UInt64(littleEndian: word))
            letter = DTAMissing.letter(double: value)
        case .text(let width):
            var count = 0
            while count < width, bytes[count] != 0 { count += 1 }
            return try decode(bytes, count, offset: input.offset + field.offset, to: target)
        case .long:
            let word = raw.loadUnaligned(as: UInt64.self)
            let place = input.offset + field.offset
            let cell = isBig ? UInt64(bigEndian: word) : UInt64(littleEndian: word)
            guard let found = try longTexts?.bytes(of: cell, version: layout.version) else {
                throw .damaged(
                    file, offset: place, part: "strL", found: String(cell, radix: 16), allowed: "(v,o)")
            }
            let count = found.bytes.count
            let result: Result<Int, Problem> = (found.bytes + [0, 0, 0, 0, 0, 0, 0, 0]).withUnsafeBufferPointer {
                buffer in
                guard let base = buffer.baseAddress else { return .success(0) }
                do throws(Problem) {
                    return .success(try decode(base, count, offset: found.offset, to: target))
                } catch {
                    return .failure(error)
                }
            }
            return try result.get()
        }
        if let letter {
            if letter == 0 || !extended { return 0 }
            target[0] = 0x2E
            target[1] = 0x60 &+ UInt8(truncatingIfNeeded: letter)
            return 2
        }
        return field.content == .number
            ? NumberCell.write(value, to: target) : DTAFormat.write(value, as: field.content, to: target)
    }

    private func decode(
        _ bytes: UnsafePointer<UInt8>, _ count: Int, offset: Int, to target: UnsafeMutablePointer<UInt8>
    ) throws(Problem) -> Int {
        let (length, fault) = decoder.decode(bytes, count, to: target)
        if let fault { throw decoder.problem(at: offset + fault, row: rows + 1) }
        return length
    }

    /// In a file with tags the rows must end where the tag stands.
    private func checkEnd() throws(Problem) {
        guard layout.isTagged else { return }
        let place = input.offset
        let tag = try input.bytes(7)
        guard tag == Array("</data>".utf8) else {
            throw .damaged(file, offset: place, part: "tag", found: BinaryInput.shown(tag), allowed: "</data>")
        }
        guard !isEncodingGiven, let likely = decoder.look.suspicion(readAs: decoder.encoding) else { return }
        throw .doubtfulEncoding(file, declared: decoder.encoding.name, likely: likely)
    }
}
