internal import SurveyData
internal import SurveyFormats
internal import SurveyProblems
internal import SurveySchema

/// Texts as written: open answers and keys.
final class TextColumn: ColumnBuilder {
    private let name: String
    private let source: Int
    private let missing: CodeTable?
    private let isPrivate: Bool
    private var buffer = TextBuffer()

    init(name: String, source: Int, missing: [MissingCode], isPrivate: Bool) {
        self.name = name
        self.source = source
        self.missing = CodeTable(missing: missing)
        self.isPrivate = isPrivate
    }

    deinit { buffer.deallocate() }

    override var descriptions: [ColumnDescription] {
        [ColumnDescription(name: name, kind: .text, dictionary: buffer.dictionary.texts, isPrivate: isPrivate)]
    }

    override func append(_ rows: BatchRows, _ shared: SharedWork) {
        buffer.append(rows.cells(source), missing: missing, scratch: shared.flags)
    }

    override func finishChunk() -> [ColumnChunk] { [buffer.finish()] }

    override func forgetTexts() { buffer.dictionary.removeAll() }
}

/// Answers as written, of which no list is known: at most 255 different texts.
final class AnswersColumn: ColumnBuilder {
    private let name: String
    private let source: Int
    private let sourceName: String
    private let missing: CodeTable?
    private var buffer = TextBuffer()

    /// The most different answers of one column.
    static let limit = 255

    init(name: String, source: Int, sourceName: String, missing: [MissingCode]) {
        self.name = name
        self.source = source
        self.sourceName = sourceName
        self.missing = CodeTable(missing: missing)
    }

    deinit { buffer.deallocate() }

    override var descriptions: [ColumnDescription] {
        [ColumnDescription(name: name, kind: .answers, dictionary: buffer.dictionary.texts)]
    }

    override func append(_ rows: BatchRows, _ shared: SharedWork) throws(Problem) {
        buffer.append(rows.cells(source), missing: missing, scratch: shared.flags)
        if buffer.dictionary.count > AnswersColumn.limit { throw .tooManyAnswers(sourceName) }
    }

    override func finishChunk() -> [ColumnChunk] { [buffer.finish()] }

    override func forgetTexts() { buffer.dictionary.removeAll() }
}

extension CodeTable {
    /// A table of missing codes alone, nil if there are none; what it does not hold is `unknown`.
    init?(missing: [MissingCode]) {
        if missing.isEmpty { return nil }
        self.init(codes: missing.map { ($0.code, UInt16($0.kind.rawValue)) }, empty: .max, unknown: .max)
    }
}

extension Problem {
    /// A column whose cells are no answers of a question but something else.
    static func tooManyAnswers(_ column: String) -> Problem {
        Problem(
            "import.too-many-answers", .usage, what: "\"\(column)\" has too many different answers",
            place: Place(column: column),
            why: "a column of answers may have at most \(AnswersColumn.limit) different texts; there are more",
            fix: "use --mean for a number, or group the answers first")
    }
}
