public import SurveyFormats
public import SurveyProblems
internal import SurveySchema

/// What a file says of single columns, for plans that read them in roles.
public struct DescribedColumns: Sendable {
    struct Column: Sendable {
        var missing: [MissingCode]
        var isNumber: Bool
    }

    let columns: [String: Column]

    /// Of a file that says nothing.
    public static let none = DescribedColumns(columns: [:])

    private init(columns: [String: Column]) { self.columns = columns }

    /// The missing codes of some columns of a file; a reader is used up where ranges make its cells matter.
    ///
    /// - Throws: what the reader throws, and `import.interrupted`.
    public init(reading reader: any FormatReader, only: [String], options: ImportOptions) throws(Problem) {
        guard let codebook = reader.codebook else {
            self = .none
            return
        }
        let variables = codebook.variables.filter { only.contains($0.name) }
        let hasRanges = variables.contains { variable in
            variable.missing.contains { if case .range = $0 { true } else { false } }
        }
        var labelled = LabelledColumns(codebook, only: only, findsKey: false)
        if hasRanges {
            let batch = RawBatch()
            while try reader.fill(batch) {
                if options.isCancelled?() == true { throw .interrupted(reader.file) }
                labelled.add(batch)
                options.progress?(reader.bytesRead, reader.byteCount)
            }
        }
        let letters =
            codebook.hasExtendedMissing ? (0..<26).map { "." + String(UnicodeScalar(UInt8(0x61 + $0))) } : []
        let codes = labelled.missingCodes()
        var columns: [String: Column] = [:]
        for variable in variables {
            var own = codes[variable.name] ?? []
            if variable.content != .text { own += letters.filter { !own.contains($0) } }
            columns[variable.name] = Column(
                missing: own.map { MissingCode(code: $0, kind: .noAnswer, label: .empty) },
                isNumber: variable.content == .number)
        }
        self.columns = columns
    }
}
