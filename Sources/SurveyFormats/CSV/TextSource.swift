internal import Glibc
internal import SurveyProblems

/// The bytes of a source as UTF-8: found or given encoding, byte order mark taken off, converted window by window.
struct TextSource {
    let bytes: ByteSource
    let encoding: TextEncoding
    /// True if the user or a byte order mark named the encoding.
    let isEncodingCertain: Bool

    /// Bytes read ahead to look for a byte order mark.
    private var head: [UInt8]
    private let markLength: Int
    private let converter: Converter?

    init(_ bytes: ByteSource, encodingName: String?) throws(Problem) {
        self.bytes = bytes
        head = try TextSource.firstBytes(of: bytes)
        let mark = TextSource.mark(head)
        if let encodingName {
            let named = try TextEncoding(named: encodingName)
            // "utf-16" says nothing of the order, so the mark may.
            let isOpenOrder = ["utf-16", "utf16"].contains(encodingName.lowercased())
            encoding = isOpenOrder && mark?.encoding == .utf16BigEndian ? .utf16BigEndian : named
        } else {
            encoding = mark?.encoding ?? .utf8
        }
        isEncodingCertain = encodingName != nil || mark != nil
        if let mark, mark.encoding == encoding { markLength = mark.length } else { markLength = 0 }
        head.removeFirst(markLength)
        if let name = encoding.converterName {
            converter = try Converter(name, skipping: markLength)
        } else {
            converter = nil
        }
    }

    /// Where the first byte of the text stands in the file.
    var firstOffset: Int { markLength }

    /// Adds text after the first `length` bytes of a batch; returns how many bytes of UTF-8 came, 0 at the end.
    mutating func read(into batch: RawBatch, at length: Int, count: Int) throws(Problem) -> Int {
        guard let converter else {
            let wanted = max(count, head.count)
            batch.reserve(length + wanted, keeping: length)
            if !head.isEmpty {
                (batch.bytes + length).update(from: head, count: head.count)
                defer { head = [] }
                return head.count
            }
            return try bytes.read(into: batch.bytes + length, count: count)
        }
        while true {
            if head.isEmpty {
                try converter.refill(from: bytes, count: count)
            } else {
                converter.append(head)
                head = []
            }
            // No character of these encodings takes more than three bytes of UTF-8 a byte.
            batch.reserve(length + converter.waiting * 3 + 8, keeping: length)
            let made = try converter.convert(
                into: batch.bytes + length, isLast: bytes.hasEnded, encoding: encoding, file: bytes.path)
            if made > 0 || bytes.hasEnded { return made }
        }
    }

    /// The length of UTF-8 text in the file's own bytes.
    func sourceLength(of text: UnsafePointer<UInt8>, count: Int) -> Int {
        guard converter != nil else { return count }
        var units = 0
        for position in 0..<count {
            units += text[position] & 0xC0 != 0x80 ? 1 : 0
            // A character beyond the basic plane is two units of UTF-16; single-byte encodings have none.
            units += text[position] >= 0xF0 ? 1 : 0
        }
        return units * encoding.unit
    }

    private static func firstBytes(of source: ByteSource) throws(Problem) -> [UInt8] {
        var found: [UInt8] = []
        let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: 4)
        defer { buffer.deallocate() }
        while found.count < 3 {
            let count = try source.read(into: buffer, count: 3 - found.count)
            if count == 0 { break }
            found.append(contentsOf: UnsafeBufferPointer(start: buffer, count: count))
        }
        return found
    }

    private static func mark(_ head: [UInt8]) -> (encoding: TextEncoding, length: Int)? {
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if head.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if head.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        return nil
    }
}

/// Converts bytes to UTF-8 by iconv, keeping what is not yet a whole character for the next window.
final class Converter {
    private let descriptor: iconv_t
    private var buffer: [UInt8] = []
    /// Where the first waiting byte stands in the file.
    private var offset: Int

    init(_ name: String, skipping offset: Int) throws(Problem) {
        self.offset = offset
        let opened = iconv_open("UTF-8", name)
        // iconv_open returns (iconv_t)-1 when the system lacks the table.
        guard let opened, Int(bitPattern: opened) != -1 else { throw .unknownEncoding(name) }
        descriptor = opened
    }

    deinit { iconv_close(descriptor) }

    var waiting: Int { buffer.count }

    func append(_ bytes: [UInt8]) { buffer.append(contentsOf: bytes) }

    func refill(from source: ByteSource, count: Int) throws(Problem) {
        let old = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: count))
        let got: Result<Int, Problem> = buffer.withUnsafeMutableBufferPointer { target in
            guard let base = target.baseAddress else { return .success(0) }
            do throws(Problem) { return .success(try source.read(into: base + old, count: count)) } catch {
                return .failure(error)
            }
        }
        buffer.removeLast(count - (try got.get()))
    }

    func convert(
        into target: UnsafeMutablePointer<UInt8>, isLast: Bool, encoding: TextEncoding, file: String
    ) throws(Problem) -> Int {
        let room = buffer.count * 3 + 8
        var made = 0
        var used = 0
        var failure: Int32 = 0
        buffer.withUnsafeMutableBytes { source in
            var input = source.baseAddress?.assumingMemoryBound(to: CChar.self)
            var inputLeft = source.count
            target.withMemoryRebound(to: CChar.self, capacity: room) { start in
                var output: UnsafeMutablePointer<CChar>? = start
                var outputLeft = room
                if Int(bitPattern: UInt(bitPattern: iconv(descriptor, &input, &inputLeft, &output, &outputLeft))) == -1
                {
                    failure = errno
                }
                made = room - outputLeft
            }
            used = source.count - inputLeft
        }
        buffer.removeFirst(used)
        offset += used
        if failure == EILSEQ || (isLast && !buffer.isEmpty) {
            // What came before the bad bytes is read first, so that its own problems and row numbers come first.
            if made > 0 { return made }
            throw .invalidText(in: encoding, isCertain: true, offset: offset, row: nil, line: nil, file: file)
        }
        return made
    }
}
