/// Finds what the bytes of a cell mean: an answer, or a kind of missing answer.
///
/// Built once, then read by every row. The empty cell and cells that no code equals have entries of their own, so that a
/// look-up never fails.
struct CodeTable {
    /// Entries for cells of no byte, one byte and more, so that short codes need no branch: 3 × 256.
    private(set) var short: [UInt16]
    /// True if every code has one byte.
    let isShort: Bool
    let unknown: UInt16
    let empty: UInt16

    private var slots: [(key: UInt64, entry: UInt16)]
    private let mask: Int
    private var long: [[UInt8]: UInt16] = [:]

    init(codes: [(code: String, entry: UInt16)], empty: UInt16, unknown: UInt16) {
        self.empty = empty
        self.unknown = unknown
        short = [UInt16](repeating: empty, count: 256) + [UInt16](repeating: unknown, count: 512)
        let keys = codes.map { (bytes: Array($0.code.utf8), entry: $0.entry) }
        isShort = keys.allSatisfy { $0.bytes.count <= 1 }
        var size = 16
        while size < keys.count * 4 { size *= 2 }
        mask = size - 1
        slots = Array(repeating: (0, unknown), count: size)
        for (bytes, entry) in keys where !bytes.isEmpty {
            if bytes.count == 1 { short[256 + Int(bytes[0])] = entry }
            if bytes.count > 8 {
                long[bytes] = entry
                continue
            }
            let key = bytes.enumerated().reduce(UInt64(0)) { $0 | UInt64($1.element) << UInt64($1.offset * 8) }
            var slot = CodeTable.slot(of: key, mask: mask)
            while slots[slot].key != 0, slots[slot].key != key { slot = (slot + 1) & mask }
            slots[slot] = (key, entry)
        }
    }

    /// The entry of a cell; at least eight bytes must be readable from its start.
    @inline(__always)
    func entry(_ cell: UnsafePointer<UInt8>, _ count: Int) -> UInt16 {
        if count <= 1 { return count == 0 ? empty : short[256 + Int(cell[0])] }
        if count > 8 {
            return long.isEmpty ? unknown : long[Array(UnsafeBufferPointer(start: cell, count: count))] ?? unknown
        }
        let key = CellBytes.word(cell, count)
        var slot = CodeTable.slot(of: key, mask: mask)
        return slots.withUnsafeBufferPointer { slots in
            while true {
                let found = slots[slot].key
                if found == key { return slots[slot].entry }
                if found == 0 { return unknown }
                slot = (slot &+ 1) & mask
            }
        }
    }

    /// Whether a cell equals one of the codes.
    func holds(_ cell: UnsafePointer<UInt8>, _ count: Int) -> Bool { count > 0 && entry(cell, count) != unknown }

    private static func slot(of key: UInt64, mask: Int) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 40) & mask
    }
}

/// Reads the bytes of short cells as words.
enum CellBytes {
    /// The first eight bytes, those after the cell as zeros.
    @inline(__always)
    static func word(_ cell: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        let word = UInt64(littleEndian: UnsafeRawPointer(cell).loadUnaligned(as: UInt64.self))
        return count >= 8 ? word : word & ((1 &<< UInt64(truncatingIfNeeded: count &* 8)) &- 1)
    }
}
