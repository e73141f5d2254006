/// Orders keys without a locale.
enum KeyOrder {
    /// Returns positions of names in the byte order of the names, or by value if `byValue` and all are numbers.
    static func sorted(_ positions: [Int], names: [String], byValue: Bool) -> [Int] {
        if byValue {
            let values = positions.map { Double(names[$0]) }
            if values.allSatisfy({ $0?.isFinite == true }) {
                return zip(positions, values).map { (position: $0, value: $1 ?? 0) }.sorted {
                    guard $0.value == $1.value else { return $0.value < $1.value }
                    return names[$0.position].utf8.lexicographicallyPrecedes(names[$1.position].utf8)
                }.map(\.position)
            }
        }
        // The first eight bytes as one number decide nearly every comparison.
        var entries = positions.map { Entry(start: start(of: names[$0]), position: $0) }
        sort(&entries)
        var first = 0
        while first < entries.count {
            var end = first + 1
            while end < entries.count, entries[end].start == entries[first].start { end += 1 }
            if end - first > 1 {
                entries[first..<end].sort {
                    names[$0.position].utf8.lexicographicallyPrecedes(names[$1.position].utf8)
                }
            }
            first = end
        }
        return entries.map(\.position)
    }

    private struct Entry: BitwiseCopyable {
        var start: UInt64
        var position: Int
    }

    /// Sorts by the starts, byte after byte from the last; a byte that all share costs nothing.
    private static func sort(_ entries: inout [Entry]) {
        let varying = entries.reduce(0) { $0 | $1.start ^ entries[0].start }
        var other = entries
        var next = [Int](repeating: 0, count: 257)
        for shift in stride(from: UInt64(0), to: 64, by: 8) where varying >> shift & 0xFF != 0 {
            next.withUnsafeMutableBufferPointer { next in
                entries.withUnsafeBufferPointer { entries in
                    other.withUnsafeMutableBufferPointer { other in
                        next.update(repeating: 0)
                        for entry in entries { next[Int(entry.start >> shift & 0xFF) &+ 1] &+= 1 }
                        for byte in 0..<256 { next[byte &+ 1] &+= next[byte] }
                        for entry in entries {
                            let byte = Int(entry.start >> shift & 0xFF)
                            other[next[byte]] = entry
                            next[byte] &+= 1
                        }
                    }
                }
            }
            swap(&entries, &other)
        }
    }

    private static func start(of name: String) -> UInt64 {
        var start: UInt64 = 0
        var count: UInt64 = 0
        for byte in name.utf8.prefix(8) {
            start = start << 8 | UInt64(byte)
            count += 1
        }
        return count == 0 ? 0 : start << (8 * (8 - count))
    }
}
