public import SurveyProblems
public import SurveySchema
internal import SurveyData

/// Which columns an import makes, from which columns of the file, and how their cells are read.
public struct ImportPlan: Sendable {
    /// What a column of a file without questionnaire is for.
    public enum Role: Sendable {
        /// Text as written (`01` is not `1`): strata, PSUs, identifiers.
        case key
        /// Text as written, at most 255 different ones: questions of shares and breakdowns.
        case answers
        /// A decimal number.
        case number
        /// What its cells look like: numbers where every cell is one, else text.
        case inferred
    }

    /// A column of the file in a role.
    public struct RoleColumn: Sendable {
        public let column: String
        public let role: Role
        /// The name of the column that comes out; that of the file unless one column has several roles.
        public let name: String

        public init(_ column: String, _ role: Role, name: String? = nil) {
            self.column = column
            self.role = role
            self.name = name ?? column
        }
    }

    /// How the cells of one target are read; `source` is the position of a column in the file.
    enum Reading: Sendable {
        case coded(source: Int, Question)
        case number(source: Int, name: String, [MissingCode], least: Double?, greatest: Double?, isPrivate: Bool)
        case date(source: Int, Question)
        case text(source: Int, name: String, [MissingCode], isPrivate: Bool)
        case answers(source: Int, name: String, [MissingCode])
        case set(sources: [Int], Question)
        case inferred(source: Int, name: String)
        case absent(Question)
    }

    let readings: [Reading]
    /// The columns of the file.
    let fileColumns: [String]
    /// Columns of the file that together are different in every row.
    let key: [Int]
    /// Routing is applied with it.
    let questionnaire: Questionnaire?
    /// How the cells of region questions are looked up, by question, with the column of the district.
    var regions: [String: (lookup: RegionLookup, district: (column: Int, missing: [MissingCode])?)] = [:]
    /// What the plan itself found, before a row is read.
    public let findings: [Problem]

