internal import SurveySchema

/// Which numbers a row may have where that depends on the answer to another question.
struct VariantRanges {
    /// The column of the file with the answer that chooses; nil if the file lacks it.
    private let source: Int?
    private let table: CodeTable
    private let ranges: [(least: Double, greatest: Double, code: String)]
    /// The numbers that some variant allows: for rows of which the variant is not known.
    private let widest: (least: Double, greatest: Double, code: String)
    /// The numbers that every variant allows.
    let common: (least: Double, greatest: Double)

    init(_ variants: QuestionVariants, source: Int?) {
        self.source = source
        table = CodeTable(
            codes: variants.variants.enumerated().map { ($1.code, UInt16(clamping: $0)) }, empty: .max, unknown: .max)
        ranges = variants.variants.map { ($0.range.least ?? -.infinity, $0.range.greatest ?? .infinity, $0.code) }
        widest = (ranges.map(\.least).min() ?? -.infinity, ranges.map(\.greatest).max() ?? .infinity, "")
        common = (ranges.map(\.least).max() ?? -.infinity, ranges.map(\.greatest).min() ?? .infinity)
    }

    /// The numbers that a row may have, and the code of its variant.
    func range(of rows: BatchRows, _ row: Int) -> (least: Double, greatest: Double, code: String) {
        guard let source else { return widest }
        let cell = rows.cells(source)[row]
        let entry = Int(table.entry(cell.start, cell.count))
        return ranges.indices.contains(entry) ? ranges[entry] : widest
    }
}
