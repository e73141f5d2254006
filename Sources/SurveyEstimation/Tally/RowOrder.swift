internal import SurveyData
internal import SurveyDesign

/// The order in which a run looks at rows: what the positions of its groups, slots and cells mean.
///
/// The sums of a cell are the same to the last bit, for rows of one cell keep the order of the file in both. Squares of a
/// ratio, which only design effects need, are added up in the order of rows, and can differ in the last digits.
enum RowOrder {
    /// The rows in use, unit after unit: `SampleDesign.rows`. The memory of a unit is small, but rows are sorted first.
    case byUnit
    /// All rows as they stand in the file; those not in use have no group. For a few figures of a large file.
    case file

    /// Cells and slots are looked up at random in the order of the file: as many bytes as caches hold.
    static let mostBytes = 8 << 20
    /// Variables times breakdowns up to which the order of the file is faster.
    static let mostPasses = 4

    /// Chooses the order for a run.
    init(_ run: [Measure], passes: Int, design: SampleDesign, isPlain: Bool) {
        let slots = run.map { measure in
            switch measure.content {
            case .shares(let column, _): column.kind == .answers ? (column.dictionary.count + 2) * 16 : .max
            case .rows, .condition, .items: 4 * 16
            case .mean, .total, .ratio: 3 * 32
            case .quantiles: 4 * 16
            case .statistic: Int.max
            }
        }
        let (bytes, overflows) = (slots.max() ?? 0).multipliedReportingOverflow(by: design.psuCount)
        self =
            isPlain && passes <= RowOrder.mostPasses && !overflows && bytes <= RowOrder.mostBytes ? .file : .byUnit
    }

    /// The rows of positions, nil where a position is a row of the table.
    func rows(of design: SampleDesign) -> [UInt32]? { self == .file ? nil : design.rows }

    /// The weights of positions.
    func weights(of design: SampleDesign) -> [Double] { self == .file ? design.weightOfRow : design.weights }
}
