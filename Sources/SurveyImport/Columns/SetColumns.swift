internal import SurveyData
internal import SurveyFormats
internal import SurveyProblems
internal import SurveySchema

/// A multiple-response set: one column for the whole and one for each item.
///
/// The set is answered if any item has 0 or 1; else it has the first missing kind that an item's code names, else no
/// answer. Where something is ticked and nothing is denied, an empty item is one that was not ticked: programs that
/// write only the ticks leave the others empty.
final class SetColumns: ColumnBuilder {
    private let name: String
    private let items: [(code: String, source: Int, explain: UnknownCode)]
    private let isPrivate: Bool
    private let table: CodeTable
    private let choices: ChoiceRules?
    /// The set, then its items.
    private var buffers: [ChunkBuffer]
    private var rowCount = 0

    init(
        name: String, items: [(code: String, source: Int, sourceName: String)], missing: [MissingCode], isPrivate: Bool,
        choices: ChoiceRules? = nil
    ) {
        self.choices = choices
        self.name = name
        self.isPrivate = isPrivate
        table = CodeTable(
            codes: [("0", 0), ("1", 1)] + missing.map { ($0.code, UInt16($0.kind.rawValue)) },
            empty: UInt16(MissingKind.noAnswer.rawValue), unknown: UInt16(MissingKind.unreadable.rawValue))
        self.items = items.map { item in
            let codes = ["0", "1"] + missing.map(\.code)
            return (
                item.code, item.source,
                UnknownCode(column: item.sourceName, variable: "\(name)[\(item.code)]", codes: codes)
            )
        }
        buffers = (0...items.count).map { _ in ChunkBuffer() }
    }

    deinit { buffers.forEach { $0.deallocate() } }

    override var columnCount: Int { buffers.count }

    override var descriptions: [ColumnDescription] {
        [ColumnDescription(name: name, kind: .set, isPrivate: isPrivate)]
            + items.map { ColumnDescription(name: "\(name)[\($0.code)]", kind: .item, isPrivate: isPrivate) }
    }

    override func append(_ rows: BatchRows, _ shared: SharedWork) {
        let count = rows.count
        let noAnswer = MissingKind.noAnswer.rawValue
        for column in buffers.indices { buffers[column].reserve(rowCount + count, keeping: rowCount) }
        let whole = target(0)
        whole.initialize(repeating: noAnswer, count: count)
        // Bit 0: something is denied; bit 1: something is ticked.
        let flags = shared.flags
        flags.initialize(repeating: 0, count: count)
        for (position, item) in items.enumerated() {
            let cells = rows.cells(item.source)
            let target = target(position + 1)
            if CodedColumn.read(cells, table, into: target) { item.explain.report(cells, rows, table, shared.log) }
            for row in 0..<count {
                let entry = target[row]
                flags[row] |= entry <= 1 ? entry &+ 1 : 0
                if entry > 1, whole[row] == noAnswer { whole[row] = entry }
            }
        }
        var hasTicksOnly: UInt8 = 0
        for row in 0..<count {
            if flags[row] != 0 { whole[row] = 0 }
            hasTicksOnly |= flags[row] == 2 ? 1 : 0
        }
        if hasTicksOnly != 0 {
            for position in 1..<buffers.count {
                let target = target(position)
                for row in 0..<count where flags[row] == 2 && target[row] == noAnswer { target[row] = 0 }
            }
        }
        choices?.check(rows, shared, count: count) { target($0 + 1) }
        rowCount += count
    }

    override func finishChunk() -> [ColumnChunk] {
        defer { rowCount = 0 }
        return buffers.map { ColumnChunk(rowCount: rowCount, encoding: .uint8, bytes: $0.array(rowCount)) }
    }

    private func target(_ column: Int) -> UnsafeMutablePointer<UInt8> {
        buffers[column].base.assumingMemoryBound(to: UInt8.self) + rowCount
    }
}

/// The columns of a question that the file does not have.
final class AbsentColumns: ColumnBuilder {
    private let absent: [ColumnDescription]
    private var rowCount = 0

    init(_ absent: [ColumnDescription]) { self.absent = absent }

    override var columnCount: Int { absent.count }
    override var descriptions: [ColumnDescription] { absent }

    override func append(_ rows: BatchRows, _ shared: SharedWork) { rowCount += rows.count }

    override func finishChunk() -> [ColumnChunk] {
        defer { rowCount = 0 }
        let kind = MissingKind.notInWave.rawValue
        let kinds = [UInt8](repeating: kind, count: rowCount)
        return absent.map { column in
            switch column.kind {
            case .number, .date:
                ColumnChunk(
                    rowCount: rowCount, encoding: .int8, bytes: [UInt8](repeating: 0, count: rowCount), kinds: kinds)
            case .answers, .text, .item, .set: ColumnChunk(rowCount: rowCount, encoding: .uint8, bytes: kinds)
            }
        }
    }
}