    /// Reads every question of a questionnaire from the columns that it names.
    ///
    /// A question whose columns the file lacks is a finding, and all its rows are `not in wave`; columns of the file that
    /// no question names are left out with a caution. `used` names columns of the file that serve otherwise, `regions` has
    /// what ``RegionLookup/read(for:folder:file:fieldwork:)`` made for the questions that name a table of regions.
    ///
    /// - Throws: ``Problem`` `import.regions-not-read` if such a question has none, `import.no-columns` if no question has a column, `import.no-such-column` if a column of the
    ///   questionnaire's key is not in the file.
    public init(
        _ questionnaire: Questionnaire, columns: [String], used: [String] = [], regions: [String: RegionLookup] = [:]
    ) throws(Problem) {
        let positions = Dictionary(columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var readings: [Reading] = []
        var findings: [Problem] = []
        var taken = Set(used)
        for question in questionnaire.questions {
            let sources = question.columns.compactMap { positions[$0] }
            taken.formUnion(question.columns)
            guard sources.count == question.columns.count, let source = sources.first else {
                let absent = question.columns.filter { positions[$0] == nil }
                findings.append(.missingColumn(absent, question: question, known: columns))
                readings.append(.absent(question))
                continue
            }
            switch question.type {
            case .single, .scale, .region: readings.append(.coded(source: source, question))
            case .multiple: readings.append(.set(sources: sources, question))
            case .number, .money:
                readings.append(
                    .number(
                        source: source, name: question.id, question.missing, least: question.range.least,
                        greatest: question.range.greatest, isPrivate: question.isPrivate))
            case .date: readings.append(.date(source: source, question))
            case .text:
                readings.append(
                    .text(source: source, name: question.id, question.missing, isPrivate: question.isPrivate))
            }
        }
        guard findings.count < questionnaire.questions.count else {
            throw .noColumns(
                of: questionnaire.id, columns: columns, expected: questionnaire.questions.flatMap(\.columns))
        }
        var key: [Int] = []
        for name in questionnaire.key {
            guard let position = positions[questionnaire.question(name)?.columns.first ?? name] else {
                throw .noSuchColumn(name, known: columns)
            }
            key.append(position)
            taken.insert(columns[position])
        }
        let extra = columns.filter { !taken.contains($0) }
        if !extra.isEmpty { findings.append(.extraColumns(extra)) }
        for question in questionnaire.questions where question.regions != nil {
            guard let lookup = regions[question.id] else { throw .regionsNotRead(question.id) }
            let district = lookup.district.flatMap(questionnaire.question).flatMap { district in
                district.columns.first.flatMap { positions[$0] }.map { (column: $0, missing: district.missing) }
            }
            self.regions[question.id] = (lookup, district)
        }
        self.readings = readings
        self.findings = findings
        self.key = key
        self.questionnaire = questionnaire
        fileColumns = columns
    }

    /// Reads some columns in the roles that a command line gives them; all others are left out.
    ///
    /// Only empty cells are missing, those whose text is one of `missing`, and what the file itself declares as missing.
    ///
    /// - Throws: ``Problem`` `data.unknown-column` for a column that the file lacks.
    public init(
        roles: [RoleColumn], columns: [String], missing: [String] = [], described: DescribedColumns = .none
    ) throws(Problem) {
        let positions = Dictionary(columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let given = missing.filter { !$0.isEmpty }.map { MissingCode(code: $0, kind: .noAnswer, label: .empty) }
        var readings: [Reading] = []
        for role in roles {
            guard let source = positions[role.column] else { throw .unknownColumn(role.column, known: columns) }
            let file = described.columns[role.column]
            let codes = given + (file?.missing ?? []).filter { code in !given.contains { $0.code == code.code } }
            switch role.role {
            case .key: readings.append(.text(source: source, name: role.name, codes, isPrivate: false))
            case .answers: readings.append(.answers(source: source, name: role.name, codes))
            case .number:
                readings.append(
                    .number(source: source, name: role.name, codes, least: nil, greatest: nil, isPrivate: false))
            case .inferred where file?.isNumber == true:
                readings.append(
                    .number(source: source, name: role.name, codes, least: nil, greatest: nil, isPrivate: false))
            case .inferred where file != nil:
                readings.append(.text(source: source, name: role.name, codes, isPrivate: false))
            case .inferred: readings.append(.inferred(source: source, name: role.name))
            }
        }
        self.readings = readings
        findings = []
        key = []
        questionnaire = nil
        fileColumns = columns
    }

    /// Reads every column of a file of which nothing is known: numbers where every cell is one, else texts.
    public init(inferring columns: [String]) {
        readings = columns.enumerated().map { .inferred(source: $0, name: $1) }
        findings = []
        key = []
        questionnaire = nil
        fileColumns = columns
    }

    /// The plan for some questions alone.
    func reduced(to questions: Set<String>) -> ImportPlan {
        ImportPlan(
            readings: readings.filter { reading in
                if case .absent(let question) = reading { return questions.contains(question.id) }
                guard let questionnaire, let question = reading.question(of: questionnaire) else { return false }
                return questions.contains(question.id)
            }, of: self)
    }

    private init(readings: [Reading], of plan: ImportPlan) {
        self.readings = readings
        fileColumns = plan.fileColumns
        key = plan.key
        questionnaire = plan.questionnaire
        findings = []
    }

    /// Rows of one chunk: fewer where there are very many columns, so that memory is bounded by the rows of one chunk.
    var chunkRows: Int {
        switch fileColumns.count {
        case ...256: ColumnChunk.fullRows
        case ...2048: ColumnChunk.fullRows / 8
        default: ColumnChunk.fullRows / 64
        }
    }

    func builders(decimalSign: UInt8) -> [ColumnBuilder] {
        readings.map { reading in
            switch reading {
            case .coded(let source, let question) where regions[question.id] != nil:
                RegionColumn(
                    question, regionCells(of: question.id, source: source), sourceName: fileColumns[source])
            case .coded(let source, let question):
                CodedColumn(
                    name: question.id, source: source, sourceName: fileColumns[source], answers: question.answers,
                    missing: question.missing, isPrivate: question.isPrivate)
            case .number(let source, let name, let missing, let least, let greatest, let isPrivate):
                NumberColumn(
                    name: name, shownName: questionnaire == nil ? fileColumns[source] : name, source: source,
                    sourceName: fileColumns[source], missing: missing, range: (least, greatest), isPrivate: isPrivate,
                    decimalSign: decimalSign, variants: variantRanges(of: name))
            case .date(let source, let question):
                DateColumn(
                    name: question.id, source: source, sourceName: fileColumns[source], missing: question.missing,
                    isPrivate: question.isPrivate)
            case .text(let source, let name, let missing, let isPrivate):
                TextColumn(name: name, source: source, missing: missing, isPrivate: isPrivate)
            case .answers(let source, let name, let missing):
                AnswersColumn(name: name, source: source, sourceName: fileColumns[source], missing: missing)
            case .set(let sources, let question):
                SetColumns(
                    name: question.id,
                    items: zip(question.answers, sources).map { ($0.code, $1, fileColumns[$1]) },
                    missing: question.missing, isPrivate: question.isPrivate, choices: ChoiceRules(question))
            case .inferred(let source, let name): InferredColumn(name: name, source: source, decimalSign: decimalSign)
            case .absent(let question): AbsentColumns(ImportPlan.descriptions(of: question))
            }
        }
    }

    /// What looks the cells of a region question up; it remembers them, so each user has its own.
    func regionCells(of question: String, source: Int) -> RegionCells {
        guard let (lookup, district) = regions[question] else { preconditionFailure("a question with a table") }
        return RegionCells(lookup, source: source, district: district)
    }

    /// The ranges of a question's variants and how the file tells which of them a row has; nil if there are none.
    private func variantRanges(of name: String) -> VariantRanges? {
        guard let questionnaire, let variants = questionnaire.question(name)?.variants else { return nil }
        for reading in readings {
            guard case .coded(let source, let question) = reading, question.id == variants.by else { continue }
            return VariantRanges(variants, source: source)
        }
        return VariantRanges(variants, source: nil)
    }

    private static func descriptions(of question: Question) -> [ColumnDescription] {
        func column(_ kind: Column.Kind, _ dictionary: [String] = []) -> [ColumnDescription] {
            [ColumnDescription(name: question.id, kind: kind, dictionary: dictionary, isPrivate: question.isPrivate)]
        }
        switch question.type {
        case .single, .scale, .region: return column(.answers, question.answers.map(\.code))
        case .number, .money: return column(.number)
        case .date: return column(.date)
        case .text: return column(.text)
        case .multiple:
            return column(.set)
                + question.answers.map {
                    ColumnDescription(name: question.itemColumn($0.code), kind: .item, isPrivate: question.isPrivate)
                }
        }
    }
}

extension Problem {
    /// A question without its columns.
    static func missingColumn(_ absent: [String], question: Question, known: [String]) -> Problem {
        let near = absent.flatMap { NearestNames.of($0, among: known, limit: 1) }
        return Problem(
            "import.missing-column", .finding, what: "The file has no column for the question \"\(question.id)\"",
            place: Place(column: absent.first, variable: question.id),
            why:
                "the questionnaire names \(list: absent); nearest in the file: \(near.isEmpty ? "–" : near.joined(separator: ", "))",
            fix: "correct the name in the questionnaire (column:), or leave the question out of this version")
    }

    /// Columns of the file that no question names: field paradata as a rule, so a caution.
    static func extraColumns(_ columns: [String]) -> Problem {
        Problem(
            "import.extra-columns", .finding, severity: .caution,
            what: "Columns without a question are left out: \(columns.count)",
            place: Place(detail: columns.joined(separator: ", ")),
            why: "only columns that the questionnaire names are imported",
            fix: "add a question to the questionnaire for each column that is needed")
    }

    /// A file that has nothing to do with its questionnaire.
    static func noColumns(of questionnaire: String, columns: [String], expected: [String]) -> Problem {
        Problem(
            "import.no-columns", .input, what: "The file has no column of the questionnaire \"\(questionnaire)\"",
            why: "expected columns such as \(list: expected); found \(list: columns)",
            fix: "check that file and questionnaire belong together and that the delimiter is right")
    }

    /// A column that the import itself needs.
    static func noSuchColumn(_ name: String, known: [String]) -> Problem {
        let near = NearestNames.of(name, among: known)
        return Problem(
            "import.no-such-column", .input, what: "Column \"\(name)\" is not in the file", place: Place(column: name),
            why: "keys, design columns and row filters are read from the file, which has the columns \(list: known)",
            fix: "correct the name; nearest in the file: \(near.isEmpty ? "–" : near.joined(separator: ", "))")
    }
}
