internal import SurveyData
internal import SurveyDesign
internal import SurveyProblems
internal import SurveySchema
internal import SurveyStore
internal import SurveyStudy
internal import SurveyWeighting

/// What a statistical command works on: columns of a wave or of a raw file, by the roles in which they are used.
struct AnalysisSource {
    let rowCount: Int
    let questionnaire: Questionnaire?
    let design: DesignSpecification
    /// The columns of the design.
    let designTable: Table
    /// How the weight was fitted to totals, where it was made by Saual.
    let calibration: CalibrationRecord?
    /// File, hash and wave, as results name them.
    let provenance: JSONText
    /// What the ids of results are made from besides the request.
    let identity: String
    /// Findings of reading, which do not stop the work.
    let problems: [Problem]
    /// That the weight came without a record, for whoever prints a standard error.
    let weightCautions: [Problem]
    /// Condition of `--where`.
    let domain: Truth?
    /// The condition that a model explains.
    let response: Truth?
    private let numberTable: Table
    private let answerTable: Table
    private let plainTable: Table

    /// Takes what is private out of a problem of the computation.
    let discreet: (Problem) -> Problem

    /// How the columns of a request are used.
    struct Roles {
        var numbers: [String]
        /// Answers and groups.
        var answers: [String]
        /// Text of the condition.
        var condition: String?
        /// Variables of a model: numbers where they are numbers, else answers.
        var plain: [String] = []
        /// A condition that a model explains.
        var response: String?
    }

    static func open(_ operand: String, roles: Roles, call: Call) throws(Problem) -> AnalysisSource {
        switch try SourceReference(operand) {
        case .study(let path, let wave):
            if let option = (CommonOptions.reading.map(\.name) + ["na"]).first(where: { call.has($0) }) {
                throw .notForStudyFiles(option)
            }
            let opened = try StudyWave.open(path, wave: wave, isAsAsked: call.has("as-asked"))
            return try AnalysisSource(opened, roles: roles, call: call)
        case .file(let path):
            if call.has("as-asked") { throw .forStudyFilesOnly("as-asked") }
            return try AnalysisSource(try RawSource(path, call: call), roles: roles, call: call)
        }
    }

    /// What is told on standard error of the weight; machine formats have it among their cautions.
    func toldOfWeight(_ call: Call) -> [Problem] { call.format == "table" ? weightCautions : [] }

    /// A variable as a number.
    func number(_ name: String) throws(Problem) -> Column { try numberTable.column(name).asNumbers() }

    /// A variable as coded answers; a set stays one.
    func answers(_ name: String) throws(Problem) -> Column {
        let column = try answerTable.column(name)
        return column.kind == .set ? column : try column.asCodes()
    }

    /// A variable of a model, as its cells look; a scale question is a number unless its categories are asked for.
    func plain(_ name: String, asCategories: Bool) throws(Problem) -> Column {
        let column = try plainTable.column(name)
        guard !asCategories, questionnaire?.question(name)?.type == .scale else { return column }
        return try column.asNumbers()
    }

    /// A variable of answers as it was read, whatever the number of its values.
    func plain(_ name: String) throws(Problem) -> Column { try answerTable.column(name) }

    /// A variable whose answers divide the rows into groups; the items of a set overlap and do not.
    func groups(_ name: String) throws(Problem) -> Column {
        let column = try answers(name)
        guard column.kind != .set else { throw .noGroups(name) }
        return column
    }

    /// The 0/1 columns of a multiple-response set.
    func items(of question: Question) throws(Problem) -> [Column] {
        var items: [Column] = []
        for answer in question.answers { items.append(try answerTable.column(question.itemColumn(answer.code))) }
        return items
    }

