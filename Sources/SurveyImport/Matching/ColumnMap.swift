public import SurveyFormats
public import SurveyProblems
internal import SurveySchema
internal import SurveyYAML

/// Which columns of a file are which questions, where names do not say it: a file of `map/1`.
///
/// An entry may also say what the texts of the cells mean. Texts that are not listed stay as they are, and each text is
/// looked up once, so that `{1: 2, 2: 1}` swaps two codes.
public struct ColumnMap: Sendable {
    /// What a column of the file becomes.
    enum Target: Sendable {
        case question(Question)
        /// One item of a multiple question, by its code.
        case item(Question, String)
        /// A multiple question whose chosen answers stand in one cell, or in the columns of a set.
        case joined(Question)

        /// The columns that come out, by the names that the questionnaire has for them.
        var columns: [String] {
            switch self {
            case .question(let question), .joined(let question): question.columns
            case .item(let question, let code):
                zip(question.answers, question.columns).filter { $0.0.code == code }.map(\.1)
            }
        }

        /// How a map writes it.
        var name: String {
            switch self {
            case .question(let question), .joined(let question): question.id
            case .item(let question, let code): question.itemColumn(code)
            }
        }

        var question: Question {
            switch self {
            case .question(let question), .joined(let question), .item(let question, _): question
            }
        }
    }

    struct Entry: Sendable {
        let column: String
        let target: Target
        /// Texts of the cells and what they become; where the column is a set of dichotomies, its columns and their codes.
        let codes: [(text: String, code: String)]
        /// Labels that the cells may hold, and their codes.
        var labels: [(text: String, code: String)] = []
        /// How the words of joined cells stand apart.
        var separation = JoinedCells.Separation.found(hasLabels: false)
        let mark: YAMLMark

        /// All that the texts of the cells may mean beside themselves.
        var texts: [(text: String, code: String)] { codes + labels }
    }

    /// The file as the user named it.
    public let file: String
    let entries: [Entry]
    /// Columns that are left out knowingly.
    let ignored: [(column: String, mark: YAMLMark)]

