/// The list that a sample is drawn from: one row a unit, in strata and, for samples of several stages, in clusters.
public struct SamplingFrame: Sendable {
    public let rowCount: Int
    /// The strata in the order in which they are drawn.
    public let strata: [String]
    /// The stratum of each row, a position in `strata`.
    public let stratumOfRow: [Int]
    /// The clusters, and the cluster of each row; nil where each row is drawn by itself.
    ///
    /// A label that stands in two strata names two clusters.
    public var clusters: (labels: [String], ofRow: [Int])?
    /// The clusters of the stages between the first and the rows, from above: each inside those above it.
    ///
    /// A label that stands in two clusters above names two.
    public var laterClusters: [(labels: [String], ofRow: [Int])] = []
    /// The size of each row; of a cluster, the same in all its rows.
    ///
    /// Nil takes the rows of a cluster as its size.
    public var sizes: [Double]?
    /// The rows in the order in which systematic samples go through them; nil as they stand.
    public var order: [Int]?

    public init(rowCount: Int, strata: [String] = [""], stratumOfRow: [Int]? = nil) {
        self.rowCount = rowCount
        self.strata = strata
        self.stratumOfRow = stratumOfRow ?? [Int](repeating: 0, count: rowCount)
        precondition(self.stratumOfRow.count == rowCount, "one stratum a row")
    }

    /// The units of the first stage in each stratum.
    public var unitCounts: [Int] { units().map(\.count) }

    /// A unit of the first stage.
    struct Unit {
        let label: String
        let rows: [Int]
        /// Its number among all units, for its random numbers.
        let number: Int
    }

    /// The units of the first stage by stratum, in the order of the frame; clusters without an order by their labels.
    func units() -> [[Unit]] {
        var units = [[Unit]](repeating: [], count: strata.count)
        let rows = order ?? Array(0..<rowCount)
        guard let clusters else {
            for row in rows { units[stratumOfRow[row]].append(Unit(label: String(row + 1), rows: [row], number: row)) }
            return units
        }
        var found: [Int: (stratum: Int, cluster: Int, rows: [Int])] = [:]
        var sequence: [Int] = []
        for row in rows {
            let key = stratumOfRow[row] * clusters.labels.count + clusters.ofRow[row]
            if found[key] == nil { sequence.append(key) }
            found[key, default: (stratumOfRow[row], clusters.ofRow[row], [])].rows.append(row)
        }
        let numbers = Dictionary(zip(found.keys.sorted(), 0...), uniquingKeysWith: { first, _ in first })
        for key in order == nil ? found.keys.sorted() : sequence {
            guard let unit = found[key], let number = numbers[key] else { continue }
            units[unit.stratum].append(Unit(label: clusters.labels[unit.cluster], rows: unit.rows, number: number))
        }
        return units
    }
}
