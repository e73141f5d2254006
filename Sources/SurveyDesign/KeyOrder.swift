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

    /// A day since 1970-01-01 as `YYYY-MM-DD`; days beyond a million years stay numbers.
    static func day(_ number: Double) -> String {
        guard abs(number) < 3.6e8 else { return number.description }
        // Counts days from 1 March of the year 0 in cycles of 400 years, so that the leap day is the last of its year.
        let days = Int(number.rounded(.down)) + 719_468
        let cycle = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfCycle = days - cycle * 146_097
        let yearOfCycle = (dayOfCycle - dayOfCycle / 1_460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0)
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(abs(number))
        return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
