public import SurveyData
public import SurveyFormats
public import SurveyProblems
public import SurveySchema
internal import SurveyYAML

/// The questionnaire that a data file implies: a YAML text to start from, with types guessed from the cells.
///
/// The file that it was made from can be imported with it and gives no finding about a cell: every code, number, date and
/// text of the file is allowed. Nothing is taken for a missing answer but an empty cell; codes that often stand for one
/// (96–99 and their negatives) are named in comments.
public struct DraftQuestionnaire: Sendable {
    /// The file or wave, as the user named it.
    let source: String
    let questions: [DraftQuestion]
    /// True if the cells were read from a study file, which keeps numbers and not how they were written.
    let isFromWave: Bool

    /// Bytes that a YAML file may have.
    private static let mostBytes = 16 << 20

    /// Reads a data file to its end; records that are no rows are passed over.
    ///
    /// - Parameters:
    ///   - reader: The opened file.
    ///   - only: The columns that matter; empty means all.
    ///   - options: Decimal sign, progress and cancelling; the rest is not used.
    /// - Throws: ``Problem`` `data.unknown-column` for a name in `only` that the file lacks, and what the reader throws.
    public init(reading reader: any FormatReader, only: [String], options: ImportOptions) throws(Problem) {
        if let unknown = only.first(where: { !reader.columns.contains($0) }) {
            throw .unknownColumn(unknown, known: reader.columns)
        }
        let positions = reader.columns.indices.filter { only.isEmpty || only.contains(reader.columns[$0]) }
        let columns = positions.map { reader.columns[$0] }
        var profiles = [ColumnProfile](
            repeating: ColumnProfile(decimalSign: options.decimalSign.byte), count: positions.count)
        let batch = RawBatch()
        while try reader.fill(batch) {
            if options.isCancelled?() == true { throw .interrupted(reader.file) }
            for (index, position) in positions.enumerated() {
                for row in 0..<batch.rowCount {
                    let cell = batch.cell(row, position)
                    if let start = cell.baseAddress { profiles[index].add(start, cell.count) }
                }
            }
            options.progress?(reader.bytesRead, reader.byteCount)
        }
        source = reader.file
        questions = DraftQuestion.all(columns: columns, profiles: profiles)
        isFromWave = false
    }

    /// Reads the columns of a wave that was imported without a questionnaire.
    public init(
        wave source: String, columns: [String], column: (String) throws(Problem) -> Column
    ) throws(Problem) {
        var profiles: [ColumnProfile] = []
        for name in columns { profiles.append(ColumnProfile(of: try column(name))) }
        self.source = source
        questions = DraftQuestion.all(columns: columns, profiles: profiles)
        isFromWave = true
    }

    /// Writes the questionnaire as YAML that `saual check` accepts.
    ///
    /// - Parameters:
    ///   - languages: Those of the texts; at least one.
    ///   - words: The language of the comments.
    /// - Returns: The text of the file.
    /// - Throws: ``Problem`` `import.draft-too-large` if the file is wider than a questionnaire can be.
    public func yaml(languages: [Language], words: Language) throws(Problem) -> String {
        precondition(!languages.isEmpty, "a questionnaire has a language")
        let text = DraftText(draft: self, languages: languages, words: DraftWords.in(words)).text
        guard text.utf8.count <= DraftQuestionnaire.mostBytes else {
            throw .draftTooLarge(columns: questions.reduce(0) { $0 + $1.columns.count }, file: source)
        }
        let document = try YAMLDocument(parsing: Array(text.utf8), file: source)
        _ = try QuestionnaireReader.read(document).get()
        return text
    }
}

extension ColumnProfile {
    /// The profile of a stored column: numbers as the shortest text that is the same number.
    fileprivate init(of column: Column) {
        self.init(decimalSign: 0x2E)
        let texts = column.dictionary.map { Array($0.utf8) }
        for row in 0..<column.rowCount {
            guard column.missing(at: row) == nil else {
                add([])
                continue
            }
            switch column.values {
            case .numbers(let numbers, _): add(Array(JSONText.shortest(numbers[row]).utf8))
            case .indexes(let indexes): add(texts[Int(indexes[row])])
            case .words(let words): add(texts[Int(words[row])])
            case .bytes(let bytes): add(texts.isEmpty ? Array(String(bytes[row]).utf8) : texts[Int(bytes[row])])
            }
        }
    }
}

extension Problem {
    /// A file of more columns, or of longer names, than one questionnaire can describe.
    static func draftTooLarge(columns: Int, file: String) -> Problem {
        Problem(
            "import.draft-too-large", .input, what: "\"\(file)\" is too wide for one questionnaire",
            place: Place(file: file),
            why: "a questionnaire has at most 16 MB; the one for these \(columns) columns would have more",
            fix: "name the columns that matter with --variables")
    }
}
