internal import SurveyData
internal import SurveyFormats
internal import SurveyProblems
internal import SurveySchema

/// One answer of a known list: cells are compared byte by byte with the codes of answers and of missing kinds.
final class CodedColumn: ColumnBuilder {
    private let name: String
    private let source: Int
    private let sourceName: String
    private let codes: [String]
    private let isPrivate: Bool
    private let table: CodeTable
    private let isWide: Bool
    private let explain: UnknownCode
    private var buffer = ChunkBuffer()
    private var rowCount = 0

    init(name: String, source: Int, sourceName: String, answers: [Answer], missing: [MissingCode], isPrivate: Bool) {
        self.name = name
        self.source = source
        self.sourceName = sourceName
        self.isPrivate = isPrivate
        codes = answers.map(\.code)
        isWide = codes.count > Column.mostByteAnswers
        let high: UInt16 = isWide ? Column.missingWord : 0
        table = CodeTable(
            codes: codes.enumerated().map { ($1, UInt16($0)) }
                + missing.map { ($0.code, high | UInt16($0.kind.rawValue)) },
            empty: high | UInt16(MissingKind.noAnswer.rawValue), unknown: high | UInt16(MissingKind.unreadable.rawValue)
        )
        explain = UnknownCode(column: sourceName, variable: name, codes: codes + missing.map(\.code))
    }

    deinit { buffer.deallocate() }

    override var descriptions: [ColumnDescription] {
        [ColumnDescription(name: name, kind: .answers, dictionary: codes, isPrivate: isPrivate)]
    }

    override func append(_ rows: BatchRows, _ shared: SharedWork) {
        let cells = rows.cells(source)
        let width = isWide ? 2 : 1
        buffer.reserve((rowCount + cells.count) * width, keeping: rowCount * width)
        let hasUnknown: Bool
        if isWide {
            hasUnknown = CodedColumn.readWords(
                cells, table, into: buffer.base.assumingMemoryBound(to: UInt16.self) + rowCount)
        } else {
            let target = buffer.base.assumingMemoryBound(to: UInt8.self) + rowCount
            hasUnknown = CodedColumn.read(cells, table, into: target)
        }
        if hasUnknown { explain.report(cells, rows, table, shared.log) }
        rowCount += cells.count
    }

    override func finishChunk() -> [ColumnChunk] {
        defer { rowCount = 0 }
        return [
            ColumnChunk(
                rowCount: rowCount, encoding: isWide ? .uint16 : .uint8,
                bytes: buffer.array(rowCount * (isWide ? 2 : 1)))
        ]
    }

    /// Reads codes as bytes; returns whether a cell has no known code.
    static func read(_ cells: Cells, _ table: CodeTable, into target: UnsafeMutablePointer<UInt8>) -> Bool {
        guard table.isShort else { return readWords(cells, table, into: target) }
        // Codes of one byte: one look-up a cell, without a branch for the empty ones.
        let unknown = UInt8(truncatingIfNeeded: table.unknown)
        return table.short.withUnsafeBufferPointer { short in
            guard let short = short.baseAddress else { return false }
            var found: UInt8 = 0
            for row in 0..<cells.count {
                let cell = cells[row]
                let entry = UInt8(truncatingIfNeeded: short[min(cell.count, 2) &* 256 &+ Int(cell.start[0])])
                target[row] = entry
                found |= entry == unknown ? 1 : 0
            }
            return found != 0
        }
    }

    private static func readWords<Word: FixedWidthInteger>(
        _ cells: Cells, _ table: CodeTable, into target: UnsafeMutablePointer<Word>
    ) -> Bool {
        var found = false
        for row in 0..<cells.count {
            let cell = cells[row]
            let entry = table.entry(cell.start, cell.count)
            target[row] = Word(truncatingIfNeeded: entry)
            found = found || entry == table.unknown
        }
        return found
    }
}

/// Reports cells whose code the questionnaire does not have.
struct UnknownCode {
    let column: String
    let variable: String
    let codes: [String]

    func report(_ cells: Cells, _ rows: BatchRows, _ table: CodeTable, _ log: FindingLog) {
        for row in 0..<cells.count {
            let cell = cells[row]
            guard table.entry(cell.start, cell.count) == table.unknown, !cells.wasFound(row) else { continue }
            let value = cells.shown(row)
            log.add("import.unknown-code", column: column, value: value, row: rows.number(row)) {
                .unknownCode(value, column: column, variable: variable, known: codes)
            }
        }
    }
}

extension Problem {
    /// A cell that is none of the codes of its question.
    static func unknownCode(_ value: String, column: String, variable: String, known: [String]) -> Problem {
        Problem(
            "import.unknown-code", .finding, what: "\"\(value)\" is no answer of \"\(variable)\"",
            place: Place(column: column, variable: variable),
            why: "cells must be one of the codes \(list: known), byte for byte; this one counts as unreadable",
            fix: "correct the cells, or add the code to the questionnaire as an answer or a missing code")
    }
}
