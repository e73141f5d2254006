internal import SurveyData
internal import SurveyFormats
internal import SurveyProblems
internal import SurveySchema

/// Reads cells of a region; each distinct text, or text and district, is looked up once.
final class RegionCells {
    struct Outcome {
        /// As in the chunk of the column: the position of an answer, or a missing kind.
        let entry: UInt16
        let problems: [Problem]
    }

    private enum Known {
        case decided(Outcome)
        case byDistrict
    }

    let source: Int
    let isWide: Bool
    private let lookup: RegionLookup
    private let district: Int?
    /// Codes of the answer list and of missing kinds; without answers where codes of a declared system come first.
    private let table: CodeTable
    private let positions: [String: Int]
    private let unreadable: UInt16
    private let districtMissing: CodeTable?
    private var texts = TextDictionary()
    private var known: [Known] = []
    private var districts = TextDictionary()
    private var pairs: [UInt64: Outcome] = [:]

    /// Texts remembered at most; bounds memory where a column of regions holds something else.
    private static let memory = 1 << 16

    init(_ lookup: RegionLookup, source: Int, district: (column: Int, missing: [MissingCode])?) {
        self.lookup = lookup
        self.source = source
        self.district = district?.column
        districtMissing = district.flatMap { CodeTable(missing: $0.missing) }
        let question = lookup.question
        let codes = question.answers.map(\.code)
        isWide = codes.count > Column.mostByteAnswers
        let high: UInt16 = isWide ? Column.missingWord : 0
        unreadable = high | UInt16(MissingKind.unreadable.rawValue)
        let answers = lookup.readsCodesFirst ? [] : codes.enumerated().map { (code: $1, entry: UInt16(clamping: $0)) }
        table = CodeTable(
            codes: answers + question.missing.map { ($0.code, high | UInt16($0.kind.rawValue)) },
            empty: high | UInt16(MissingKind.noAnswer.rawValue), unknown: unreadable)
        positions = Dictionary(zip(codes, 0...), uniquingKeysWith: { first, _ in first })
    }

    /// True if the entry is an answer.
    func isAnswer(_ entry: UInt16) -> Bool { Int(entry) < positions.count }

    /// What the cell of a row means.
    func outcome(_ rows: BatchRows, _ row: Int) -> Outcome {
        let cell = rows.cells(source)[row]
        let entry = table.entry(cell.start, cell.count)
        if entry != unreadable { return Outcome(entry: entry, problems: []) }
        if known.count > RegionCells.memory || pairs.count > RegionCells.memory {
            texts.removeAll()
            known = []
            districts.removeAll()
            pairs = [:]
        }
        let number = Int(texts.number(of: cell.start, cell.count))
        if number == known.count {
            let text = RegionCells.text(cell)
            known.append(
                district != nil && lookup.needsDistrict(text) ? .byDistrict : .decided(outcome(of: text, district: nil))
            )
        }
        switch known[number] {
        case .decided(let outcome): return outcome
        case .byDistrict: return outcome(number, cell, rows, row)
        }
    }

    private func outcome(
        _ number: Int, _ cell: (start: UnsafePointer<UInt8>, count: Int), _ rows: BatchRows, _ row: Int
    ) -> Outcome {
        guard let column = district else { return outcome(of: RegionCells.text(cell), district: nil) }
        let place = rows.cells(column)[row]
        let isMissing = place.count == 0 || districtMissing?.holds(place.start, place.count) ?? false
        let second = isMissing ? UInt32.max : districts.number(of: place.start, place.count)
        let key = UInt64(UInt32(truncatingIfNeeded: number)) << 32 | UInt64(second)
        if let outcome = pairs[key] { return outcome }
        let made = outcome(of: RegionCells.text(cell), district: isMissing ? nil : RegionCells.text(place))
        pairs[key] = made
        return made
    }

    private func outcome(of text: String, district: String?) -> Outcome {
        let meaning = lookup.meaning(of: text, district: district)
        let position = meaning.code.flatMap { positions[$0] }
        return Outcome(entry: position.map { UInt16(clamping: $0) } ?? unreadable, problems: meaning.problems)
    }

    /// Logs what must be said of a row.
    func report(_ outcome: Outcome, _ rows: BatchRows, _ row: Int, column: String, _ log: FindingLog) {
        for problem in outcome.problems {
            log.add(problem.code, column: column, value: problem.what.description, row: rows.number(row)) { problem }
        }
    }

    /// Bytes of a cell that may be a name; longer ones are no name and are shown cut off.
    private static let longestName = 240

    private static func text(_ cell: (start: UnsafePointer<UInt8>, count: Int)) -> String {
        let bytes = UnsafeBufferPointer(start: cell.start, count: cell.count)
        return cell.count <= longestName ? String(decoding: bytes, as: UTF8.self) : FindingLog.shown(bytes)
    }
}

/// One region a row, whose cells may be codes or names.
final class RegionColumn: ColumnBuilder {
    private let cells: RegionCells
    private let sourceName: String
    private let name: String
    private let codes: [String]
    private let isPrivate: Bool
    private var buffer = ChunkBuffer()
    private var rowCount = 0

    init(_ question: Question, _ cells: RegionCells, sourceName: String) {
        self.cells = cells
        self.sourceName = sourceName
        name = question.id
        codes = question.answers.map(\.code)
        isPrivate = question.isPrivate
    }

    deinit { buffer.deallocate() }

    override var descriptions: [ColumnDescription] {
        [ColumnDescription(name: name, kind: .answers, dictionary: codes, isPrivate: isPrivate)]
    }

    override func append(_ rows: BatchRows, _ shared: SharedWork) {
        let width = cells.isWide ? 2 : 1
        buffer.reserve((rowCount + rows.count) * width, keeping: rowCount * width)
        for row in 0..<rows.count {
            let outcome = cells.outcome(rows, row)
            if !outcome.problems.isEmpty { cells.report(outcome, rows, row, column: sourceName, shared.log) }
            let target = (rowCount + row) * width
            if cells.isWide {
                buffer.base.storeBytes(of: outcome.entry, toByteOffset: target, as: UInt16.self)
            } else {
                buffer.base.storeBytes(
                    of: UInt8(truncatingIfNeeded: outcome.entry), toByteOffset: target, as: UInt8.self)
            }
        }
        rowCount += rows.count
    }

    override func finishChunk() -> [ColumnChunk] {
        defer { rowCount = 0 }
        return [
            ColumnChunk(
                rowCount: rowCount, encoding: cells.isWide ? .uint16 : .uint8,
                bytes: buffer.array(rowCount * (cells.isWide ? 2 : 1)))
        ]
    }
}
