internal import SurveyProblems

/// Walks over the bytes of one part of a description; whatever its lengths say, it stays inside.
struct RecordParts {
    private let bytes: [UInt8]
    private let start: Int
    private let isBigEndian: Bool
    private let file: String
    private var position = 0

    init(_ bytes: [UInt8], offset: Int, isBigEndian: Bool, file: String) {
        self.bytes = bytes
        start = offset
        self.isBigEndian = isBigEndian
        self.file = file
    }

    var isAtEnd: Bool { position >= bytes.count }
    var offset: Int { start + position }

    mutating func take(_ count: Int) throws(Problem) -> ArraySlice<UInt8> {
        guard count >= 0, count <= bytes.count - position else {
            throw .damaged(
                file, offset: offset, part: "length", found: String(count), allowed: "0–\(bytes.count - position)")
        }
        defer { position += count }
        return bytes[position..<position + count]
    }

    mutating func int32() throws(Problem) -> Int {
        let word = try take(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return Int(Int32(bitPattern: isBigEndian ? word : word.byteSwapped))
    }

    /// The next word, without taking it; nil at the end.
    var peekInt32: Int? {
        var copy = self
        return try? copy.int32()
    }

    /// A length and as many bytes.
    mutating func counted() throws(Problem) -> ArraySlice<UInt8> { try take(try int32()) }
}
