internal import SurveyDesign
internal import SurveyProblems

/// The statistic of one group as a statistic of all rows in use: what replicates and tests work on.
struct StatisticOfGroup: RowStatistic {
    let base: [Bool]
    private let positions: [Int]
    private let prepared: any PreparedStatistic

    /// Takes a statistic that was prepared with the rows at some positions, in their order.
    init(_ prepared: any PreparedStatistic, positions: [Int], rowCount: Int) {
        self.prepared = prepared
        self.positions = positions
        var base = [Bool](repeating: false, count: rowCount)
        for position in positions { base[position] = true }
        self.base = base
    }

    func values(weights: [Double]) throws(Problem) -> [Double] {
        let values = try prepared.values(weights: positions.map { weights[$0] })
        guard values.allSatisfy(\.isFinite) else { throw .emptyDomain() }
        return values
    }

    func influences(weights: [Double]) throws(Problem) -> [[Double]] {
        try prepared.influences(weights: positions.map { weights[$0] }).map { influences in
            var all = [Double](repeating: 0, count: base.count)
            for (position, value) in zip(positions, influences) { all[position] = weights[position] * value }
            return all
        }
    }
}
