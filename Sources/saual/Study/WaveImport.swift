internal import SurveyData
internal import SurveyFormats
internal import SurveyImport
internal import SurveyProblems
internal import SurveySchema
internal import SurveyStore
internal import SurveyWeighting

/// Imports one wave of a raw file into a study file: Import makes chunks, Store takes them, all in one transaction.
struct WaveImport {
    let path: String
    let format: FormatOptions
    let decimal: ImportOptions.DecimalSign
    let rows: (column: String, value: String)?
    let questionnaire: Questionnaire?
    /// Columns whose cells a row must have to be used at all.
    let design: ImportOptions.DesignColumns

    /// How cells of region questions are looked up, by question.
    var regions: [String: RegionLookup] = [:]

    /// Which columns are which questions, where names do not say it.
    var map: ColumnMap?
    /// The SHA-256 of the map, which the study file keeps.
    var mapHash: String?

    /// The SHA-256 that the file must have, where it was hashed before.
    var expectedHash: String?

    struct Result {
        let report: ImportReport
        let record: WaveRecord
        /// What was found of the questionnaire; nil for an import without one.
        let matching: ColumnMatching?
    }

    /// Reads the file and stores the wave; nothing is stored unless all is.
    func run(into file: StudyFile, wave: String, replacing: Bool, on terminal: Terminal) throws(Problem) -> Result {
        let described = try described(on: terminal)
        let questionnaire = questionnaire ?? described?.questionnaire
        let hash = try InputHash()
        var reader = try FormatCatalog.open(path, options: format, onBytes: hash.observer)
        if decimal == .comma, reader.codebook != nil { throw .optionNotForFormat("decimal", file: path) }
        let fileColumns = reader.columns
        let isBare = reader.codebook == nil
        let mapping = map?.applied(to: reader)
        var mapped = try mapping.map { (mapping) throws(Problem) in try mapping.get() }
        let sets = sets(of: reader, mapped)
        if let sets { mapped = sets.columns }
        if let mapped { reader = MappedReader(reader, mapped) }
        let match = isBare ? questionnaire.flatMap { ExportColumns($0, columns: reader.columns) } : nil
        if let match { reader = ExportReader(reader, match) }
        let sidecar = try WeightingSidecar.read(beside: path)
        let used = [rows?.column].compactMap { $0 } + (sidecar?.weights.map(\.column) ?? [])
        var plan =
            try questionnaire.map { (questionnaire) throws(Problem) in
                try ImportPlan(questionnaire, columns: reader.columns, used: used, regions: regions)
            } ?? ImportPlan(inferring: reader.columns)
        for problem in (mapping?.problems ?? []) + (sets?.problems ?? []) { plan.add(problem) }
        if let match { plan.add(match.problem) }
        let matching = self.questionnaire.map {
            ColumnMatching($0, file: fileColumns, map: mapped, export: match, used: used)
        }
        let bar = SharedProgress(path, on: terminal)
        let options = ImportOptions(
            decimalSign: decimal, rows: rows, design: design, progress: bar.observer,
            isCancelled: { Interruption.isAsked })
        let transaction = try file.beginImport(wave: wave, replacing: replacing)
        var sink = StoreSink(transaction)
        var report = try Importer(plan, options: options).run(reader, into: &sink)
        bar.end()
        if let described { report.add(described.findings) }
        try sink.finish()
        let sha256 = try hash.hex()
        if let expectedHash, sha256 != expectedHash { throw .changedMeanwhile(path) }
        let kept = try weights(of: sidecar, columns: reader.columns, report, sha256: sha256, questionnaire)
        report.add(kept.problems)
        try transaction.append(findings: report.findings)
        let record = try transaction.commit(
            ImportSummary(
                fileName: path, sha256: sha256, options: optionsJSON.line, questionnaire: questionnaire?.source,
                rowsRead: report.rowsRead, columns: report.columns))
        for weight in kept.weights { try file.keep(weight, of: wave, replacing: true) }
        return Result(report: report, record: record, matching: matching)
    }

    /// Questions of the questionnaire that are sets of the file.
    private func sets(
        of reader: any FormatReader, _ mapped: MappedColumns?
    ) -> (columns: MappedColumns, problems: [Problem])? {
        guard let questionnaire, let codebook = reader.codebook else { return nil }
        return MappedColumns.sets(
            of: codebook, for: questionnaire, in: mapped ?? MappedColumns(asIs: reader.columns))
    }

    /// The questionnaire that a file itself implies, where it says what its columns are and no other one is given.
    private func described(
        on terminal: Terminal
    ) throws(Problem) -> (questionnaire: Questionnaire, findings: [Problem])? {
        // Standard input is delimited text, and can be read only once.
        guard questionnaire == nil, path != "-" else { return nil }
        let reader = try FormatCatalog.open(path, options: format)
        guard reader.codebook != nil else { return nil }
        let bar = SharedProgress(path, on: terminal)
        defer { bar.end() }
        return try DraftQuestionnaire.described(
            by: reader,
            options: ImportOptions(
                decimalSign: decimal, progress: bar.observer, isCancelled: { Interruption.isAsked }),
            groupsSets: true)
    }

    /// The options of the import as the study file keeps them.
    private var optionsJSON: JSONText {
        var fields: [(String, JSONText)] = []
        if let encoding = format.encoding { fields.append(("encoding", .string(encoding))) }
        if let delimiter = format.delimiter { fields.append(("delimiter", .string(delimiter))) }
        if let sheet = format.sheet { fields.append(("sheet", .string(sheet))) }
        fields.append(("decimal", .string(decimal.rawValue)))
        if let mapHash { fields.append(("map", .string(mapHash))) }
        if let rows { fields.append(("rows", .object([(rows.column, .string(rows.value))]))) }
        return .object(fields)
    }
}

/// Hands what an import makes on to a study file.
private struct StoreSink: ImportSink {
    private let transaction: ImportTransaction
    private var quarantined: [QuarantineRecord] = []

    init(_ transaction: ImportTransaction) { self.transaction = transaction }

    mutating func take(_ columns: [ColumnChunk], chunkNumber: Int) throws(Problem) {
        try transaction.append(columns, chunkNumber: chunkNumber)
    }

    mutating func chunk(column: Int, chunkNumber: Int) throws(Problem) -> ColumnChunk {
        try transaction.chunk(column: column, chunkNumber: chunkNumber)
    }

    mutating func replace(column: Int, chunkNumber: Int, with chunk: ColumnChunk) throws(Problem) {
        try transaction.replace(column: column, chunkNumber: chunkNumber, with: chunk)
    }

    mutating func quarantine(_ row: QuarantinedRow) throws(Problem) {
        quarantined.append(QuarantineRecord(row: row.row, line: row.line, code: row.code, text: row.raw))
        if quarantined.count == 256 { try finish() }
    }

    /// Writes the rows that still wait.
    mutating func finish() throws(Problem) {
        guard !quarantined.isEmpty else { return }
        try transaction.append(quarantined: quarantined)
        quarantined.removeAll(keepingCapacity: true)
    }
}

extension Problem {
    /// A file that another program writes while it is being read; nothing of it is stored.
    static func changedMeanwhile(_ file: String) -> Problem {
        Problem(
            "command.changed-meanwhile", .input, what: "\"\(file)\" changed while it was being read",
            place: Place(file: file),
            why: "its hash before the import and after it differ",
            fix: "let the other program finish, then run the study again")
    }
}
