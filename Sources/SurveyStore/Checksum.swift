internal import CXXHash

/// A 64-bit checksum (XXH3) over several values: each one's hash is seeded with that of those before.
///
/// It tells damage, not malice; the hash of a raw file is SHA-256.
struct Checksum {
    private(set) var value: UInt64 = 0

    init() {}

    /// Takes up a checksum that was stored.
    init(stored: Int) { value = UInt64(truncatingIfNeeded: stored) }

    /// The checksum as SQLite keeps it.
    var stored: Int { Int(truncatingIfNeeded: value) }

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        value = XXH3_64bits_withSeed(bytes.baseAddress, bytes.count, value)
    }

    mutating func add(_ bytes: [UInt8]) { bytes.withUnsafeBytes { add($0) } }

    mutating func add(_ text: String) { add(Array(text.utf8)) }

    mutating func add(_ numbers: [Int]) {
        numbers.map { Int64($0).littleEndian }.withUnsafeBytes { add($0) }
    }
}
