/// Writes numbers and texts one after the other as bytes, little-endian.
struct PackedWriter {
    private(set) var bytes: [UInt8] = []

    mutating func add(_ number: Int) { add(UInt64(bitPattern: Int64(number))) }

    mutating func add(_ number: Double) { add(number.bitPattern) }

    mutating func add(_ number: Double?) {
        add(number == nil ? 0 : 1)
        add(number ?? 0)
    }

    mutating func add(_ number: Int?) {
        add(number == nil ? 0 : 1)
        add(number ?? 0)
    }

    mutating func add(_ text: String) {
        add(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    mutating func add(_ texts: [String]) {
        add(texts.count)
        for text in texts { add(text) }
    }

    mutating func add(_ numbers: [Double]) {
        add(numbers.count)
        numbers.map(\.bitPattern.littleEndian).withUnsafeBytes { bytes.append(contentsOf: $0) }
    }

    mutating func add(_ numbers: [UInt32]) {
        add(numbers.count)
        numbers.map(\.littleEndian).withUnsafeBytes { bytes.append(contentsOf: $0) }
    }

    private mutating func add(_ bits: UInt64) {
        withUnsafeBytes(of: bits.littleEndian) { bytes.append(contentsOf: $0) }
    }
}

/// Reads what a `PackedWriter` wrote; nil for everything that is not there.
struct PackedReader {
    private let bytes: [UInt8]
    private var offset = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// True behind the last byte.
    var isAtEnd: Bool { offset == bytes.count }

    mutating func integer() -> Int? { bits().map { Int(Int64(bitPattern: $0)) } }

    mutating func double() -> Double? { bits().map { Double(bitPattern: $0) } }

    /// A number that may be absent; the outer nil means that the bytes end.
    mutating func optionalDouble() -> Double?? {
        guard let isThere = integer(), let value = double() else { return nil }
        return .some(isThere == 0 ? nil : value)
    }

    mutating func optionalInteger() -> Int?? {
        guard let isThere = integer(), let value = integer() else { return nil }
        return .some(isThere == 0 ? nil : value)
    }

    mutating func text() -> String? {
        guard let count = count(width: 1) else { return nil }
        defer { offset += count }
        return String(validating: bytes[offset..<offset + count], as: UTF8.self)
    }

    mutating func texts() -> [String]? {
        guard let count = count(width: 8) else { return nil }
        var texts: [String] = []
        for _ in 0..<count {
            guard let text = text() else { return nil }
            texts.append(text)
        }
        return texts
    }

    mutating func doubles() -> [Double]? {
        guard let count = count(width: 8) else { return nil }
        defer { offset += 8 * count }
        return bytes.withUnsafeBytes { raw in
            (0..<count).map { position in
                let bits = raw.loadUnaligned(fromByteOffset: offset + 8 * position, as: UInt64.self)
                return Double(bitPattern: UInt64(littleEndian: bits))
            }
        }
    }

    mutating func words() -> [UInt32]? {
        guard let count = count(width: 4) else { return nil }
        defer { offset += 4 * count }
        return bytes.withUnsafeBytes { raw in
            (0..<count).map { position in
                UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: offset + 4 * position, as: UInt32.self))
            }
        }
    }

    /// A number of things that take so many bytes each at least, which bounds what damage can make us reserve.
    mutating func count(width: Int) -> Int? {
        guard let count = integer(), count >= 0, count <= (bytes.count - offset) / width else { return nil }
        return count
    }

    private mutating func bits() -> UInt64? {
        guard bytes.count - offset >= 8 else { return nil }
        defer { offset += 8 }
        return bytes.withUnsafeBytes {
            UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
    }
}
