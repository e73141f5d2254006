internal import SurveyDesign
internal import SurveyMath
internal import SurveyWeighting

/// A recorded step that is no fit, done again on other sums of its groups.
struct RepeatedAdjustment: RepeatedOneByOne {
    let addends: [AdjustmentRecord.Addend]
    private let record: AdjustmentRecord
    private let groupOfCrossed: [Int]
    /// The factor of each group in the full sample; 0 where rows hand their weight on.
    private let factors: [Double]

    init(_ record: AdjustmentRecord, cells: [Int], design: SampleDesign) {
        self.record = record
        addends = record.addends
        groupOfCrossed = cells
        let sums = record.addends.map { addend in
            var sums = [CompensatedSum](repeating: CompensatedSum(), count: record.groupCount)
            let values = record.values(of: addend)
            for row in 0..<design.rowCount
            where design.psus[row] != SampleDesign.setAside && Int(record.groupOfRow[row]) < record.groupCount {
                sums[Int(record.groupOfRow[row])].add(values[row])
            }
            return sums.map(\.value)
        }
        factors = record.factors(sums) ?? [Double](repeating: 0, count: record.groupCount)
    }

    func gains(_ crossed: [[Double]], replicate: Int) -> [Double]? {
        let sums = crossed.map { own in
            var sums = [Double](repeating: 0, count: record.groupCount)
            for (cell, value) in own.enumerated() where groupOfCrossed[cell] < record.groupCount {
                sums[groupOfCrossed[cell]] += value
            }
            return sums
        }
        guard let own = record.factors(sums) else { return nil }
        return groupOfCrossed.map { group in
            group < record.groupCount && factors[group] > 0 ? own[group] / factors[group] : 1
        }
    }
}
