public import SurveyProblems
internal import SurveySchema
internal import SurveyYAML
internal import SurveyFormats

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
        /// A multiple question whose chosen codes stand in one cell with spaces between.
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
        /// Texts of the cells and what they become.
        let texts: [(text: String, code: String)]
        let mark: YAMLMark
    }

    /// The file as the user named it.
    public let file: String
    let entries: [Entry]
    /// Columns that are left out knowingly.
    let ignored: [(column: String, mark: YAMLMark)]

    /// Matches the map with the columns of a data file.
    ///
    /// Findings: `import.map-no-such-column` for a column that the file lacks (a caution for one to be ignored),
    /// `import.map-hides-column` where the file has a column of its own by the name of a question that the map fills.
    public func applied(to columns: [String]) -> Checked<MappedColumns> {
        let positions = Dictionary(columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let left = Set(entries.map(\.column) + ignored.map(\.column))
        let own = columns.filter { !left.contains($0) }
        let isOwn = Set(own)
        var problems: [Problem] = []
        func report(_ problem: Problem, _ mark: YAMLMark) {
            problems.append(problem.placed(file: file, line: mark.line, position: mark.position))
        }
        for (column, mark) in ignored where positions[column] == nil {
            report(.mapNoSuchColumn(column, known: columns, severity: .caution), mark)
        }
        var names: [String] = []
        var cells: [RewrittenCell] = []
        for entry in entries {
            guard let source = positions[entry.column] else {
                report(.mapNoSuchColumn(entry.column, known: columns), entry.mark)
                continue
            }
            for name in entry.target.columns where isOwn.contains(name) {
                report(.mapHidesColumn(name, by: entry.column), entry.mark)
            }
            names += entry.target.columns
            if case .joined(let question) = entry.target {
                let missing = question.missing.map { Array($0.code.utf8) }
                cells += question.answers.map {
                    .choice(column: source, code: Array($0.code.utf8), missing: missing)
                }
            } else if entry.texts.isEmpty {
                cells.append(.column(source))
            } else {
                let texts = entry.texts.map { (Array($0.text.utf8), Array($0.code.utf8)) }
                cells.append(
                    .translated(column: source, texts: Dictionary(texts, uniquingKeysWith: { first, _ in first })))
            }
        }
        let isClean = !problems.contains { $0.severity == .error }
        let mapped = MappedColumns(
            columns: names + own, cells: cells + own.compactMap { name in positions[name].map { .column($0) } },
            file: columns, ignored: ignored.map(\.column).filter { positions[$0] != nil }, joined: joined(positions))
        return Checked(value: isClean ? mapped : nil, problems: problems)
    }

    /// Joined cells whose words are looked at.
    private func joined(_ positions: [String: Int]) -> [(column: Int, name: String, words: Set<[UInt8]>)] {
        entries.compactMap { entry in
            guard case .joined(let question) = entry.target, let source = positions[entry.column] else { return nil }
            let words = (question.answers.map(\.code) + question.missing.map(\.code)).map { Array($0.utf8) }
            return (source, entry.column, Set(words))
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
}
