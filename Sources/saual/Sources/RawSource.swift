internal import SurveyData
internal import SurveyDesign
internal import SurveyFormats
internal import SurveyImport
internal import SurveyProblems
internal import SurveySchema
internal import SurveyStore

/// A raw data file as source of a command: only the columns asked for are read, each by its role.
struct RawSource {
    let path: String
    private let options: FormatOptions
    let decimal: ImportOptions.DecimalSign
    private let isDecimalGiven: Bool
    private let missing: [String]
    private let terminal: Terminal

    /// The file as results name it: without folder, so that they do not depend on where it lies.
    var name: String { String(path.split(separator: "/").last ?? "-") }

    init(_ path: String, call: Call) throws(Problem) {
        self.path = path
        options = FormatOptions(call)
        decimal = call.value("decimal") == "," ? .comma : .point
        isDecimalGiven = call.has("decimal")
        missing = try call.list("na")
        terminal = call.terminal
    }

    /// What was read.
    struct Loaded {
        /// Columns of the design, as keys and numbers.
        let design: Table
        let numbers: Table
        let answers: Table
        /// Columns as their cells look.
        let plain: Table
        let domain: Truth?
        /// The condition that a model explains.
        let response: Truth?
        let rowCount: Int
        let sha256: String
        let problems: [Problem]
    }

    /// A design with the columns of this file that patterns of replicates stand for.
    func expanded(_ design: DesignSpecification) throws(Problem) -> DesignSpecification {
        guard design.replicates?.columns.contains(where: { $0.contains("*") }) == true else { return design }
        return try design.withReplicateColumns(among: try FormatCatalog.open(path, options: options).columns)
    }

    /// Opens the file; what it says of itself, no option says.
    func open(_ onBytes: ByteObserver? = nil) throws(Problem) -> any FormatReader {
        let reader = try FormatCatalog.open(path, options: options, onBytes: onBytes)
        if isDecimalGiven, reader.codebook != nil { throw .optionNotForFormat("decimal", file: path) }
        return reader
    }

    /// What the file declares as missing in some columns, found by a reading of its own.
    private func described(_ names: [String], by reader: any FormatReader) throws(Problem) -> DescribedColumns {
        guard reader.codebook != nil else { return .none }
        return try DescribedColumns(reading: try open(), only: names, options: importOptions(nil))
    }

    /// The file as its own description has it: questions, rows and what the description left open; nil if it has none.
    ///
    /// Where only some columns are asked for, the weight is read beside them: the one named, else the file's own.
    func asDescribed(
        _ only: [String], weight: String? = nil
    ) throws(Problem) -> (questionnaire: Questionnaire, table: Table, codebook: FileCodebook, problems: [Problem])? {
        // Standard input is delimited text, and can be read only once.
        guard path != "-" else { return nil }
        let reader = try open()
        guard let codebook = reader.codebook else { return nil }
        if let unknown = (only + [weight].compactMap { $0 }).first(where: { !reader.columns.contains($0) }) {
            throw .unknownColumn(unknown, known: reader.columns)
        }
        let beside = only.isEmpty ? [] : [weight ?? codebook.weight].compactMap { $0 }
        let found = try DraftQuestionnaire.described(
            by: reader, only: (only + beside.filter(reader.columns.contains)).uniqued, options: importOptions(nil),
            groupsSets: false)
        guard let found else { return nil }
        let second = try open()
        let plan = try ImportPlan(found.questionnaire, columns: second.columns, used: second.columns)
        let (table, report) = try read(second, plan)
        return (found.questionnaire, table, codebook, found.findings + report.findings)
    }

    func importOptions(_ bar: SharedProgress?) -> ImportOptions {
        ImportOptions(decimalSign: decimal, progress: bar?.observer, isCancelled: { Interruption.isAsked })
    }

