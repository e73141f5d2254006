public import SurveyProblems

/// The bytes of a binary file in order, in one buffer that moves over the file.
///
/// What a file says of lengths is never believed before the bytes are there: the buffer grows with what was read.
final class BinaryInput {
    let source: ByteSource
    var file: String { source.path }
    var isBigEndian = false
    /// The bytes that wait, from `position` to `end`; `slack` bytes of any value may be read behind them.
    @exclusivity(unchecked) private(set) var base: UnsafeMutablePointer<UInt8>
    @exclusivity(unchecked) var position = 0
    @exclusivity(unchecked) private(set) var end = 0
    /// Where the first byte of the buffer stands in the stream.
    private var start = 0
    private var capacity: Int
    private(set) var hasEnded = false
    /// True when the file was read to its last byte and nothing waits any more.
    private(set) var hasDrained = false
    /// Takes the place of the file when its data are compressed as a whole.
    private var blocks: BlockInflater?

    private var slack = 128
    /// The most bytes of one part of the description of a file.
    static let partLimit = 32 << 20
    private static let window = 1 << 18

    init(_ source: ByteSource) {
        self.source = source
        capacity = source.byteCount.map { min(BinaryInput.window, max(1024, $0 + 1)) } ?? BinaryInput.window
        base = .allocate(capacity: capacity + slack)
        base.initialize(repeating: 0, count: capacity + slack)
    }

    deinit { base.deallocate() }

    /// Where the next byte stands in the file, or in the text that its blocks hold.
    var offset: Int { start + position }

    /// Bytes that wait in the buffer.
    var waiting: Int { end - position }

    /// Reads until so many bytes wait or the file ends; returns how many wait.
    @discardableResult
    func gather(_ count: Int) throws(Problem) -> Int {
        while end - position < count, !hasEnded {
            if position > 0 {
                base.update(from: base + position, count: end - position)
                start += position
                end -= position
                position = 0
            }
            if end == capacity { resize(capacity * 2) }
            let got: Int
            if let blocks {
                got = try blocks.read(into: base + end, count: capacity - end)
            } else {
                got = try source.read(into: base + end, count: capacity - end)
            }
            if got == 0 { hasEnded = true }
            end += got
        }
        return end - position
    }

    /// Reads until so many bytes wait; a file that ends before is refused.
    func require(_ count: Int) throws(Problem) {
        if end - position >= count { return }
        let got = try gather(count)
        guard got >= count else { throw .truncated(file, offset: offset + got, missing: count - got) }
    }

    /// From now on so many bytes behind the end may be read, of whatever value.
    func reserveBehind(_ count: Int) {
        guard count > slack else { return }
        slack = count
        resize(capacity)
    }