    private init(_ wave: StudyWave, roles: Roles, call: Call) throws(Problem) {
        let study = try wave.file.documents().first
        let specification = try study.map { (text) throws(Problem) in try LoadedStudy.specification(in: text) }
        let own = try specification.map { (study) throws(Problem) in try wave.design(of: study) }
        let complete = specification?.complete
        let asDescribed = try DesignOptions.specification(call, study: own).withReplicateColumns(among: wave.names)
        let condition = try roles.condition.map { (text) throws(Problem) in
            if let questionnaire = wave.questionnaire { return try Expression(option: text, in: questionnaire) }
            return try Expression(option: text, in: BareScope(descriptions: wave.descriptions))
        }
        let response = try roles.response.map { (text) throws(Problem) in
            if let questionnaire = wave.questionnaire {
                return try Expression(option: text, in: questionnaire, named: "formula")
            }
            return try Expression(option: text, in: BareScope(descriptions: wave.descriptions), named: "formula")
        }
        // A sensitive question that names no groups has those of its variants.
        let arms = roles.numbers.compactMap { wave.questionnaire?.question($0)?.variants?.by }
        let asked =
            roles.numbers + roles.answers + roles.plain + (condition?.names ?? []) + (response?.names ?? []) + arms
        // The study's own design may use a private column; the command line may not name one, not even there.
        let named = asDescribed.columns.filter { own?.columns.contains($0) != true }
        if let hidden = (asked + named).first(where: wave.isPrivate) { throw .privateColumn(hidden) }
        let table = try wave.table(of: (asDescribed.columns + asked + wave.columns(of: complete)).uniqued)
        domain = try condition.map { (condition) throws(Problem) in try condition.truth(in: table) }
        self.response = try response.map { (response) throws(Problem) in try response.truth(in: table) }
        (design, designTable) = try wave.interviewsOnly(asDescribed, table, complete: complete)
        calibration = try wave.calibration(of: asDescribed)
        (numberTable, answerTable, plainTable) = (table, table, table)
        rowCount = table.rowCount
        questionnaire = wave.questionnaire
        identity = "\(wave.record.sha256) \(wave.record.name)\(call.has("as-asked") ? " as asked" : "")"
        provenance = .object([
            ("study", .string(String(wave.file.path.split(separator: "/").last ?? ""))),
            ("wave", .string(wave.record.name)),
            ("file", .string(wave.record.fileName)), ("sha256", .string(wave.record.sha256)),
            ("rows", .integer(wave.record.rowsImported)),
        ])
        problems = []
        weightCautions =
            wave.lacksRecord(asDescribed) && !asDescribed.ignoresRecord
            ? AnalysisSource.cautions(of: asDescribed, call) : []
        discreet = { [design] problem in wave.discreet(problem, of: design) }
    }

    /// A caution for a weight of which nothing is known; the caller who says what to do with records knows.
    private static func cautions(
        of design: DesignSpecification, _ call: Call
    ) -> [Problem] {
        guard let weight = design.weight, design.replicates == nil, !call.has("record"),
            !["rake", "poststratify", "calibrate"].contains(where: call.has)
        else { return [] }
        return [.weightWithoutRecord(weight)]
    }

    private init(_ source: RawSource, roles: Roles, call: Call) throws(Problem) {
        let design = try source.expanded(try DesignOptions.specification(call, study: nil))
        self.design = design
        let sidecar = try design.weight == nil ? nil : WeightingSidecar.read(beside: source.path)
        let kept = design.weight.flatMap { sidecar?.weight(in: $0) }
        let loaded = try source.loaded(design: design, roles: roles)
        let isOwn = sidecar?.sha256 == loaded.sha256 && sidecar?.rowCount == loaded.rowCount
        calibration = isOwn ? kept?.archive.record : nil
        let cautions = kept == nil || isOwn ? [] : [Problem.otherSidecar(WeightingSidecar.path(beside: source.path))]
        weightCautions = kept == nil ? AnalysisSource.cautions(of: design, call) : []
        (designTable, numberTable, answerTable) = (loaded.design, loaded.numbers, loaded.answers)
        (plainTable, response) = (loaded.plain, loaded.response)
        rowCount = loaded.rowCount
        domain = loaded.domain
        questionnaire = nil
        identity = loaded.sha256
        problems = loaded.problems + cautions
        discreet = { $0 }
        provenance = .object([
            ("file", .string(source.name)), ("sha256", .string(loaded.sha256)), ("rows", .integer(loaded.rowCount)),
        ])
    }
}

extension Problem {
    /// A weight that came with the file.
    static func weightWithoutRecord(_ name: String) -> Problem {
        Problem(
            "command.weight-without-record", .finding, severity: .caution,
            what: "Nothing tells how the weight \"\(name)\" was made", place: Place(column: name),
            why: "standard errors take it as fixed; of weights that were fitted to totals they come out too large",
            fix: "make the weight with saual weight, or say with --record ignore that it is meant so")
    }
}

/// The columns of a wave without questionnaire as names of expressions.
struct BareScope: ExpressionScope {
    let descriptions: [ColumnDescription]

    var names: [String] { descriptions.map(\.name) }

    func type(of name: String) -> ValueType? {
        switch descriptions.first(where: { $0.name == name })?.kind {
        case .number: .number
        case .date: .date
        case .text: .text
        default: nil
        }
    }
}

extension Expression {
    /// Parses the condition of `--where` or of a formula; whatever is wrong with it is a mistake of the command line.
    init(option text: String, in scope: some ExpressionScope, named option: String = "--where") throws(Problem) {
        do throws(Problem) { try self.init(parsing: text, in: scope) } catch {
            var place = error.place
            place.detail = place.detail ?? "\(option) \(text)"
            throw Problem(
                error.code, .usage, severity: error.severity, what: error.what, place: place, why: error.why,
                fix: error.fix)
        }
    }
}

extension Array where Element: Hashable {
    /// The elements in their order, each once.
    var uniqued: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}

extension Problem {
    static func privateColumn(_ name: String) -> Problem {
        Problem(
            "command.private-column", .disclosure, what: "\"\(name)\" is private",
            why: "private columns never leave the study file",
            fix: "ask for another variable, or for one derived from it")
    }
}
