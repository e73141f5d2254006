internal import SurveyDesign
internal import SurveyMath
internal import SurveyWeighting

/// A recorded non-response step, done again on other weights of its cells and classes.
struct RepeatedNonresponse: RepeatedOneByOne {
    private let record: NonresponseRecord
    private let groupOfCrossed: [Int]
    /// The factor of each group in the full sample; 0 where rows hand their weight on.
    private let factors: [Double]

    init(_ record: NonresponseRecord, cells: [Int], design: SampleDesign) {
        self.record = record
        groupOfCrossed = cells
        var sums = [CompensatedSum](repeating: CompensatedSum(), count: record.groupCount)
        let addends = record.addends
        for row in 0..<design.rowCount
        where design.psuOfRow[row] != SampleDesign.setAside && Int(record.groupOfRow[row]) < record.groupCount {
            sums[Int(record.groupOfRow[row])].add(addends[row])
        }
        factors = record.factors(sums.map(\.value)) ?? [Double](repeating: 0, count: record.groupCount)
    }

    var countsRows: Bool { record.rate == .unweighted }

    func gains(_ crossed: [Double], replicate: Int) -> [Double]? {
        var sums = [Double](repeating: 0, count: record.groupCount)
        for (cell, weight) in crossed.enumerated() where groupOfCrossed[cell] < record.groupCount {
            sums[groupOfCrossed[cell]] += weight
        }
        guard let own = record.factors(sums) else { return nil }
        return groupOfCrossed.map { group in
            group < record.groupCount && factors[group] > 0 ? own[group] / factors[group] : 1
        }
    }
}
