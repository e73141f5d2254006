internal import Glibc

/// Bytes that grow in place; large ones are moved by the system without a copy, so that memory never doubles.
struct ByteBuffer: ~Copyable {
    private(set) var start: UnsafeMutablePointer<UInt8>
    private(set) var count = 0
    private var capacity: Int

    init(capacity: Int = 1024) {
        self.capacity = max(64, capacity)
        start = ByteBuffer.memory(nil, self.capacity)
    }

    deinit { free(start) }

    mutating func removeAll() { count = 0 }

    mutating func truncate(to length: Int) { count = min(count, length) }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        if count == capacity { grow(1) }
        start[count] = byte
        count += 1
    }

    @inline(__always)
    mutating func append(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
        if count + length > capacity { grow(length) }
        memcpy(start + count, bytes, length)
        count += length
    }

    mutating func append(_ text: String) {
        for byte in text.utf8 { append(byte) }
    }

    private mutating func grow(_ more: Int) {
        capacity = max(capacity + capacity / 2, count + more)
        start = ByteBuffer.memory(start, capacity)
    }

    private static func memory(_ old: UnsafeMutablePointer<UInt8>?, _ size: Int) -> UnsafeMutablePointer<UInt8> {
        guard let new = realloc(old, size) else { fatalError("no memory for \(size) bytes") }
        return new.assumingMemoryBound(to: UInt8.self)
    }
}
