extension TargetErrors {
    func pack(into writer: inout PackedWriter) {
        writer.add(values)
        writer.add(heldSums.flatMap { [$0.lowerBound, $0.upperBound] }.map { UInt32(truncatingIfNeeded: $0) })
        writer.add(directions.count)
        for direction in directions { writer.add(direction) }
    }

    /// Reads what ``pack(into:)`` wrote; nil if it is not whole.
    init?(_ reader: inout PackedReader) {
        guard let values = reader.doubles(), let ends = reader.words()?.map({ Int($0) }), ends.count % 2 == 0,
            let count = reader.count(width: 8)
        else { return nil }
        var held: [Range<Int>] = []
        for pair in stride(from: 0, to: ends.count, by: 2) {
            guard ends[pair] <= ends[pair + 1], ends[pair + 1] <= values.count else { return nil }
            held.append(ends[pair]..<ends[pair + 1])
        }
        var directions: [[Double]] = []
        for _ in 0..<count {
            guard let direction = reader.doubles(), direction.count == values.count,
                direction.allSatisfy(\.isFinite)
            else { return nil }
            directions.append(direction)
        }
        guard values.allSatisfy({ $0 >= 0 && $0.isFinite }) else { return nil }
        self.init(values: values, heldSums: held, directions: directions)
    }
}