    /// Matches the map with the columns of a data file, and with the sets that it declares.
    ///
    /// Findings: `import.map-no-such-column` for a column that the file lacks (a caution for one to be ignored),
    /// `import.map-hides-column` where the file has a column of its own by the name of a question that the map fills,
    /// `import.map-set-of-one`, `import.map-set-unknown-columns` and `import.map-separator-unused` for sets that are not
    /// the question they are mapped to, `import.map-shared-question` for two columns of a set that are one answer.
    public func applied(to columns: [String], of codebook: FileCodebook? = nil) -> Checked<MappedColumns> {
        let positions = Dictionary(columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        func set(_ name: String) -> FileResponseSet? {
            positions[name] == nil ? codebook?.sets.first { $0.name == name } : nil
        }
        func members(_ name: String) -> [String] { set(name)?.variables ?? [name] }
        let ignored = Set(self.ignored.flatMap { members($0.column) })
        let left = ignored.union(entries.flatMap { members($0.column) })
        let own = columns.filter { !left.contains($0) }
        let isOwn = Set(own)
        var problems: [Problem] = []
        func report(_ problem: Problem, _ mark: YAMLMark) {
            problems.append(problem.placed(file: file, line: mark.line, position: mark.position))
        }
        let known = columns + (codebook?.sets.map(\.name) ?? [])
        for (column, mark) in self.ignored where positions[column] == nil && set(column) == nil {
            report(.mapNoSuchColumn(column, known: known, severity: .caution), mark)
        }
        var mapped = MappedColumns(file: columns, ignored: columns.filter(ignored.contains))
        for entry in entries {
            func reportHidden() {
                for name in entry.target.columns where isOwn.contains(name) {
                    report(.mapHidesColumn(name, by: entry.column), entry.mark)
                }
            }
            if let source = positions[entry.column] {
                reportHidden()
                mapped.add(entry, from: source, name: entry.column)
            } else if let codebook, let set = set(entry.column) {
                guard case .joined(let question) = entry.target else {
                    report(.mapSetOfOne(set.name, as: entry.target.name), entry.mark)
                    continue
                }
                reportHidden()
                if case .by = entry.separation { report(.mapSeparatorUnused(entry.column), entry.mark) }
                let isDichotomous = set.kind == .dichotomies
                if isDichotomous {
                    for (name, _) in entry.codes where !set.variables.contains(name) {
                        report(.mapNoSuchColumn(name, known: set.variables), entry.mark)
                    }
                }
                let source = SetSource(
                    question, from: set, of: codebook, positions: positions,
                    texts: isDichotomous ? entry.codes : entry.texts, without: ignored)
                for (code, first, second) in source.shared {
                    report(.mapSharedQuestion(question.itemColumn(code), first: first, second: second), entry.mark)
                }
                if !source.unknown.isEmpty {
                    report(.mapSetUnknownColumns(source.unknown, of: set.name, question.id), entry.mark)
                }
                mapped.add(source, by: .map)
            } else {
                report(.mapNoSuchColumn(entry.column, known: known), entry.mark)
            }
        }
        for name in own {
            guard let position = positions[name] else { continue }
            mapped.add(name, .column(position), from: [position], by: .name)
        }
        return Checked(value: problems.contains { $0.severity == .error } ? nil : mapped, problems: problems)
    }

    /// Matches the map with the columns and sets of an open file.
    public func applied(to reader: any FormatReader) -> Checked<MappedColumns> {
        applied(to: reader.columns, of: reader.codebook)
    }
}

extension MappedColumns {
    /// Adds what an entry makes of a column of the file.
    fileprivate mutating func add(_ entry: ColumnMap.Entry, from source: Int, name: String) {
        if case .joined(let question) = entry.target {
            add(
                zip(question.answers, question.columns).map { answer, column in
                    (column, .choice(column: source, list: 0, code: Array(answer.code.utf8)))
                }, from: [source], by: .map,
                joined: JoinedCells(
                    question, columns: [(source, name)], texts: entry.texts, separation: entry.separation))
            return
        }
        for column in entry.target.columns {
            let texts = entry.texts.map { (Array($0.text.utf8), Array($0.code.utf8)) }
            let isChanged = column != name || !texts.isEmpty
            let cell: RewrittenCell =
                texts.isEmpty
                ? .column(source)
                : .translated(column: source, texts: Dictionary(texts, uniquingKeysWith: { first, _ in first }))
            add(column, cell, from: [source], by: isChanged ? .map : .name)
        }
    }
}

extension Problem {
    /// A column that the data file does not have.
    static func mapNoSuchColumn(
        _ column: String, known: [String], severity: Problem.Severity = .error
    ) -> Problem {
        let near = NearestNames.of(column, among: known)
        return Problem(
            "import.map-no-such-column", .input, severity: severity, what: "Column \"\(column)\" is not in the file",
            place: Place(column: column),
            why:
                "a map names columns of the data file, byte for byte; nearest: \(near.isEmpty ? "–" : near.joined(separator: ", "))",
            fix: "correct the name, or delete the line")
    }

    /// A column of the file that has the name of a question which the map takes from another one.
    static func mapHidesColumn(_ column: String, by other: String) -> Problem {
        Problem(
            "import.map-hides-column", .input, what: "Two columns would be \"\(column)\"", place: Place(column: column),
            why: "the map takes \"\(column)\" from \"\(other)\", and the file has a column of that name itself",
            fix: "put the other column into the map too, or list it under \"ignore\"")
    }

    /// A set of a file where one answer must stand.
    static func mapSetOfOne(_ set: String, as target: String) -> Problem {
        Problem(
            "import.map-set-of-one", .input, what: "The set \"\(set)\" cannot be \"\(target)\"",
            place: Place(column: set, variable: target),
            why: "a set of the file is a whole question with several answers; \"\(target)\" has one answer a row",
            fix: "map the set to a question of the type multiple, or a column of it to \"\(target)\"")
    }

    /// Columns of a set that no answer belongs to.
    static func mapSetUnknownColumns(_ columns: [String], of set: String, _ question: String) -> Problem {
        Problem(
            "import.map-set-unknown-columns", .input,
            what: "Columns of the set \"\(set)\" are no answer of \"\(question)\": \(list: columns)",
            place: Place(column: set, variable: question),
            why:
                "a column is an answer by its name, by its label, or by the code at the end of its name; found \(columns.count) without",
            fix: "write {column: code} under \"codes\", or list them under \"ignore\"")
    }

    /// A separator of words where there are none to separate.
    static func mapSeparatorUnused(_ column: String) -> Problem {
        Problem(
            "import.map-separator-unused", .input, what: "\"separator\" has nothing to do for \"\(column)\"",
            place: Place(column: column),
            why: "it stands between the answers of one cell, where a column is a whole question with several answers",
            fix: "delete \"separator\"")
    }
}
