internal import Glibc
internal import SurveyProblems

/// Turns the texts of one file into UTF-8: by a table of 256 entries where a byte is a character, else by iconv.
final class TextDecoder {
    let encoding: TextEncoding
    private let file: String
    /// Up to three bytes of UTF-8 and, above them, their number; 0 where the encoding lacks the byte.
    private var table: [UInt32] = []
    private var converter: iconv_t?
    /// True if the user or the file named the encoding.
    var isCertain = true
    /// What the texts met so far look like.
    private(set) var look = TextLook()

    init(_ encoding: TextEncoding, file: String) throws(Problem) {
        self.encoding = encoding
        self.file = file
        guard let name = encoding.converterName else { return }
        guard let opened = TextDecoder.open(name) else { throw .unknownEncoding(encoding.name) }
        table = TextDecoder.table(opened)
        if table.isEmpty { converter = opened } else { iconv_close(opened) }
    }

    deinit {
        if let converter { iconv_close(converter) }
    }

    /// True if the system can convert from an encoding.
    static func exists(_ name: String) -> Bool {
        guard let opened = open(name) else { return false }
        iconv_close(opened)
        return true
    }

    /// Bytes that the text of so many bytes may take at most.
    func room(for count: Int) -> Int { encoding.converterName == nil ? count : count * 4 }

    /// Writes a text as UTF-8; returns its length, or where the byte stands that is no text.
    ///
    /// A character that the end of a field cuts off is left out: programs cut texts by bytes.
    func decode(
        _ bytes: UnsafePointer<UInt8>, _ count: Int, to target: UnsafeMutablePointer<UInt8>
    ) -> (length: Int, fault: Int?) {
        if encoding.converterName == nil {
            let check = TextCheck.check(bytes, from: 0, to: count, isComplete: false)
            if check.fault != nil { return (0, check.checked) }
            if UnsafePointer(target) != bytes { target.update(from: bytes, count: check.checked) }
            return (check.checked, nil)
        }
        look.add(bytes, count)
        if let converter { return TextDecoder.convert(converter, bytes, count, to: target) }
        var length = 0
        for position in 0..<count {
            let byte = bytes[position]
            let entry = table[Int(byte)]
            if entry == 0 { return (0, position) }
            target[length] = UInt8(truncatingIfNeeded: entry)
            target[length + 1] = UInt8(truncatingIfNeeded: entry >> 8)
            target[length + 2] = UInt8(truncatingIfNeeded: entry >> 16)
            length += Int(entry >> 24)
        }
        return (length, nil)
    }

