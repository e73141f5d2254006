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
        return positions.map { (position: $0, start: start(of: names[$0])) }.sorted {
            guard $0.start == $1.start else { return $0.start < $1.start }
            return names[$0.position].utf8.lexicographicallyPrecedes(names[$1.position].utf8)
        }.map(\.position)
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
