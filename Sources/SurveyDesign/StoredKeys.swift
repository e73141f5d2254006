internal import SurveyData
internal import SurveyProblems

/// Keys of rows in the order in which a column happens to hold them, before they are sorted and numbered.
///
/// The codes of a text column are used as they lie in memory, so that rows are not copied to be numbered twice.
struct StoredKeys {
    /// By row a position in `names`; at or above their count where the row has no key.
    let codes: [UInt32]
    /// Keys, each once; some may belong to no row.
    let names: [String]
    /// The columns that were crossed.
    private let columns: [String]

    /// Takes one column as it is, several crossed.
    init(_ columns: [String], table: Table) throws(Problem) {
        self.columns = columns
        if columns.count == 1, let name = columns.first {
            let column = try table.column(name)
            if case .indexes(let indexes) = column.values {
                (codes, names) = (indexes, column.dictionary)
                return
            }
            let keys = KeyCodes(column, in: .bytes)
            (codes, names) = (keys.codes, keys.labels)
            return
        }
        let keys = try SampledUnits.keys(columns, table: table)
        (codes, names) = (keys?.codes ?? [], keys?.labels ?? [])
    }

    /// Refuses rows without a key.
    func refuseMissing() throws(Problem) {
        let count = UInt32(clamping: names.count)
        let greatest = codes.withUnsafeBufferPointer { codes in codes.reduce(0) { max($0, $1) } }
        guard greatest >= count else { return }
        throw .missingKey(
            column: columns.joined(separator: "*"), rows: codes.indices.filter { codes[$0] >= count }.map { $0 + 1 })
    }
}
