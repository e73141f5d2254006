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

    /// The title of the file, where it has one.
    var label = LocalizedText.empty
    /// True if nobody is asked to complete it.
    var isBare = false
    /// What the file's own description left open.
    public private(set) var findings: [Problem] = []

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
        if let codebook = reader.codebook {
            try self.init(reading: reader, codebook, only: only, options: options, findsKey: true, groupsSets: true)
        } else {
            try self.init(guessing: reader, only: only, options: options)
        }
    }

    /// Reads a file that says nothing of its columns.
    private init(guessing reader: any FormatReader, only: [String], options: ImportOptions) throws(Problem) {
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

    /// Reads a file that describes its own columns, to its end: what it says is taken, not guessed.
    ///
    /// With `findsKey` a column that is different in every row becomes the key; with `groupsSets` sets of columns of 0
    /// and 1 become multiple questions.
    private init(
        reading reader: any FormatReader, _ codebook: FileCodebook, only: [String], options: ImportOptions,
        findsKey: Bool, groupsSets: Bool
    ) throws(Problem) {
        var columns = LabelledColumns(codebook, only: only, findsKey: findsKey)
        let batch = RawBatch()
        while try reader.fill(batch) {
            if options.isCancelled?() == true { throw .interrupted(reader.file) }
            columns.add(batch)
            options.progress?(reader.bytesRead, reader.byteCount)
        }
        source = reader.file
        isFromWave = false
        questions = columns.questions(groupsSets: groupsSets)
        findings = codebook.cautions + columns.findings
        label = codebook.label
    }

    /// The questionnaire of a file that describes its own columns, as it stands, in the languages of its labels; nil if
    /// the file says nothing of itself.
    ///
    /// With `groupsSets` sets of columns of 0 and 1 become multiple questions.
    ///
    /// - Throws: what the reader throws, and `import.draft-too-large`.
    public static func described(
        by reader: any FormatReader, only: [String] = [], options: ImportOptions, groupsSets: Bool
    ) throws(Problem) -> (questionnaire: Questionnaire, findings: [Problem])? {
        guard let codebook = reader.codebook else { return nil }
        var draft = try DraftQuestionnaire(
            reading: reader, codebook, only: only, options: options, findsKey: false, groupsSets: groupsSets)
        draft.isBare = true
        let languages = codebook.languages.isEmpty ? [Language.undetermined] : codebook.languages
        let text = DraftText(draft: draft, languages: languages, words: DraftWords.in(.english)).bareText
        return (try draft.checked(text), draft.findings)
    }

    /// Reads a drafted text as what it is.
    private func checked(_ text: String) throws(Problem) -> Questionnaire {
        guard text.utf8.count <= DraftQuestionnaire.mostBytes else {
            throw .draftTooLarge(columns: questions.reduce(0) { $0 + $1.columns.count }, file: source)
        }
        let document = try YAMLDocument(parsing: Array(text.utf8), file: source)
        return try QuestionnaireReader.read(document).get()
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
        _ = try checked(text)
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
