public import SurveyData
public import SurveyProblems

/// Keeps what an import makes in memory: for estimates straight from a data file.
public struct InMemorySink: ImportSink {
    /// Rows set aside; the first ten thousand are kept.
    public private(set) var quarantined: [QuarantinedRow] = []
    private var chunks: [[ColumnChunk]] = []

    private static let quarantineLimit = 10_000

    public init() {}

    public mutating func take(_ columns: [ColumnChunk], chunkNumber: Int) throws(Problem) {
        if chunks.isEmpty { chunks = Array(repeating: [], count: columns.count) }
        for (position, chunk) in columns.enumerated() { chunks[position].append(chunk) }
    }

    public mutating func chunk(column: Int, chunkNumber: Int) throws(Problem) -> ColumnChunk {
        chunks[column][chunkNumber]
    }

    public mutating func replace(column: Int, chunkNumber: Int, with chunk: ColumnChunk) throws(Problem) {
        chunks[column][chunkNumber] = chunk
    }

    public mutating func quarantine(_ row: QuarantinedRow) throws(Problem) {
        if quarantined.count < InMemorySink.quarantineLimit { quarantined.append(row) }
    }

    /// The rows as a table; the chunks are given up on the way, so that rows stand in memory once.
    ///
    /// Answers of no known list are put in order: of number if all are numbers, else of bytes.
    public mutating func takeTable(of report: ImportReport) -> Table {
        var columns: [Column] = []
        for (position, description) in report.columns.enumerated() {
            let column = Column(description, joining: position < chunks.count ? chunks[position] : [])
            if position < chunks.count { chunks[position] = [] }
            columns.append(report.unorderedAnswers.contains(position) ? column.withOrderedAnswers() : column)
        }
        chunks = []
        return Table(rowCount: report.imported, columns: columns)
    }
}

extension Column {
    /// The same answers with their list in order: of number if all are numbers, else of bytes.
    func withOrderedAnswers() -> Column {
        let numbers = dictionary.map { NumberText.number(of: $0, decimalSign: 0x2E) }
        let areNumbers = numbers.allSatisfy { $0 != nil }
        let order = dictionary.indices.sorted { left, right in
            if areNumbers, let a = numbers[left], let b = numbers[right], a != b { return a < b }
            return dictionary[left].utf8.lexicographicallyPrecedes(dictionary[right].utf8)
        }
        if order.elementsEqual(dictionary.indices) { return self }
        var positions = [Int](repeating: 0, count: dictionary.count)
        for (position, index) in order.enumerated() { positions[index] = position }
        let values: Values
        switch self.values {
        case .bytes(let bytes):
            let table = (0..<256).map { UInt8(truncatingIfNeeded: $0 < positions.count ? positions[$0] : $0) }
            values = .bytes(table.withUnsafeBufferPointer { table in bytes.map { table[Int($0)] } })
        case .words(let words):
            values = .words(
                words.map { Int($0) < positions.count ? UInt16(truncatingIfNeeded: positions[Int($0)]) : $0 })
        case .indexes, .numbers: return self
        }
        return Column(name: name, kind: kind, dictionary: order.map { dictionary[$0] }, values: values)
    }
}
