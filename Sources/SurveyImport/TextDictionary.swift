internal import Glibc

/// Numbers different texts in the order of their first appearance; no string is made before the end.
struct TextDictionary {
    private var arena: [UInt8] = []
    private var ends: [Int] = []
    /// Upper half of the hash and number + 1 of each text; 0 is free.
    private var slots: [UInt64]
    private var mask: Int

    init() {
        slots = Array(repeating: 0, count: 64)
        mask = 63
    }

    var count: Int { ends.count }

    /// The number of a text, new or known; at least sixteen bytes must be readable from its start.
    mutating func number(of cell: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
        let hash = TextHash.of(cell, length)
        let tag = hash & 0xFFFF_FFFF_0000_0000
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            let found = slots[slot]
            if found & 0xFFFF_FFFF_0000_0000 == tag {
                let number = Int(truncatingIfNeeded: found & 0xFFFF_FFFF) - 1
                if isEqual(number, cell, length) { return UInt32(truncatingIfNeeded: number) }
            }
            slot = (slot &+ 1) & mask
        }
        arena.append(contentsOf: UnsafeBufferPointer(start: cell, count: length))
        ends.append(arena.count)
        slots[slot] = tag | UInt64(ends.count)
        if ends.count * 2 > slots.count { grow() }
        return UInt32(truncatingIfNeeded: ends.count - 1)
    }

    /// All texts in the order of their numbers.
    var texts: [String] { ends.indices.map { String(decoding: arena[start(of: $0)..<ends[$0]], as: UTF8.self) } }

    /// Hands over each text in the order of the numbers, with sixteen readable bytes after it.
    func forEachText(_ body: (UnsafePointer<UInt8>, Int) -> Void) {
        (arena + [UInt8](repeating: 0, count: 16)).withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return }
            for number in ends.indices { body(base + start(of: number), ends[number] - start(of: number)) }
        }
    }

    /// Forgets all texts.
    mutating func removeAll() { self = TextDictionary() }

    private func start(of number: Int) -> Int { number == 0 ? 0 : ends[number - 1] }

    private func isEqual(_ number: Int, _ cell: UnsafePointer<UInt8>, _ length: Int) -> Bool {
        let start = start(of: number)
        guard ends[number] - start == length else { return false }
        return arena.withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { memcmp($0 + start, cell, length) == 0 } ?? (length == 0)
        }
    }

    private mutating func grow() {
        mask = slots.count * 2 - 1
        var larger = [UInt64](repeating: 0, count: slots.count * 2)
        // Hashes are made again: keeping them would cost eight bytes a text for good.
        var padded = [UInt8](repeating: 0, count: 16)
        for entry in slots where entry != 0 {
            let number = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF) - 1
            let text = start(of: number)..<ends[number]
            let hash: UInt64
            if text.upperBound + 16 <= arena.count {
                hash = arena.withUnsafeBufferPointer { bytes in
                    bytes.baseAddress.map { TextHash.of($0 + text.lowerBound, text.count) } ?? 0
                }
            } else {
                padded.replaceSubrange(0..., with: arena[text])
                padded.append(contentsOf: repeatElement(0, count: 16))
                hash = padded.withUnsafeBufferPointer { bytes in
                    bytes.baseAddress.map { TextHash.of($0, text.count) } ?? 0
                }
            }
            var slot = Int(truncatingIfNeeded: hash) & mask
            while larger[slot] != 0 { slot = (slot + 1) & mask }
            larger[slot] = entry
        }
        slots = larger
    }
}

/// A 64-bit hash of bytes by folded 128-bit products, the same on every machine and in every run.
enum TextHash {
    /// At least sixteen bytes must be readable from the start.
    @inline(__always)
    static func of(_ bytes: UnsafePointer<UInt8>, _ count: Int, seed: UInt64 = 0) -> UInt64 {
        var hash = seed ^ 0xA076_1D64_78BD_642F ^ UInt64(truncatingIfNeeded: count)
        var position = 0
        while count - position > 16 {
            hash = fold(hash ^ word(bytes + position), word(bytes + position + 8) ^ 0xE703_7ED1_A0B4_28DB)
            position += 16
        }
        let rest = count - position
        let low = CellBytes.word(bytes + position, rest)
        let high = rest > 8 ? CellBytes.word(bytes + position + 8, rest - 8) : 0
        return fold(
            fold(hash ^ low, high ^ 0x8EBC_6AF0_9C88_C6E3), 0x5899_65CC_7537_4CC3 ^ UInt64(truncatingIfNeeded: count))
    }

    private static func word(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
    }

    @inline(__always)
    static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}
