/// A list of texts as bytes: their number, then each one's length and UTF-8; numbers are 32 bits, little-endian.
enum PackedTexts {
    /// Returns nil if a text or their number does not fit 32 bits.
    static func bytes(of texts: [String]) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(4 + texts.reduce(0) { $0 + 4 + $1.utf8.count })
        guard append(texts.count, to: &bytes) else { return nil }
        for text in texts {
            guard append(text.utf8.count, to: &bytes) else { return nil }
            bytes.append(contentsOf: text.utf8)
        }
        return bytes
    }

    /// Returns nil if the bytes are not such a list from the first to the last.
    static func texts(in bytes: UnsafeRawBufferPointer) -> [String]? {
        var offset = 0
        func number() -> Int? {
            guard bytes.count - offset >= 4 else { return nil }
            defer { offset += 4 }
            return Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
        }
        // Each text takes four bytes at least, which bounds what a damaged number can make us reserve.
        guard let count = number(), count <= bytes.count / 4 else { return nil }
        var texts: [String] = []
        texts.reserveCapacity(count)
        for _ in 0..<count {
            guard let length = number(), length <= bytes.count - offset else { return nil }
            texts.append(String(decoding: bytes[offset..<offset + length], as: UTF8.self))
            offset += length
        }
        return offset == bytes.count ? texts : nil
    }

    private static func append(_ number: Int, to bytes: inout [UInt8]) -> Bool {
        guard let short = UInt32(exactly: number) else { return false }
        withUnsafeBytes(of: short.littleEndian) { bytes.append(contentsOf: $0) }
        return true
    }
}