    /// A text of the description of a file, without the spaces and zero bytes at its end.
    func text(_ bytes: some Sequence<UInt8>, offset: Int) throws(Problem) -> String {
        var bytes = Array(bytes)
        while let last = bytes.last, last == 0x20 || last == 0 { bytes.removeLast() }
        if bytes.isEmpty { return "" }
        let count = bytes.count
        bytes += [0, 0, 0, 0, 0, 0, 0, 0]
        let result: Result<String, Problem> = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count * 4 + 16) {
            target in
            bytes.withUnsafeBufferPointer { source in
                guard let from = source.baseAddress, let to = target.baseAddress else { return .success("") }
                let (length, fault) = decode(from, count, to: to)
                if let fault { return .failure(problem(at: offset + fault, row: nil)) }
                return .success(String(decoding: UnsafeBufferPointer(start: to, count: length), as: UTF8.self))
            }
        }
        return try result.get()
    }

    /// What is wrong with a byte that the encoding lacks.
    func problem(at offset: Int, row: Int?) -> Problem {
        .invalidText(in: encoding, isCertain: isCertain, offset: offset, row: row, line: nil, file: file)
    }

    private static func open(_ name: String) -> iconv_t? {
        guard let opened = iconv_open("UTF-8", name), Int(bitPattern: opened) != -1 else { return nil }
        return opened
    }

    private static func table(_ converter: iconv_t) -> [UInt32] {
        var table = [UInt32](repeating: 0, count: 256)
        for byte in 1...255 {
            var source: [UInt8] = [UInt8(byte), 0, 0, 0]
            var target = [UInt8](repeating: 0, count: 8)
            let (length, code) = run(converter, &source, 1, &target)
            if code == EINVAL { return [] }
            guard code == 0, (1...3).contains(length) else { continue }
            table[byte] = UInt32(target[0]) | UInt32(target[1]) << 8 | UInt32(target[2]) << 16 | UInt32(length) << 24
        }
        return table
    }

    private static func run(
        _ converter: iconv_t, _ source: inout [UInt8], _ count: Int, _ target: inout [UInt8]
    ) -> (length: Int, code: Int32) {
        source.withUnsafeMutableBytes { source in
            target.withUnsafeMutableBytes { target in
                var input = source.baseAddress?.assumingMemoryBound(to: CChar.self)
                var inputLeft = count
                var output = target.baseAddress?.assumingMemoryBound(to: CChar.self)
                var outputLeft = target.count
                iconv(converter, nil, nil, nil, nil)
                let failed =
                    Int(bitPattern: UInt(bitPattern: iconv(converter, &input, &inputLeft, &output, &outputLeft))) == -1
                return (target.count - outputLeft, failed ? errno : 0)
            }
        }
    }

    private static func convert(
        _ converter: iconv_t, _ bytes: UnsafePointer<UInt8>, _ count: Int, to target: UnsafeMutablePointer<UInt8>
    ) -> (length: Int, fault: Int?) {
        var input: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(mutating: bytes).assumingMemoryBound(
            to: CChar.self)
        var inputLeft = count
        var output: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(target).assumingMemoryBound(to: CChar.self)
        var outputLeft = count * 4
        iconv(converter, nil, nil, nil, nil)
        let failed = Int(bitPattern: UInt(bitPattern: iconv(converter, &input, &inputLeft, &output, &outputLeft))) == -1
        if failed, errno != EINVAL { return (0, count - inputLeft) }
        return (count * 4 - outputLeft, nil)
    }
}

/// What texts in an encoding of single bytes look like, to catch a file that names the wrong one.
struct TextLook {
    private(set) var high = 0
    /// High bytes in rows of three and more that are letters in Cyrillic code pages: whole words of them.
    private var inWords = 0
    /// Characters of UTF-8 among them, and bytes that cannot be UTF-8.
    private var characters = 0
    private var notUTF8 = 0
    private static let enough = 1 << 20

    mutating func add(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
        guard high < TextLook.enough else { return }
        var run = 0
        var position = 0
        var begin = -1
        while position < count {
            let byte = bytes[position]
            if byte >= 0x80 {
                high += 1
                if begin < 0 { begin = position }
            }
            if byte >= 0xC0 || byte == 0xA8 || byte == 0xB8 {
                run += 1
            } else {
                if run >= 3 { inWords += run }
                run = 0
            }
            if begin >= 0, byte < 0x80 {
                judge(bytes, from: begin, to: position)
                begin = -1
            }
            position += 1
        }
        if run >= 3 { inWords += run }
        if begin >= 0 { judge(bytes, from: begin, to: count) }
    }

    private mutating func judge(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int) {
        if TextCheck.check(bytes, from: start, to: end, isComplete: true).fault == nil {
            characters += (start..<end).reduce(0) { $0 + (bytes[$1] & 0xC0 != 0x80 ? 1 : 0) }
        } else {
            notUTF8 += end - start
        }
    }

    /// The encoding that the texts have by the look of them, where it is not the one in which they were read.
    func suspicion(readAs encoding: TextEncoding) -> String? {
        if characters >= 4, notUTF8 == 0 { return "utf-8" }
        let western = ["windows-1252", "iso-8859-1", "iso-8859-15", "windows-1254", "iso-8859-9"]
        if western.contains(encoding.name), high >= 12, inWords * 10 >= high * 7 { return "windows-1251" }
        return nil
    }
}

extension Problem {
    /// Texts that can hardly be what the file says they are.
    static func doubtfulEncoding(_ file: String, declared: String, likely: String) -> Problem {
        Problem(
            "formats.doubtful-encoding", .input, what: "The texts of \"\(file)\" are hardly in \(declared)",
            place: Place(file: file),
            why: "the file names \(declared), but by the look of its letters they are in \(likely)",
            fix: "give --encoding \(likely), or --encoding \(declared) if the file is right")
    }
}