    /// Reads the columns of a request, each in its roles.
    func loaded(design: DesignSpecification, roles: AnalysisSource.Roles) throws(Problem) -> Loaded {
        let hash = try InputHash()
        let reader = try open(hash.observer)
        var columns: [ImportPlan.RoleColumn] = []
        for name in design.keyColumns.uniqued { columns.append(.init(name, .key, name: "design " + name)) }
        let designNumbers = design.numberColumns.uniqued
        for name in designNumbers { columns.append(.init(name, .number, name: "design " + name)) }
        // A column in two numeric roles is read once, so that a cell that is no number is one finding.
        for name in roles.numbers.uniqued where !designNumbers.contains(name) {
            columns.append(.init(name, .number, name: "number " + name))
        }
        for name in roles.answers.uniqued { columns.append(.init(name, .answers, name: "answer " + name)) }
        let conditionNames = [roles.condition, roles.response].compactMap { $0 }.flatMap {
            RawSource.names(in: $0, among: reader.columns)
        }
        for name in (conditionNames + roles.plain).uniqued {
            columns.append(.init(name, .inferred, name: "condition " + name))
        }
        let plan = try ImportPlan(
            roles: columns, columns: reader.columns, missing: missing,
            described: try described(columns.map(\.column), by: reader))
        let (table, report) = try read(reader, plan)
        func part(_ prefix: String) -> Table {
            let own = table.columns.filter { $0.name.hasPrefix(prefix) }.map {
                $0.renamed(String($0.name.dropFirst(prefix.count)))
            }
            return Table(rowCount: table.rowCount, columns: own)
        }
        let shared = part("design ").columns.filter { $0.kind == .number && roles.numbers.contains($0.name) }
        let plain = part("condition ")
        let scope = RawScope(read: TableScope(plain), all: reader.columns)
        let domain = try roles.condition.map { (text) throws(Problem) in
            try Expression(option: text, in: scope).truth(in: plain)
        }
        let response = try roles.response.map { (text) throws(Problem) in
            try Expression(option: text, in: scope, named: "formula").truth(in: plain)
        }
        return Loaded(
            design: part("design "),
            numbers: Table(rowCount: table.rowCount, columns: part("number ").columns + shared),
            answers: part("answer "), plain: plain, domain: domain, response: response,
            rowCount: table.rowCount, sha256: try hash.hex(), problems: report.findings)
    }

    /// Reads every column, or those named and the weight, as its cells look.
    func inferred(_ only: [String], weight: String? = nil) throws(Problem) -> (table: Table, problems: [Problem]) {
        let reader = try FormatCatalog.open(path, options: options)
        if let weight, !reader.columns.contains(weight) { throw .unknownColumn(weight, known: reader.columns) }
        let names = only.isEmpty ? reader.columns : (only + [weight].compactMap { $0 }).uniqued
        let plan = try ImportPlan(
            roles: names.map { .init($0, .inferred) }, columns: reader.columns, missing: missing)
        let (table, report) = try read(reader, plan)
        return (table, report.findings)
    }

    /// The questionnaire that the cells imply, of every column or of those named.
    func draft(_ only: [String]) throws(Problem) -> DraftQuestionnaire {
        let reader = try open()
        let bar = SharedProgress(name, on: terminal)
        defer { bar.end() }
        return try DraftQuestionnaire(reading: reader, only: only, options: importOptions(bar))
    }

    private func read(_ reader: any FormatReader, _ plan: ImportPlan) throws(Problem) -> (Table, ImportReport) {
        let bar = SharedProgress(name, on: terminal)
        let options = importOptions(bar)
        var sink = InMemorySink()
        let report = try Importer(plan, options: options).run(reader, into: &sink)
        bar.end()
        return (sink.takeTable(of: report), report)
    }

    /// The SHA-256 of a file's bytes, and of those of the file that holds its data where these stand apart.
    static func hash(of path: String) throws(Problem) -> String {
        let hash = try SHA256()
        var failure: Problem?
        for part in try FormatCatalog.parts(of: path) {
            try InputFile.windows(of: part) { bytes in
                guard failure == nil else { return }
                do throws(Problem) { try hash.update(bytes) } catch { failure = error }
            }
        }
        if let failure { throw failure }
        return try hash.hex()
    }

    /// The columns whose names stand in a condition, as words or in backquotes.
    private static func names(in condition: String, among columns: [String]) -> [String] {
        let quoted = condition.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
        let words = condition.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
        let named = Set(quoted + words)
        return columns.filter(named.contains)
    }
}

/// Names of a file's columns in a condition: those read have a type, the others are known for suggestions.
private struct RawScope: ExpressionScope {
    let read: TableScope
    let all: [String]

    var names: [String] { all }

    func type(of name: String) -> ValueType? { read.type(of: name) }
}

extension Column {
    /// The same column under another name.
    func renamed(_ name: String) -> Column { Column(name: name, kind: kind, dictionary: dictionary, values: values) }
}
