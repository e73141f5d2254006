extension KeyCodes {
    /// The crossing of two codings: only pairs that occur, the second varying fastest.
    package struct Crossing: Sendable {
        /// The pair of each row; the number of pairs where either is missing.
        package let codes: [UInt32]
        package let pairs: [(first: UInt32, second: UInt32)]
    }

    /// Pairs up to this many have a table of all that could occur.
    private static let mostTabled = 1 << 24

    /// Crosses two codings of the same rows; codes at or above the counts are missing.
    package static func crossing(
        _ first: [UInt32], of firstCount: Int, with second: [UInt32], of secondCount: Int
    ) -> Crossing {
        precondition(first.count == second.count, "crossed columns have one length")
        let (possible, overflows) = firstCount.multipliedReportingOverflow(by: secondCount)
        if overflows || possible > mostTabled { return sparseCrossing(first, firstCount, second, secondCount) }
        var numbers = [UInt32](repeating: .max, count: possible)
        for row in first.indices {
            let (a, b) = (Int(first[row]), Int(second[row]))
            if a < firstCount, b < secondCount { numbers[a &* secondCount &+ b] = 0 }
        }
        var pairs: [(first: UInt32, second: UInt32)] = []
        for position in numbers.indices where numbers[position] == 0 {
            numbers[position] = UInt32(pairs.count)
            pairs.append((UInt32(position / secondCount), UInt32(position % secondCount)))
        }
        let missing = UInt32(pairs.count)
        let codes = numbers.withUnsafeBufferPointer { numbers in
            first.indices.map { row in
                let (a, b) = (Int(first[row]), Int(second[row]))
                return a < firstCount && b < secondCount ? numbers[a &* secondCount &+ b] : missing
            }
        }
        return Crossing(codes: codes, pairs: pairs)
    }

    private static func sparseCrossing(
        _ first: [UInt32], _ firstCount: Int, _ second: [UInt32], _ secondCount: Int
    ) -> Crossing {
        var numbers: [UInt64: UInt32] = [:]
        for row in first.indices where Int(first[row]) < firstCount && Int(second[row]) < secondCount {
            numbers[UInt64(first[row]) << 32 | UInt64(second[row])] = 0
        }
        let keys = numbers.keys.sorted()
        for (number, key) in keys.enumerated() { numbers[key] = UInt32(number) }
        let missing = UInt32(keys.count)
        let codes = first.indices.map { row -> UInt32 in
            guard Int(first[row]) < firstCount, Int(second[row]) < secondCount else { return missing }
            return numbers[UInt64(first[row]) << 32 | UInt64(second[row])] ?? missing
        }
        return Crossing(
            codes: codes,
            pairs: keys.map { (UInt32(truncatingIfNeeded: $0 >> 32), UInt32(truncatingIfNeeded: $0)) })
    }

    /// Crosses with another coding of the same rows; labels are joined by `*`.
    package func crossed(with other: KeyCodes) -> KeyCodes {
        let crossing = KeyCodes.crossing(codes, of: labels.count, with: other.codes, of: other.labels.count)
        return KeyCodes(
            codes: crossing.codes,
            labels: crossing.pairs.map { labels[Int($0.first)] + "*" + other.labels[Int($0.second)] })
    }
}
