internal import SurveyData
internal import SurveyFormats
internal import SurveyProblems
internal import SurveySchema

/// A column of which nothing is known: numbers as long as the text of every cell follows from its value, else texts.
///
/// `01`, `1e5` or `5` beside `5.0` do not follow from values, so such columns are texts. No text is lost: when a cell ends the run of numbers, all cells before it are rebuilt from their values, also in
/// chunks that were delivered.
final class InferredColumn: ColumnBuilder {
    private let name: String
    private let source: Int
    private var numbers = NumberBuffer()
    private var texts: TextBuffer?
    /// Chunks delivered as numbers that must become texts.
    private var isUnsettled = false
    /// How the numbers so far are written.
    private var style = NumberText.Style()
    /// The reading that suits the cells so far; it saves time and changes nothing.
    private var widest = Width.digit
    private let decimalSign: UInt8

    private enum Width { case digit, whole, any }

    init(name: String, source: Int, decimalSign: UInt8) {
        self.name = name
        self.source = source
        self.decimalSign = decimalSign
    }

    deinit {
        numbers.deallocate()
        texts?.deallocate()
    }

    override var descriptions: [ColumnDescription] {
        guard let texts else { return [ColumnDescription(name: name, kind: .number)] }
        return [ColumnDescription(name: name, kind: .text, dictionary: texts.dictionary.texts)]
    }

    override func append(_ rows: BatchRows, _ shared: SharedWork) {
        let cells = rows.cells(source)
        if texts == nil {
            if widest == .digit {
                if NumberCells.readDigits(cells, into: shared.flags),
                    canWriteWhole(isEmpty: areEmpty(shared, cells.count))
                {
                    numbers.append(digits: shared.flags, kinds: shared.kinds, count: cells.count)
                    return
                }
                widest = .whole
            }
            if widest == .whole {
                let found = NumberCells.readWhole(cells, strictly: true, into: shared.integers, kinds: shared.kinds)
                if found.isWhole, canWriteWhole(isEmpty: found.isEmpty) {
                    numbers.append(
                        shared.integers, least: found.least, greatest: found.greatest,
                        kinds: found.hasEmpty ? shared.kinds : nil, count: cells.count)
                    return
                }
                widest = .any
            }
            if appendNumbers(cells, shared) { return }
            becomeTexts()
        }
        texts?.append(cells, missing: nil, scratch: shared.flags)
    }

    override func finishChunk() -> [ColumnChunk] { [texts?.finish() ?? numbers.finish()] }

    override func forgetTexts() { texts?.dictionary.removeAll() }

    override func settle(first: Int, chunkCount: Int, sink: inout some ImportSink) throws(Problem) {
        guard isUnsettled, texts != nil else { return }
        isUnsettled = false
        // Numbers are given in the order of the rows, so the present chunk is numbered last.
        var settled = TextBuffer()
        for number in 0..<chunkCount {
            let chunk = try sink.chunk(column: first, chunkNumber: number)
            let column = Column(ColumnDescription(name: name, kind: .number), joining: [chunk])
            for row in 0..<chunk.rowCount { append(column, row, to: &settled) }
            try sink.replace(column: first, chunkNumber: number, with: settled.finish())
        }
        texts?.renumber(after: &settled)
    }

    /// Notes a batch of whole numbers in the style; false if no style of all cells so far writes them.
    private func canWriteWhole(isEmpty: Bool) -> Bool {
        if isEmpty { return true }
        var seen = style
        seen.add(decimals: 0, endsInZero: false)
        guard seen.isPossible else { return false }
        style = seen
        return true
    }

    private func areEmpty(_ shared: SharedWork, _ count: Int) -> Bool {
        style.decimals == nil && (0..<count).allSatisfy { shared.flags[$0] == NumberCells.emptyDigit }
    }

    /// Reads numbers of any length; false if a cell is none, or is written in another style.
    private func appendNumbers(_ cells: Cells, _ shared: SharedWork) -> Bool {
        var hasEmpty = false
        var seen = style
        for row in 0..<cells.count {
            let cell = cells[row]
            if cell.count == 0 {
                shared.doubles[row] = 0
                shared.kinds[row] = MissingKind.noAnswer.rawValue
                hasEmpty = true
                continue
            }
            guard let number = NumberText.styledNumber(cell.start, cell.count, decimalSign: decimalSign, style: &seen)
            else {
                return false
            }
            shared.doubles[row] = number
            shared.kinds[row] = 0
        }
        guard seen.isPossible else { return false }
        style = seen
        let kinds = hasEmpty ? UnsafePointer(shared.kinds) : nil
        if let (least, greatest) = NumberCells.whole(shared.doubles, count: cells.count, into: shared.integers) {
            numbers.append(shared.integers, least: least, greatest: greatest, kinds: kinds, count: cells.count)
            widest = .whole
        } else {
            numbers.append(shared.doubles, kinds: kinds, count: cells.count)
        }
        return true
    }

    /// Turns what the present chunk holds into texts; chunks delivered before follow in `settle`.
    private func becomeTexts() {
        var made = TextBuffer()
        let chunk = numbers.finish()
        let column = Column(ColumnDescription(name: name, kind: .number), joining: [chunk])
        for row in 0..<chunk.rowCount { append(column, row, to: &made) }
        texts = made
        isUnsettled = true
    }

    private func append(_ column: Column, _ row: Int, to buffer: inout TextBuffer) {
        guard case .numbers(let values, let kinds) = column.values else { return }
        if !kinds.isEmpty, let kind = MissingKind(rawValue: kinds[row]) {
            buffer.append(kind)
            return
        }
        var text = NumberText.text(of: values[row], decimalSign: decimalSign, style: style)
        let count = text.count
        text.append(contentsOf: repeatElement(0, count: 16))
        text.withUnsafeBufferPointer { bytes in
            if let base = bytes.baseAddress { buffer.append(base, count) }
        }
    }
}