    private func resize(_ wanted: Int) {
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted + slack)
        larger.update(from: base, count: end)
        (larger + end).initialize(repeating: 0, count: wanted + slack - end)
        base.deallocate()
        base = larger
        capacity = wanted
    }

    // MARK: Parts of a description

    func byte() throws(Problem) -> UInt8 {
        try require(1)
        defer { position += 1 }
        return base[position]
    }

    func bytes(_ count: Int) throws(Problem) -> [UInt8] {
        guard count >= 0, count <= BinaryInput.partLimit else {
            throw .damaged(
                file, offset: offset, part: "length", found: String(count), allowed: "0–\(BinaryInput.partLimit)")
        }
        try require(count)
        defer { position += count }
        return Array(UnsafeBufferPointer(start: base + position, count: count))
    }

    /// Passes bytes that do not matter, without keeping them.
    func skip(_ count: Int) throws(Problem) {
        guard count >= 0 else {
            throw .damaged(file, offset: offset, part: "length", found: String(count), allowed: "≥ 0")
        }
        var rest = count
        while rest > 0 {
            let part = min(rest, BinaryInput.window)
            try require(part)
            position += part
            rest -= part
        }
    }

    func word16() throws(Problem) -> UInt16 {
        try require(2)
        defer { position += 2 }
        let word = UnsafeRawPointer(base + position).loadUnaligned(as: UInt16.self)
        return isBigEndian ? UInt16(bigEndian: word) : UInt16(littleEndian: word)
    }

    func word32() throws(Problem) -> UInt32 {
        try require(4)
        defer { position += 4 }
        let word = UnsafeRawPointer(base + position).loadUnaligned(as: UInt32.self)
        return isBigEndian ? UInt32(bigEndian: word) : UInt32(littleEndian: word)
    }

    func word64() throws(Problem) -> UInt64 {
        try require(8)
        defer { position += 8 }
        let word = UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self)
        return isBigEndian ? UInt64(bigEndian: word) : UInt64(littleEndian: word)
    }

    func int32() throws(Problem) -> Int { Int(Int32(bitPattern: try word32())) }

    func double() throws(Problem) -> Double { Double(bitPattern: try word64()) }

    /// A count that must lie in a range; everything else is damage.
    func count(_ part: String, in range: ClosedRange<Int>) throws(Problem) -> Int {
        let place = offset
        let found = try int32()
        guard range.contains(found) else {
            throw .damaged(
                file, offset: place, part: part, found: String(found),
                allowed: "\(range.lowerBound)–\(range.upperBound)")
        }
        return found
    }

    /// From here on the bytes are those that a file's blocks hold; what waits is the beginning of the blocks.
    func inflate(_ blocks: BlockInflater) {
        blocks.begin(with: Array(UnsafeBufferPointer(start: base + position, count: end - position)))
        start = 0
        position = 0
        end = 0
        hasEnded = false
        self.blocks = blocks
    }

    /// Reads the file to its end, so that its hash is that of all bytes.
    func drain() throws(Problem) {
        blocks = nil
        position = end
        while !source.hasEnded { _ = try source.read(into: base, count: capacity) }
        position = 0
        end = 0
        hasEnded = true
        hasDrained = true
    }
}

extension Problem {
    /// A file that ends before what it announced.
    static func truncated(_ file: String, offset: Int, missing: Int) -> Problem {
        Problem(
            "formats.truncated", .input, what: "\"\(file)\" ends too early", place: Place(file: file),
            why: "by what the file says of itself at least \(missing) more bytes follow at byte offset \(offset)",
            fix: "copy or download the file again")
    }

    /// A file that says something that cannot be.
    static func damaged(_ file: String, offset: Int, part: String, found: String, allowed: String) -> Problem {
        Problem(
            "formats.damaged", .input, what: "\"\(file)\" is damaged", place: Place(file: file),
            why: "\(part) at byte offset \(offset) must be \(allowed); found \(found)",
            fix: "copy or download the file again, or save it again in the program that wrote it")
    }

    /// A file that is not what its name says.
    static func notOfFormat(_ file: String, format: String, found: String) -> Problem {
        Problem(
            "formats.not-of-format", .input, what: "\"\(file)\" is no file of \(format)", place: Place(file: file),
            why: "such a file begins with certain bytes; this one begins with \(found)",
            fix: "give the file the ending of its format, or save it again")
    }

    /// A variant of a format that cannot be read.
    static func unsupportedVariant(_ file: String, _ variant: String) -> Problem {
        Problem(
            "formats.unsupported-variant", .input, what: "\"\(file)\" has a form that cannot be read: \(variant)",
            place: Place(file: file), why: "this form of the format is known but not supported",
            fix: "save the file again in the newest form that the program offers")
    }

    /// A description of a file that no memory should hold.
    static func descriptionTooLarge(_ file: String, limit: Int) -> Problem {
        Problem(
            "formats.description-too-large", .input, what: "The description of \"\(file)\" is too large",
            place: Place(file: file), why: "labels and other texts may have at most \(limit) bytes in all",
            fix: "take labels or variables out of the file")
    }

    /// An option that says nothing about files of a format.
    public static func optionNotForFormat(_ option: String, file: String) -> Problem {
        Problem(
            "formats.option-not-for-format", .usage, what: "--\(option) does not go with \"\(file)\"",
            place: Place(file: file),
            why: "the option is for delimited text; this file says of itself how it is to be read",
            fix: "drop the option")
    }
}
