extension SamplingFrame {
    /// The unit of each row at each stage of clusters, from 0 in the order of the labels, and how many there are.
    ///
    /// The first stage is numbered as ``units()`` numbers it.
    func numbering() -> [(unitOfRow: [Int], count: Int)] {
        guard let clusters else { return [] }
        var stages: [(unitOfRow: [Int], count: Int)] = []
        var above = stratumOfRow
        for stage in [clusters] + laterClusters {
            let keys = (0..<rowCount).map { above[$0] * stage.labels.count + stage.ofRow[$0] }
            let distinct = Set(keys).sorted()
            let numbers = Dictionary(zip(distinct, 0...), uniquingKeysWith: { first, _ in first })
            above = keys.map { numbers[$0] ?? 0 }
            stages.append((above, distinct.count))
        }
        return stages
    }

    /// The units of a later stage among the rows of a unit above: in the order of the frame if there is one, else of labels.
    func units(of stage: Int, in rows: [Int], unitOfRow: [Int]) -> [Unit] {
        guard laterClusters.indices.contains(stage) else {
            return rows.map { Unit(label: String($0 + 1), rows: [$0], number: $0) }
        }
        var found: [Int: [Int]] = [:]
        var sequence: [Int] = []
        for row in rows {
            if found[unitOfRow[row]] == nil { sequence.append(unitOfRow[row]) }
            found[unitOfRow[row], default: []].append(row)
        }
        return (order == nil ? sequence.sorted() : sequence).compactMap { number in
            guard let own = found[number], let first = own.first else { return nil }
            let label = laterClusters[stage].labels[laterClusters[stage].ofRow[first]]
            return Unit(label: label, rows: own, number: number)
        }
    }
}
